"""Translucent dots with an outline, thousands of them: the marks of the classic picture.

Dots of one series count as laid down in any order. Each has a filling and an outline; one stamp
accumulates both densities, the filling's in the high bits of a number and the sum in the low ones.
"""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats, Ints
from warpviz.colour import Colour
from warpviz.picture.raster.blend import Canvas, window
from warpviz.picture.raster.dots import Sprites, sprites, stamp
from warpviz.picture.raster.lines import DENSITY

ALPHA = 0.3
"""Of filling and outline, of one dot."""

Plane: TypeAlias = npt.NDArray[np.float32]

_SHIFT = 27
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
    size = part.shape[1:]
    filling, density = _densities(at[:_BATCH] - corner, sprite, *size)
    for first in range(_BATCH, len(at), _BATCH):
        more = _densities(at[first : first + _BATCH] - corner, sprite, *size)
        filling += more[0]
        density += more[1]
    through = np.exp(density * np.float32(-1.0 / DENSITY))
    # The outline is black: it covers and adds nothing.
    filling *= (np.float32(1.0) - through) / np.maximum(density, np.float32(1.0))
    for channel, value in enumerate(colour):
        part[channel] *= through
        if value:
            part[channel] += filling * np.float32(value)


def _densities(at: Floats, sprite: Sprites, height: int, width: int) -> tuple[Plane, Plane]:
    """The density (H, W) of the dots' fillings, and of fillings and outlines together."""
    both = stamp(at, sprite, height, width)
    filling = (both >> _SHIFT).astype(np.float32)
    both &= (1 << _SHIFT) - 1
    return filling, both.astype(np.float32)
