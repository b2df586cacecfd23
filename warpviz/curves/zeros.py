"""Where a function of one number is 0: single places, and pieces on which it is 0 throughout."""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.curves.sampled import HALVINGS, Sampled
from warpviz.geometry.folds import SPAN

TINY = 1e-12
"""Over the largest: what is smaller is rounding."""
SHARP = 1e-10
"""Beside a piece that is 0 a function is more than that, beside one where it only fades less."""
BESIDE = 1 / 128
"""How far from such a piece it is looked at."""
POLE = 1e-3
"""At a zero a function is less; at a pole, whose sign changes too, more."""
NARROWEST = 1e-3
"""Of pieces that are 0 throughout."""
NEAR = 1e-6
"""Zeros that lie so near to each other are one."""


def exact(value: float | None) -> float | None:
    """To twelve digits, without the minus of a zero; None for what is no number."""
    if value is None or not np.isfinite(value):
        return None
    return float(f"{value:.12g}") + 0.0 if abs(value) > TINY else 0.0


def flat_pieces(
    function: Callable[[Floats], Floats], nodes: Floats, height: Floats
) -> list[tuple[float, float]]:
    """Pieces (from, to) on which a function is 0 throughout, not only fading away.

    Args:
        function: of z.
        nodes: (N,) rising.
        height: (N,) what the function is there.
    """
    zero = np.concatenate([[False], height == 0, [False]])
    ends = np.flatnonzero(np.diff(zero.astype(int))).reshape(-1, 2) - np.array([0, 1])
    sharp = SHARP * min(1.0, float(np.abs(height[np.isfinite(height)]).max(initial=0.0)))
    found = []
    for first, last in ends.tolist():
        before = int(np.searchsorted(nodes, nodes[first] - BESIDE, side="right")) - 1
        after = int(np.searchsorted(nodes, nodes[last] + BESIDE))
        beside = [i for i in (before, after) if 0 <= i < len(nodes)]
        fades = len(beside) > 0 and all(abs(height[i]) <= sharp for i in beside)
        if fades or nodes[last] - nodes[first] < NARROWEST:
            continue
        pair = [float(nodes[first]), float(nodes[last])]
        for i in beside:
            pair[int(i > last)] = _edge(function, pair[int(i > last)], float(nodes[i]))
        found.append((pair[0], pair[1]))
    return found


def _edge(function: Callable[[Floats], Floats], inside: float, outside: float) -> float:
    """Where a function leaves 0, between a place where it is 0 and one where it is not."""
    for _ in range(HALVINGS):
        middle = 0.5 * (inside + outside)
        if function(np.array([middle]))[0] == 0:
            inside = middle
        else:
            outside = middle
    return inside


def crossings(function: Callable[[Floats], Floats], nodes: Floats, height: Floats) -> Floats:
    """Where a function changes its sign between nodes.

    Args:
        function: of z.
        nodes: (N,) rising.
        height: (N,) what the function is there.
    """
    sign = np.sign(height)
    at = np.flatnonzero(sign[:-1] * sign[1:] < 0)
    low, high = nodes[at], nodes[at + 1]
    rising = height[at] < 0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        before: Bools = (function(middle) < 0) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return np.asarray(0.5 * (low + high))


def zeros_of(
    seen: Sampled,
) -> tuple[tuple[float, ...], tuple[tuple[float | None, float | None], ...]]:
    """Single zeros from −12 to 12, and pieces of zeros, each from and to; None is no end."""
    z, y = seen.nodes, seen.values
    pieces = flat_pieces(seen.f, z, y)
    crossed = crossings(seen.f, z, y)
    # A pole changes its sign too.
    crossed = crossed[np.abs(seen.f(crossed)) <= POLE]
    found = np.concatenate([crossed, z[y == 0]])
    found = found[(found >= SPAN[0]) & (found <= SPAN[1])]
    jumps = seen.jumps_at[seen.f(seen.jumps_at) != 0]
    for start, end in (*pieces, *((at, at) for at in jumps)):
        found = found[(found < start - NEAR) | (found > end + NEAR)]
    # A zero of higher order has several neighbours that are 0 by rounding.
    single: list[float] = []
    for each in sorted(found.tolist(), key=abs):
        if all(abs(each - other) > NEAR for other in single):
            single.append(exact(each) or 0.0)
    told = tuple(
        (None if start <= z[0] else exact(start), None if end >= z[-1] else exact(end))
        for start, end in pieces
    )
    return tuple(sorted(single)), told
