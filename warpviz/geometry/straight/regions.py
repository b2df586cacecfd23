"""The linear regions of a chain, and graph paper cut along its creases.

chain ── subdivide(one rectangle) ──► Regions      counts, maps, areas, creases
      ── subdivide(graph paper)   ──► Sheet        folds along sharp lines when it is moved
"""

from dataclasses import dataclass, replace

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.plane import Plane, checked, checked_plane
from warpviz.geometry.sheet import Limits, Polyline, Sheet
from warpviz.geometry.straight.pieces import Pieces, subdivide, up_to_logits
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.geometry.straight.winners import boundary_lines, by_winner
from warpviz.geometry.tears import torn
from warpviz.model.chain import Chain

SAME = 1e-11
"""Maps that differ by less than this part of the largest entry of all are one."""


@dataclass(frozen=True, eq=False)
class Regions:
    """The linear regions of a chain over a rectangle of the plane.

    A region is an activation pattern of positive area within the limits. It is convex, and the
    logits of a point p of region r are maps[r] @ p + shifts[r].

    Attributes:
        vertices: (V, 2) positions.
        corners: (M,) vertex indices of all regions, counter-clockwise, no T-junctions.
        offsets: (R + 1,) where each region begins in `corners`.
        maps: (R, n_out, 2).
        shifts: (R, n_out).
        patterns: (R, U) which piece of its activation each unit is on: 0 and 1 for relu.
        units: (U, 2) layer and unit of each column of `patterns`; `chain[layer]` bends there.
        areas: (R,) in input units squared.
        creases: the polylines along which units bend, with their layer and unit.
        regions_after: number of regions at every stop, the input's first: [k] after k layers.
        pieces: (R,) neighbours on which the logits are one affine map have one number, 0, 1, …
    """

    vertices: Floats
    corners: Ints
    offsets: Ints
    maps: Floats
    shifts: Floats
    patterns: Ints
    units: Ints
    areas: Floats
    creases: tuple[Polyline, ...]
    regions_after: tuple[int, ...]
    pieces: Ints

    @property
    def n_regions(self) -> int:
        """How many regions there are: activation patterns."""
        return len(self.offsets) - 1

    @property
    def n_pieces(self) -> int:
        """How many there are where neighbours with the same affine map count once."""
        return int(self.pieces.max()) + 1


def linear_regions(
    chain: Chain, limits: Limits, *, plane: Plane | None = None, max_regions: int = 20_000
) -> Regions | None:
    """The linear regions of a piecewise-linear chain over a rectangle, up to the logits.

    Args:
        chain: identity, relu and leaky relu only; a softmax at the end is left out.
        limits: x0, x1, y0, y1 of the rectangle.
        plane: origin (n,) and axes (n, 2) of the plane for inputs of n features; the point p of
            the rectangle is the input origin + axes @ p. None: the two features themselves.
        max_regions: past it, the answer is None and the caller samples instead.

    Raises:
        WarpvizError: for a chain that bends smoothly, and where limits or plane do not fit.

    >>> from warpviz.model.layers import Dense
    >>> chain = Chain([Dense([[1.0, 1.0]], [0.0], "relu")])
    >>> regions = linear_regions(chain, (-1.0, 1.0, -1.0, 1.0))
    >>> regions.n_regions, regions.areas, [(line.layer, line.unit) for line in regions.creases]
    (2, array([2., 2.]), [(0, 0)])
    """
    pieces = subdivide(chain, rectangle(checked(limits)), plane=plane, most=max_regions)
    if pieces is None:
        return None
    polygons = pieces.polygons
    return Regions(
        polygons.points[:, :2],
        polygons.corners,
        polygons.offsets,
        pieces.maps[:, :2].transpose(0, 2, 1),
        pieces.maps[:, 2],
        (pieces.codes >> 1).astype(np.intp),
        pieces.units,
        polygons.areas(),
        pieces.crease_lines(),
        pieces.counts,
        of_one_map(polygons, pieces.maps),
    )


def of_one_map(polygons: Polygons | Sheet, maps: Floats) -> Ints:
    """(R,) a number that polygons share with the neighbours on which a map is the same.

    Args:
        polygons: R of them, by their corners.
        maps: (R, …) of each; of a continuous map the slopes are enough.
    """
    points = polygons.vertices if isinstance(polygons, Sheet) else polygons.points
    sides = Sheet(points[:, :2], polygons.corners, polygons.offsets).edges()[:, 2:]
    sides = sides[(sides >= 0).all(axis=1)]
    # Maps that differ only by rounding: the slopes of later layers may cancel.
    flat = maps.reshape(len(maps), -1)
    same = np.abs(flat[sides[:, 0]] - flat[sides[:, 1]]).max(axis=1, initial=0.0)
    sides = sides[same <= SAME * np.abs(flat).max(initial=0.0)]
    label = np.arange(len(maps))
    while True:
        found = label.copy()
        np.minimum.at(found, sides.ravel(), np.repeat(label[sides].min(axis=1), 2))
        found = found[found]
        if np.array_equal(found, label):
            return np.unique(label, return_inverse=True)[1].reshape(-1)
        label = found


