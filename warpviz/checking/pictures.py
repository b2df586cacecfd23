"""Pictures, moving and still: every block, every checksum, every picture decoded."""

import warnings
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from struct import error as CutShort
from struct import unpack_from
from typing import Any

from warpviz.checking.found import Found, NotWhole, content, film_told

PNG = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Kind of colour of a PNG → numbers a pixel."""
STEP = 2**20
"""Bytes that are unpacked at once."""


def gif(path: Path) -> Found:
    """A film of a GIF: all blocks, then every picture.

    Raises:
        NotWhole: as all checks here.
    """
    data = content(path)
    if data[:6] not in (b"GIF89a", b"GIF87a"):
        raise NotWhole("it does not begin as a GIF does")
    frames = delays = 0
    loop = 1
    try:
        size, flags = unpack_from("<HH", data, 6), data[10]
        place = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        while data[place] != 0x3B:
            if data[place] == 0x2C:
                local = data[place + 9]
                place += 11 + (3 << (local & 7) + 1 if local & 0x80 else 0)
                frames += 1
            elif data[place] == 0x21:
                if data[place + 1] == 0xF9:
                    delays += unpack_from("<H", data, place + 4)[0]
                if data[place + 3 : place + 14] == b"NETSCAPE2.0":
                    repeated = unpack_from("<H", data, place + 16)[0]
                    loop = repeated + 1 if repeated else 0
                place += 2
            else:
                raise NotWhole(f"at byte {place:,} there is no block of a GIF")
            while length := data[place]:
                place += length + 1
            place += 1
    except (IndexError, CutShort):
        raise NotWhole(f"it ends within or after frame {frames}, without a GIF's end") from None
    if place != len(data) - 1:
        raise NotWhole(f"{len(data) - 1 - place:,} bytes follow its end")
    _decoded(data, "GIF", frames)
    return Found("film", film_told((size[0], size[1]), frames, delays / 100, loop))


def png(path: Path) -> Found:
    """A still, or a film of an APNG: all checksums, and every picture as long as it should be."""
    data = content(path)
    if not data.startswith(PNG):
        raise NotWhole("it does not begin as a PNG does")
    width = height = bits = kind = interlaced = frames = number = 0
    told: int | None = None
    loop, seconds, last = 1, 0.0, b""
    pictures: list[tuple[tuple[int, int], bytes]] = []
    for name, body in _chunks(data):
        last = name
        try:
            if name == b"IHDR":
                width, height, bits, kind, _, _, interlaced = unpack_from(">IIBBBBB", body)
                pictures = [((width, height), b"")]
            elif name == b"acTL":
                told, loop = unpack_from(">II", body)
            elif name == b"fcTL":
                number = _next(number, body)
                place = unpack_from(">II", body, 4)
                delay, share = unpack_from(">HH", body, 20)
                seconds, frames = seconds + delay / (share or 100), frames + 1
                if frames > 1 or not pictures:
                    pictures.append(((place[0], place[1]), b""))
            elif name in (b"IDAT", b"fdAT"):
                if name == b"fdAT":
                    number = _next(number, body)
                size, before = pictures[-1]
                pictures[-1] = size, before + (body[4:] if name == b"fdAT" else body)
        except (CutShort, IndexError):
            raise NotWhole(f"its part {name.decode('ascii', 'replace')!r} is cut short") from None
    if last != b"IEND":
        raise NotWhole("it ends without a PNG's end")
    if told is not None and told != frames:
        raise NotWhole(f"it tells of {told:,} frames and has {frames:,}")
    for index, (size, packed) in enumerate(pictures):
        row = 1 + (size[0] * bits * CHANNELS.get(kind, 0) + 7) // 8
        _unpacked(packed, None if interlaced else size[1] * row, index)
    if told is None:
        return Found("still", f"{width}×{height} pixels")
    return Found("film", film_told((width, height), frames, seconds, loop))


def _next(number: int, body: bytes) -> int:
    if unpack_from(">I", body)[0] != number:
        raise NotWhole("its parts are not in order")
    return number + 1


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of a PNG's parts, their checksums verified."""
    place = len(PNG)
    while place < len(data):
        if place + 12 > len(data):
            raise NotWhole("it is cut short")
        length, name = unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        if len(body) < length or place + length + 12 > len(data):
            raise NotWhole("it is cut short")
        if unpack_from(">I", data, place + 8 + length)[0] != zlib.crc32(name + body):
            raise NotWhole(f"the checksum at byte {place:,} is wrong")
        yield name, body
        place += length + 12
        if name == b"IEND" and place < len(data):
            raise NotWhole(f"{len(data) - place:,} bytes follow its end")


def _unpacked(packed: bytes, expected: int | None, number: int) -> None:
    """Inflate and count, holding little."""
    inflated, length = zlib.decompressobj(), 0
    try:
        while not inflated.eof and (piece := inflated.decompress(packed, STEP)):
            length, packed = length + len(piece), inflated.unconsumed_tail
            if expected is not None and length > expected:
                break
    except zlib.error as error:
        raise NotWhole(f"picture {number} is damaged ({error})") from None
    if not inflated.eof or (expected is not None and length != expected):
        raise NotWhole(f"picture {number} has not as many pixels as it tells")


def webp(path: Path) -> Found:
    """A film of a WebP: its length as it tells, and every picture."""
    data = content(path)
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise NotWhole("it does not begin as a WebP does")
    frames, place, milliseconds, loop = 0, 12, 0, 1
    size = (0, 0)
    try:
        if unpack_from("<I", data, 4)[0] + 8 != len(data):
            raise NotWhole("it is not as long as it tells")
        while place < len(data):
            name, length = unpack_from("<4sI", data, place)
            body = data[place + 8 : place + 8 + length]
            if len(body) < length:
                raise NotWhole("it is cut short")
            if name == b"VP8X":
                size = (int.from_bytes(body[4:7], "little") + 1,
                        int.from_bytes(body[7:10], "little") + 1)  # fmt: skip
            elif name == b"ANIM":
                loop = unpack_from("<H", body, 4)[0]
            elif name == b"ANMF":
                frames, milliseconds = (
                    frames + 1,
                    milliseconds + int.from_bytes(body[12:15], "little"),
                )
            place += 8 + length + length % 2
    except CutShort:
        raise NotWhole("it is cut short") from None
    decoded = _decoded(data, "WEBP", frames or 1)
    if not frames:
        return Found("still", f"{decoded[0]}×{decoded[1]} pixels")
    return Found("film", film_told(size, frames, milliseconds / 1000, loop))


def still(kind: str) -> Callable[[Path], Found]:
    """A check of pictures of a kind, as Pillow calls it, which has its own blocks and checksums."""

    def look(path: Path) -> Found:
        width, height = _decoded(content(path), kind, 1)
        return Found("still", f"{width}×{height} pixels")

    return look


def _decoded(data: bytes, kind: str, frames: int) -> tuple[int, int]:
    """Decode every picture with Pillow; the size."""
    from PIL import Image

    number = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(data), formats=[kind]) as opened:
                picture: Any = opened
                if getattr(picture, "n_frames", 1) != frames:
                    raise NotWhole(f"{frames:,} frames are there and {picture.n_frames:,} are read")
                for number in range(frames):
                    picture.seek(number)
                    picture.load()
                return picture.width, picture.height
    # What Pillow raises on bytes that are not what they should be is not only its own.
    except (OSError, RuntimeError, ValueError, IndexError, KeyError, SyntaxError, TypeError,
            EOFError, Image.DecompressionBombError, Warning) as error:  # fmt: skip
        raise NotWhole(f"frame {number} cannot be decoded ({error})") from None
