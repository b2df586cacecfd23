"""Optimizers: generators that move an engine's parameters.

    method = OPTIMIZERS[name].method(engine, learning_rate)
    next(method)
    epochs, losses = method.send(100)

An epoch is one evaluation of the gradient over all points. A method is sent how many epochs it may
make, makes some of them, and yields how many with their last losses (B,), or None where it never
computes them; `engine.parameters` then holds what it stands by. Every chain of the batch moves on
its own. A generator ends where it can go no further.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from warpviz.training.engine import Moments
from warpviz.training.kernel_engine import AnyEngine
from warpviz.training.losses import Array

Steps: TypeAlias = Generator[tuple[int, Array | None], int, None]
Method: TypeAlias = Callable[[AnyEngine, float], Steps]

PATIENCE = 30  # epochs in which L-BFGS must gain …
GAIN = 1e-3  # … this share of the loss, or it ends
MEMORY = 20  # steps that tell it how the gradient bends
ARMIJO = 1e-4  # of the fall that the slope promises: less is not enough
SHORTER = 0.3
SHORTEST = 1e-9
USEFUL = 1e-10  # of the largest curvature that a step can show: less is rounding


@dataclass(frozen=True)
class Optimizer:
    """One entry of `OPTIMIZERS`: a method, with the rate and epochs that suit it."""

    method: Method
    learning_rate: float
    epochs: int


def descent(engine: AnyEngine, learning_rate: float) -> Steps:
    """Gradient descent: θ ← θ − rate · g."""
    epochs = yield 0, None
    while True:
        engine.descend(learning_rate, epochs)
        epochs = yield epochs, None


def adam(engine: AnyEngine, learning_rate: float) -> Steps:
    """Adam: θ ← θ − rate · m̂ / (√v̂ + 1e-8), with running means m of g and v of g²."""
    moments = Moments.none(engine.parameters)
    epochs = yield 0, None
    while True:
        engine.adapt(learning_rate, moments, epochs)
        epochs = yield epochs, None


def lbfgs(engine: AnyEngine, learning_rate: float, memory: int = MEMORY) -> Steps:
    """L-BFGS: Newton's step as far as the last `memory` steps tell it, then backtracking.

    `learning_rate` is the length of the very first step; after it the method scales itself. A
    step that does not lower the loss enough (Armijo's rule) is tried again at 0.3 of its length.
    In a batch every chain has its own step: one may backtrack while the others go on.
    Source: Nocedal & Wright, Numerical Optimization, 2006, algorithm 7.4.
    """
    yield 0, None
    theta = engine.parameters.copy()
    losses, gradient = engine.losses_and_gradient()
    gradient = gradient.copy()
    scale = learning_rate / np.maximum(np.sqrt(_dot(gradient, gradient)), 1e-12)
    direction, length = -scale * gradient, np.ones_like(scale)
    pairs: list[tuple[Array, Array, Array]] = []
    best = [losses.min()]
    while (length > SHORTEST).any():
        trial = theta + length * direction
        engine.parameters[...] = trial
        trial_losses, trial_gradient = engine.losses_and_gradient()
        enough = losses[:, None] + ARMIJO * length * _dot(gradient, direction)
        good = trial_losses[:, None] <= enough  # False for NaN too
        change = np.where(good, trial - theta, 0.0)
        bend = np.where(good, trial_gradient - gradient, 0.0)
        theta = np.where(good, trial, theta)
        gradient = np.where(good, trial_gradient, gradient)
        losses = np.where(good[:, 0], trial_losses, losses)
        engine.parameters[...] = theta
        yield 1, losses

        curvature = _dot(change, bend)
        useful = curvature > USEFUL * np.sqrt(_dot(change, change) * _dot(bend, bend))
        if useful.any():
            # A chain without news gets weight 0 here, and the pair changes nothing for it.
            weight = np.divide(1.0, curvature, out=np.zeros_like(curvature), where=useful)
            np.divide(curvature, _dot(bend, bend), out=scale, where=useful)
            pairs = [*pairs[-memory + 1 :], (change, bend, weight)]
        direction = np.where(good, _newton(gradient, pairs, scale), direction)
        length = np.where(good, 1.0, SHORTER * length)
        best.append(losses.min())
        if len(best) > PATIENCE:
            before = best[-PATIENCE - 1]
            if before - best[-1] <= GAIN * abs(before):
                return


def _newton(gradient: Array, pairs: list[tuple[Array, Array, Array]], scale: Array) -> Array:
    """−H g, the two-loop recursion over (change of θ, change of g, 1 / their product)."""
    step = -gradient
    shares = []
    for change, bend, weight in reversed(pairs):
        share = weight * _dot(change, step)
        step -= share * bend
        shares.append(share)
    step *= scale
    for (change, bend, weight), share in zip(pairs, reversed(shares), strict=True):
        step += (share - weight * _dot(bend, step)) * change
    return step


def _dot(a: Array, b: Array) -> Array:
    """Inner product chain by chain, (B, 1), summed in numpy's order, not BLAS's."""
    return np.asarray(np.add.reduce(a * b, axis=1, keepdims=True))


OPTIMIZERS: dict[str, Optimizer] = {
    "descent": Optimizer(descent, 0.1, 5000),
    "adam": Optimizer(adam, 0.02, 2000),
    "lbfgs": Optimizer(lbfgs, 0.5, 300),
}
