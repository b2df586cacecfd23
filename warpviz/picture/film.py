"""What a writer needs of a film, and what it tells when it is done."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from warpviz.arrays import Pixels
from warpviz.names import unknown_name
from warpviz.picture.frame import Frame

AUTOPLAY = ("seen", "always", "0")
"""When a page plays its film by itself: while half of it is on the screen, always, when asked."""


def check_autoplay(word: str) -> None:
    """Refuse what is no word of `AUTOPLAY`.

    Raises:
        WarpvizError: with the words there are.
    """
    if word not in AUTOPLAY:
        raise unknown_name("autoplay", word, AUTOPLAY)


@dataclass(frozen=True)
class Written:
    """A finished file.

    Attributes:
        path: where it is.
        frames: how many pictures it holds.
        seconds: how long it plays once; 0 for a still.
        bytes: its size.
        changes: what was given up to keep a size, in words; "" for nothing.
    """

    path: Path
    frames: int
    seconds: float
    bytes: int
    changes: str = ""


@runtime_checkable
class ByteFile(Protocol):
    """A file object open for bytes."""

    def write(self, data: bytes, /) -> object:
        """Put bytes at its end."""


class Shot(NamedTuple):
    """One picture of a film and its time, for formats with clocks of their own.

    Attributes:
        pixels: (H, W, 3) uint8, sRGB; (H, W, 4) with opacity where the film is transparent.
        centiseconds: how long it stays, whole, what rounding leaves carried on.
        seconds: how long it stays.
    """

    pixels: Pixels
    centiseconds: int
    seconds: float


class Film(Protocol):
    """The side of an animation that writers see: pictures, palette and a few words."""

    def __len__(self) -> int:
        """How many pictures it has."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""

    @property
    def transparent(self) -> bool:
        """Whether its background is left out."""

    @property
    def palette(self) -> Pixels:
        """(P, 3) uint8, P ≤ 255: one palette for the whole film."""

    @property
    def loop(self) -> int:
        """Total plays; 0 plays forever."""

    @property
    def title(self) -> str:
        """A line that names the film."""

    @property
    def description(self) -> str:
        """What is seen, for those who cannot see it; may be empty."""

    @property
    def seconds(self) -> float:
        """How long one play takes."""

    @property
    def fps(self) -> float:
        """Frames a second while things move."""

    @property
    def chapters(self) -> Sequence[tuple[float, str]]:
        """When each stop begins, in seconds, and its name; the first at 0."""

    def shots(self) -> Generator[Shot, None, None]:
        """Every picture in order, one at a time; the writer closes the generator."""

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        """Every picture as ((H, W) palette indices, centiseconds).

        Law: equals `(to_indices(s.pixels, table), s.centiseconds)` for each s of `shots()`.
        """

    def poster(self) -> Frame:
        """The one picture that stands for the film."""


Writer: TypeAlias = Callable[[Film, Path], Written]
"""Writes a film to a path; the first line of its docstring is what `warpviz list` shows."""
