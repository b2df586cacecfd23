"""An animated PNG that streams: the film's palette, changed rectangles, deflate frame by frame.

Pillow's own writer keeps every frame in memory and joins equal ones; here one is held at a time.
Source: Portable Network Graphics (PNG) Specification, Third Edition, W3C 2025.
"""

import zlib
from collections.abc import Generator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from struct import pack, unpack_from
from typing import BinaryIO

import numpy as np
from PIL import Image

from warpviz.arrays import Pixels
from warpviz.atomic import replacing
from warpviz.output.changes import KEPT, box_of, patch_of
from warpviz.output.lookup import lookup_table, to_indices, visible_changes
from warpviz.picture.film import Film, Written

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
STEADY = 50
"""Frames a second up to which whole hundredths of a second are even enough."""
TWO_BYTES = 65535
_KEEP, _OVER, _SOURCE = 0, 1, 0
_INDEXED, _RGBA = 3, 6


def save(film: Film, path: Path) -> Written:
    """Animated PNG: the colours of the GIF, each change exact; clear in all colours."""
    with replacing(path) as draft, closing(_timed(film)) as pictures:
        with open(draft, "wb") as file:
            count, milliseconds = _write(file, film, pictures)
            size = file.tell()
    return Written(Path(path), count, milliseconds / 1000, size)


def _timed(film: Film) -> Generator[tuple[Pixels, int], None, None]:
    """Every picture with the milliseconds that it stays: palette indices, or clear (H, W, 4).

    Fast films have times of their own: of whole hundredths some would be a single one, which
    browsers play as ten.
    """
    table = None if film.transparent else lookup_table(film.palette)
    if table is not None and film.fps <= STEADY:
        with closing(film.indexed(table)) as pictures:
            for indices, centiseconds in pictures:
                yield indices, 10 * centiseconds
        return
    due, shown = 0.0, 0
    with closing(film.shots()) as shots:
        for shot in shots:
            due += 1000 * shot.seconds
            milliseconds = round(due) - shown
            shown += milliseconds
            if film.fps <= STEADY:
                milliseconds = 10 * shot.centiseconds
            yield shot.pixels if table is None else to_indices(shot.pixels, table), milliseconds


def _delay(milliseconds: int) -> tuple[int, int]:
    """A time as a fraction of a second, of two bytes each."""
    if milliseconds % 10 == 0 and milliseconds // 10 <= TWO_BYTES:
        return milliseconds // 10, 100
    if milliseconds <= TWO_BYTES:
        return milliseconds, 1000
    return min(round(milliseconds / 1000), TWO_BYTES), 1


def _write(
    file: BinaryIO, film: Film, pictures: Generator[tuple[Pixels, int], None, None]
) -> tuple[int, int]:
    """All chunks; the number of frames and what they last, in milliseconds."""
    clear = film.transparent
    file.write(_SIGNATURE)
    colours = _RGBA if clear else _INDEXED
    file.write(_chunk(b"IHDR", pack(">IIBBBBB", *film.size, 8, colours, 0, 0, 0)))
    for word, text in (("Title", film.title), ("Description", film.description)):
        if text:
            file.write(_chunk(b"iTXt", word.encode() + b"\0\0\0\0\0" + text.encode()))
    control = file.tell()
    file.write(_control(0, film.loop))
    exactly = np.zeros(0, dtype=np.bool_)
    if not clear:
        file.write(_chunk(b"PLTE", film.palette.tobytes().ljust(768, b"\0")))
        file.write(_chunk(b"tRNS", b"\xff" * KEPT + b"\0"))
        exactly = visible_changes(film.palette, 0)
    count = total = number = 0
    shown: Pixels | None = None
    for indices, delay in pictures:
        if shown is None:
            shown, patch, corner = indices.copy(), indices, (0, 0)
        elif clear:
            box = box_of((shown != indices).any(axis=2))
            shown, patch, corner = indices, indices[box], (box[1].start, box[0].start)
        else:
            patch, corner = patch_of(shown, indices, exactly)
        height, width = patch.shape[:2]
        # What is translucent takes the place of what was there.
        blend = _OVER if count and not clear else _SOURCE
        times = pack(">HHBB", *_delay(delay), _KEEP, blend)
        place = pack(">IIII", width, height, *corner)
        file.write(_chunk(b"fcTL", pack(">I", number) + place + times))
        number += 1
        data = _filtered(patch) if clear else _deflated(patch)
        if count == 0:
            file.write(_chunk(b"IDAT", data))
        else:
            file.write(_chunk(b"fdAT", pack(">I", number) + data))
            number += 1
        count, total = count + 1, total + delay
    file.write(_chunk(b"IEND", b""))
    # Only now is the number of frames known.
    end = file.tell()
    file.seek(control)
    file.write(_control(count, film.loop))
    file.seek(end)
    return count, total


def _deflated(indices: Pixels) -> bytes:
    """Rows without a filter, as is best for indices, deflated."""
    rows = np.zeros((indices.shape[0], indices.shape[1] + 1), dtype=np.uint8)
    rows[:, 1:] = indices
    return zlib.compress(rows.tobytes(), 6)


def _filtered(pixels: Pixels) -> bytes:
    """Rows of pixels (H, W, 4), filtered as Pillow finds best, deflated: the data of a PNG."""
    file = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG", compress_level=6)
    packed, data, place = file.getvalue(), b"", len(_SIGNATURE)
    while place < len(packed):
        length, name = unpack_from(">I4s", packed, place)
        data += packed[place + 8 : place + 8 + length] if name == b"IDAT" else b""
        place += length + 12
    return data


def _control(frames: int, loop: int) -> bytes:
    return _chunk(b"acTL", pack(">II", frames, loop))


def _chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))
