"""Single pictures, through imageio: a table by suffix of what is asked of its writers."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError
from warpviz.output.about import xmp
from warpviz.picture.film import Written
from warpviz.picture.frame import Frame

Words = Mapping[str, str]
"""What is stored beside the pixels: Title and Description."""


@dataclass(frozen=True)
class Still:
    """How pictures of a suffix are written.

    Attributes:
        name: of the format, as Pillow knows it.
        options: of its writer: no line or colour is blurred where the format need not.
        words: further options, which store words in the file.
        asks: why it may be missing, and what to do; "" where every Pillow writes it.
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    words: Callable[[Words], dict[str, Any]] = field(default=lambda words: {})
    asks: str = ""


def _chunks(words: Words) -> dict[str, Any]:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for key, text in words.items():
        info.add_itxt(key, text)
    return {"pnginfo": info}


def _packet(words: Words) -> bytes:
    return xmp(words.get("Title", ""), words.get("Description", ""))


XMP_TAG = 700
"""Where a TIFF has its XMP. Source: XMP Specification Part 3, Adobe 2020."""
_JPEG = Still(
    "JPEG",
    {"quality": 95, "subsampling": 0},
    # Two bytes tell how long it is.
    lambda words: {"comment": "\n".join(words.values()).encode()[:65533]},
)
_TIFF = Still(
    "TIFF",
    {"compression": "tiff_adobe_deflate"},
    lambda words: {"tiffinfo": {XMP_TAG: _packet(words)}},
)
STILLS: dict[str, Still] = {
    ".png": Still("PNG", words=_chunks),
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".bmp": Still("BMP"),
    ".avif": Still(
        "AVIF",
        # More threads would cut the picture otherwise, and so change the bytes.
        {"quality": 90, "subsampling": "4:4:4", "max_threads": 1},
        lambda words: {"xmp": _packet(words)},
        "it needs Pillow 11.3 or newer with AVIF: pip install -U pillow",
    ),
}
"""By suffix."""


def check_still(path: str | os.PathLike[str]) -> Path:
    """Tell before any work whether a picture can be written there.

    Raises:
        WarpvizError: the path cannot be written, or the installed Pillow has no such writer.
    """
    path = check_writable(path)
    still = STILLS[path.suffix.lower()]
    if still.asks:
        from PIL import Image

        Image.init()
        if still.name not in Image.SAVE:
            raise WarpvizError(f"Cannot write {path}: {still.asks}; or write .png.")
    return path


def write_still(
    frame: Frame, path: str | os.PathLike[str], *, text: Words | None = None
) -> Written:
    """Write one picture in the format of its suffix, whole or not at all.

    Args:
        frame: the picture.
        path: the file, its suffix in `STILLS`.
        text: what is stored beside the pixels, where the format has room for words.

    Raises:
        WarpvizError: as `check_still`, or the disk is full.
    """
    path = check_still(path)
    data = encoded(frame, path.suffix.lower(), text=text)
    with replacing(path) as draft:
        draft.write_bytes(data)
    return Written(path, 1, 0.0, len(data))


def encoded(frame: Frame, suffix: str = ".png", *, text: Words | None = None) -> bytes:
    """The bytes of a picture, as `write_still` writes them; words are stored as UTF-8."""
    import imageio.v3 as iio

    still = STILLS[suffix]
    options = {**still.options, **(still.words(text) if text else {})}
    data: bytes = iio.imwrite("<bytes>", frame.pixels, extension=suffix, plugin="pillow", **options)
    return data
