"""The sheet: graph paper on the input plane, as vertices and their topology.

Everything drawn on the plane (cells, grid lines, creases, boundary) is made of vertices in input
coordinates, so that one forward pass carries all of it through a chain in the same way.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats, Ints, distinct, paired, unpaired
from warpviz.errors import WarpvizError
from warpviz.geometry.mosaic import FINEST, in_use, mosaic

Limits = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Polyline:
    """A line drawn on the sheet.

    Attributes:
        vertices: (n,) indices into the sheet's vertices, in drawing order.
        kind: what it is: "grid", "border", "crease", "boundary".
        layer: the stop from which it is drawn (0: from the input on).
        unit: the unit that makes a crease, counted from 0; -1 where there is none.
        times: the part [from, to) of its act in which a crease that wanders is here; None for a
            crease that stays.
        keyframe: the keyframe of which it is the line, where each has lines of its own; None for a
            line of all.
    """

    vertices: Ints
    kind: str
    layer: int = 0
    unit: int = -1
    times: tuple[float, float] | None = None
    keyframe: int | None = None


BOUNDARY = -1
"""In place of a layer: what is left out is the decision boundary."""


class LeftOut(NamedTuple):
    """Creases of a layer, or a decision boundary, that are too many to be drawn.

    Attributes:
        layer: its number in the chain, or `BOUNDARY`.
        least: how many creases there are at least; squares of a grid that the boundary crosses.
        drawn: how many creases are drawn, spread evenly over all; 0 of a boundary.
    """

    layer: int
    least: int
    drawn: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """Vertices on the input plane and what they carry.

    Attributes:
        vertices: (V, n_features) in input coordinates.
        corners: (M,) vertex indices of all cells, one cell after the other, counter-clockwise.
        offsets: (cells + 1,) where each cell begins in `corners`.
        lines: the polylines.
        exact: whether every state is affine on every cell, and straight along every segment.
        unsure: in how many places a line too narrow for the grid may have been missed.
        left_out: of the layers whose creases, or the boundary that, are not all drawn.
    """

    vertices: Floats
    corners: Ints
    offsets: Ints
    lines: tuple[Polyline, ...] = ()
    exact: bool = False
    unsure: int = 0
    left_out: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        least = 2 if len(self.corners) else 1  # a curve has no cells
        if self.vertices.ndim != 2 or self.vertices.shape[1] < least:
            raise WarpvizError(
                f"Sheet expects vertices of shape (V, 2), got {self.vertices.shape}."
            )
        if self.offsets[0] != 0 or self.offsets[-1] != len(self.corners):
            raise WarpvizError("Sheet expects offsets from 0 to the number of corners.")
        if np.any(np.diff(self.offsets) < 3):
            raise WarpvizError("Sheet expects cells of at least 3 corners.")

    @property
    def n_cells(self) -> int:
        """How many cells the sheet has."""
        return len(self.offsets) - 1

    def centres(self) -> Floats:
        """(cells, n_features): the mean of each cell's corners."""
        sums = np.add.reduceat(self.vertices[self.corners], self.offsets[:-1], axis=0)
        return sums / np.diff(self.offsets)[:, None]

    def edges(self) -> Ints:
        """Each edge once, with the cells on its two sides.

        Returns:
            (E, 4) start vertex, end vertex, cell on the left, cell on the right; -1 is outside.
        """
        start = self.corners
        last = self.offsets[1:] - 1
        end = np.roll(start, -1)
        end[last] = start[self.offsets[:-1]]
        cell = np.repeat(np.arange(self.n_cells), np.diff(self.offsets))
        forward = start < end
        key = paired(np.minimum(start, end), np.maximum(start, end), len(self.vertices))
        keys = distinct(key)
        sides = np.full((len(keys), 2), -1)
        sides[np.searchsorted(keys, key[forward]), 0] = cell[forward]
        sides[np.searchsorted(keys, key[~forward]), 1] = cell[~forward]
        return np.column_stack([*unpaired(keys, len(self.vertices)), sides])


