"""Colours where nothing is seen: for encoders that blur colours across the edge of what is.

A lossy encoder keeps colour for blocks of pixels. Where a film is transparent its pixels are black,
and would darken every edge; here they take the colours that are seen nearby.
"""

import numpy as np

from warpviz.arrays import Floats, Pixels

FAINT = 32
"""Opacity, of 255, below which a pixel's own colour is coarse, and neighbours help to tell it."""
TRUST = 1 / 16
"""What neighbours count, against the opacity of a faint pixel."""


def bled(pixels: Pixels) -> Pixels:
    """The same picture (H, W, 4), faint pixels in the colours that are seen around them.

    Sums of 2×2, 4×4, … pixels, weighted by opacity, and back down (pull-push: Gortler et al., The
    Lumigraph, SIGGRAPH 1996).

    >>> dot = np.zeros((4, 4, 4), dtype=np.uint8)
    >>> dot[0, 0] = (200, 100, 0, 255)
    >>> bled(dot)[3, 3].tolist()
    [200, 100, 0, 0]
    """
    opacity = pixels[..., 3:].astype(np.float32) / np.float32(255)
    sums = [np.concatenate([pixels[..., :3] * opacity, opacity], axis=2)]
    while max(sums[-1].shape[:2]) > 1:
        sums.append(_halved(sums[-1]))
    around = sums[-1]
    for fine in reversed(sums[:-1]):
        height, width = fine.shape[:2]
        coarse = around.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
        around = fine + np.float32(TRUST) * coarse / np.maximum(coarse[..., 3:], np.float32(1e-9))
    colour = np.rint(around[..., :3] / np.maximum(around[..., 3:], np.float32(1e-9)))
    out = np.ascontiguousarray(pixels).copy()
    faint = out[..., 3] < FAINT
    out[faint, :3] = np.clip(colour[faint], 0, 255).astype(np.uint8)
    return out


def _halved(sums: Floats) -> Floats:
    """Sums of 2×2 pixels."""
    height, width = sums.shape[:2]
    even = np.pad(sums, ((0, height % 2), (0, width % 2), (0, 0)))
    return np.asarray(even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2])
