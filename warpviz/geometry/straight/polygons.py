"""Convex polygons that tile the plane, cut by lines in one batch.

    Polygons ── split (one zero line, all polygons at once) ──► Polygons, parents, sides
    segments ── join ──► polylines

Neighbours share vertices by index. A function that is continuous on the plane and affine on each
polygon is known by its values at the vertices, so the sign of a vertex, and the crossing on an
edge, are decided once for all polygons around it: neighbours can never disagree, an edge is cut
for both or for neither, and the tiling stays without gaps, overlaps and T-junctions.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Bools, Floats, Ints, paired, unpaired
from warpviz.geometry.straight.appending import Appends, appended
from warpviz.geometry.straight.zeros import Values, zero_between

Marks = npt.NDArray[np.uint8]

# Of a vertex, bits that say where it lies; or-ed together, where a polygon lies.
ON, ABOVE, BELOW = np.uint8(0), np.uint8(1), np.uint8(2)
_SIDE = np.array([0, 1, -1], dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Polygons:
    """A tiling by R convex polygons, counter-clockwise, no T-junctions.

    Attributes:
        points: (V, 2 + n) position, then n quantities that are affine on every polygon.
        corners: (M,) vertex indices, one polygon after the other.
        offsets: (R + 1,) where each polygon begins in `corners`.
    """

    points: Floats
    corners: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def areas(self) -> Floats:
        """(R,) areas, by the shoelace formula around each polygon's first corner."""
        first = np.repeat(self.offsets[:-1], np.diff(self.offsets))
        at = self.points[self.corners, :2] - self.points[self.corners[first], :2]
        to = at[_following(self.offsets)]
        doubled = at[:, 0] * to[:, 1] - at[:, 1] * to[:, 0]
        return np.asarray(0.5 * np.add.reduceat(doubled, self.offsets[:-1]))


@dataclass(frozen=True, eq=False)
class Split:
    """Polygons after a cut.

    Attributes:
        polygons: the new tiling; the old vertices keep their indices.
        parents: (R,) index of the old polygon that each came from.
        sides: (R,) −1, 0 or 1: the sign of the cutting value inside; 0 where it is zero throughout.
    """

    polygons: Polygons
    parents: Ints
    sides: Ints


def rectangle(limits: tuple[float, float, float, float], cells: int = 1) -> Polygons:
    """A rectangle (x0, x1, y0, y1) of cells² equal rectangles.

    >>> rectangle((0.0, 2.0, 0.0, 1.0)).areas()
    array([2.])
    """
    x0, x1, y0, y1 = limits
    mesh = np.meshgrid(np.linspace(x0, x1, cells + 1), np.linspace(y0, y1, cells + 1))
    row, column = np.divmod(np.arange(cells * cells), cells)
    first = row * (cells + 1) + column
    corners = np.column_stack([first, first + 1, first + cells + 2, first + cells + 1])
    return Polygons(
        np.stack(mesh, axis=-1).reshape(-1, 2), corners.ravel(), np.arange(cells * cells + 1) * 4
    )


def split(
    polygons: Polygons, z: Floats, steepness: Floats, *, close: float,
    values: Values | None = None, append: Appends = appended,
) -> Split:  # fmt: skip
    """Cut every polygon along z = 0.

    A vertex nearer than `close` to the line counts as lying on it, for all polygons around it, so
    that a line through a vertex (or along an edge) splits off no slivers.

    Args:
        polygons: what is cut.
        z: (V,) values at the vertices, affine on each polygon; exactly 0 where rounding decides.
        steepness: (R,) length of the gradient of z on each polygon.
        close: a distance, in the unit of the positions.
        values: where the values are not affine along edges, what they are: the cuts then cross
            each edge at a true zero, and go straight between two edges.
        append: puts the crossings behind the points.
    """
    mark = np.where(z > 0, ABOVE, ON)
    mark[z < 0] = BELOW
    sizes = np.diff(polygons.offsets)
    while True:
        seen = np.bitwise_or.reduceat(mark[polygons.corners], polygons.offsets[:-1])
        cut = seen == ABOVE | BELOW
        if not cut.any():
            return Split(polygons, np.arange(len(polygons)), _SIDE[seen])
        start = polygons.corners[np.repeat(cut, sizes)]
        slack = np.repeat(close * steepness[cut], sizes[cut])
        near = (mark[start] != ON) & (np.abs(z[start]) < slack)
        if near.any():
            mark[start[near]] = ON
            continue
        pieces = _pieces(polygons, start, sizes[cut], z, mark, values)
        if isinstance(pieces, tuple):
            break
        mark[pieces] = ON  # rounding made these polygons cross the line more than twice

    new, corners, begins, above, below = pieces
    whole = np.flatnonzero(~cut)
    parts = np.flatnonzero(cut)
    counts = [sizes[whole], *(np.add.reduceat(side, begins) for side in (above, below))]
    kept = polygons.corners[np.repeat(~cut, sizes)]
    return Split(
        Polygons(
            append(polygons.points, new),
            np.concatenate([kept, corners[above > 0], corners[below > 0]]),
            np.concatenate([[0], np.cumsum(np.concatenate(counts))]),
        ),
        np.concatenate([whole, parts, parts]),
        np.concatenate([_SIDE[seen[whole]], np.ones_like(parts), -np.ones_like(parts)]),
    )