def graph_paper(
    limits: Limits = (-1.1, 1.1, -1.1, 1.1),
    *,
    cells: int = 48,
    every: int = 2,
    detail: Ints | None = None,
) -> Sheet:
    """A rectangle of cells with grid lines, finer where it matters.

    Args:
        limits: x0, x1, y0, y1 in input coordinates.
        cells: how many cells along each axis.
        every: a grid line at every so many cells.
        detail: (cells, cells) rows upwards: into how many parts along each axis a cell is cut:
            1, 2, 4 or 8; None leaves all whole. A cell takes its neighbours' vertices on its own
            sides, so that no gap opens between them.

    Returns:
        A sheet of convex cells, its grid lines (four vertices a cell) and its border.
    """
    x0, x1, y0, y1 = limits
    if not (x0 < x1 and y0 < y1 and np.all(np.isfinite(limits))):
        raise WarpvizError(f"Limits expect x0 < x1 and y0 < y1, got {','.join(map(str, limits))}.")
    size = cells * FINEST + 1
    grid_x, grid_y = np.linspace(x0, x1, size), np.linspace(y0, y1, size)
    corners, offsets = mosaic(np.ones((cells, cells), int) if detail is None else detail)
    used, corners = in_use(corners, size * size)
    places = np.column_stack([grid_x[used % size], grid_y[used // size]])
    vertices, lines = [places], []
    count = len(places)
    for kind, start, end in rulings(limits, cells, every):
        steps = np.linspace(0.0, 1.0, size)[:, None]
        vertices.append(start + steps * (end - start))
        lines.append(Polyline(np.arange(count, count + size), kind))
        count += size
    return Sheet(np.concatenate(vertices), corners, offsets, tuple(lines))


def rulings(limits: Limits, cells: int, every: int) -> list[tuple[str, Floats, Floats]]:
    """The straight lines of graph paper: kind ("grid" or "border"), start and end (2,)."""
    x0, x1, y0, y1 = limits
    lines = []
    for position in (*range(0, cells, every), cells):
        kind = "border" if position in (0, cells) else "grid"
        x, y = (low + (high - low) * position / cells for low, high in ((x0, x1), (y0, y1)))
        lines.append((kind, np.array([x0, y]), np.array([x1, y])))
        lines.append((kind, np.array([x, y0]), np.array([x, y1])))
    return lines


def lattice(limits: Limits, cells: int) -> Floats:
    """The vertices of all cells, (cells + 1, cells + 1, 2), rows upwards."""
    x0, x1, y0, y1 = limits
    grid = np.meshgrid(np.linspace(x0, x1, cells + 1), np.linspace(y0, y1, cells + 1))
    return np.stack(grid, axis=-1)


def squares(places: Floats, limits: Limits, cells: int) -> Ints:
    """(N,) in which of cells² squares each place (N, 2) is, row by row upwards."""
    x0, x1, y0, y1 = limits
    share = (places - (x0, y0)) / (x1 - x0, y1 - y0)
    column, row = np.clip(np.floor(share * cells), 0, cells - 1).astype(np.intp).T
    return np.asarray(row * cells + column)


def fans(corners: Ints, offsets: Ints) -> tuple[Ints, Ints]:
    """Cut convex cells into triangles that share the cell's first corner.

    Args:
        corners: (M,) vertex indices of all cells, one cell after the other.
        offsets: (cells + 1,) where each cell begins.

    Returns:
        triangles (T, 3) of vertex indices, cell (T,) that each belongs to.

    >>> import numpy as np
    >>> fans(np.array([4, 5, 6, 7]), np.array([0, 4]))[0].tolist()
    [[4, 5, 6], [4, 6, 7]]
    """
    sides = np.diff(offsets) - 2
    cell = np.repeat(np.arange(len(sides)), sides)
    first = np.asarray(offsets)[:-1][cell]
    second = first + 1 + np.arange(len(cell)) - (np.cumsum(sides) - sides)[cell]
    triangles = np.column_stack([corners[first], corners[second], corners[second + 1]])
    return triangles, cell
