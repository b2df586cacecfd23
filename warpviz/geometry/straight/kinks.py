"""Where a piecewise linear chain of one input bends."""

import numpy as np

from warpviz.arrays import Floats, distinct
from warpviz.geometry.straight.bends import bends_of
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax

MOST = 200_000
"""Bends; deep chains can have more than anyone can look at."""


def kinks(chain: Chain, low: float, high: float) -> Floats | None:
    """Both ends and every place between them where a chain bends, rising: (M,).

    Between neighbours every state of the chain is straight, so the places where a unit crosses a
    breakpoint of its activation are found without a search.

    Args:
        chain: of one input.
        low: where to begin.
        high: where to end.

    Returns:
        The places; None for a chain with curved parts, or with more than `MOST` bends.

    >>> from warpviz.model.layers import Dense
    >>> hat = Chain([Dense([[1.0], [1.0]], [0.0, -1.0], "relu"), Dense([[1.0, -2.0]], [0.0])])
    >>> kinks(hat, -1.0, 3.0).tolist()
    [-1.0, 0.0, 1.0, 3.0]
    """
    x: Floats = np.array([low, high], dtype=np.float64)
    for k, layer in enumerate(chain):
        if isinstance(layer, Softmax):
            return None
        for bend in bends_of(chain, k):
            if bend.function.breakpoints is None:
                return None
            sums = bend.before(x[:, None])
            found = [_crossings(x, sums - place) for place in bend.function.breakpoints]
            x = distinct(np.concatenate([x, *found]))
            if len(x) > MOST:
                return None
    return x


def _crossings(x: Floats, values: Floats) -> Floats:
    """Where columns of values (M, D), straight between the places x (M,), change their sign."""
    left, right = values[:-1], values[1:]
    rows, columns = np.nonzero(np.sign(left) * np.sign(right) < 0)
    start, end = left[rows, columns], right[rows, columns]
    # Halves, so that a difference of huge values does not overflow.
    share = (start / 2) / (start / 2 - end / 2)
    found = x[rows] + share * (x[rows + 1] - x[rows])
    return np.asarray(np.clip(found, x[rows], x[rows + 1]))
