"""Points that lie apart: of those of a kind that come too near to each other, the first."""

import numpy as np

from warpviz.arrays import Bools, Floats, Ints, Longs

BATCH = 128
"""Points that are compared with each other at once."""


def spread(places: Floats, kinds: Ints, reach: float) -> Ints:
    """The points, in order, that no kept one before them of their kind is nearer to than `reach`.

    Points are looked at batch by batch: first beside those that are kept already, which stand in
    squares of side `reach`, then beside the others of the batch.

    Args:
        places: (N, 2).
        kinds: (N,) whole numbers from 0.
        reach: a distance.

    Returns:
        Indices, rising.

    >>> spread(np.array([[0.0, 0], [1, 0], [2, 0], [2, 0]]), np.array([0, 0, 0, 1]), 1.5)
    array([0, 2, 3])
    """
    square = np.floor((places - places.min(axis=0)) / max(reach, 1e-12)).astype(np.int64)
    own, around = _neighbours(square, kinds)
    # The kept points of each square, and one square without any for neighbours that are not there.
    taken = np.full((len(around) + 1, 4), -1, dtype=np.intp)
    count = np.zeros(len(around) + 1, dtype=np.intp)
    kept = np.zeros(len(places), dtype=np.bool_)
    for start in range(0, len(places), BATCH):
        some = np.arange(start, min(start + BATCH, len(places)))
        others = taken[around[own[some]]].reshape(len(some), -1)
        near = _nearer(places, some[:, None], others, reach) & (others >= 0)
        free = some[~near.any(axis=1)]
        chosen = free[_first(places, square, kinds, free, reach)]
        kept[chosen] = True
        for point, at in zip(chosen.tolist(), own[chosen].tolist(), strict=True):
            if count[at] == taken.shape[1]:
                taken = np.pad(taken, ((0, 0), (0, count[at])), constant_values=-1)
            taken[at, count[at]] = point
            count[at] += 1
    return np.flatnonzero(kept)


def _neighbours(square: Longs, kinds: Ints) -> tuple[Ints, Ints]:
    """(N,) the number of each point's square, of its kind, and (squares, 9) those around each."""
    wide, high = square.max(axis=0) + 2
    key = (kinds * wide + square[:, 0]) * high + square[:, 1]
    there, own = np.unique(key, return_inverse=True)
    steps = np.array([a * high + b for a in (-1, 0, 1) for b in (-1, 0, 1)])
    wanted = there[:, None] + steps
    at = np.minimum(np.searchsorted(there, wanted), len(there) - 1)
    return own.reshape(-1), np.where(there[at] == wanted, at, len(there))


def _nearer(places: Floats, some: Ints, others: Ints, reach: float) -> Bools:
    """Whether points are nearer to others than `reach`."""
    across, up = (places[some, axis] - places[others, axis] for axis in (0, 1))
    return np.asarray(across * across + up * up < reach**2)


def _first(places: Floats, square: Longs, kinds: Ints, some: Ints, reach: float) -> Bools:
    """Which of some points are kept, where nothing else is."""
    near = _nearer(places, some[:, None], some, reach) & (kinds[some][:, None] == kinds[some])
    for axis in (0, 1):
        near &= np.abs(square[some, axis][:, None] - square[some, axis]) <= 1
    near &= np.tri(len(some), k=-1, dtype=np.bool_)
    kept: Bools = ~near.any(axis=1)
    for k in np.flatnonzero(~kept).tolist():
        kept[k] = not (near[k] & kept).any()
    return kept
