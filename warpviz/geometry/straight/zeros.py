"""Zeros of a value along straight ways, all at once."""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats

Values = Callable[[Floats], Floats]
"""From points (N, n) to a value (N,)."""

STEPS = 10
"""Enough to come within a thousandth of a way where the value bends; kinks too."""


def zero_between(start: Floats, way: Floats, first: Floats, last: Floats, values: Values) -> Floats:
    """The part of each way at which a value, of opposite signs at its ends, is zero.

    Regula falsi; an end that stays twice counts half (Dowell & Jarratt, A modified regula falsi
    method for computing the root of an equation, BIT 1971).

    Args:
        start: (E, n) where each way begins.
        way: (E, n) from there to its end.
        first: (E,) the value at the beginning.
        last: (E,) the value at the end.
        values: the value anywhere.

    Returns:
        (E,) between 0 and 1.

    >>> import numpy as np
    >>> zero_between(
    ...     np.zeros((1, 1)), np.ones((1, 1)), np.array([-0.09]), np.array([0.91]),
    ...     lambda points: points[:, 0] ** 2 - 0.09,
    ... ).round(4)
    array([0.3])
    """
    low, high = np.zeros(len(first)), np.ones(len(first))
    at_low, at_high = first.copy(), last.copy()
    t, moved = low, np.zeros(len(first), dtype=np.intp)
    for _ in range(STEPS):
        gap = at_low - at_high
        t = low + (high - low) * (at_low / np.where(gap == 0, 1.0, gap))  # both zero: it is there
        here = values(start + t[:, None] * way)
        if not here.any():
            break
        up = (here > 0) == (first > 0)
        at_high = np.where(up, np.where(moved > 0, at_high / 2, at_high), here)
        at_low = np.where(up, here, np.where(moved < 0, at_low / 2, at_low))
        low, high = np.where(up, t, low), np.where(up, high, t)
        moved = np.where(up, 1, -1)
    return t
