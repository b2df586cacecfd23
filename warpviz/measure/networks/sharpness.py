"""Sharpness: the largest eigenvalue of the Hessian of the loss, by Lanczos' method.

    chain, data ── one pass forward ──► states, slopes, curvatures
                ── product(v) ──► H v, exact: the derivative of forward and backward along v
                ── lanczos ──► the largest eigenvalue

Sources: Pearlmutter, Fast exact multiplication by the Hessian, 1994; Lanczos 1950; for what it
tells of training, Cohen, Kaur, Li, Kolter & Talwalkar 2021, arXiv:2103.00065.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.model.activations.curvature import curvature
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Softmax, Step, steps_of
from warpviz.model.residual import Add, Keep

STEPS = 80
"""Of Lanczos' method at most; of networks with fewer parameters all."""
TOLERANCE = 1e-8
"""Of the eigenvalue, relative: the residual of its vector is below it."""


@dataclass(frozen=True, eq=False)
class Pass:
    """One pass of all points through the steps of a chain, kept for its derivatives.

    Attributes:
        steps: affine maps, activations, and Keep and Add around residual parts.
        inputs: for each step the (N, D) that it acts on.
        slopes: for each activation f'(z) and f''(z), (N, D) each; None for other steps.
        p: (N, C) the softmax of the logits.
        target: (N, C) one-hot.
    """

    steps: list[Step]
    inputs: list[Floats]
    slopes: list[tuple[Floats, Floats] | None]
    p: Floats
    target: Floats

    def product(self, direction: Floats) -> Floats:
        """H v for the mean cross entropy, in the order of `Chain.parameters()`: (P,)."""
        ways = self._forward(self._parts(direction))
        count = len(self.p)
        gradient = (self.p - self.target) / count
        last = ways[-1]
        rise = self.p * (last - np.sum(self.p * last, axis=1, keepdims=True)) / count
        return self._backward(self._parts(direction), ways, gradient, rise)

    def _parts(self, direction: Floats) -> list[tuple[Floats, Floats] | None]:
        """The direction as weight and bias of each step that has them."""
        found: list[tuple[Floats, Floats] | None] = []
        at = 0
        for step in self.steps:
            if not isinstance(step, Dense):
                found.append(None)
                continue
            end = at + step.weight.size
            weight = direction[at:end].reshape(step.weight.shape)
            at = end + step.bias.size
            found.append((weight, direction[end:at]))
        return found

    def _forward(self, parts: list[tuple[Floats, Floats] | None]) -> list[Floats]:
        """How the input of every step, and the logits last, move along the direction."""
        way = np.zeros_like(self.inputs[0])
        ways, kept = [way], list[Floats]()
        for step, x, slopes, part in zip(self.steps, self.inputs, self.slopes, parts, strict=True):
            if isinstance(step, Keep):
                kept.append(way)
            elif isinstance(step, Add):
                way = kept.pop() + way
            elif isinstance(step, Dense) and part is not None:
                way = way @ step.weight.T + x @ part[0].T + part[1]
            elif slopes is not None:
                way = slopes[0] * way
            ways.append(way)
        return ways

    def _backward(
        self,
        parts: list[tuple[Floats, Floats] | None],
        ways: list[Floats],
        gradient: Floats,
        rise: Floats,
    ) -> Floats:
        """The gradient's own derivative: `rise` is to `gradient` what `ways` are to `inputs`."""
        found: list[Floats] = []
        kept: list[tuple[Floats, Floats]] = []
        for k in reversed(range(len(self.steps))):
            step, x, way, slopes, part = (
                self.steps[k],
                self.inputs[k],
                ways[k],
                self.slopes[k],
                parts[k],
            )
            if isinstance(step, Add):
                kept.append((gradient, rise))
            elif isinstance(step, Keep):
                straight = kept.pop()
                gradient, rise = gradient + straight[0], rise + straight[1]
            elif isinstance(step, Dense) and part is not None:
                weight = rise.T @ x + gradient.T @ way
                found[:0] = [weight.ravel(), rise.sum(axis=0)]
                rise = rise @ step.weight + gradient @ part[0]
                gradient = gradient @ step.weight
            elif slopes is not None:
                rise = slopes[0] * rise + slopes[1] * way * gradient
                gradient = slopes[0] * gradient
        return np.concatenate(found)


def pass_of(chain: Chain, points: Floats, labels: Ints) -> Pass | None:
    """A pass of points (N, n) with labels (N,), rows of the logits; None where f'' is not known.

    Args:
        chain: any; a softmax at its end is left out, as the cross entropy contains it.
        points: (N, n).
        labels: (N,) from 0, below the width of the logits.
    """
    steps = steps_of(chain.logits().split())
    inputs, slopes = list[Floats](), list[tuple[Floats, Floats] | None]()
    state, kept = points, list[Floats]()
    for step in steps:
        inputs.append(state)
        slopes.append(None)
        if isinstance(step, Keep):
            kept.append(state)
        elif isinstance(step, Add):
            state = kept.pop() + state
        elif isinstance(step, Softmax):
            return None
        else:
            if isinstance(step, Activation):
                bend = curvature(step.function, state)
                if bend is None:
                    return None
                slopes[-1] = step.function.derivative(state), bend
            state = step(state)
    target = np.zeros_like(state)
    target[np.arange(len(labels)), labels] = 1.0
    return Pass(steps, inputs, slopes, Softmax()(state), target)


def sharpness(chain: Chain, points: Floats, labels: Ints) -> float | None:
    """The largest eigenvalue of the Hessian of the mean cross entropy, by all parameters.

    Where straight pieces of an activation meet, its curvature counts as 0.

    Args:
        chain: ends in C logits, or their softmax.
        points: (N, n).
        labels: (N,) integers from 0, below C.

    Returns:
        None where an activation has no formula, labels are no rows of the logits, or a number
        overflows.

    >>> import numpy as np
    >>> chain = Chain([Dense(np.zeros((2, 1)), np.zeros(2))])
    >>> round(sharpness(chain, np.array([[1.0], [-1.0]]), np.array([0, 1])), 9)
    0.5
    """
    if labels.min() < 0 or labels.max() >= chain.widths[-1] or not chain.n_parameters:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        found = pass_of(chain, points, labels)
        value = None if found is None else lanczos(found.product, chain.n_parameters)
    return value if value is not None and np.isfinite(value) else None


def lanczos(product: Callable[[Floats], Floats], size: int) -> float:
    """The largest eigenvalue of a symmetric matrix (size, size) that is only known by products.

    All vectors are kept and made orthogonal anew, so that none comes up twice.
    """
    vector = np.random.default_rng(0).normal(size=size)
    vector /= np.linalg.norm(vector)
    basis = np.zeros((min(STEPS, size), size))
    diagonal, beside = list[float](), list[float]()
    value = 0.0
    for k in range(len(basis)):
        basis[k] = vector
        image = product(vector)
        diagonal.append(float(vector @ image))
        if not np.isfinite(image).all():
            return float("nan")
        for _ in range(2):
            image = image - basis[: k + 1].T @ (basis[: k + 1] @ image)
        rest = float(np.linalg.norm(image))
        small = np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
        values, vectors = np.linalg.eigh(small)
        value = float(values[-1])
        if rest * abs(vectors[-1, -1]) <= TOLERANCE * max(abs(values[0]), abs(value)):
            break
        beside.append(rest)
        vector = image / rest
    return value
