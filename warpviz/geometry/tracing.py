"""The decision boundary of a chain that bends smoothly, traced on a grid.

outputs on a grid ── squares with two winners ──► triangles ── by_winner ──► vertices and edges
    └─ hidden_lines ──► finer squares ─┘          Newton, halving at kinks ──► on the curve
"""

from dataclasses import replace

import numpy as np

from warpviz.arrays import Bools, Floats, Ints, distinct
from warpviz.geometry.corners import cornered, onto_ties
from warpviz.geometry.hidden import hidden_lines
from warpviz.geometry.plane import Plane, checked_plane
from warpviz.geometry.sheet import BOUNDARY, FINEST, LeftOut, Limits, mosaic
from warpviz.geometry.straight.pieces import FAINT
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.geometry.straight.winners import Lines, boundary_lines, by_winner, compact
from warpviz.model.chain import Chain

NEWTON_STEPS = 20
MOST_CORNERED = 20_000
"""Points of lines whose corners are looked for one by one; lines of more are a tangle."""
TANGLED = 12_000
"""So many squares with lines in them, a third of 192², are a tangle: whichever squares one takes,
other lines come out, and none of them is drawn."""
EQUAL = 1e-13  # part of the largest output; the last step goes far below it
TIE = 1e-11  # part of the largest output: where Newton leaves more, ways are halved


def traced(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 192,
    outputs: Floats | None = None,
    hidden: bool = True,
    tangled: int = TANGLED,
) -> Lines:
    """The decision boundary of any chain, from its outputs on a grid.

    Args:
        chain: C outputs.
        limits: x0, x1, y0, y1.
        plane: origin and axes, as in `decision_boundary`.
        fine: squares along each axis.
        outputs: ((fine + 1)², C) what the chain gives at `grid_points`, where it is known already.
        hidden: whether to look for lines between the points of the grid, where the slopes allow
            some, on up to 8 times as fine a grid.
        tangled: so many squares with lines in them are too many to be drawn.
    """
    origin, axes = checked_plane(chain, plane)
    places = grid_points(limits, fine)
    if outputs is None:
        outputs = chain(places @ axes.T + origin)
    label = _labels(outputs)
    grid = label.reshape(fine + 1, fine + 1)
    unsure = 0
    around = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]])
    row, column = np.nonzero((around != around[0]).any(axis=0))
    first = row * (fine + 1) + column
    corners = np.column_stack([first, first + 1, first + fine + 2, first + fine + 1]).ravel()
    offsets = 4 * np.arange(len(first) + 1)
    if len(row) > tangled:
        return Lines(np.zeros((0, 2)), (), fine * fine, (LeftOut(BOUNDARY, len(row), 0),))
    if hidden:
        found = hidden_lines(chain, limits, (origin, axes), fine, grid)
        unsure = found.unsure
        if found.detail.max() > 1:
            places, corners, offsets = _finer(found.detail, limits)
            outputs = chain(places @ axes.T + origin)
            label = _labels(outputs)
            corners, offsets = _of_two_winners(label, corners, offsets)
    if len(offsets) == 1:
        return Lines(np.zeros((0, 2)), (), unsure)
    used, corners = np.unique(corners, return_inverse=True)
    places, outputs, corners = _fans(places[used], outputs[used], corners, offsets)
    fresh = len(outputs)
    outputs = np.concatenate([outputs, chain(places[fresh:] @ axes.T + origin)])
    size = float(np.abs(outputs).max())
    points = np.hstack([places, outputs, np.abs(outputs)])
    # The outputs are taken as affine on each triangle; Newton mends that afterwards.
    corner = points[corners].reshape(-1, 3, points.shape[1])
    sides = corner[:, 1:] - corner[:, :1]
    n_out = outputs.shape[1]
    maps = np.linalg.solve(sides[:, :, :2], sides[:, :, 2 : 2 + n_out])
    triangles = Polygons(points, corners, np.arange(len(sides) + 1) * 3)
    polygons, _, winners = by_winner(triangles, maps)
    tied = np.zeros((len(polygons.points), n_out), dtype=np.bool_)
    tied[polygons.corners, np.repeat(winners, np.diff(polygons.offsets))] = True
    lines = boundary_lines(polygons, winners)
    if not lines:  # outputs that tie on the border, or touch, without crossing
        return Lines(np.zeros((0, 2)), (), unsure)
    on = distinct(np.concatenate([line.vertices for line in lines]))
    polygons.points[on, :2] = _on_the_curve(
        polygons.points[on, :2], tied[on], chain, limits, (origin, axes), fine, size
    )
    exact = compact(polygons.points[:, :2], lines)
    if len(on) > MOST_CORNERED:
        return replace(exact, unsure=unsure + 1)
    return replace(cornered(exact, chain, limits, (origin, axes), fine), unsure=unsure)


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
    used, corners = np.unique(corners, return_inverse=True)
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
    return rectangle(limits, fine).points


