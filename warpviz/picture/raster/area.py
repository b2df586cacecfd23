"""Exact-area coverage of polygons, as font rasterisers do it, for all edges at once.

An edge covers what lies below it. In the pixel that it crosses it adds its width there (`cover`),
less the part above it; that part goes to the pixel below. A running sum down the columns then is
the coverage. Neighbouring cells cancel on a shared edge, so there are no seams. Coordinates are
rounded to 2⁻²⁰ pixel and values are integers, so every sum is exact and does not depend on the
order of the edges.
"""

import numpy as np

from warpviz.arrays import Floats, Ints, snap


def _expand(count: Ints) -> tuple[Ints, Ints]:
    """For counts n₀, n₁, …: the owner of each piece and its number within the owner."""
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)


def _by_column(
    start: Floats, end: Floats, width: int
) -> tuple[Ints, Floats, Floats, Floats, Floats]:
    """Split edges at pixel columns: owner, column, signed width, y where it begins and ends."""
    (xa, ya), (xb, yb) = start.T, end.T
    rightward = xa <= xb
    x_low, x_high = np.where(rightward, xa, xb), np.where(rightward, xb, xa)
    y_low, y_high = np.where(rightward, ya, yb), np.where(rightward, yb, ya)
    first = np.maximum(np.floor(x_low), 0.0)
    count = np.maximum(np.minimum(np.ceil(x_high), width) - first, 0.0).astype(np.intp)
    edge, step = _expand(count)
    column = first[edge] + step
    run = x_high - x_low
    slope = np.divide(y_high - y_low, run, out=np.zeros_like(run), where=run > 0)[edge]
    left = x_low[edge]
    begin = np.maximum(column, left)
    finish = np.minimum(column + 1.0, x_high[edge])
    sign = np.where(rightward, 1.0, -1.0)[edge]
    cover = (finish - begin) * sign
    y = y_low[edge]
    y_begin, y_finish = y + (begin - left) * slope, y + (finish - left) * slope
    return edge, column, cover, snap(y_begin), snap(y_finish)


def edge_pieces(
    start: Floats, end: Floats, height: int, width: int
) -> tuple[Ints, Ints, Floats, Floats]:
    """Split edges at pixel columns and rows.

    Args:
        start: (E, 2) x, y in pixels, y downwards, snapped.
        end: (E, 2) likewise.
        height: rows of the picture; what lies above counts at row 0, what lies below is dropped.
        width: columns; what lies left or right is dropped.

    Returns:
        owner (P,), the edge of each piece; pixel (P,), its flat index; cover (P,), its width,
        positive from left to right; above (P,), the part of the pixel above it, signed alike.
    """
    edge, column, width_of, y_begin, y_finish = _by_column(start, end, width)
    top, bottom = np.minimum(y_begin, y_finish), np.maximum(y_begin, y_finish)
    first = np.floor(top)
    last = np.maximum(np.ceil(bottom), first + 1.0)
    several = last - first > 1.0
    # Row −1 stands for all that lies above the picture.
    first = np.maximum(first, -1.0)
    last = np.minimum(np.maximum(last, 0.0), height)
    count = np.maximum(last - first, 0.0).astype(np.intp)
    piece, step = _expand(count)
    cover, a, b = width_of[piece], top[piece], bottom[piece]
    row = first[piece] + step
    begin, finish = np.where(step > 0, row, a), np.minimum(row + 1.0, b)
    rate = np.divide(width_of, bottom - top, out=np.zeros_like(top), where=several)[piece]
    # The widths where rows begin are rounded, so that the parts add up to the whole exactly.
    upto_finish = np.where(several[piece] & (finish < b), snap((finish - a) * rate), cover)
    upto_begin = np.where(step > 0, snap((begin - a) * rate), 0.0)
    cover = upto_finish - upto_begin
    above = snap(cover * np.where(row < 0, 0.0, 0.5 * (begin + finish) - row))
    pixel = (np.maximum(row, 0.0) * width + column[piece]).astype(np.intp)
    return edge[piece], pixel, cover, above


def fill(start: Floats, end: Floats, values: Floats, height: int, width: int) -> Floats:
    """Accumulate polygons given by their edges.

    Args:
        start: (E, 2) x, y in pixels, y downwards.
        end: (E, 2) likewise.
        values: (channels, E) integers: the value below the edge less the value above it where the
            edge runs from left to right, and the other way round where it runs to the left.
        height: rows.
        width: columns.

    Returns:
        (channels, height, width): the sum over polygons of value × exact coverage.
    """
    owner, pixel, cover, above = edge_pieces(snap(start), snap(end), height, width)
    # What a piece leaves above itself goes to the pixel below: one row more takes the last.
    slot = np.concatenate([pixel, pixel + width])
    share = np.stack([cover - above, above])
    rows = np.empty((height + 1, len(values), width))
    for channel, value in enumerate(values):
        amount = (value.take(owner) * share).ravel()
        sums = np.bincount(slot, amount, minlength=(height + 1) * width)
        rows[:, channel] = sums.reshape(height + 1, width)
    # A row of all channels at a time: numpy's own running sum is five times slower.
    for y in range(1, height):
        rows[y] += rows[y - 1]
    return rows[:height].transpose(1, 0, 2)
