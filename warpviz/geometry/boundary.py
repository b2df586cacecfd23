"""The decision boundary: where the two largest logits of a chain are equal.

    piecewise linear:  Pieces ── by_winner ──► edges between two winners         exact
    smooth:            triangles of a fine grid ── by_winner ──► edges ── Newton ──► on the curve

The largest of the first c logits is continuous and, between earlier cuts, affine. So cutting by
l_c − max(l_0 … l_{c−1}) for c = 1, 2, … leaves polygons with one winner each: C − 1 cuts for any
number of classes, and points where three or more classes meet come out as shared vertices.
"""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Bools, Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.geometry.pieces import (
    FAINT,
    Plane,
    checked,
    checked_plane,
    is_piecewise_linear,
    nearness,
    subdivide,
    up_to_logits,
)
from warpviz.geometry.polygons import Polygons, join, rectangle, split
from warpviz.geometry.sheet import Limits, Polyline, Sheet
from warpviz.model.chain import Chain

NEWTON_STEPS = 20
EQUAL = 1e-13  # part of the largest output; the last step goes far below it


@dataclass(frozen=True, eq=False)
class Lines:
    """Polylines on the plane.

    Attributes:
        vertices: (V, 2) positions, each used by a polyline.
        polylines: with indices into `vertices`; a loop repeats its first vertex at the end.
    """

    vertices: Floats
    polylines: tuple[Polyline, ...]

    def refined(self, longest: float) -> "Lines":
        """The same lines with further vertices, so that no segment is longer than `longest`."""
        vertices, lines, count = [self.vertices], [], len(self.vertices)
        for line in self.polylines:
            path = self.vertices[line.vertices]
            steps = np.diff(path, axis=0)
            parts = np.maximum(np.ceil(np.hypot(*steps.T) / longest).astype(np.int64), 1)
            begin = np.repeat(np.cumsum(parts) - parts, parts)
            inner = np.arange(parts.sum()) - begin
            share = inner / np.repeat(parts, parts)
            places = np.repeat(path[:-1], parts, axis=0)
            places += share[:, None] * np.repeat(steps, parts, axis=0)
            numbers = np.repeat(line.vertices[:-1], parts)
            fresh = inner > 0
            numbers[fresh] = count + np.arange(np.count_nonzero(fresh))
            count += int(np.count_nonzero(fresh))
            vertices.append(places[fresh])
            numbers = np.append(numbers, line.vertices[-1])
            lines.append(Polyline(numbers, line.kind, line.layer, line.unit))
        return Lines(np.concatenate(vertices), tuple(lines))


def decision_boundary(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 192,
    max_regions: int = 20_000,
) -> Lines:
    """Where the two largest logits are equal, as polylines of kind "boundary".

    Exact for piecewise-linear chains of up to `max_regions` regions; for all others traced on a
    grid of `fine`² squares and brought onto the curve by Newton steps along the gradient.

    Args:
        chain: of two outputs or more; a softmax at the end is left out.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features; the vertices are on it.
        fine: squares along each axis; what is smaller may be missed by the tracing.
        max_regions: past it, a piecewise-linear chain is traced too.

    Raises:
        WarpvizError: for a chain of one output.

    >>> from warpviz.model.layers import Dense
    >>> chain = Chain([Dense([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.5])])
    >>> lines = decision_boundary(chain, (0, 2, 0, 2))
    >>> lines.vertices[lines.polylines[0].vertices]
    array([[0.5, 0. ],
           [2. , 1.5]])
    """
    logits = up_to_logits(chain)
    if logits.widths[-1] < 2:
        raise WarpvizError("A decision boundary expects a chain of 2 outputs or more, got 1.")
    rectangle_ = rectangle(checked(limits))
    if is_piecewise_linear(logits):
        pieces = subdivide(logits, rectangle_, plane=plane, most=max_regions)
        if pieces is not None:
            polygons, _, winners = by_winner(pieces.polygons, pieces.maps)
            return compact(polygons.points[:, :2], boundary_lines(polygons, winners))
    return traced(logits, limits, plane=plane, fine=fine)


def by_winner(polygons: Polygons, maps: Floats) -> tuple[Polygons, Ints, Ints]:
    """Cut polygons that carry C logits until one class wins on each; the first wins a tie.

    Args:
        polygons: R of them; points (V, 2 + 2 C): position, logits, size of the logits' terms.
        maps: (R, 2 or more, C): rows 0 and 1 are the gradient of the logits.

    Returns:
        The new polygons, (R',) the old polygon of each, and (R',) the winning class.
    """
    close = nearness(polygons)
    parents, winners = np.arange(len(polygons)), np.zeros(len(polygons), dtype=np.int64)
    for label in range(1, maps.shape[2]):
        logits, size = np.hsplit(polygons.points[:, 2:], 2)
        best = logits[:, :label].argmax(axis=1)
        rows = np.arange(len(best))
        z = logits[:, label] - logits[rows, best]
        z[np.abs(z) <= FAINT * (size[:, label] + size[rows, best])] = 0.0
        gradient = maps[parents, :2, label] - maps[parents, :2, winners]
        cut = split(polygons, z, np.hypot(*gradient.T), close=close)
        polygons, parents = cut.polygons, parents[cut.parents]
        winners = np.where(cut.sides > 0, label, winners[cut.parents])
    return polygons, parents, winners


