"""Where a function of the sheet is 0, as short straight segments: marching triangles.

Exact where the function is affine on each triangle.
"""

import numpy as np

from warpviz.arrays import Floats, Ints


def zero_segments(values: Floats, triangles: Ints, places: Floats) -> Floats:
    """The segments (S, 2, 2), start and end of each, along which a function changes its sign.

    Args:
        values: (V,) at the vertices; what is exactly 0 counts as just above, so that no line
            that runs along an edge is seen twice or not at all.
        triangles: (T, 3) of vertex indices.
        places: (V, 2) of the vertices.

    >>> import numpy as np
    >>> corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    >>> zero_segments(np.array([-1.0, 1.0, 1.0]), np.array([[0, 1, 2]]), corners).tolist()
    [[[0.5, 0.0], [0.0, 0.5]]]
    """
    above = (values >= 0)[triangles]
    count = above.sum(axis=1)
    crossed = (count == 1) | (count == 2)
    corners, above = triangles[crossed], above[crossed]
    lone = np.where(count[crossed] == 1, above.argmax(axis=1), above.argmin(axis=1))
    at = np.arange(len(corners))
    start = corners[at, lone]
    ends = [_between(values, places, start, corners[at, (lone + k) % 3]) for k in (1, 2)]
    return np.stack(ends, axis=1)


def _between(values: Floats, places: Floats, start: Ints, end: Ints) -> Floats:
    """Where a straight way between vertices meets 0, (S, 2)."""
    a, b = values[start], values[end]
    size = np.maximum(np.abs(a), np.abs(b))  # a difference of huge values would overflow
    share = a / size / (a / size - b / size)
    return np.asarray(places[start] + share[:, None] * (places[end] - places[start]))


def lengths(segments: Floats) -> Floats:
    """How long segments (S, 2, 2) are: (S,)."""
    return np.asarray(np.hypot(*(segments[:, 1] - segments[:, 0]).T))
