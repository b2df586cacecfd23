"""The decision boundary on the sheet, and how long its image is at every stop."""

from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats
from warpviz.geometry.boundary import boundary_of
from warpviz.geometry.sheet import fans
from warpviz.measure.measured_sheet import MeasuredSheet, slopes_at
from warpviz.measure.plane.levels import zero_segments
from warpviz.model.chain import Chain


class Boundary(NamedTuple):
    """Where the two likeliest classes tie, as short straight pieces of the sheet.

    Attributes:
        middles: (S, n) in input coordinates.
        ways: (S, 2) from one end to the other, on the sheet.
        weights: (S,) 1, or ½ where a piece is there for each of its two classes.
    """

    middles: Floats
    ways: Floats
    weights: Floats


def boundary_on(sheet: MeasuredSheet, chain: Chain) -> Boundary | None:
    """The boundary of a chain; exact where the sheet is. None for a chain of one output.

    Args:
        sheet: of the chain.
        chain: up to its logits.
    """
    if chain.widths[-1] < 2:
        return None
    plane = (sheet.origin, sheet.axes)
    if sheet.cut is not None:
        lines = boundary_of(sheet.cut, chain, sheet.limits, plane)
        paths = [lines.vertices[line.vertices] for line in lines.polylines]
        pairs = [np.stack([path[:-1], path[1:]], axis=1) for path in paths]
        segments, weight = np.concatenate([np.zeros((0, 2, 2)), *pairs]), 1.0
    else:
        segments, weight = _traced(sheet, chain(sheet.vertices))
    middles = segments.mean(axis=1) @ sheet.axes.T + sheet.origin
    return Boundary(middles, segments[:, 1] - segments[:, 0], np.full(len(segments), weight))


def _traced(sheet: MeasuredSheet, scores: Floats) -> tuple[Floats, float]:
    """Segments (S, 2, 2) of the boundary, and how much each counts."""
    triangles = fans(sheet.corners, sheet.offsets)[0]
    if scores.shape[1] == 2:
        return zero_segments(scores[:, 1] / 2 - scores[:, 0] / 2, triangles, sheet.flat), 1.0
    found = []
    for own in range(scores.shape[1]):
        rival = np.delete(scores, own, axis=1).max(axis=1)
        found.append(zero_segments(scores[:, own] / 2 - rival / 2, triangles, sheet.flat))
    return np.concatenate(found), 0.5


def boundary_lengths(boundary: Boundary, chain: Chain, axes: Floats) -> list[float]:
    """How long the image of the boundary is at every stop of a chain, in units of each state.

    Args:
        boundary: on the sheet.
        chain: whose stops.
        axes: (n, 2) of the sheet.
    """
    if not len(boundary.middles):
        return [0.0] * (len(chain) + 1)
    return [
        float(boundary.weights @ np.linalg.norm(np.einsum("sij,sj->si", j, boundary.ways), axis=1))
        for j in slopes_at(chain, boundary.middles, axes)
    ]