def boundary_lines(polygons: Polygons, winners: Ints) -> tuple[Polyline, ...]:
    """The edges between polygons of different winners, joined for each pair of classes."""
    edges = Sheet(polygons.points[:, :2], polygons.corners, polygons.offsets).edges()
    edges = edges[(edges[:, 2:] >= 0).all(axis=1)]
    pair = np.sort(winners[edges[:, 2:]], axis=1)
    differ = pair[:, 0] != pair[:, 1]
    tags = pair[differ, 0] * (int(winners.max()) + 1) + pair[differ, 1]
    joined = join(edges[differ, :2], tags)
    return tuple(Polyline(vertices, "boundary") for _, vertices in joined)


def compact(places: Floats, lines: tuple[Polyline, ...]) -> Lines:
    """Lines over the vertices that they use."""
    used = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(x.vertices for x in lines)]))
    return Lines(
        places[used],
        tuple(Polyline(np.searchsorted(used, x.vertices), x.kind, x.layer, x.unit) for x in lines),
    )


def traced(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 192,
    outputs: Floats | None = None,
) -> Lines:
    """The decision boundary of any chain, from its outputs on a grid.

    Args:
        chain: C outputs.
        limits: x0, x1, y0, y1.
        plane: origin and axes, as in `decision_boundary`.
        fine: squares along each axis.
        outputs: ((fine + 1)², C) what the chain gives at `grid_points`, where it is known already.
    """
    origin, axes = checked_plane(chain, plane)
    places = grid_points(limits, fine)
    if outputs is None:
        outputs = chain(places @ axes.T + origin)
    label = outputs.argmax(axis=1).reshape(fine + 1, fine + 1)
    around = np.stack([label[:-1, :-1], label[:-1, 1:], label[1:, 1:], label[1:, :-1]])
    row, column = np.nonzero((around != around[0]).any(axis=0))
    if len(row) == 0:
        return Lines(np.zeros((0, 2)), ())
    first = row * (fine + 1) + column
    a, b, c, d = first, first + 1, first + fine + 2, first + fine + 1
    corners = np.column_stack([a, b, c, a, c, d]).ravel()
    used, corners = np.unique(corners, return_inverse=True)
    points = np.hstack([places[used], outputs[used], np.abs(outputs[used])])
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
    on = np.unique(np.concatenate([line.vertices for line in lines]))
    polygons.points[on, :2] = _on_the_curve(
        polygons.points[on, :2], tied[on], chain, limits, (origin, axes), fine
    )
    return compact(polygons.points[:, :2], lines)


def grid_points(limits: Limits, fine: int) -> Floats:
    """((fine + 1)², 2) the corners of `fine`² equal squares, row by row."""
    return rectangle(limits, fine).points


def _on_the_curve(
    places: Floats, tied: Bools, chain: Chain, limits: Limits, plane: Plane, fine: int
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
        for count in np.unique(tied[todo].sum(axis=1)):
            group = todo[tied[todo].sum(axis=1) == count]
            labels = np.argsort(~tied[group], axis=1, kind="stable")[:, :count]
            places[group] = _tie(places[group], labels, inside[group], chain, plane, reach)
        # Where a third output has overtaken two that tie, all three meet near by.
        winner = chain(places[todo] @ plane[1].T + plane[0]).argmax(axis=1)
        overtaken = ~tied[todo, winner]
        tied[todo, winner] = True
        todo = todo[overtaken]
    return places


def _tie(
    places: Floats, labels: Ints, inside: Bools, chain: Chain, plane: Plane, reach: float
) -> Floats:
    """Newton steps (the shortest ones) of points (N, 2) to where outputs labels (N, T) tie."""
    origin, axes = plane
    todo = np.arange(len(places))
    for _ in range(NEWTON_STEPS):
        x = places[todo] @ axes.T + origin
        values, rows = chain(x), np.arange(len(todo))
        gaps = np.take_along_axis(values, labels, axis=1)
        gaps = gaps[:, 1:] - gaps[:, :1]
        far = np.abs(gaps).max(axis=1) > EQUAL * np.abs(values).max()
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
