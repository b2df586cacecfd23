"""A function of one number as it can be drawn: a line, and where it turns within a pixel a band.

Sampled once a pixel, a fast wave looks like a slow one. Here every column of pixels knows its
lowest and its highest value; a line is drawn only where the function turns at most once a column.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from warpviz.arrays import Floats

COLUMNS = 1000
"""Across the axes."""
EACH = 16
"""Points in a column, at least."""
MOST = 2_000_000
"""Points, at most."""
HEIGHT = 500
"""A slope's bound is met when nothing is missed that is as high as one part in so many."""
BLOCK = 2**15
"""Points that are computed at once, to bound memory."""


@dataclass(frozen=True, eq=False)
class Envelope:
    """What can be drawn of a function.

    Attributes:
        x: (M,) places of the line, rising.
        y: (M,) values; NaN where the line is broken.
        edges: (C + 1,) sides of the columns.
        low: (C,) the lowest value of each column.
        high: (C,) the highest.
        dense: (C,) whether the function turns more than once in it, so that no line can show it.
        sure: whether nothing that is as high as a pixel can have been missed.
    """

    x: Floats
    y: Floats
    edges: Floats
    low: Floats
    high: Floats
    dense: Any
    sure: bool

    @property
    def filled(self) -> bool:
        """Whether bands are a part of the picture that one sees."""
        return int(self.dense.sum()) > 2

    def draw(self, axes: Any, colour: Any, width: float, **style: Any) -> None:
        """Draw line and bands into matplotlib's axes, as one entry of a legend."""
        axes.plot(self.x, self.y, color=colour, linewidth=width, **style)
        style.pop("label", None)
        changes = np.flatnonzero(np.diff(np.concatenate([[0], self.dense, [0]])))
        for start, end in changes.reshape(-1, 2).tolist():
            # Steps: each column from its lowest to its highest value, nothing between columns.
            low, high = (
                np.append(side[start:end], side[end - 1]) for side in (self.low, self.high)
            )
            axes.fill_between(
                self.edges[start : end + 1], low, high, step="post", color=colour,
                linewidth=0.3, **style,
            )  # fmt: skip


def envelope(
    function: Callable[[Floats], Floats],
    limits: tuple[float, float],
    *,
    columns: int = COLUMNS,
    slope: float | None = None,
    bends: Floats | None = None,
    breaks: Floats | None = None,
) -> Envelope:
    """What can be drawn of a function between limits.

    Args:
        function: from x (N,) to y (N,).
        limits: where.
        columns: of pixels, across.
        slope: a bound on |f'|, from which follows how many points are enough; None looks at `EACH`
            a column.
        bends: both limits and every place where a piecewise linear function bends: then it is
            exact.
        breaks: (J, 2) both sides of every jump.
    """
    edges = np.linspace(*limits, columns + 1)
    if bends is not None and len(bends) <= MOST:
        x, sure = np.unique(np.concatenate([edges, bends])), True
    else:
        rough = _blocks(function, np.linspace(*limits, 4 * columns + 1))
        with np.errstate(all="ignore"):
            span = float(np.nanmax(rough) / 2 - np.nanmin(rough) / 2) * 2
        needed = float(EACH * columns)
        if slope is not None and span > 0:
            needed = max(needed, slope * (limits[1] - limits[0]) * HEIGHT / span)
        sure = slope is not None and needed <= MOST
        each = math.ceil(min(needed, MOST) / columns)
        # Uneven: an even grid would meet a fast wave at always the same places.
        part = np.random.default_rng(0).uniform(0.05, 0.95, (columns, each - 1))
        inner = (np.arange(each - 1) + part) / (each - 1)
        between = edges[:-1, None] + inner * np.diff(edges)[:, None]
        x = np.unique(np.concatenate([edges, between.ravel()]))
    if breaks is not None:
        x = np.unique(np.concatenate([x, breaks.ravel()]))
    y = _blocks(function, x)
    return _bundled(x, y, edges, breaks, sure)


def _blocks(function: Callable[[Floats], Floats], x: Floats) -> Floats:
    with np.errstate(all="ignore"):
        parts = [function(x[i : i + BLOCK]) for i in range(0, len(x), BLOCK)]
    y = np.concatenate(parts).astype(np.float64)
    return np.where(np.isfinite(y), y, np.nan)


def _bundled(x: Floats, y: Floats, edges: Floats, breaks: Floats | None, sure: bool) -> Envelope:
    """Columns of points, each from side to side."""
    starts = np.searchsorted(x, edges)
    known = np.where(np.isnan(y), np.inf, y), np.where(np.isnan(y), -np.inf, y)
    low = np.minimum(np.minimum.reduceat(known[0], starts[:-1]), known[0][starts[1:]])
    high = np.maximum(np.maximum.reduceat(known[1], starts[:-1]), known[1][starts[1:]])
    empty = low > high
    low, high = np.where(empty, np.nan, low), np.where(empty, np.nan, high)
    with np.errstate(all="ignore"):
        # Rounding turns too; what is much lower than a pixel is none.
        least = 1e-6 * (np.nanmax(high) / 2 - np.nanmin(low) / 2) * 2 if not empty.all() else 0.0
        rises = np.diff(y)
    moves = np.flatnonzero(np.abs(rises) > least)
    turns = moves[1:][np.sign(rises[moves[1:]]) != np.sign(rises[moves[:-1]])]
    column = np.clip(np.searchsorted(starts, turns, side="right") - 1, 0, len(edges) - 2)
    dense = np.bincount(column, minlength=len(edges) - 1) > 1
    # A column between dense ones is drawn as they are.
    inner = dense.copy()
    inner[1:-1] |= dense[:-2] & dense[2:]
    keep = _told(y, starts)
    owner = np.clip(np.searchsorted(starts, np.arange(len(x)), side="right") - 1, 0, len(edges) - 2)
    sides = np.zeros(len(x), dtype=bool)
    sides[starts] = True
    hidden = inner[owner] & ~sides
    both = np.concatenate([[inner[0]], inner[:-1] & inner[1:], [inner[-1]]])
    hidden[starts[both]] = True
    line = y.copy()
    line[hidden] = np.nan
    if breaks is not None and len(breaks):
        after = np.searchsorted(x, breaks[:, 1])
        keep[after], keep[after - 1] = True, True
        x, line = np.insert(x, after, x[after]), np.insert(line, after, np.nan)
        keep = np.insert(keep, after, True)
    return Envelope(x[keep], line[keep], edges, low, high, inner, sure)


def _told(y: Floats, starts: Any) -> Any:
    """Which points a line needs: sides, lowest and highest of each column, and where it bends."""
    keep = np.zeros(len(y), dtype=bool)
    keep[starts] = True
    if len(y) <= 8 * len(starts):
        keep[:] = True
        return keep
    for a, b in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        part = y[a : b + 1]
        if not np.isnan(part).all():
            keep[[a + int(np.nanargmin(part)), a + int(np.nanargmax(part))]] = True
    return keep
