"""Single pictures."""

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from warpviz.atomic import replacing
from warpviz.picture.film import Film, Written
from warpviz.picture.frame import Frame


def save(film: Film, path: Path) -> Written:
    """Still picture: the film's poster as PNG."""
    text = {"Description": film.description} if film.description else {}
    return write_png(film.poster(), path, text=text)


def write_png(
    frame: Frame, path: str | os.PathLike[str], *, text: Mapping[str, str] | None = None
) -> Written:
    """Write one picture as PNG, whole or not at all.

    Args:
        frame: the picture.
        path: the file.
        text: what is stored beside the pixels; PNG knows Title, Author, Description and others.

    Raises:
        WarpvizError: the path cannot be written or the disk is full.
    """
    data = encode_png(frame, text=text)
    with replacing(path) as draft:
        draft.write_bytes(data)
    return Written(Path(path), 1, 0.0, len(data))


def encode_png(frame: Frame, *, text: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a PNG, as `write_png` writes them; text is stored as UTF-8."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for key, value in (text or {}).items():
        info.add_itxt(key, value)
    buffer = BytesIO()
    Image.fromarray(frame.pixels).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()
