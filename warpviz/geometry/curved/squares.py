"""Squares of a grid in which outputs tie, as triangles; finer ones where lines hide between."""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.curved.hidden import hidden_lines
from warpviz.geometry.curved.ties import Ties
from warpviz.geometry.mosaic import FINEST, in_use, mosaic
from warpviz.geometry.sheet import BOUNDARY, LeftOut, Limits, lattice
from warpviz.geometry.straight.pieces import FAINT
from warpviz.geometry.straight.winners import Lines

NO_LINES = Lines(np.zeros((0, 2)), ())


@dataclass(frozen=True, eq=False)
class Squares:
    """The squares through which one set of lines goes.

    Attributes:
        number: of the set.
        places: (P, 2) their vertices.
        outputs: (P, C) what may tie there.
        corners: three a triangle.
        unsure: in how many squares more lines may be.
        tangle: what is told in place of lines that are too many; None where they are not.
    """

    number: int
    places: Floats
    outputs: Floats
    corners: Ints
    unsure: int = 0
    tangle: Lines | None = None


def squares_of(
    ties: Ties, number: int, outputs: Floats, fine: int, hidden: bool, tangled: int
) -> Squares:
    """The squares of one set of lines.

    Args:
        ties: what ties.
        number: of the set.
        outputs: ((fine + 1)², C) what may tie, at `grid_points`.
        fine: squares along each axis.
        hidden: as for `traced`.
        tangled: as for `traced`.
    """
    places = grid_points(ties.limits, fine)
    label = _labels(outputs)
    grid = label.reshape(fine + 1, fine + 1)
    around = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]])
    row, column = np.nonzero((around != around[0]).any(axis=0))
    first = row * (fine + 1) + column
    corners = np.column_stack([first, first + 1, first + fine + 2, first + fine + 1]).ravel()
    offsets = 4 * np.arange(len(first) + 1)
    none, unsure = np.zeros(0, dtype=np.intp), 0
    if len(row) > tangled:
        left_out = (LeftOut(BOUNDARY, len(row), 0),)
        tangle = Lines(np.zeros((0, 2)), (), fine * fine, left_out)
        return Squares(number, places, outputs, none, fine * fine, tangle)
    if hidden:
        found = hidden_lines(ties.alone(number), ties.limits, ties.plane, fine, grid)
        unsure = found.unsure
        if found.detail.max() > 1:
            places, corners, offsets = _finer(found.detail, ties.limits)
            outputs = ties.outputs(places, np.full(len(places), number))
            label = _labels(outputs)
            corners, offsets = _of_two_winners(label, corners, offsets)
    if len(offsets) == 1:
        return Squares(number, places, outputs, none, unsure)
    used, corners = in_use(corners, len(places))
    places, outputs, corners = _fans(places[used], outputs[used], corners, offsets)
    middles = places[len(outputs) :]
    if len(middles):
        more = ties.outputs(middles, np.full(len(middles), number))
        outputs = np.concatenate([outputs, more])
    return Squares(number, places, outputs, corners, unsure)


def _labels(outputs: Floats) -> Ints:
    """(N,) the largest output; −1 where two tie, so that all squares around are wanted."""
    label: Ints = outputs.argmax(axis=1)
    best, second = -np.partition(-outputs, 1, axis=1)[:, :2].T
    label[best - second <= FAINT * np.maximum(np.abs(best), np.abs(second))] = -1
    return label


def _finer(detail: Ints, limits: Limits) -> tuple[Floats, Ints, Ints]:
    """Places, corners and offsets of squares that are cut into so many parts."""
    corners, offsets = mosaic(detail)
    size = len(detail) * FINEST + 1
    used, corners = in_use(corners, size * size)
    x0, x1, y0, y1 = limits
    x, y = np.linspace(x0, x1, size), np.linspace(y0, y1, size)
    return np.column_stack([x[used % size], y[used // size]]), corners, offsets


def _of_two_winners(label: Ints, corners: Ints, offsets: Ints) -> tuple[Ints, Ints]:
    """The polygons whose corners differ."""
    seen, begin = label[corners], offsets[:-1]
    differ = np.minimum.reduceat(seen, begin) != np.maximum.reduceat(seen, begin)
    sizes = np.diff(offsets)
    kept = corners[np.repeat(differ, sizes)]
    return kept, np.concatenate([[0], np.cumsum(sizes[differ])])


def _fans(
    places: Floats, outputs: Floats, corners: Ints, offsets: Ints
) -> tuple[Floats, Floats, Ints]:
    """Squares cut into triangles; those with vertices on their sides about their middles.

    Returns:
        Places with the middles at the end, outputs as they were, and three corners a triangle.
    """
    sizes = np.diff(offsets)
    plain = np.repeat(sizes == 4, sizes)
    a, b, c, d = corners[plain].reshape(-1, 4).T
    two = np.column_stack([a, b, c, a, c, d]).reshape(-1, 3)
    rest, many = corners[~plain], sizes[sizes != 4]
    if len(many) == 0:
        return places, outputs, two.ravel()
    begin = np.cumsum(many) - many
    following = np.roll(rest, -1)
    following[begin + many - 1] = rest[begin]
    middles = (
        np.array(
            [
                places[part].min(axis=0) + places[part].max(axis=0)
                for part in np.split(rest, begin[1:])
            ]
        )
        / 2
    )
    around = np.repeat(len(places) + np.arange(len(many)), many)
    fan = np.column_stack([around, rest, following])
    return np.concatenate([places, middles]), outputs, np.concatenate([two, fan]).ravel()


def grid_points(limits: Limits, fine: int) -> Floats:
    """((fine + 1)², 2) the corners of `fine`² equal squares, row by row."""
    return lattice(limits, fine).reshape(-1, 2)
