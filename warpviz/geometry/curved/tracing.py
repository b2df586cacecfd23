"""The decision boundary of a chain that bends smoothly, traced on a grid.

outputs on a grid ── squares with two winners ──► triangles ── by_winner ──► vertices and edges
    └─ hidden_lines ──► finer squares ─┘          Newton, halving at kinks ──► on the curve

So are the lines along which single outputs have levels: many of them at once, for each step costs
more than its points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from warpviz.arrays import Bools, Floats, Ints, distinct
from warpviz.geometry.curved.corners import cornered, onto_ties
from warpviz.geometry.curved.squares import NO_LINES, Squares, grid_points, squares_of
from warpviz.geometry.curved.ties import Ties, onto_the_curve
from warpviz.geometry.plane import Plane, checked_plane
from warpviz.geometry.sheet import Limits, Polyline
from warpviz.geometry.straight.pieces import nearness
from warpviz.geometry.straight.polygons import Polygons
from warpviz.geometry.straight.winners import Lines, boundary_lines, by_winner, compact
from warpviz.model.chain import Chain

MOST_CORNERED = 20_000
"""Points of lines whose corners are looked for one by one; lines of more are a tangle."""
TANGLED = 12_000
"""So many squares with lines in them, a third of 192², are a tangle: whichever squares one takes,
other lines come out, and none of them is drawn."""
AT_ONCE = 20_000
"""Corners of triangles that are looked at together."""
EQUAL = 1e-13  # part of the largest output; the last step goes far below it
TIE = 1e-11  # part of the largest output: where Newton leaves more, ways are halved


def traced(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 192,
    hidden: bool = True,
    tangled: int = TANGLED,
) -> Lines:
    """The decision boundary of any chain, from its outputs on a grid.

    Args:
        chain: C outputs.
        limits: x0, x1, y0, y1.
        plane: origin and axes, as in `decision_boundary`.
        fine: squares along each axis.
        hidden: whether to look for lines between the points of the grid, where the slopes allow
            some, on up to 8 times as fine a grid.
        tangled: so many squares with lines in them are too many to be drawn.
    """
    origin, axes = checked_plane(chain, plane)
    outputs = chain(grid_points(limits, fine) @ axes.T + origin)
    ties = Ties(chain, limits, (origin, axes))
    return _traced(ties, [squares_of(ties, 0, outputs, fine, hidden, tangled)], fine)[0]


def traced_levels(
    chain: Chain,
    wanted: Sequence[tuple[int, float]],
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 192,
    outputs: Floats | None = None,
    hidden: bool = True,
) -> list[Lines]:
    """Where outputs of any chain have levels: the lines of each output and level by themselves.

    Args:
        chain: of any number of outputs.
        wanted: output and level of each line.
        limits: x0, x1, y0, y1.
        plane: as for `traced`.
        fine: as for `traced`.
        outputs: ((fine + 1)², D) what the chain gives at `grid_points`, where it is known already.
        hidden: as for `traced`.
    """
    if not wanted:
        return []
    origin, axes = checked_plane(chain, plane)
    if outputs is None:
        outputs = chain(grid_points(limits, fine) @ axes.T + origin)
    units, levels = zip(*wanted, strict=True)
    ties = Ties(chain, limits, (origin, axes), (np.array(units), np.array(levels, dtype=float)))
    found: list[Lines] = []
    some: list[Squares] = []
    for number in range(len(wanted)):
        above = ties.above(outputs, np.full(len(outputs), number))
        some.append(squares_of(ties, number, above, fine, hidden, TANGLED))
        if sum(len(each.corners) for each in some) > AT_ONCE:
            found += _traced(ties, some, fine)
            some = []
    return found + _traced(ties, some, fine)


def _traced(ties: Ties, squares: Sequence[Squares], fine: int) -> list[Lines]:
    """The lines through each set of squares."""
    found = {each.number: replace(NO_LINES, unsure=each.unsure) for each in squares}
    found |= {each.number: each.tangle for each in squares if each.tangle is not None}
    looked_at = [each for each in squares if len(each.corners)]
    if looked_at:
        found |= {number: lines for number, lines in _through(ties, looked_at, fine)}
    return [found[each.number] for each in squares]


def _through(ties: Ties, squares: Sequence[Squares], fine: int) -> Iterator[tuple[int, Lines]]:
    """The lines of those that have any."""
    counts = [len(each.places) for each in squares]
    starts = np.cumsum(counts) - counts
    outputs = np.concatenate([each.outputs for each in squares])
    places = np.concatenate([each.places for each in squares])
    points = np.hstack([places, outputs, np.abs(outputs)])
    corners = np.concatenate([each.corners + at for each, at in zip(squares, starts, strict=True)])
    # The outputs are taken as affine on each triangle; Newton mends that afterwards.
    corner = points[corners].reshape(-1, 3, points.shape[1])
    sides = corner[:, 1:] - corner[:, :1]
    maps = np.linalg.solve(sides[:, :, :2], sides[:, :, 2 : 2 + ties.n_outputs])
    triangles = Polygons(points, corners, np.arange(len(sides) + 1) * 3)
    order = np.arange(len(squares))
    of_triangle = np.repeat(order, [len(each.corners) // 3 for each in squares])
    close = np.array([nearness(each.places) for each in squares])
    polygons, parents, winners = by_winner(triangles, maps, close[of_triangle])

    of_polygon, sizes = of_triangle[parents], np.diff(polygons.offsets)
    tied = np.zeros((len(polygons.points), ties.n_outputs), dtype=np.bool_)
    tied[polygons.corners, np.repeat(winners, sizes)] = True
    lines = boundary_lines(polygons, winners + ties.n_outputs * of_polygon)
    if not lines:  # outputs that tie on the border, or touch, without crossing
        return
    of_point = np.zeros(len(polygons.points), dtype=np.intp)
    of_point[polygons.corners] = np.repeat(of_polygon, sizes)
    on = distinct(np.concatenate([line.vertices for line in lines]))
    numbers = np.array([each.number for each in squares])
    size = np.array([np.abs(each.outputs).max() for each in squares])[of_point[on]]
    x0, x1, y0, y1 = ties.limits
    reach = max(x1 - x0, y1 - y0) / fine
    sets = numbers[of_point[on]]
    curve, inside = onto_the_curve(
        polygons.points[on, :2], tied[on], ties, sets, reach, EQUAL * size
    )
    polygons.points[on, :2] = onto_ties(curve, inside, ties, sets, reach, TIE * size)
    exact = compact(polygons.points[:, :2], lines)
    of_line = of_point[[line.vertices[0] for line in lines]]
    many = np.bincount(of_point[on], minlength=len(squares)) > MOST_CORNERED
    yield from _apart(exact, ties, squares, of_line, many, reach)


def _apart(
    lines: Lines, ties: Ties, squares: Sequence[Squares], of_line: Ints, many: Bools, side: float
) -> Iterator[tuple[int, Lines]]:
    """The lines of each set by themselves, with their corners where the points are not too many."""
    few = np.flatnonzero(~many[of_line])
    numbers = np.array([each.number for each in squares])[of_line]
    some = replace(lines, polylines=tuple(lines.polylines[at] for at in few))
    bent = cornered(some, ties, numbers[few], side)
    polylines: list[Polyline] = [*lines.polylines]
    for at, line in zip(few.tolist(), bent.polylines, strict=True):
        polylines[at] = line
    for k, each in enumerate(squares):
        own = tuple(polylines[at] for at in np.flatnonzero(of_line == k))
        if own:
            unsure = each.unsure + int(many[k])
            yield each.number, replace(compact(bent.vertices, own), unsure=unsure)
