"""A film cut into its acts: each a little film from one stop to the next, without the rests.

The picture of a stop ends one act and begins the next, so that nothing jumps between slides.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain

from warpviz.arrays import Pixels
from warpviz.film.reel.reel import Reel
from warpviz.output.lookup import to_indices
from warpviz.picture.film import Film, Shot
from warpviz.picture.frame import Frame

REST = 0.2
"""Seconds of an act's last picture: programs that drop the last frame still end on it."""


@dataclass(frozen=True, eq=False)
class Act:
    """One act as a film (see `warpviz.picture.film.Film`), whose pictures are taken once, in order.

    Attributes:
        film: of which it is a part.
        first: the picture of the stop that it leaves.
        rest: the pictures behind it, the last of them the next stop.
        steps: how many those are.
    """

    film: Film
    first: Shot
    rest: Iterator[Shot]
    steps: int
    loop: int = 1
    chapters: tuple[tuple[float, str], ...] = ()

    def __len__(self) -> int:
        return 1 + self.steps

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.film.size

    @property
    def transparent(self) -> bool:
        """Whether its background is left out."""
        return self.film.transparent

    @property
    def palette(self) -> Pixels:
        """(P, 3): the film's."""
        return self.film.palette

    @property
    def title(self) -> str:
        """The film's."""
        return self.film.title

    @property
    def description(self) -> str:
        """The film's."""
        return self.film.description

    @property
    def fps(self) -> float:
        """Frames a second."""
        return self.film.fps

    @property
    def seconds(self) -> float:
        """How long it moves and rests at its end."""
        return self.steps / self.fps + REST

    def shots(self) -> Generator[Shot, None, None]:
        """Every picture for a frame's time, and the last one a little longer."""
        for number, shot in enumerate(chain([self.first], self.rest)):
            seconds = REST if number == self.steps else 1.0 / self.fps
            yield Shot(shot.pixels, max(1, round(100 * seconds)), seconds)

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        """The same as palette indices with their centiseconds."""
        for shot in self.shots():
            yield to_indices(shot.pixels, table), shot.centiseconds

    def poster(self) -> Frame:
        """Its first picture."""
        return Frame(self.first.pixels, self.first.centiseconds)


class _Roll:
    """A film's pictures in order, and the last one that was taken."""

    def __init__(self, shots: Iterator[Shot]) -> None:
        self._shots = shots
        self.last = next(shots)

    def take(self, count: int) -> Iterator[Shot]:
        for _ in range(count):
            self.last = next(self._shots)
            yield self.last


def acts_of(film: Reel, whole: bool = False) -> Generator[Act, None, None]:
    """Every act in order; each is to be taken to its end before the next one is asked for.

    Args:
        film: the film.
        whole: take all of it as one act.
    """
    steps = [film.timeline.steps(k) for k in film.timeline.stops[:-1]]
    if film.timeline.cyclic:
        steps[-1] -= 1  # Its last picture leads to its first one.
    if whole:
        steps = [sum(steps)] * bool(steps)
    with closing(film.shots()) as shots:
        roll = _Roll(shots)
        for count in steps:
            yield Act(film, roll.last, roll.take(count), count)
