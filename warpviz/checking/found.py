"""What a check finds, and how it says that a file is not whole."""

from dataclasses import dataclass
from pathlib import Path

LARGEST = 2**30
"""Bytes of a file that is looked into."""


class NotWhole(Exception):
    """What is wrong with a file, as the second half of a sentence."""


@dataclass(frozen=True)
class Found:
    """What a whole file holds.

    Attributes:
        kind: film, slides, still, page, drawing, model, run, data, source or frames.
        told: the rest, in words.
    """

    kind: str
    told: str


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        NotWhole: there is no such file, it cannot be read, or has more than a gigabyte.
    """
    try:
        if not path.is_file():
            raise NotWhole("it is no file" if path.exists() else "there is no such file")
        if path.stat().st_size > LARGEST:
            raise NotWhole("it has more than a gigabyte, which is not looked into")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotWhole(f"it cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if not data:
        raise NotWhole("it is empty")
    return data


def text_of(path: Path) -> str:
    """The text of a file in UTF-8; errors as `content`."""
    try:
        return content(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotWhole(f"byte {error.start:,} is not UTF-8") from None


def counted(count: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "frame"), counted(1200, "frame")
    ('1 frame', '1,200 frames')
    """
    return f"{count:,} {thing}{'s' * (count != 1)}"


def film_told(size: tuple[int, int], frames: int, seconds: float, loop: int | None) -> str:
    """A film in words; `loop` is the total plays, 0 for ever, None where a format has none."""
    plays = {None: "", 0: ", plays for ever", 1: ", plays once"}
    told = plays[loop] if loop in plays else f", plays {loop} times"
    return f"{counted(frames, 'frame')}, {seconds:.2f} s, {size[0]}×{size[1]} pixels{told}"
