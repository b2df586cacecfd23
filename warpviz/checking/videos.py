"""Videos: the container from its first byte to its last, and every frame decoded."""

from importlib import import_module
from pathlib import Path
from struct import error as CutShort
from struct import unpack_from
from typing import Any, BinaryIO

from warpviz.checking.found import Found, NotWhole, content, film_told
from warpviz.errors import WarpvizError

MOST = 10_000_000
"""Frames of a video that are decoded."""


def mp4(path: Path) -> Found:
    """A film of an MP4 or a QuickTime file.

    Raises:
        NotWhole: as all checks here.
        WarpvizError: PyAV, which decodes, is not installed.
    """
    data = content(path)
    names, place = [], 0
    try:
        while place < len(data):
            length, name = unpack_from(">I4s", data, place)
            if length == 1:
                length = unpack_from(">Q", data, place + 8)[0]
            if length < 8 or place + length > len(data):
                raise NotWhole("it is cut short, or no MP4")
            names.append(name)
            place += length
    except CutShort:
        raise NotWhole("it is cut short, or no MP4") from None
    if missing := {b"ftyp", b"moov", b"mdat"} - set(names):
        raise NotWhole(f"it lacks its part {sorted(missing)[0].decode()!r}")
    return _film(path, "mp4")


def webm(path: Path) -> Found:
    """A film of a WebM, or of the Matroska that it is a kind of; errors as `mp4`."""
    data = content(path)
    if data[:4] != b"\x1aE\xdf\xa3":
        raise NotWhole("it does not begin as a WebM does")
    place, _ = _element(data, 0)
    if data[place : place + 4] != b"\x18S\x80g":
        raise NotWhole("it is cut short, or no WebM")
    end, known = _element(data, place)
    if not known:
        raise NotWhole("its writing was broken off")
    if end != len(data):
        raise NotWhole("it is not as long as it tells")
    return _film(path, "webm")


def _element(data: bytes, place: int) -> tuple[int, bool]:
    """Where an element of four letters ends, and whether it tells. Source: RFC 8794."""
    first = data[place + 4] if place + 4 < len(data) else 0
    if not first:
        raise NotWhole("it is cut short, or no WebM")
    width = 9 - first.bit_length()
    number = int.from_bytes(data[place + 4 : place + 4 + width]) & (1 << 7 * width) - 1
    return place + 4 + width + number, number != (1 << 7 * width) - 1


def _film(path: Path, kind: str) -> Found:
    size, frames, seconds = decoded(f"file:{path}", kind, path)
    return Found("film", film_told(size, frames, seconds, None))


def decoded(source: str | BinaryIO, kind: str, path: Path) -> tuple[tuple[int, int], int, float]:
    """Decode every frame of a video.

    Args:
        source: a file's address, as file:fold.mp4, or its bytes.
        kind: of container, as ffmpeg calls it.
        path: of the file, for what is told.

    Returns:
        Width and height, how many frames, and how many seconds.

    Raises:
        NotWhole: a frame cannot be decoded.
        WarpvizError: PyAV is not installed.
    """
    try:
        av: Any = import_module("av")
    except ImportError:
        raise WarpvizError(
            f"Cannot check {path}: video needs PyAV; install it with: pip install 'warpviz[video]'."
        ) from None
    count, end = 0, 0.0
    try:
        with av.open(source, format=kind) as container:
            if not container.streams.video:
                raise NotWhole("there is no picture in it")
            stream = container.streams.video[0]
            size, told = (stream.width, stream.height), stream.frames
            rate = float(stream.average_rate or 0)
            for frame in container.decode(stream):
                count, end = count + 1, float(frame.time or 0.0)
                if frame.is_corrupt or count > MOST:
                    raise NotWhole(f"frame {count - 1} is damaged")
    # A stream whose codec is not known has no size.
    except (av.error.FFmpegError, AttributeError, OSError, ValueError) as error:
        raise NotWhole(f"frame {count} cannot be decoded ({error})") from None
    if not count or (told and told != count):
        raise NotWhole(f"it tells of {told:,} frames and has {count:,}")
    return size, count, end + (1 / rate if rate else 0.0)
