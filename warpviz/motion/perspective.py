"""Points as a camera sees them: nearer ones are further apart."""

import numpy as np

from warpviz import compiled
from warpviz.arrays import Floats

DISTANCE = 3.4
"""From the pivot to the camera, in radii of the cloud: how strong the perspective is."""
NEAREST = 2.0
"""Radii of the cloud: what is nearer to the camera or further is seen as at that depth."""


def perspective(
    points: Floats, turn: Floats, pivot: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Places (N, 2) from the pivot, unzoomed, and nearness (N,); sums as written, everywhere."""
    flat, nearness = np.empty((len(points), 2)), np.empty(len(points))
    if compiled.KERNELS is not None and points.flags.c_contiguous:
        compiled.KERNELS.sight(points, *sight_of(turn, pivot, radius), flat, nearness)
        return flat, nearness
    x, y, z = (points - pivot).T
    right, up, depth = (row[0] * x + row[1] * y + row[2] * z for row in turn)
    np.clip(depth / radius, -NEAREST, NEAREST, out=nearness)
    away = 1.0 - nearness / DISTANCE
    flat[:, 0], flat[:, 1] = right / away, up / away
    return flat, nearness


def sight_of(turn: Floats, pivot: Floats, radius: float) -> tuple[tuple[float, ...], ...]:
    """A camera as kernels take it: its turn, its pivot and what counts as deep."""
    return tuple(turn.ravel().tolist()), tuple(pivot.tolist()), (radius, DISTANCE, NEAREST)
