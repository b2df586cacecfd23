"""The creases of the sheet, and how many of them lie near the data.

piecewise linear ── edges between linear regions ──► segments   exact
all others       ── z = where f folds or is sharp, on the squares of the sheet ──► segments
"""

from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.folds import fold_points
from warpviz.geometry.sheet import Limits, fans
from warpviz.geometry.straight.bends import Bend, bends_of
from warpviz.geometry.straight.pieces import Pieces
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.plane.levels import lengths, zero_segments
from warpviz.model.chain import Chain

NEAR = 0.04
"""The radius of what counts as near a point, as a part of the sheet's shorter side: the margin that
a sheet leaves around the data is a little wider, so that every disc lies on the sheet."""
AT_ONCE = 2**18
"""Pairs of a point and a segment that are looked at in one go."""
FAR = 256.0
"""Of sums z, up to which folds of curved activations are looked for."""


class Creases(NamedTuple):
    """Creases on the sheet, as segments.

    Attributes:
        segments: (S, 2, 2) start and end of each, on the sheet.
        layers: (S,) the layer that makes each; where several crease the sheet in one place, the
            first of them.
    """

    segments: Floats
    layers: Ints

    def by_stop(self, stops: int, amounts: Floats) -> list[float]:
        """For every stop the sum of amounts (S,) over the creases made so far."""
        summed = np.bincount(self.layers, weights=amounts, minlength=stops - 1)
        return [0.0, *np.cumsum(summed.astype(np.float64)).tolist()]


def creases_of(sheet: MeasuredSheet, chain: Chain) -> Creases | None:
    """All creases of a chain on its sheet: where a layer bends it sharply, folds or tears it.

    Args:
        sheet: of the chain.
        chain: any.

    Returns:
        None where a curved activation folds sums beyond `FAR`, as sin does: on the squares of the
        sheet such folds are not seen one by one.
    """
    if sheet.cut is not None:
        return _exact(sheet.cut)
    triangles = fans(sheet.corners, sheet.offsets)[0]
    found, layers = [np.zeros((0, 2, 2))], [np.zeros(0, dtype=np.int64)]
    for k in range(len(chain)):
        for bend in bends_of(chain, k):
            signs = _signs(bend, sheet.vertices)
            if signs is None:
                return None
            for values in signs:
                segments = zero_segments(values, triangles, sheet.flat)
                found.append(segments)
                layers.append(np.full(len(segments), k))
    return Creases(np.concatenate(found), np.concatenate(layers))


def _signs(bend: Bend, vertices: Floats) -> list[Floats] | None:
    """For each unit and each of its folds and kinks, a function (V,) that is 0 there."""
    z = bend.before(vertices)
    low, high = float(z.min()), float(z.max())
    if low == high:
        return []
    ends = max(low, -FAR), min(high, FAR)
    if ends[0] >= ends[1]:
        ends = -FAR, FAR
    functions = [bend.function.unit(number) for number in range(z.shape[1])]
    places = {
        function: np.unique(np.concatenate([fold_points(function, 1.0, ends), function.sharp]))
        for function in dict.fromkeys(functions)
    }
    reach = max(-low, high)
    if reach > FAR and any(np.abs(each).max(initial=0.0) > FAR / 2 for each in places.values()):
        return None
    return [
        column - at
        for column, function in zip(z.T, functions, strict=True)
        for at in places[function]
        if column.min() < at < column.max()
    ]


def _exact(pieces: Pieces) -> Creases:
    edges, units = pieces.creases()
    points = pieces.polygons.points[:, :2]
    edges, place = np.unique(np.sort(edges, axis=1), axis=0, return_inverse=True)
    layers = np.full(len(edges), len(pieces.counts), dtype=np.int64)
    np.minimum.at(layers, place.reshape(-1), pieces.units[units, 0])
    segments = [points[edges]]
    numbers = [layers]
    for tear in pieces.tears:
        path = points[tear.vertices]
        segments.append(np.stack([path[:-1], path[1:]], axis=1))
        numbers.append(np.full(len(path) - 1, tear.layer, dtype=np.int64))
    return Creases(np.concatenate(segments), np.concatenate(numbers))


def crease_lengths(creases: Creases, stops: int) -> list[float]:
    """How long the creases made so far are on the sheet, for every stop."""
    return creases.by_stop(stops, lengths(creases.segments))


def local_complexities(creases: Creases, stops: int, points: Floats, limits: Limits) -> list[float]:
    """How dense the creases made so far are near the points, for every stop.

    The mean over points of the length of creases within r of the point, by the area π r² of that
    disc, r = `NEAR` of the sheet's shorter side. After the density of linear regions over the data
    of Patel & Montúfar, On the local complexity of linear regions, 2024, arXiv:2412.18283, who
    blur the creases by noise on the biases where here it is the disc that blurs them.

    Args:
        creases: of the sheet.
        stops: how many.
        points: (N, 2) on the sheet.
        limits: x0, x1, y0, y1 of the sheet.

    Returns:
        Lengths by areas, in 1 / unit of the sheet.
    """
    radius = NEAR * min(limits[1] - limits[0], limits[3] - limits[2])
    start = creases.segments[:, 0] / radius
    way = creases.segments[:, 1] / radius - start
    square = np.einsum("sd,sd->s", way, way)
    safe = np.where(square > 0, square, 1.0)
    amounts = np.zeros(len(start))
    size = max(AT_ONCE // max(len(start), 1), 1)
    for at in range(0, len(points), size):
        away = points[at : at + size, None] / radius - start  # (n, S, 2)
        foot = np.einsum("nsd,sd->ns", away, way) / safe
        gap = 1.0 - np.einsum("nsd,nsd->ns", away, away) + foot * foot * square
        half = np.sqrt(np.maximum(gap, 0.0) / safe)
        inside = np.clip(foot + half, 0.0, 1.0) - np.clip(foot - half, 0.0, 1.0)
        amounts += inside.sum(axis=0)
    scale = np.sqrt(square) / (np.pi * radius * max(len(points), 1))
    return creases.by_stop(stops, amounts * scale)
