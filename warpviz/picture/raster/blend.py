"""Accumulators to colours.

A density d lets exp(−d) of what is behind it through. Layers of cloth are blended in any order:
opacity from the summed density, colour as the weighted mean (weighted blended order-independent
transparency, McGuire & Bavoil 2013, https://jcgt.org/published/0002/02/09/).
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz import compiled
from warpviz.arrays import Floats, Ints, Pixels
from warpviz.picture.raster.area import fill
from warpviz.picture.raster.dots import Sprites, stamp
from warpviz.picture.raster.lines import DENSITY

Canvas: TypeAlias = npt.NDArray[np.float32]
"""(3, H, W) in 0 … 255."""
Surface: TypeAlias = Any
"""What is painted on: a `Canvas`, or a `picture.paper.Paper`; its type chooses the brushes."""
Densities: TypeAlias = Floats | Ints
"""(H, W) optical density in units of 1/4096, whole numbers."""


def window(
    points: Floats, reach: float, height: int, width: int, *, of: Ints | None = None
) -> tuple[slice, slice, Floats] | None:
    """The part of the canvas that shapes about some points can touch.

    Args:
        points: (N, 2) x, y in pixels, y downwards.
        reach: how far a shape reaches from its point, in pixels.
        height: rows of the canvas.
        width: its columns.
        of: indices of the points that count, of any shape; None for all.

    Returns:
        Rows, columns, and the part's corner (x, y); None where it is empty.
    """
    left, right, top, bottom = _bounds(points, of)
    x0, x1 = max(math.floor(left - reach), 0), min(math.ceil(right + reach), width)
    y0, y1 = max(math.floor(top - reach), 0), min(math.ceil(bottom + reach), height)
    if x0 >= x1 or y0 >= y1:
        return None
    return slice(y0, y1), slice(x0, x1), np.array([x0, y0], dtype=float)


def _bounds(points: Floats, of: Ints | None) -> tuple[float, float, float, float]:
    """The least and the largest x, the least and the largest y."""
    if compiled.KERNELS is not None and points.flags.c_contiguous:
        named = None if of is None else of.reshape(-1, 1)
        found: tuple[float, float, float, float] = compiled.KERNELS.bounds(points, named)
        return found
    x, y = (points if of is None else points[of.ravel()]).T
    return float(x.min()), float(x.max()), float(y.min()), float(y.max())


_LAST = 18 * DENSITY
"""A density that lets nothing through: e⁻¹⁸ of 255 is no level of colour."""
_THROUGH = np.exp(np.arange(_LAST + 1) * (-1.0 / DENSITY)).astype(np.float32)
_THROUGH[-1] = 0.0


def through(density: Densities | Canvas) -> Canvas:
    """How much shines through: exp(−d) of densities in units of 1/4096, rounded down to them.

    A table, since the last digit of an exponential differs from one numpy to the next.
    """
    passed: Canvas = _THROUGH.take(density.astype(np.intp, copy=False), mode="clip")
    return passed


def lay_cells(canvas: Canvas, flat: Floats, corner: Floats, edges: Ints, values: Floats) -> None:
    """Lay cloth over a canvas: cells of one value each, given by the edges between them.

    Args:
        canvas: (3, H, W), changed in place.
        flat: (V, 2) vertices in pixels, y downwards.
        corner: x, y of the canvas' first row and column.
        edges: (E, 4) start, end, the cell on the left, the cell on the right.
        values: (cells, 5) whole numbers: density, weight, and weight × red, green, blue, the
            colours in 0 … 255; of the opposite sign for cells that turn left.
    """
    if compiled.KERNELS is not None:
        compiled.KERNELS.cells(canvas, flat, tuple(corner), edges, values, _THROUGH)
        return
    columns = np.ascontiguousarray(values.T)
    change = columns[:, edges[:, 2]] - columns[:, edges[:, 3]]
    visible = change.astype(np.bool_).any(axis=0)
    start, end = (flat[edges[visible, side]] - corner for side in (0, 1))
    cloth(canvas, fill(start, end, change[:, visible], *canvas.shape[1:]))


def cloth(canvas: Canvas, layers: Floats) -> None:
    """Lay cloth over a canvas.

    Args:
        canvas: (3, H, W), changed in place.
        layers: (5, H, W) accumulators: density, weight, and weight × red, green, blue, the
            colours in 0 … 255.
    """
    passed = through(layers[0] + 0.5)
    weight = layers[1].astype(np.float32)
    np.maximum(weight, np.float32(1.0), out=weight)
    share = (np.float32(1.0) - passed) / weight
    for channel in range(3):
        canvas[channel] *= passed
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
    if compiled.KERNELS is not None:
        whole = np.ascontiguousarray(density, dtype=np.int64)
        compiled.KERNELS.ink(canvas, whole, colour, opacity, _THROUGH)
        return
    passed = through(density)
    covered = np.float32(1.0) - passed
    if opacity < 1.0:
        covered *= np.float32(opacity)
        passed = np.float32(1.0) - covered
    for channel in range(3):
        canvas[channel] *= passed
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
    if compiled.KERNELS is not None:
        whole = np.stack(densities).astype(np.int64, copy=False)
        palette = np.array(colours, dtype=np.float32)
        compiled.KERNELS.inks(canvas, whole, palette, _THROUGH)
        return
    everywhere = slice(None), slice(None)
    many_inks(canvas, ((*everywhere, *each) for each in zip(densities, colours, strict=True)))


def many_inks(
    canvas: Canvas, parts: Iterable[tuple[slice, slice, Densities, tuple[int, int, int]]]
) -> None:
    """Lay inks over a canvas at once as `inks` does, never holding more than one of them.

    Args:
        canvas: (3, H, W), changed in place.
        parts: rows and columns where an ink is, its density there, and its colour.
    """
    total = np.zeros(canvas.shape[1:], dtype=np.float32)
    mixed = np.zeros(canvas.shape, dtype=np.float32)
    for rows, columns, density, colour in parts:
        thin = density.astype(np.float32)
        total[rows, columns] += thin
        for channel in range(3):
            mixed[channel, rows, columns] += thin * np.float32(colour[channel])
    passed = through(total)
    share = (np.float32(1.0) - passed) / np.maximum(total, np.float32(1.0))
    canvas *= passed
    mixed *= share
    canvas += mixed


def series(
    canvas: Canvas,
    at: Floats,
    sprite: Sprites,
    corner: Floats,
    shift: int,
    colour: tuple[int, int, int],
) -> None:
    """Lay equal dots with outlines over a canvas: `stamp`, then `outlined`.

    Args:
        canvas: (3, H, W), changed in place.
        at: (N, 2) centres x, y in pixels, y downwards.
        sprite: the marker, its densities as `outlined` has them.
        corner: x, y of the canvas' first row and column.
        shift: see `outlined`.
        colour: red, green, blue.
    """
    if compiled.KERNELS is not None:
        where = (np.ascontiguousarray(at), tuple(corner), sprite.pictures)
        compiled.KERNELS.series(canvas, *where, shift, colour, _THROUGH)
        return
    outlined(canvas, stamp(at, sprite, *canvas.shape[1:], corner=corner), shift, colour)


def outlined(canvas: Canvas, both: Ints, shift: int, colour: tuple[int, int, int]) -> None:
    """Lay dots of one colour with black outlines over a canvas.

    Args:
        canvas: (3, H, W), changed in place.
        both: (H, W) density of the fillings · 2^shift + density of fillings and outlines together,
            in units of 1/4096.
        shift: how many bits the latter has.
        colour: red, green, blue.
    """
    if compiled.KERNELS is not None:
        compiled.KERNELS.outlined(canvas, both, shift, colour, _THROUGH)
        return
    filling, density = both >> shift, both & ((1 << shift) - 1)
    passed = through(density)
    # The outline is black: it covers and adds nothing.
    share = (np.float32(1.0) - passed) / np.maximum(density.astype(np.float32), np.float32(1.0))
    share *= filling.astype(np.float32)
    for channel, value in enumerate(colour):
        canvas[channel] *= passed
        if value:
            canvas[channel] += share * np.float32(value)


def translucent(on_black: Canvas, on_white: Canvas) -> Pixels:
    """(H, W, 4) red, green, blue and opacity, from what is seen on black and on white."""
    opacity = np.clip(1.0 - (on_white - on_black).mean(axis=0) / 255.0, 0.0, 1.0)
    colour = on_black / np.maximum(opacity, 1e-6)
    out = np.concatenate([colour, 255.0 * opacity[None]])
    return np.asarray(np.moveaxis(np.clip(np.rint(out), 0, 255), 0, -1).astype(np.uint8))


def levels(canvas: Canvas) -> Pixels:
    """The canvas' colours as whole numbers: (3, H, W), each colour in one block of memory."""
    if compiled.KERNELS is not None:
        out = np.empty(canvas.shape, dtype=np.uint8)
        compiled.KERNELS.pixels(canvas, out)
        return out
    return (canvas + np.float32(0.5)).astype(np.uint8)