def _on_the_curve(
    places: Floats,
    tied: Bools,
    chain: Chain,
    limits: Limits,
    plane: Plane,
    fine: int,
    size: float,
) -> Floats:
    """Move points (V, 2) by Newton steps to where their tied outputs (V, C) are equal."""
    x0, x1, y0, y1 = limits
    reach = max(x1 - x0, y1 - y0) / fine
    # What begins on the border stays on it.
    inside = np.column_stack(
        [(places[:, 0] > x0) & (places[:, 0] < x1), (places[:, 1] > y0) & (places[:, 1] < y1)]
    )
    places, tied, todo = places.copy(), tied.copy(), np.arange(len(places))
    while len(todo):
        for count in distinct(tied[todo].sum(axis=1)):
            group = todo[tied[todo].sum(axis=1) == count]
            labels = np.argsort(~tied[group], axis=1, kind="stable")[:, :count]
            places[group] = _tie(
                places[group], labels, inside[group], chain, plane, reach, EQUAL * size
            )
        # Where a third output has overtaken two that tie, all three meet near by.
        winner = chain(places[todo] @ plane[1].T + plane[0]).argmax(axis=1)
        overtaken = ~tied[todo, winner]
        tied[todo, winner] = True
        todo = todo[overtaken]
    return onto_ties(places, inside, chain, limits, plane, reach, TIE * size)


def _tie(
    places: Floats,
    labels: Ints,
    inside: Bools,
    chain: Chain,
    plane: Plane,
    reach: float,
    equal: float,
) -> Floats:
    """Newton steps (the shortest ones) of points (N, 2) to where outputs labels (N, T) tie."""
    origin, axes = plane
    todo = np.arange(len(places))
    for _ in range(NEWTON_STEPS):
        x = places[todo] @ axes.T + origin
        values, rows = chain(x), np.arange(len(todo))
        gaps = np.take_along_axis(values, labels, axis=1)
        gaps = gaps[:, 1:] - gaps[:, :1]
        far = np.abs(gaps).max(axis=1) > equal
        if not far.any():
            break
        todo, labels, inside = todo[far], labels[far], inside[far]
        gaps, values, x, rows = gaps[far], values[far], x[far], rows[: len(todo)]
        slopes = np.empty((*gaps.shape, 2))
        for k in range(gaps.shape[1]):
            weights = np.zeros_like(values)
            weights[rows, labels[:, k + 1]] = 1.0
            weights[rows, labels[:, 0]] = -1.0
            slopes[:, k] = (chain.backward(x, weights)[0] @ axes) * inside
        step = -(np.linalg.pinv(slopes) @ gaps[:, :, None])[:, :, 0]
        length = np.hypot(step[:, 0], step[:, 1])[:, None]
        places[todo] += step * np.minimum(1.0, reach / np.maximum(length, 1e-300))
    return places
