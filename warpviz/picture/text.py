"""Text as bitmaps: drawn once by Pillow, kept, and stamped onto the canvas."""

from functools import lru_cache, singledispatch
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import ImageFont

from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.picture.raster.blend import Canvas, Surface

Mask = npt.NDArray[np.float32]


def bundled_font() -> Path:
    """DejaVu Sans, which matplotlib brings (found without importing matplotlib)."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise WarpvizError("Text needs matplotlib's fonts: pip install matplotlib.")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"


def find_font(name: str | None) -> Path:
    """A font file from a path or a family's name; None is the bundled font."""
    if name is None:
        return bundled_font()
    if Path(name).is_file():
        try:
            ImageFont.truetype(name, 12)
        except OSError:
            raise WarpvizError(
                f"--font expects a TrueType or OpenType font, got {name!r}, which is none."
            ) from None
        return Path(name)
    from matplotlib import font_manager

    try:
        return Path(font_manager.findfont(name, fallback_to_default=False))
    except ValueError:
        raise WarpvizError(
            f"--font expects a font file or an installed family, got {name!r}; "
            "name a .ttf or .otf file."
        ) from None


@lru_cache(maxsize=64)
def _face(font: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout gives the same picture whether or not Raqm is installed.
    return ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, font: Path, size: int) -> int:
    """Width of a line of text in pixels."""
    return int(np.ceil(_face(font, size).getlength(text)))


@lru_cache(maxsize=1024)
def shortened(text: str, font: Path, size: int, room: float) -> str:
    """A text that fits into so many pixels, its end cut and marked "…" where it must be."""
    if text_width(text, font, size) <= room:
        return text
    kept = len(text)
    while kept > 1 and text_width(text[:kept].rstrip() + "…", font, size) > room:
        kept -= 1
    return text[:kept].rstrip() + "…"


@lru_cache(maxsize=1024)
def text_mask(text: str, font: Path, size: int) -> Mask:
    """The coverage (h, w), 0 … 1, of a line of text, from its ascent to its descent."""
    face = _face(font, size)
    ascent, descent = face.getmetrics()
    width = max(text_width(text, font, size), 1)
    mask, (left, top) = face.getmask2(text, mode="L", anchor="ls")
    columns, rows = mask.size
    out = np.zeros((ascent + descent, width + 2), dtype=np.float32)
    if columns and rows:
        glyphs = np.asarray(mask, dtype=np.float32).reshape(rows, columns) / 255
        y, x = max(ascent + top, 0), max(left, 0)
        part = glyphs[: out.shape[0] - y, : out.shape[1] - x]
        out[y : y + part.shape[0], x : x + part.shape[1]] = part
    return out


def put_mask(
    canvas: Canvas, mask: Mask, x: float, y: float, colour: Colour, opacity: float = 1.0
) -> None:
    """Stamp a mask with its top left corner at (x, y); what lies outside is cut."""
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
