"""Affine layers whose unit vectors are known."""

import numpy as np

from warpviz.model import Chain, Dense


def dense(weight: list[list[float]], bias: list[float]) -> Dense:
    return Dense(np.array(weight, dtype=float), np.array(bias, dtype=float))


MAPS = Chain(
    [
        dense([[-1.2, 0.3], [0.4, 1.1]], [0.3, -0.2]),
        dense([[0.9, 1], [-1, 0.2], [0.3, 0.6]], [0, 0, 1]),
        dense([[0, 1, 0.2], [1, 0, 0.4], [0.1, 0.3, 0.8]], [0.1, 0, 0]),
        dense([[1, 0.5, -1], [0, 1, 2]], [0, 1]),
    ]
)
"""A mirror 2 → 2, 2 → 3, a mirror 3 → 3 and 3 → 2."""
