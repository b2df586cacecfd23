"""Where which of several functions is the largest, on polygons on which they are affine.

    Polygons ── by_winner ──► Polygons of one winner each ── boundary_lines ──► Lines

The largest of the first c values is continuous and, between earlier cuts, affine. So cutting by
l_c − max(l_0 … l_{c−1}) for c = 1, 2, … leaves polygons with one winner each: C − 1 cuts for any
number of classes, and points where three or more classes meet come out as shared vertices.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.geometry.sheet import LeftOut, Polyline, Sheet
from warpviz.geometry.straight.cutting import split
from warpviz.geometry.straight.joining import join
from warpviz.geometry.straight.pieces import FAINT, nearness
from warpviz.geometry.straight.polygons import Polygons


@dataclass(frozen=True, eq=False)
class Lines:
    """Polylines on the plane.

    Attributes:
        vertices: (V, 2) positions, each used by a polyline.
        polylines: with indices into `vertices`; a loop repeats its first vertex at the end.
        unsure: in how many squares of a grid more may lie than was found; 0 where all is known.
        left_out: of the lines that are too many to be among them.
    """

    vertices: Floats
    polylines: tuple[Polyline, ...]
    unsure: int = 0
    left_out: tuple[LeftOut, ...] = ()

    def joined(self, paths: Sequence[Floats]) -> "Lines":
        """The same lines, and boundaries along other paths (n, 2)."""
        vertices, lines, count = [self.vertices], [*self.polylines], len(self.vertices)
        for path in paths:
            vertices.append(path)
            lines.append(Polyline(np.arange(count, count + len(path)), "boundary"))
            count += len(path)
        return Lines(np.concatenate(vertices), tuple(lines), self.unsure)

    def refined(self, longest: float) -> "Lines":
        """The same lines with further vertices, so that no segment is longer than `longest`."""
        vertices, lines, count = [self.vertices], [], len(self.vertices)
        for line in self.polylines:
            path = self.vertices[line.vertices]
            steps = np.diff(path, axis=0)
            parts = np.maximum(np.ceil(np.hypot(*steps.T) / longest).astype(np.intp), 1)
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
        return Lines(np.concatenate(vertices), tuple(lines), self.unsure)


def together(parts: Sequence[Lines]) -> Lines:
    """Several lines as one."""
    vertices, lines, count = [np.zeros((0, 2))], [], 0
    for part in parts:
        vertices.append(part.vertices)
        lines += [replace(line, vertices=line.vertices + count) for line in part.polylines]
        count += len(part.vertices)
    left_out = tuple(one for part in parts for one in part.left_out)
    return Lines(
        np.concatenate(vertices), tuple(lines), sum(part.unsure for part in parts), left_out
    )


def by_winner(
    polygons: Polygons, maps: Floats, close: Floats | None = None
) -> tuple[Polygons, Ints, Ints]:
    """Cut polygons that carry C logits until one class wins on each; the first wins a tie.

    Args:
        polygons: R of them; points (V, 2 + 2 C): position, logits, size of the logits' terms.
        maps: (R, 2 or more, C): rows 0 and 1 are the gradient of the logits.
        close: (R,) how near a vertex has to be to count as on a line; None for that of all.

    Returns:
        The new polygons, (R',) the old polygon of each, and (R',) the winning class.
    """
    if close is None:
        close = np.full(len(polygons), nearness(polygons.points))
    parents, winners = np.arange(len(polygons)), np.zeros(len(polygons), dtype=np.intp)
    for label in range(1, maps.shape[2]):
        logits, size = np.hsplit(polygons.points[:, 2:], 2)
        best = logits[:, :label].argmax(axis=1)
        rows = np.arange(len(best))
        z = logits[:, label] - logits[rows, best]
        z[np.abs(z) <= FAINT * (size[:, label] + size[rows, best])] = 0.0
        gradient = maps[parents, :2, label] - maps[parents, :2, winners]
        cut = split(polygons, z, close[parents] * np.hypot(*gradient.T), close=1.0)
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
    used = distinct(np.concatenate([np.zeros(0, dtype=np.intp), *(x.vertices for x in lines)]))
    return Lines(
        places[used],
        tuple(Polyline(np.searchsorted(used, x.vertices), x.kind, x.layer, x.unit) for x in lines),
    )
