"""Squares, some cut into smaller ones, that share the corners on their sides."""

import numpy as np

from warpviz.arrays import Bools, Ints

FINEST = 8
"""A cell is cut into so many parts along each side at most: a power of 2."""


def mosaic(detail: Ints) -> tuple[Ints, Ints]:
    """Cells on the fine lattice: corners (indices into it, row by row) and offsets."""
    cells = len(detail)
    size = cells * FINEST + 1
    around = np.pad(detail, 1, constant_values=1)
    finest_beside = np.max(
        [around[:-2, 1:-1], around[2:, 1:-1], around[1:-1, :-2], around[1:-1, 2:]], axis=0
    )
    squares = []
    used = np.zeros((size, size), dtype=bool)
    for parts in (2**halvings for halvings in range(FINEST.bit_length())):
        side = FINEST // parts
        own = np.nonzero(detail == parts)
        plain = finest_beside[own] <= parts
        row, column = (part * FINEST for part in own)
        for i in range(parts):
            for j in range(parts):
                low, left = row + i * side, column + j * side
                squares.append(np.column_stack([low, left, np.full(len(low), side), plain]))
                for y in (0, side):
                    for x in (0, side):
                        used[low + y, left + x] = True
    low, left, side, plain = np.concatenate(squares).T
    # A square whose neighbours are no finer has its own corners alone.
    first = low * size + left
    four = np.column_stack([first, first + side, first + side * size + side, first + side * size])
    if plain.all():
        return four.ravel(), 4 * np.arange(len(four) + 1)
    walked = np.flatnonzero(plain == 0)
    corners, counts = _walked(low[walked], left[walked], side[walked], used)
    sizes = np.full(len(four), 4)
    sizes[walked] = counts
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    all_corners = np.empty(offsets[-1], dtype=np.intp)
    of_walked = np.repeat(plain == 0, sizes)
    all_corners[of_walked] = corners
    all_corners[~of_walked] = four[plain > 0].ravel()
    return all_corners, offsets


def _walked(low: Ints, left: Ints, side: Ints, used: Bools) -> tuple[Ints, Ints]:
    """Corners of squares on a lattice with those of others on their sides, and how many each has.

    Walk around each square in unit steps, and keep the lattice points that are corners of any.
    """
    steps = np.arange(FINEST)
    run = np.minimum(steps, side[:, None])
    within = steps < side[:, None]
    full = np.broadcast_to(side[:, None], run.shape)
    none = np.zeros_like(run)
    y = np.concatenate([none, run, full, full - run], axis=1) + low[:, None]
    x = np.concatenate([run, full, full - run, none], axis=1) + left[:, None]
    keep = used[y, x] & np.concatenate([within] * 4, axis=1)
    return (y * len(used) + x)[keep], keep.sum(axis=1)


def in_use(numbers: Ints, count: int) -> tuple[Ints, Ints]:
    """The different ones of whole numbers below a count, rising, and each by its place there.

    >>> [each.tolist() for each in in_use(np.array([7, 2, 7]), 9)]
    [[2, 7], [1, 0, 1]]
    """
    there = np.zeros(count, dtype=np.bool_)
    there[numbers] = True
    used = np.flatnonzero(there)
    place = np.empty(count, dtype=np.intp)
    place[used] = np.arange(len(used))
    return used, place[numbers]