def _pieces(
    polygons: Polygons, start: Ints, sizes: Ints, z: Floats, mark: Marks, values: Values | None
) -> tuple[Floats, Ints, Ints, Ints, Ints] | Ints:
    """The corners of the cut polygons with their crossings, and to which side each belongs.

    Returns:
        The crossings, the corners, where each polygon begins, and 0 or 1 for each corner: part of
        the piece above, of the piece below. Or else the vertices that have to count as on.
    """
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    end = start[_following(offsets)]
    crossing = (mark[start] | mark[end]) == ABOVE | BELOW
    low, high = np.minimum(start, end)[crossing], np.maximum(start, end)[crossing]
    key, number = np.unique(paired(low, high, len(z)), return_inverse=True)
    # Once an edge, from its lower to its higher vertex: both neighbours get the same bits.
    low, high = unpaired(key, len(z))
    new = polygons.points[low]
    way = polygons.points[high] - new
    if values is None:
        t = z[low] / (z[low] - z[high])
    else:
        t = zero_between(new, way, z[low], z[high], values)
    new += t[:, None] * way

    place = np.arange(len(start)) + np.cumsum(crossing) - crossing
    corners = np.empty(len(start) + len(number), dtype=np.intp)
    corners[place] = start
    corners[place[crossing] + 1] = len(z) + number
    crossings = np.add.reduceat(crossing.astype(np.intp), offsets[:-1])
    offsets = np.concatenate([[0], np.cumsum(sizes + crossings)])
    marks = np.full(len(corners), ON)
    marks[place] = mark[start]

    # A run of corners on the line belongs to the side before it; at its last corner sides part.
    following = _following(offsets)
    preceding = np.empty_like(following)
    preceding[following] = np.arange(len(following))
    filled = marks
    while (filled == ON).any():
        filled = np.where(filled == ON, filled[preceding], filled)
    parting = (marks == ON) & ((marks[following] | filled) == ABOVE | BELOW)
    wrong = np.add.reduceat(parting.astype(np.intp), offsets[:-1]) != 2
    if wrong.any():
        return _faintest(corners, marks, z, offsets, wrong)
    above = ((filled == ABOVE) | parting).astype(np.intp)
    below = ((filled == BELOW) | parting).astype(np.intp)
    return new, corners, offsets[:-1], above, below


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


def _following(offsets: Ints) -> Ints:
    """(M,) for each corner the place of the next one around its polygon."""
    following = np.arange(1, offsets[-1] + 1)
    following[offsets[1:] - 1] = offsets[:-1]
    return following


def join(segments: Ints, tags: Ints) -> list[tuple[int, Ints]]:
    """Chain segments of equal tag into polylines, as long as the way on is unique.

    Args:
        segments: (S, 2) vertex indices.
        tags: (S,) whole numbers from 0; only segments of one tag are joined.

    Returns:
        (tag, vertices) for each polyline, by tag; a loop repeats its first vertex at the end.

    >>> join(np.array([[4, 7], [2, 9], [9, 4]]), np.array([0, 0, 0]))
    [(0, array([2, 9, 4, 7]))]
    """
    if len(segments) == 0:
        return []
    span = int(segments.max()) + 1
    nodes, ends = np.unique(paired(tags[:, None], segments, span), return_inverse=True)
    ends = ends.reshape(-1, 2)
    half = np.concatenate([ends, ends[:, ::-1]])
    order = np.argsort(half[:, 0], kind="stable")
    degree = np.bincount(half[:, 0])
    first = (np.cumsum(degree) - degree).tolist()
    target: list[int] = half[order, 1].tolist()
    edge: list[int] = (order % len(segments)).tolist()
    used = [False] * len(segments)
    through: list[bool] = (degree == 2).tolist()

    walks: list[list[int]] = []
    # Open ends and junctions first; what then remains are loops.
    for begin in [*np.flatnonzero(degree != 2).tolist(), *np.flatnonzero(degree == 2).tolist()]:
        for way in range(first[begin], first[begin] + int(degree[begin])):
            if used[edge[way]]:
                continue
            walk, step = [begin], way
            while not used[edge[step]]:
                used[edge[step]] = True
                node = target[step]
                walk.append(node)
                if not through[node]:
                    break
                step = first[node] + used[edge[first[node]]]
            walks.append(walk)
    tag, vertex = unpaired(nodes, span)
    walks.sort(key=lambda walk: int(tag[walk[0]]))
    return [(int(tag[walk[0]]), vertex[walk]) for walk in walks]
