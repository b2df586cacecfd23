"""Colours to palette indices: one table look-up a pixel, and which changes nobody sees.

A colour's bin is its top 6 bits a channel; the table holds each bin's nearest palette entry.
"""

import numpy as np

from warpviz import compiled
from warpviz.arrays import Bools, Ints, Pixels
from warpviz.colour import oklab
from warpviz.errors import WarpvizError

BITS = 6
LEVELS = 1 << BITS
MOST_COLORS = 255  # of the 256 that a GIF has, one means "leave this pixel as it is"


def check_palette(palette: Pixels) -> Pixels:
    """Return the palette if it is (P, 3) uint8 with 1 ≤ P ≤ 255.

    Raises:
        WarpvizError: it is not.
    """
    if palette.ndim != 2 or palette.shape[1] != 3 or palette.dtype != np.uint8:
        raise WarpvizError(
            f"A palette is an array of shape (P, 3) and type uint8, "
            f"got {palette.shape} {palette.dtype}."
        )
    if not 1 <= len(palette) <= MOST_COLORS:
        raise WarpvizError(f"A palette has 1 to {MOST_COLORS} colours, got {len(palette)}.")
    return palette


def bins(pixels: Pixels) -> Ints:
    """(..., 3) uint8 → (...) bin numbers: the top 6 bits of red, green and blue in a row.

    >>> bins(np.array([255, 0, 4], dtype=np.uint8)).item() == 63 * 64**2 + 1
    True
    """
    # Bytes are shifted together first and widened after: half the time of widening first.
    short = pixels >> (8 - BITS)
    code = short[..., 0].astype(np.int64)
    for channel in (1, 2):
        code <<= BITS
        code |= short[..., channel]
    return code


def lookup_table(palette: Pixels) -> Pixels:
    """(P, 3) palette → (262144,) uint8: for each bin, its nearest palette entry.

    The nearest to the bin's middle by |p − c|² in RGB, the first of equals; a bin that holds a
    palette colour gets that entry (the first of several), so those colours are exact.

    Raises:
        WarpvizError: the palette is not (P, 3) uint8, 1 ≤ P ≤ 255.

    >>> table = lookup_table(np.array([[0, 0, 0], [255, 255, 255]], dtype=np.uint8))
    >>> to_indices(np.array([[[9, 9, 9], [255, 255, 255]]], dtype=np.uint8), table)
    array([[0, 1]], dtype=uint8)
    """
    check_palette(palette)
    # Twice the colours, so that the middles of the bins are whole numbers: every product and
    # sum is then exact in float32 and no order of summation can change the result.
    centers = 2 * palette.astype(np.float32)
    middles = np.arange(LEVELS, dtype=np.float32) * 8 + 3
    green, blue = np.meshgrid(middles, middles, indexing="ij")
    plane = np.stack([green.ravel(), blue.ravel()], axis=1) @ (-2 * centers[:, 1:].T)
    plane += (centers * centers).sum(axis=1)
    table = np.empty((LEVELS, LEVELS * LEVELS), dtype=np.uint8)
    for row, red in zip(table, middles, strict=True):
        row[:] = np.argmin(plane - (2 * red) * centers[:, 0], axis=1)
    flat = table.ravel()
    flat[bins(palette)[::-1]] = np.arange(len(palette), dtype=np.uint8)[::-1]
    return flat


def check_table(table: Pixels) -> None:
    """Refuse what no palette's `lookup_table` is."""
    if table.shape != (LEVELS**3,):
        raise WarpvizError(
            f"A table of colours has the shape ({LEVELS**3},), as lookup_table makes one of a "
            f"palette, got {table.shape}."
        )


def to_indices(pixels: Pixels, table: Pixels) -> Pixels:
    """(H, W, 3) uint8 pixels → (H, W) uint8 palette indices, by a table of `lookup_table`.

    A pure function of its arguments: any process may run it.
    """
    if compiled.KERNELS is not None and pixels.ndim == 3:
        planes = np.ascontiguousarray(np.moveaxis(pixels, -1, 0))
        out = np.empty(planes.shape[1:], dtype=np.uint8)
        compiled.KERNELS.indices(planes, table, out)
        return out
    indices: Pixels = table.take(bins(pixels), mode="clip")  # "clip" spares a checked copy
    return indices


def visible_changes(palette: Pixels, tolerance: float) -> Bools:
    """(256 · 256,) bool: whether going from entry i to entry j, at 256 i + j, is to be drawn.

    It is when the two are farther apart than `tolerance` in Oklab; 0 means any other entry
    whose colour differs at all.

    Raises:
        WarpvizError: the tolerance is negative or not finite.
    """
    if not 0 <= tolerance < np.inf:
        raise WarpvizError(f"The tolerance is a distance of 0 or more in Oklab, got {tolerance}.")
    colors = oklab(palette)
    apart = np.sqrt(((colors[:, None] - colors[None]) ** 2).sum(axis=2))
    visible = np.ones((256, 256), dtype=np.bool_)
    visible[: len(palette), : len(palette)] = apart > tolerance
    return visible.ravel()
