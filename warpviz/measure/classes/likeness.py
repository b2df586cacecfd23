"""How alike two states of the same points are: linear centred kernel alignment."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.measure.probe import binary_unit
from warpviz.measure.separability import ROUNDING


def linear_cka(first: Floats, second: Floats) -> float | None:
    """‖YᵀX‖_F² / (‖XᵀX‖_F ‖YᵀY‖_F) of centred states: 1 where they differ by a turn and a scale.

    Source: Kornblith, Norouzi, Lee & Hinton 2019, arXiv:1905.00414.

    Args:
        first: X (N, D).
        second: Y (N, E) of the same points.

    Returns:
        0 … 1; None where either is one point.

    >>> import numpy as np
    >>> x = np.array([[0.0, 1.0], [2.0, 0.0], [1.0, 5.0]])
    >>> round(linear_cka(x, 7.0 - 3.0 * x[:, ::-1]), 12)
    1.0
    """
    x, y = _centred(first), _centred(second)
    if x is None or y is None:
        return None
    # Of more numbers than points the matrices of points are the smaller ones.
    if max(x.shape[1], y.shape[1]) > len(x):
        first, second = x @ x.T, y @ y.T
        shared = float(np.sum(first * second))
    else:
        first, second = x.T @ x, y.T @ y
        shared = float(np.sum((y.T @ x) ** 2))
    return min(shared / float(np.linalg.norm(first) * np.linalg.norm(second)), 1.0)


def _centred(state: Floats) -> Floats | None:
    """A state about its mean, as large as 1; None where it is one point up to rounding."""
    inner = state / binary_unit(np.abs(state).max())
    inner = inner - inner.mean(axis=0)
    size = float(np.abs(inner).max())
    return None if size <= ROUNDING else inner / size
