"""Lines as ink: a fixed density per unit of length, splatted with a small smooth kernel.

The kernel is a box of the line's width smoothed by two boxes of one pixel (for width 1 the
quadratic B-spline), so that a line looks the same wherever it lies between the pixels.
"""

import numpy as np

from warpviz.arrays import Floats

_PHASES = 64
DENSITY = 4096
"""Accumulators count optical density in units of 1/4096, so that sums are exact."""


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
            return 0.5 * np.maximum(u, 0.0) ** 2

        return ramp(x + 1.0) - 2.0 * ramp(x) + ramp(x - 1.0)

    # The tails cut here hold less than 1 % of the line.
    reach = int(width / 2 + 1.3)
    shift = (np.arange(_PHASES) + 0.5) / _PHASES - 0.5
    distance = np.arange(-reach, reach + 1) - shift[:, None]
    taps = (tent_integral(distance + width / 2) - tent_integral(distance - width / 2)) / width
    return np.asarray(taps / taps.sum(axis=1, keepdims=True))


def splat(
    start: Floats, end: Floats, ink: Floats, line_width: float, height: int, width: int
) -> Floats:
    """Accumulate the density of line segments.

    Args:
        start: (S, 2) x, y in pixels, y downwards.
        end: (S, 2) likewise.
        ink: (S,) optical density in the middle of the line.
        line_width: in pixels; below 1 the line keeps its width of 1 and pales instead.
        height: rows.
        width: columns.

    Returns:
        (height, width): optical density in units of 1/4096.
    """
    if line_width < 1.0:
        ink, line_width = ink * line_width, 1.0
    table = kernel(line_width)
    taps = table.shape[1]
    length = np.hypot(*(end - start).T)
    count = np.maximum(np.rint(length / (0.5 + 0.5 * line_width)), 1.0).astype(np.int64)
    owner = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    along = (number + 0.5) / count[owner]
    at = start[owner] + along[:, None] * (end - start)[owner]
    amount = (ink * length * line_width / count * DENSITY)[owner]

    # The margin takes what reaches over the border.
    margin = taps
    inside = np.all((at > -1.0) & (at < (width + 1.0, height + 1.0)), axis=1)
    if not inside.all():
        at, amount = at[inside], amount[inside]
    fixed = np.floor(at * _PHASES).astype(np.int64)
    pixel, phase = fixed // _PHASES, fixed % _PHASES
    reach = taps // 2
    columns = width + 2 * margin
    corner = (pixel[:, 1] - reach + margin) * columns + pixel[:, 0] - reach + margin
    offset = (np.arange(taps)[:, None] * columns + np.arange(taps)).ravel()
    by_row, by_column = table[phase[:, 1]] * amount[:, None], table[phase[:, 0]]
    weight = np.rint(by_row[:, :, None] * by_column[:, None, :]).reshape(len(corner), -1)
    index = corner[:, None] + offset
    flat = np.bincount(
        index.ravel(), weight.ravel(), minlength=(height + 2 * margin) * columns
    )
    padded = flat.reshape(height + 2 * margin, columns)
    return padded[margin : margin + height, margin : margin + width]
