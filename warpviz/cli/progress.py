"""Progress bars, drawn by tqdm (the extra `warpviz[progress]`): on stderr, at a terminal only."""

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from warpviz.arrays import Pixels
from warpviz.cli.console import Console, is_terminal
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.motion.timeline import Timeline
from warpviz.picture.figure import AnyScene
from warpviz.picture.film import Shot
from warpviz.picture.frame import Frame
from warpviz.training import Fit, TrainingStep

T = TypeVar("T")


def fitted(steps: Generator[TrainingStep, None, Fit], label: str, console: Console) -> Fit:
    """Run training to its end, with a bar that counts epochs and names the loss."""
    with _bar(label, None, "epoch", console) as bar:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                fit: Fit = end.value
                return fit
            if bar is not None:
                bar.total = step.epochs
                bar.set_postfix_str(f"loss {step.loss:.4f}", refresh=False)
                bar.update(step.epoch - bar.n)


@dataclass(frozen=True, eq=False)
class Watched:
    """A film (see `film.reel.reel.Reel`) whose pictures are counted as writers take them."""

    film: Animation
    label: str
    console: Console

    def __len__(self) -> int:
        return len(self.film)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.film.size

    @property
    def palette(self) -> Pixels:
        """(P, 3): the film's palette."""
        return self.film.palette

    @property
    def loop(self) -> int:
        """Total plays; 0 plays forever."""
        return self.film.loop

    @property
    def transparent(self) -> bool:
        """Whether its background is left out."""
        return self.film.transparent

    @property
    def autoplay(self) -> str:
        """When a page plays it by itself."""
        return self.film.autoplay

    @property
    def title(self) -> str:
        """A line that names the film."""
        return self.film.title

    @property
    def description(self) -> str:
        """What is seen, in words."""
        return self.film.description

    @property
    def seconds(self) -> float:
        """How long one play takes."""
        return self.film.seconds

    @property
    def fps(self) -> float:
        """Frames a second while things move."""
        return self.film.fps

    @property
    def chapters(self) -> Sequence[tuple[float, str]]:
        """When each stop begins, and its name."""
        return self.film.chapters

    @property
    def scene(self) -> AnyScene:
        """What is drawn."""
        return self.film.scene

    @property
    def timeline(self) -> Timeline:
        """When."""
        return self.film.timeline

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever made the film should know."""
        return self.film.notes

    @property
    def colours(self) -> int:
        """Of the palette."""
        return self.film.colours

    @property
    def source(self) -> Source | None:
        """What it was made from."""
        return self.film.source

    def frame(self, k: int, t: float) -> Frame:
        """One picture, which is not counted."""
        return self.film.frame(k, t)

    def remade(
        self,
        *,
        fps: float | None = None,
        colours: int | None = None,
        size: tuple[int, int] | None = None,
    ) -> "Watched":
        """The same film with other frames a second, colours or pixels, counted too."""
        return replace(self, film=self.film.remade(fps=fps, colours=colours, size=size))

    def showing(self, scene: AnyScene) -> "Watched":
        """The same film of another scene, counted too."""
        return replace(self, film=self.film.showing(scene))

    def shots(self) -> Generator[Shot, None, None]:
        """Every picture in order."""
        return self._counted(self.film.shots())

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        """Every picture as palette indices with its centiseconds."""
        return self._counted(self.film.indexed(table))

    def poster(self) -> Frame:
        """The picture that stands for the film."""
        return self.film.poster()

    def _counted(self, pictures: Generator[T, None, None]) -> Generator[T, None, None]:
        with _bar(self.label, len(self.film), "frame", self.console) as bar:
            try:
                for picture in pictures:
                    yield picture
                    if bar is not None:
                        bar.update()
            finally:
                pictures.close()


@contextmanager
def _bar(label: str, total: int | None, unit: str, console: Console) -> Iterator[Any]:
    """A tqdm bar, or None where nobody watches."""
    if console.quiet or not is_terminal(sys.stderr):
        yield None
        return
    tqdm = _tqdm(console)
    if tqdm is None:
        yield None
        return
    with tqdm(total=total, desc=label, unit=unit, file=sys.stderr, leave=False) as bar:
        yield bar


@cache
def _tqdm(console: Console) -> Any:
    """What draws bars, or None and, the first time, a note on how to get it."""
    try:
        return import_module("tqdm").tqdm
    except ImportError:
        console.note("Progress bars need tqdm: pip install 'warpviz[progress]'.")
        return None


@contextmanager
def counting(label: str, total: int, console: Console) -> Iterator[Callable[[int, str], None]]:
    """A progress bar that is told how far things are, and a word on how they stand."""
    with _bar(label, total, "step", console) as bar:

        def told(done: int, words: str) -> None:
            if bar is not None:
                bar.set_postfix_str(words, refresh=False)
                bar.update(done - bar.n)

        yield told
