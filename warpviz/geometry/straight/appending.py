"""More points behind those that there are."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from warpviz.arrays import Floats

Appends: TypeAlias = Callable[[Floats, Floats], Floats]
"""Points (V, n) and more of them to all of them."""


def appended(points: Floats, more: Floats) -> Floats:
    """Points and more of them, in an array of its own."""
    return np.concatenate([points, more])


def growing() -> Appends:
    """The same for one who appends again and again: in memory that has room for more.

    Only to what was appended to last: what was made before would get other points behind it.

    >>> append = growing()
    >>> points = append(np.zeros((1, 2)), np.ones((1, 2)))
    >>> append(points, np.full((1, 2), 2.0))[:, 0].tolist()
    [0.0, 1.0, 2.0]
    """
    room = np.zeros((0, 0))

    def grow(points: Floats, more: Floats) -> Floats:
        nonlocal room
        count = len(points) + len(more)
        if points.base is not room or count > len(room):
            room = np.empty((count + count // 2, points.shape[1]))
            room[: len(points)] = points
        room[len(points) : count] = more
        return room[:count]

    return grow
