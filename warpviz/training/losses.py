"""Losses: a number to make small, and its gradient with respect to the output of a chain.

Arrays here are feature-major, (..., C, N), as in training: classes (or outputs) in rows, points
in columns, any number of chains in front. A value is a mean over the N points; a slope is that of
every point's own loss, so that the gradient of the value is slope / N.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats

Array: TypeAlias = npt.NDArray[Any]


@dataclass(frozen=True)
class Loss:
    """One entry of `LOSSES`.

    Attributes:
        name: The name that finds it.
        classes: Whether targets are classes (given one-hot, (C, N)) or numbers (C, N).
        from_logits: Whether it contains the softmax, and so takes the logits.
        value: `value(output, target)` → (...,), the loss of every chain.
        slope: `slope(output, target, gradient)` writes the slopes, (..., C, N).
    """

    name: str
    classes: bool
    from_logits: bool
    value: Callable[[Any, Any], Any]
    slope: Callable[[Any, Any, Any], object]


def _cross_entropy(logits: Floats, target: Floats) -> Floats:
    # −ln p_y = ln Σ exp(z − top) + top − z_y: no exponential can overflow.
    top = logits.max(axis=-2, keepdims=True)
    e = np.exp(logits - top).sum(axis=-2)
    own = np.sum(logits * target, axis=-2)
    return np.asarray(np.mean(np.log(e) + top[..., 0, :] - own, axis=-1))


def _cross_entropy_slope(logits: Floats, target: Floats, gradient: Floats) -> None:
    # p − target
    if logits.shape[-2] == 2:
        # p₁ = 1 / (1 + exp(z₀ − z₁)): the same in half the work; exp may overflow to a right 0.
        one = gradient[..., 1, :]
        np.subtract(logits[..., 0, :], logits[..., 1, :], out=one)
        np.exp(one, out=one)
        one += 1.0
        np.reciprocal(one, out=one)
        one -= target[..., 1, :]
        np.negative(one, out=gradient[..., 0, :])
        return
    np.subtract(logits, logits.max(axis=-2, keepdims=True), out=gradient)
    np.exp(gradient, out=gradient)
    gradient /= gradient.sum(axis=-2, keepdims=True)
    gradient -= target


def _mean_squared_error(output: Floats, target: Floats) -> Floats:
    return np.asarray(np.mean(np.square(output - target), axis=(-2, -1)))


def _mean_squared_error_slope(output: Floats, target: Floats, gradient: Floats) -> None:
    np.subtract(output, target, out=gradient)
    gradient *= 2.0 / output.shape[-2]


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("cross_entropy", True, True, _cross_entropy, _cross_entropy_slope),
        Loss("mean_squared_error", False, False, _mean_squared_error, _mean_squared_error_slope),
    )
}


def softmax_into(logits: Array, p: Array) -> None:
    """Softmax of (B, C, N), written into p."""
    np.exp(logits - logits.max(axis=1, keepdims=True), out=p)
    p /= p.sum(axis=1, keepdims=True)


def softmax_back(p: Array, delta: Array) -> None:
    """The gradient by p, made that by the logits in its place."""
    delta -= (p * delta).sum(axis=1, keepdims=True)
    delta *= p
