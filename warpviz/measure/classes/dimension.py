"""The dimension of a state, from how much farther each point's second neighbour is than its first.

    points ── nearest two ──► μ = r₂ / r₁, whose law is 1 − F(μ) = μ^−d in d dimensions
           ── straight line through 0 of −log(1 − F) over log μ ──► d

Source: Facco, d'Errico, Rodriguez & Laio, Estimating the intrinsic dimension of datasets by a
minimal neighborhood information, Scientific Reports 7, 2017.
"""

import numpy as np

from warpviz.arrays import Floats
from warpviz.measure.probe import binary_unit

DISCARDED = 0.1
"""The share of points of the largest μ that is left out, as in the paper."""
FEWEST = 10
"""Different points of which a dimension is told."""
AT_ONCE = 2**18
"""Distances that are looked at in one go: they stay in the processor's cache."""


def two_nn(states: Floats) -> float | None:
    """The intrinsic dimension by two nearest neighbours; equal points count once.

    Args:
        states: (N, D).

    Returns:
        More than 0; None of fewer than `FEWEST` different points, or where all neighbours are
        equally far, as on a lattice.

    >>> import numpy as np
    >>> points = np.random.default_rng(0).random((500, 2)) @ [[1.0, 0.0, 1.0], [0.0, 1.0, 2.0]]
    >>> round(two_nn(points))
    2
    """
    points = np.unique(states, axis=0)
    if len(points) < FEWEST:
        return None
    points = points - points.mean(axis=0)
    first, second = nearest_two(points / binary_unit(np.abs(points).max()))
    near = first > 0  # what is nearer than the square root of the least number has no distance
    ratio = np.sort(second[near] / first[near])
    kept = int((1.0 - DISCARDED) * len(ratio))
    if kept < 1:
        return None
    x = np.log(ratio[:kept])
    y = -np.log1p(-np.arange(1, kept + 1) / len(ratio))
    size = float(x @ x)
    return float(x @ y) / size if size > 0 else None


def nearest_two(points: Floats) -> tuple[Floats, Floats]:
    """How far the nearest and the second nearest other point are: (N,) and (N,)."""
    columns = np.ascontiguousarray(points.T)
    size = max(AT_ONCE // len(points), 1)
    found = np.empty((len(points), 2))
    for start in range(0, len(points), size):
        rows = columns[:, start : start + size]
        square = np.zeros((rows.shape[1], len(points)))
        for here, all_of in zip(rows, columns, strict=True):
            away = here[:, None] - all_of
            away *= away
            square += away
        at = np.arange(rows.shape[1])
        square[at, start + at] = np.inf
        for rank in (0, 1):
            nearest = square.argmin(axis=1)
            found[start : start + size, rank] = square[at, nearest]
            square[at, nearest] = np.inf
    distances = np.sqrt(found)
    return distances[:, 0], distances[:, 1]
