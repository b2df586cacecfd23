"""Lines cut off at the sides of a rectangle."""

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.motion.framing import Box


def within(points: Floats, box: Box) -> tuple[Floats, Ints]:
    """The parts of a polyline (M, 2) that lie in a rectangle.

    After Liang and Barsky, A new concept and method for line clipping, 1984. A point that is no
    number breaks the line.

    Returns:
        Segments (S, 2, 2), and from which point on the line each of them is, (S,).

    >>> line = np.array([[0.0, 0.0], [4.0, 4.0], [np.nan, 0.0], [9.0, 9.0]])
    >>> parts, places = within(line, Box(1.0, 0.0, 9.0, 3.0))
    >>> parts.tolist(), places.tolist()
    ([[[1.0, 1.0], [3.0, 3.0]]], [0])
    """
    start, end = points[:-1], points[1:]
    whole = np.isfinite(start).all(axis=1) & np.isfinite(end).all(axis=1)
    start, end = start[whole], end[whole]
    way = end - start
    enters, leaves = np.zeros(len(way)), np.ones(len(way))
    outside = np.zeros(len(way), dtype=bool)
    for axis, side, sign in ((0, box.x0, -1), (0, box.x1, 1), (1, box.y0, -1), (1, box.y1, 1)):
        speed = sign * way[:, axis]
        room = sign * (side - start[:, axis])
        along = speed == 0
        outside |= along & (room < 0)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            share = room / speed
        enters = np.where(speed < 0, np.maximum(enters, share), enters)
        leaves = np.where(speed > 0, np.minimum(leaves, share), leaves)
    seen = ~outside & (enters < leaves)
    start, way = start[seen], way[seen]
    enters, leaves = enters[seen, None], leaves[seen, None]
    parts = np.stack([start + enters * way, start + leaves * way], axis=1)
    return parts, np.flatnonzero(whole)[seen]
