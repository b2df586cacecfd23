"""Errors of one output and its target, by the names that people give them."""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats


def _half_squared(y: Floats, t: Floats) -> tuple[float, Floats]:
    return float(((y - t) ** 2).sum() / 2), y - t


def _squared(y: Floats, t: Floats) -> tuple[float, Floats]:
    return float(((y - t) ** 2).sum()), 2 * (y - t)


def _cross_entropy(y: Floats, t: Floats) -> tuple[float, Floats]:
    with np.errstate(divide="ignore"):
        return float(-(t * np.log(y)).sum()), np.asarray(np.where(t == 0, 0.0, -t / y))


LOSSES: dict[str, tuple[str, Callable[[Floats, Floats], tuple[float, Floats]]]] = {
    "half-squared": ("Σ (y − t)² / 2", _half_squared),
    "squared": ("Σ (y − t)²", _squared),
    "cross-entropy": ("−Σ t ln y", _cross_entropy),
}
"""Name → formula, and value and slope of one output y and target t."""
