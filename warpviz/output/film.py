"""What a writer needs of a film, and what it tells when it is done."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

from warpviz.arrays import Pixels
from warpviz.picture.frame import Frame


@dataclass(frozen=True)
class Written:
    """A finished file.

    Attributes:
        path: where it is.
        frames: how many pictures it holds.
        seconds: how long it plays once; 0 for a still.
        bytes: its size.
    """

    path: Path
    frames: int
    seconds: float
    bytes: int


class Film(Protocol):
    """The side of an animation that writers see: pictures, palette and a few words."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""

    @property
    def palette(self) -> Pixels:
        """(P, 3) uint8, P ≤ 255: one palette for the whole film."""

    @property
    def loop(self) -> int:
        """Total plays; 0 plays forever."""

    @property
    def description(self) -> str:
        """What is seen, for those who cannot see it; may be empty."""

    def frames(self) -> Generator[Frame, None, None]:
        """Every picture in order, one at a time; the writer closes the generator."""

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        """Every picture as ((H, W) palette indices, centiseconds).

        Law: equals `(to_indices(f.pixels, table), f.centiseconds)` for each f of `frames()`;
        a film may compute it on several cores.
        """

    def poster(self) -> Frame:
        """The one picture that stands for the film."""


Writer: TypeAlias = Callable[[Film, Path], Written]
"""Writes a film to a path; the first line of its docstring is what `warpviz list` shows."""
