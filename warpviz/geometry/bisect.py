"""Straight lines of the input plane, with as many vertices as their bent images need."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from warpviz.arrays import Floats

HALF_A_PIXEL = 0.5 / 400
"""The error that may remain, as a share of a state's extent: half a pixel of a 480-line film."""
DEPTH = 10
"""How often a piece may be halved at most."""
MOST_POINTS = 40_000
"""Of all lines together: where waves without number would ask for more, the worst pieces have them.
"""
BLOCK = 2**22
"""Numbers of states that are worked out at once, to bound memory."""


class Stated(Protocol):
    """A chain, or any other model that tells its states."""

    def states(self, x: Floats, /) -> Sequence[Floats]:
        """All states (N, D_k) of points (N, n_in), the input first."""


def bent(
    start: Floats, end: Floats, chain: Stated, *, parts: int = 48, error: float = HALF_A_PIXEL
) -> list[Floats]:
    """Halve the pieces of lines while a middle leaves its chord in any state of a chain.

    Args:
        start: (L, n_in) where each line begins.
        end: (L, n_in) where it ends.
        chain: its states are looked at, the input's too.
        parts: pieces of each line to begin with.
        error: the distance of a middle from its chord that may remain, over the state's extent.

    Returns:
        (n, n_in) points of each line, ends included; `MOST_POINTS` in all, or what `parts` need.
    """
    marks = np.linspace(0.0, 1.0, parts + 1)
    line = np.repeat(np.arange(len(start)), parts)
    low, high = np.tile(marks[:-1], len(start)), np.tile(marks[1:], len(start))
    found = [(np.repeat(np.arange(len(start)), parts + 1), np.tile(marks, len(start)))]
    extents: list[float] = []
    room = MOST_POINTS - len(found[0][0])
    for _ in range(DEPTH):
        if not len(line):
            break
        middle = 0.5 * (low + high)
        places = [start[line] + t[:, None] * (end - start)[line] for t in (low, middle, high)]
        if not extents:
            numbers = sum(state.shape[1] for state in chain.states(places[0][:1]))
            size = max(BLOCK // (3 * numbers), 1)
            extents = _extents(chain, places, size)
        gap = np.zeros(len(line))
        for begin in range(0, len(line), size):
            part = slice(begin, begin + size)
            states = chain.states(np.concatenate([each[part] for each in places]))
            for state, extent in zip(states, extents, strict=True):
                if extent > 0:
                    first, centre, last = np.split(state, 3)
                    off = np.linalg.norm(centre - 0.5 * (first + last), axis=1) / extent
                    np.maximum(gap[part], off, out=gap[part])
        cut = gap > error
        if cut.sum() > room:
            cut[np.argsort(-gap, kind="stable")[max(room, 0) :]] = False
        room -= int(cut.sum())
        found.append((line[cut], middle[cut]))
        line = np.concatenate([line[cut], line[cut]])
        low, high = (
            np.concatenate([low[cut], middle[cut]]),
            np.concatenate([middle[cut], high[cut]]),
        )
    which = np.concatenate([numbers for numbers, _ in found])
    where = np.concatenate([places for _, places in found])
    order = np.lexsort([where, which])
    which, where = which[order], where[order]
    points = start[which] + where[:, None] * (end - start)[which]
    return np.split(points, np.flatnonzero(np.diff(which)) + 1)


def _extents(chain: Stated, places: list[Floats], size: int) -> list[float]:
    """How far each state reaches at the ends and middles of all pieces, so many at a time."""
    ends: list[list[Floats]] = []
    for begin in range(0, len(places[0]), size):
        states = chain.states(np.concatenate([each[begin : begin + size] for each in places]))
        ends.append([np.stack([state.min(axis=0), state.max(axis=0)]) for state in states])
    return [float(np.ptp(np.concatenate(each), axis=0).max()) for each in zip(*ends, strict=True)]