def fold_sheet(
    chain: Chain,
    limits: Limits = (-1.1, 1.1, -1.1, 1.1),
    *,
    cells: int = 48,
    every: int = 2,
    plane: Plane | None = None,
    boundary: bool = True,
    max_cells: int = 12_000,
) -> Sheet | None:
    """Graph paper cut along every crease of a piecewise-linear chain.

    Every state up to the logits is affine on each cell and along each segment of each line: what
    is straight on paper between two vertices stays straight at every keyframe and, under lerp,
    between keyframes. Grid lines have a vertex at every crease they cross.

    Args:
        chain: as for `linear_regions`.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        cells: how many squares along each axis; fewer where there would be too many cells.
        every: a grid line at every so many squares.
        plane: as for `linear_regions`.
        boundary: cut along the decision boundary too, and draw it.
        max_cells: about how many cells a sheet may have.

    Returns:
        Cells, then as lines the border, the grid, the creases ("crease", with layer and unit) and
        the "boundary"; None where even the regions alone are more than `max_cells`.
    """
    checked(limits)
    logits = up_to_logits(chain)
    origin, axes = checked_plane(logits, plane)
    pieces = subdivide(chain, rectangle(limits, cells), plane=plane, most=max_cells)
    if pieces is None:
        regions = subdivide(chain, rectangle(limits), plane=plane, most=max_cells)
        if regions is None:
            return None
        fewer = _fitting_grid(regions, limits, cells, max_cells)
        every = max(1, every * fewer // cells)
        cells = fewer
        pieces = subdivide(chain, rectangle(limits, cells), plane=plane, most=max_cells)
        if pieces is None:
            return None
    between: tuple[Polyline, ...] = ()
    if boundary and pieces.maps.shape[2] > 1:
        polygons, parents, winners = by_winner(pieces.polygons, pieces.maps)
        between = boundary_lines(polygons, winners)
        pieces = replace(pieces, polygons=polygons, codes=pieces.codes[parents])
    polygons = pieces.polygons
    places = polygons.points[:, :2]
    lines = (*_grid_lines(places, limits, cells, every), *pieces.crease_lines(), *between)
    sheet = torn(Sheet(places, polygons.corners, polygons.offsets, lines), logits, plane, boundary)
    return sheet if plane is None else replace(sheet, vertices=sheet.vertices @ axes.T + origin)


def _grid_lines(places: Floats, limits: Limits, cells: int, every: int) -> list[Polyline]:
    """Border and grid lines through all vertices (V, 2) that lie on them."""
    lines: list[Polyline] = []
    drawn = [*range(0, cells, every), cells]
    for axis, (low, high) in enumerate((limits[:2], limits[2:])):
        marks = np.linspace(low, high, cells + 1)
        # Crossings keep the coordinate of their line to the last bit, so equality finds them.
        on = np.searchsorted(marks, places[:, axis])
        on[(on > cells) | (marks[np.minimum(on, cells)] != places[:, axis])] = -1
        order = np.lexsort([places[:, 1 - axis], on])
        begins = np.searchsorted(on[order], np.arange(cells + 2))
        lines += [
            Polyline(order[begins[k] : begins[k + 1]], "border" if k in (0, cells) else "grid")
            for k in drawn
        ]
    return sorted(lines, key=lambda line: line.kind)


def _fitting_grid(regions: Pieces, limits: Limits, cells: int, most: int) -> int:
    """The finest halving of the grid that surely leaves at most so many cells."""
    corners = regions.polygons.points[regions.polygons.corners, :2]
    begin = regions.polygons.offsets[:-1]
    low = np.minimum.reduceat(corners, begin, axis=0)
    high = np.maximum.reduceat(corners, begin, axis=0)
    while cells > 1:
        cells //= 2
        # A convex polygon crossed by m upright and n level lines falls into at most (m+1)(n+1).
        parts = np.ones(len(begin), dtype=np.intp)
        for axis in range(2):
            marks = np.linspace(limits[2 * axis], limits[2 * axis + 1], cells + 1)
            first = np.searchsorted(marks, low[:, axis], side="right")
            parts *= 1 + np.maximum(np.searchsorted(marks, high[:, axis]) - first, 0)
        if parts.sum() <= most:
            break
    return cells
