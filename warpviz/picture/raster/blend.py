"""Accumulators to colours.

A density d lets exp(−d) of what is behind it through. Layers of cloth are blended in any order:
opacity from the summed density, colour as the weighted mean (weighted blended order-independent
transparency, McGuire & Bavoil 2013, https://jcgt.org/published/0002/02/09/).
"""

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats, Ints
from warpviz.picture.raster.lines import DENSITY

Canvas: TypeAlias = npt.NDArray[np.float32]
"""(3, H, W) in 0 … 255."""
Surface: TypeAlias = Any
"""What is painted on: a `Canvas`, or a `picture.paper.Paper`; its type chooses the brushes."""
Densities: TypeAlias = Floats | Ints
"""(H, W) optical density in units of 1/4096, whole numbers."""


def window(
    points: Floats, reach: float, height: int, width: int
) -> tuple[slice, slice, Floats] | None:
    """The part of the canvas that shapes about some points can touch.

    Args:
        points: (N, 2) x, y in pixels, y downwards.
        reach: how far a shape reaches from its point, in pixels.
        height: rows of the canvas.
        width: its columns.

    Returns:
        Rows, columns, and the part's corner (x, y); None where it is empty.
    """
    x, y = points[:, 0], points[:, 1]
    x0, x1 = max(math.floor(x.min() - reach), 0), min(math.ceil(x.max() + reach), width)
    y0, y1 = max(math.floor(y.min() - reach), 0), min(math.ceil(y.max() + reach), height)
    if x0 >= x1 or y0 >= y1:
        return None
    return slice(y0, y1), slice(x0, x1), np.array([x0, y0], dtype=float)


def cloth(canvas: Canvas, layers: Floats) -> None:
    """Lay cloth over a canvas.

    Args:
        canvas: (3, H, W), changed in place.
        layers: (5, H, W) accumulators: density, weight, and weight × red, green, blue, the
            colours in 0 … 255.
    """
    density = layers[0].astype(np.float32)
    density *= np.float32(-1.0 / DENSITY)
    through = np.exp(density)
    weight = layers[1].astype(np.float32)
    np.maximum(weight, np.float32(1.0), out=weight)
    share = (np.float32(1.0) - through) / weight
    for channel in range(3):
        canvas[channel] *= through
        canvas[channel] += share * layers[2 + channel].astype(np.float32)


def ink(
    canvas: Canvas, density: Densities, colour: tuple[int, int, int], opacity: float = 1.0
) -> None:
    """Lay ink of one colour over a canvas.

    Args:
        canvas: (3, H, W), changed in place.
        density: (H, W) in units of 1/4096.
        colour: red, green, blue.
        opacity: 0 … 1, of all of it.
    """
    thin = density.astype(np.float32)
    thin *= np.float32(-1.0 / DENSITY)
    through = np.exp(thin)
    if opacity < 1.0:
        through = np.float32(1.0 - opacity) + np.float32(opacity) * through
    covered = np.float32(1.0) - through
    for channel in range(3):
        canvas[channel] *= through
        canvas[channel] += covered * np.float32(colour[channel])


def inks(
    canvas: Canvas, densities: Sequence[Densities], colours: list[tuple[int, int, int]]
) -> None:
    """Lay inks of several colours over a canvas at once, none of them first.

    Args:
        canvas: (3, H, W), changed in place.
        densities: one (H, W) for each colour, in units of 1/4096.
        colours: red, green, blue of each.
    """
    total = np.zeros(canvas.shape[1:], dtype=np.float32)
    mixed = np.zeros_like(canvas)
    for density, colour in zip(densities, colours, strict=True):
        thin = density.astype(np.float32)
        total += thin
        for channel in range(3):
            mixed[channel] += thin * np.float32(colour[channel])
    through = np.exp(total * np.float32(-1.0 / DENSITY))
    share = (np.float32(1.0) - through) / np.maximum(total, np.float32(1.0))
    canvas *= through
    mixed *= share
    canvas += mixed
