"""One cut through all polygons in numpy; cut.c does the same, in the same order."""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Bools, Floats, Ints, paired, unpaired
from warpviz.geometry.straight.polygons import following

Marks: TypeAlias = npt.NDArray[np.uint8]

# Of a vertex, bits that say where it lies; or-ed together, where a polygon lies.
ON, ABOVE, BELOW = np.uint8(0), np.uint8(1), np.uint8(2)
_SIDE = np.array([0, 1, -1], dtype=np.intp)


class Cut(NamedTuple):
    """Polygons after a cut, whose new vertices are not placed yet.

    Attributes:
        ends: (E, 2) the edges, from their lower to their higher vertex, on which the new vertices
            lie, which come after the V old ones.
        corners: vertex indices of all polygons.
        offsets: (R + 1,) where each polygon begins.
        parents: (R,) index of the old polygon that each came from.
        sides: (R,) −1, 0 or 1: the sign of the cutting value inside.
    """

    ends: Ints
    corners: Ints
    offsets: Ints
    parents: Ints
    sides: Ints


def cut_plainly(old: Ints, offsets: Ints, z: Floats, steepness: Floats, close: float) -> Cut:
    """Cut polygons with corners and offsets along z = 0; see `split`."""
    mark = np.where(z > 0, ABOVE, ON)
    mark[z < 0] = BELOW
    sizes = np.diff(offsets)
    while True:
        seen = np.bitwise_or.reduceat(mark[old], offsets[:-1])
        cut = seen == ABOVE | BELOW
        if not cut.any():
            none = np.zeros((0, 2), dtype=np.intp)
            return Cut(none, old, offsets, np.arange(len(sizes)), _SIDE[seen])
        start = old[np.repeat(cut, sizes)]
        slack = np.repeat(close * steepness[cut], sizes[cut])
        near = (mark[start] != ON) & (np.abs(z[start]) < slack)
        if near.any():
            mark[start[near]] = ON
            continue
        pieces = _pieces(start, sizes[cut], z, mark)
        if isinstance(pieces, tuple):
            break
        mark[pieces] = ON  # rounding made these polygons cross the line more than twice

    ends, corners, begins, above, below = pieces
    whole = np.flatnonzero(~cut)
    parts = np.flatnonzero(cut)
    counts = [sizes[whole], *(np.add.reduceat(side, begins) for side in (above, below))]
    kept = old[np.repeat(~cut, sizes)]
    return Cut(
        ends,
        np.concatenate([kept, corners[above > 0], corners[below > 0]]),
        np.concatenate([[0], np.cumsum(np.concatenate(counts))]),
        np.concatenate([whole, parts, parts]),
        np.concatenate([_SIDE[seen[whole]], np.ones_like(parts), -np.ones_like(parts)]),
    )


def _pieces(
    start: Ints, sizes: Ints, z: Floats, mark: Marks
) -> tuple[Ints, Ints, Ints, Ints, Ints] | Ints:
    """The corners of the cut polygons with their crossings, and to which side each belongs.

    Returns:
        (E, 2) edges that are crossed, the corners, where each polygon begins, and 0 or 1 for each
        corner: part of the piece above, of the piece below. Or else the vertices that have to
        count as on.
    """
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    end = start[following(offsets)]
    crossing = (mark[start] | mark[end]) == ABOVE | BELOW
    low, high = np.minimum(start, end)[crossing], np.maximum(start, end)[crossing]
    # Once an edge, from its lower to its higher vertex: both neighbours get the same bits.
    key, number = np.unique(paired(low, high, len(z)), return_inverse=True)
    ends = np.column_stack(unpaired(key, len(z)))

    place = np.arange(len(start)) + np.cumsum(crossing) - crossing
    corners = np.empty(len(start) + len(number), dtype=np.intp)
    corners[place] = start
    corners[place[crossing] + 1] = len(z) + number
    crossings = np.add.reduceat(crossing.astype(np.intp), offsets[:-1])
    offsets = np.concatenate([[0], np.cumsum(sizes + crossings)])
    marks = np.full(len(corners), ON)
    marks[place] = mark[start]

    # A run of corners on the line belongs to the side before it; at its last corner sides part.
    after = following(offsets)
    preceding = np.empty_like(after)
    preceding[after] = np.arange(len(after))
    filled = marks
    while (filled == ON).any():
        filled = np.where(filled == ON, filled[preceding], filled)
    parting = (marks == ON) & ((marks[after] | filled) == ABOVE | BELOW)
    wrong = np.add.reduceat(parting.astype(np.intp), offsets[:-1]) != 2
    if wrong.any():
        return _faintest(corners, marks, z, offsets, wrong)
    above = ((filled == ABOVE) | parting).astype(np.intp)
    below = ((filled == BELOW) | parting).astype(np.intp)
    return ends, corners, offsets[:-1], above, below


def _faintest(corners: Ints, marks: Marks, z: Floats, offsets: Ints, wrong: Bools) -> Ints:
    """The vertex of least |z|, of those that are not zero, in each wrong polygon."""
    size = np.full(len(corners), np.inf)
    size[marks != ON] = np.abs(z[corners[marks != ON]])
    return np.array(
        [
            corners[begin + np.argmin(size[begin:end])]
            for begin, end in zip(offsets[:-1][wrong], offsets[1:][wrong], strict=True)
        ]
    )
