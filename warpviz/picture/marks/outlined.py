"""Translucent dots with an outline, thousands of them: the marks of the classic picture.

Dots of one series count as laid down in any order. Each has a filling and an outline; one stamp
accumulates both densities, the filling's in the high bits of a number and the sum in the low ones.
"""

from functools import lru_cache

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.colour import Colour
from warpviz.picture.raster import blend
from warpviz.picture.raster.blend import Canvas, window
from warpviz.picture.raster.dots import Sprites, sprites, stamp

ALPHA = 0.3
"""Of filling and outline, of one dot."""

_SHIFT = 27
_WIDER = 32
_BATCH = 16_384  # dots at a time: 45,900 on one pixel would carry from the low into the high bits


@lru_cache(maxsize=16)
def outlined(radius: float, line: float) -> Sprites:
    """A disc with an outline at every sub-pixel phase, both of opacity `ALPHA`.

    Args:
        radius: of the disc and of the outline's middle, in pixels.
        line: the outline's width, in pixels.

    Returns:
        Sprites whose steps are density of the filling · 2²⁷ + density of filling and outline.
    """
    outer = sprites("circle", radius + line / 2, ALPHA)

    def dense(sprite: Sprites) -> Ints:
        margin = (outer.size - sprite.size) // 2
        return np.pad(sprite.densities(), ((0, 0), (margin, margin), (margin, margin)))

    filling = dense(sprites("circle", radius, ALPHA))
    edge = dense(outer) - dense(sprites("circle", max(radius - line / 2, 1e-3), ALPHA))
    return Sprites.of((filling << _SHIFT) + filling + edge)


def paint_outlined(
    canvas: Canvas, at: Floats, sprite: Sprites, colour: Colour, reach: float
) -> None:
    """Lay the dots of a series over the canvas.

    Args:
        canvas: (3, H, W), changed in place.
        at: (N, 2) in pixels, y downwards.
        sprite: see `outlined`.
        colour: of the filling.
        reach: of a dot from its centre, in pixels.
    """
    place = window(at, reach, *canvas.shape[1:])
    if place is None:
        return
    rows, columns, corner = place
    part = canvas[:, rows, columns]
    if len(at) <= _BATCH:
        blend.series(part, at, sprite, corner, _SHIFT, colour)
        return
    # So many dots may have more density than fits: the sums of the batches have more room.
    filling = density = np.zeros(part.shape[1:], dtype=np.int64)
    for first in range(0, len(at), _BATCH):
        both = stamp(at[first : first + _BATCH], sprite, *part.shape[1:], corner=corner)
        filling = filling + (both >> _SHIFT)
        density = density + (both & ((1 << _SHIFT) - 1))
    blend.outlined(part, (filling << _WIDER) + density, _WIDER, colour)
