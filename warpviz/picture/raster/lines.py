"""Lines as ink: a fixed density per unit of length, splatted with a small smooth kernel.

The kernel is a box of the line's width smoothed by two boxes of one pixel (for width 1 the
quadratic B-spline), so that a line looks the same wherever it lies between the pixels.
"""

import math
from functools import lru_cache

import numpy as np

from warpviz import compiled
from warpviz.arrays import Floats, Ints

_SHIFT = 6
PHASES = 2**_SHIFT
SPACING = 1.2
"""Samples stand at most about so many pixels apart, and a whole number of them in a line's width:
then boxes of that width join without a ripple along the line."""
TAILS = 1.3
"""How far a kernel reaches beyond half a line's width: what is cut holds less than 1 % of it."""
SPARE = 0.2
"""A line may be longer by so much of a spacing before it takes one more sample."""
BLOCK = 4
"""Numbers that the kernels add at once."""
_ORIGIN = np.zeros(2)
DENSITY = 4096
"""Accumulators count optical density in units of 1/4096, so that sums are exact."""


@lru_cache(maxsize=64)
def kernel(width: float) -> Floats:
    """The kernel's taps for each sub-pixel phase.

    Args:
        width: of the line, in pixels, at least 1.

    Returns:
        (64, taps): row p is for a line (p + ½)/64 − ½ of a pixel right of the middle tap's centre;
        each row sums to 1.
    """

    def tent_integral(x: Floats) -> Floats:
        def ramp(u: Floats) -> Floats:
            return np.maximum(u, 0.0) ** 2  # twice as much: each row is made to sum to 1

        return ramp(x + 1.0) - 2.0 * ramp(x) + ramp(x - 1.0)

    reach = int(width / 2 + TAILS)
    shift = (np.arange(PHASES) + 0.5) / PHASES - 0.5
    distance = np.arange(-reach, reach + 1) - shift[:, None]
    taps = (tent_integral(distance + width / 2) - tent_integral(distance - width / 2)) / width
    return np.asarray(taps / taps.sum(axis=1, keepdims=True))


@lru_cache(maxsize=64)
def _in_blocks(width: float) -> Floats:
    """`kernel` for the compiled loop: (64, pitch), its rows filled up to whole blocks by zeros."""
    table = kernel(width)
    return np.pad(table, ((0, 0), (0, -table.shape[1] % BLOCK)))


def splat(
    points: Floats,
    pairs: Ints,
    ink: Floats,
    line_width: float,
    height: int,
    width: int,
    *,
    corner: Floats = _ORIGIN,
) -> Floats | Ints:
    """Accumulate the density of line segments.

    Args:
        points: (V, 2) x, y in pixels, y downwards.
        pairs: (S, 2) the points that each segment joins.
        ink: (S,) optical density in the middle of the line.
        line_width: in pixels; below 1 the line keeps its width of 1 and pales instead.
        height: rows.
        width: columns.
        corner: x, y of the first row's and column's corner.

    Returns:
        (height, width): optical density in units of 1/4096, whole numbers.
    """
    if line_width < 1.0:
        ink, line_width = ink * line_width, 1.0
    table = kernel(line_width)
    taps = table.shape[1]
    spacing = line_width / math.ceil(line_width / SPACING)
    if compiled.KERNELS is not None:
        density = np.zeros((height, width), dtype=np.int64)
        way = (taps, line_width, spacing, SPARE, float(DENSITY))
        table = _in_blocks(line_width)
        compiled.KERNELS.lines(density, points, tuple(corner), pairs, ink, table, way)
        return density
    start, end = (points[pairs[:, side]] - corner for side in (0, 1))
    dx, dy = end[:, 0] - start[:, 0], end[:, 1] - start[:, 1]
    length = np.sqrt(dx * dx + dy * dy)
    count = np.maximum(np.ceil(length / spacing - SPARE), 1.0)
    number, owner = _numbered(count.astype(np.intp))
    along = (number + 0.5) / count[owner]
    x = start[:, 0][owner] + along * dx[owner]
    y = start[:, 1][owner] + along * dy[owner]
    amount = (ink * length * line_width / count * DENSITY)[owner]

    # The margin takes what reaches over the border.
    reach = taps // 2 + 1
    margin = taps + 1
    inside = (x > -reach) & (x < width + reach) & (y > -reach) & (y < height + reach)
    if not inside.all():
        x, y, amount = x[inside], y[inside], amount[inside]
    x_fixed = np.floor(x * PHASES).astype(np.intp)
    y_fixed = np.floor(y * PHASES).astype(np.intp)
    first = margin - taps // 2
    columns = width + 2 * margin
    corner = ((y_fixed >> _SHIFT) + first) * columns + (x_fixed >> _SHIFT) + first
    by_column = table.T[:, x_fixed & (PHASES - 1)]
    by_row = table.T[:, y_fixed & (PHASES - 1)] * amount
    # One block of all samples for each of the kernel's taps.
    index = np.empty((taps, taps, len(corner)), dtype=np.intp)
    weight = np.empty((taps, taps, len(corner)))
    for j in range(taps):
        for i in range(taps):
            np.add(corner, j * columns + i, out=index[j, i])
            np.multiply(by_row[j], by_column[i], out=weight[j, i])
    np.rint(weight, out=weight)
    size = (height + 2 * margin) * columns
    flat = np.bincount(index.ravel(), weight.ravel(), minlength=size)
    padded: Floats = flat.astype(np.float64, copy=False).reshape(-1, columns)
    return padded[margin : margin + height, margin : margin + width]


def _numbered(count: Ints) -> tuple[Ints, Ints]:
    """For counts n₀, n₁, …: 0 … n₀ − 1, 0 … n₁ − 1, …, and whose each number is."""
    owner = np.repeat(np.arange(len(count)), count)
    return np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count), owner
