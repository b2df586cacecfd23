"""How far a network is from a function at the worst place: jumps and kinks are searched for.

An even grid tells too little: the worst place lies between its points, at a bend of the network,
or on one side of a jump.
"""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats
from warpviz.geometry.straight.kinks import kinks
from warpviz.model.chain import Chain

GRID = 20_001
"""Points that the search begins with."""
STEEP = 1e-3
"""Share of its range by which a function must rise between two of these to be looked at closely."""
SUSPECTS = 512
"""Intervals that are looked at closely, at most."""
HILLS = 96
"""Places of large errors that are climbed."""
FINER, ROUNDS = 33, 6
"""Points about each such place, and how often they are drawn closer."""


def jumps(
    function: Callable[[Floats], Floats], low: float, high: float, count: int = GRID
) -> Floats:
    """Both sides of every jump of a function between low and high: (J, 2), neighbouring floats.

    A rise that stays while the interval shrinks to two neighbouring numbers is a jump; a steep
    slope is none.

    >>> jumps(lambda x: np.floor(x), 0.25, 2.5).round(12).tolist()
    [[1.0, 1.0], [2.0, 2.0]]
    """
    x = np.linspace(low, high, count)
    with np.errstate(all="ignore"):
        y = function(x)
        rises = np.abs(np.diff(y))
        seen = y[np.isfinite(y)]
        span = float(np.ptp(seen)) if len(seen) else 0.0
    rises = np.where(np.isfinite(rises), rises, np.inf)
    steep = np.flatnonzero(rises > max(STEEP * span, 1e-300))
    steep = np.sort(steep[np.argsort(-rises[steep], kind="stable")[:SUSPECTS]])
    if not len(steep):
        return np.zeros((0, 2))
    left, right = x[steep], x[steep + 1]
    at_left, at_right = y[steep], y[steep + 1]
    first = rises[steep]
    # Halving goes on to neighbouring floats; about zero they lie as close as 1e-300.
    for _ in range(1100):
        middle = left + (right - left) / 2
        if not ((left < middle) & (middle < right)).any():
            break
        with np.errstate(all="ignore"):
            value = function(middle)
            goes_left = ~(np.abs(at_right - value) > np.abs(value - at_left))
        right, at_right = np.where(goes_left, middle, right), np.where(goes_left, value, at_right)
        left, at_left = np.where(goes_left, left, middle), np.where(goes_left, at_left, value)
    with np.errstate(all="ignore"):
        still = ~(np.abs(at_right - at_left) < 0.25 * first)
    return np.column_stack([left, right])[still]


def largest_error(
    chain: Chain,
    function: Callable[[Floats], Floats],
    limits: tuple[float, float],
    count: int = GRID,
) -> float:
    """The largest |chain(x) − function(x)| between the limits.

    Even points, the bends of the network, both sides of the function's jumps; then up the hills of
    the error about the largest of them.

    Args:
        chain: from one number to one.
        function: from x (N,) to y (N,).
        limits: where to look.
        count: even points to begin with.
    """
    low, high = limits
    bends = kinks(chain, low, high)
    parts = [np.linspace(low, high, max(count, 2)), jumps(function, low, high).ravel()]
    x = np.unique(np.concatenate([*parts, [] if bends is None else bends]))

    def errors(at: Floats) -> Floats:
        with np.errstate(all="ignore"):
            off: Floats = np.abs(chain(at.reshape(-1, 1))[:, 0] - function(at.ravel()))
        return np.where(np.isnan(off), np.inf, off).reshape(at.shape)

    found = errors(x)
    best = float(found.max())
    if not np.isfinite(best):
        return best
    around = np.pad(found, 1, constant_values=-np.inf)
    tops = np.flatnonzero((found >= around[:-2]) & (found >= around[2:]))
    tops = tops[np.argsort(-found[tops], kind="stable")[:HILLS]]
    left, right = x[np.maximum(tops - 1, 0)], x[np.minimum(tops + 1, len(x) - 1)]
    for _ in range(ROUNDS):
        finer = left[:, None] + np.linspace(0, 1, FINER) * (right - left)[:, None]
        there = errors(finer)
        top = there.argmax(axis=1)
        rows = np.arange(len(finer))
        best = max(best, float(there[rows, top].max()))
        left = finer[rows, np.maximum(top - 1, 0)]
        right = finer[rows, np.minimum(top + 1, FINER - 1)]
    return best
