"""Text as bitmaps: drawn once by Pillow, kept, and stamped onto the canvas."""

import math
from bisect import bisect_right
from functools import lru_cache, singledispatch
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from warpviz import compiled
from warpviz.arrays import GRAIN
from warpviz.colour import Colour
from warpviz.picture.raster.blend import Canvas, Surface
from warpviz.picture.words.letters import can_shape, needs_shaping, runs

Mask = npt.NDArray[np.float32]


LEAST = 0.7
"""How much smaller letters of another font may be drawn, to stay within the line."""


@lru_cache(maxsize=256)
def _face(font: Path, size: int, shaped: bool = False) -> ImageFont.FreeTypeFont:
    # The basic layout gives the same picture whether or not Raqm is installed.
    layout = ImageFont.Layout.RAQM if shaped and can_shape() else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(font), size, layout_engine=layout)


@lru_cache(maxsize=1024)
def faces(text: str, font: Path, size: int) -> tuple[tuple[str, Path, int], ...]:
    """A line in parts, from the left to the right: letters, font, and size in pixels.

    Another font's letters are drawn smaller where they would reach beyond the line.
    """
    ascent, descent = _face(font, size).getmetrics()
    parts = []
    for letters, face in runs(text, font):
        own = size
        if face != font:
            _, top, _, bottom = _face(face, size, needs_shaping(letters)).getbbox(
                letters, anchor="ls"
            )
            over = max(-top / ascent, bottom / max(descent, 1), 1.0)
            own = max(int(size / over), math.ceil(LEAST * size))
        parts.append((letters, face, own))
    return tuple(parts)


@lru_cache(maxsize=1024)
def text_width(text: str, font: Path, size: int) -> int:
    """Width of a line of text in pixels."""
    return math.ceil(sum(part_width(*part) for part in faces(text, font, size)))


def part_width(letters: str, font: Path, size: int) -> float:
    """Width of a part of a line, in pixels."""
    return float(_face(font, size, needs_shaping(letters)).getlength(letters))


@lru_cache(maxsize=1024)
def shortened(text: str, font: Path, size: int, room: float) -> str:
    """A text that fits into so many pixels, its end cut and marked "…" where it must be.

    Of one letter nothing can be cut.
    """
    if len(text) < 2 or text_width(text, font, size) <= room:
        return text

    def cut(kept: int) -> str:
        return text[:kept].rstrip() + "…"

    # Fewer letters than pixels fit in any case.
    counts = range(2, min(len(text), max(int(room), 2)) + 1)
    kept = 1 + bisect_right(counts, room, key=lambda n: text_width(cut(n), font, size))
    return cut(kept)


@lru_cache(maxsize=1024)
def text_mask(text: str, font: Path, size: int) -> Mask:
    """The coverage (h, w), 0 … 1, of a line of text, from its ascent to its descent."""
    ascent, descent = text_height(font, size)
    width = max(text_width(text, font, size), 1)
    out = np.zeros((ascent + descent, width + 2), dtype=np.float32)
    start = 0.0
    for letters, face, own in faces(text, font, size):
        drawn = _face(face, own, needs_shaping(letters))
        mask, (left, top) = drawn.getmask2(letters, mode="L", anchor="ls")
        columns, rows = mask.size
        if rows:
            glyphs = np.asarray(mask, dtype=np.float32).reshape(rows, columns) / 255
            y, x = max(ascent + top, 0), max(round(start) + left, 0)
            # What would reach above the line is cut above, not moved down.
            glyphs = glyphs[max(-(ascent + top), 0) :]
            part = glyphs[: out.shape[0] - y, : out.shape[1] - x]
            place = out[y : y + part.shape[0], x : x + part.shape[1]]
            np.maximum(place, part, out=place)
        start += drawn.getlength(letters)
    return out


def put_mask(
    canvas: Canvas, mask: Mask, x: float, y: float, colour: Colour, opacity: float = 1.0
) -> None:
    """Stamp a mask with its top left corner at (x, y); what lies outside is cut."""
    x, y = (round(at * GRAIN) / GRAIN for at in (x, y))
    if compiled.KERNELS is not None:
        compiled.KERNELS.mask(canvas, mask, x, y, colour, opacity)
        return
    left, top = round(x), round(y)
    height, width = canvas.shape[1:]
    y0, y1 = max(top, 0), min(top + mask.shape[0], height)
    x0, x1 = max(left, 0), min(left + mask.shape[1], width)
    if y0 >= y1 or x0 >= x1:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left] * np.float32(opacity)
    for channel in range(3):
        region = canvas[channel, y0:y1, x0:x1]
        region += part * (np.float32(colour[channel]) - region)


def text_height(font: Path, size: int) -> tuple[int, int]:
    """Pixels of a line of text above and below its baseline."""
    return _face(font, size).getmetrics()


@singledispatch
def put_text(
    canvas: Surface,
    text: str,
    at: tuple[float, float],
    colour: Colour,
    font: Path,
    size: int,
    align: tuple[float, float] = (0.0, 0.0),
    opacity: float = 1.0,
) -> None:
    """Stamp a line of text.

    Args:
        canvas: (3, H, W), changed in place.
        text: one line.
        at: x, y in pixels, of the point of the text's box that `align` names.
        colour: red, green, blue.
        font: the font file.
        size: of the em, in pixels.
        align: 0 … 1 across and down: (0, 0) is the box's top left corner, (1, 0.5) the middle of
            its right side.
        opacity: 0 … 1.
    """
    mask = text_mask(text, font, size)
    x = at[0] - align[0] * mask.shape[1]
    y = at[1] - align[1] * mask.shape[0]
    put_mask(canvas, mask, x, y, colour, opacity)
