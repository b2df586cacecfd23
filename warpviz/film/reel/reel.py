"""What the parts that turn a film into files see of it, and what it can be made from anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from warpviz.errors import WarpvizError
from warpviz.film.words.telling import Told
from warpviz.languages.language import language_of, word
from warpviz.motion.timeline import Timeline
from warpviz.picture.figure import AnyScene
from warpviz.picture.film import Film
from warpviz.picture.frame import Frame


@dataclass(frozen=True, eq=False)
class Source:
    """What a film was made from, so that it can be made again in another size.

    Attributes:
        make: called with the options, makes the film.
        options: what it was called with.
        words: called, tells what can be said of each of its K stops; None where that is not known.
    """

    make: Callable[..., Any]
    options: Mapping[str, Any]
    words: Callable[[], Sequence[Told]] | None = None


def made_anew(source: Source | None, **options: Any) -> Any:
    """The film that a source makes with other options.

    Raises:
        WarpvizError: there is no source.
    """
    if source is None:
        raise WarpvizError("This film cannot be made in another size; film its model anew.")
    return source.make(**{**source.options, **options})


TITLE = word("How a neural network moves the plane, layer by layer")
"""Of a film that has no other."""


def title_of(scene: AnyScene) -> str:
    """A line that names the film of a scene."""
    return scene.headline or language_of(scene.language)(TITLE)


class Reel(Film, Protocol):
    """A film whose pictures can be had one by one, and which can be made anew."""

    @property
    def scene(self) -> AnyScene:
        """What is drawn."""

    @property
    def timeline(self) -> Timeline:
        """When."""

    @property
    def autoplay(self) -> str:
        """When a page plays it by itself: a word of `AUTOPLAY`."""

    @property
    def colours(self) -> int:
        """Of the palette, where a format has one."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever made the film should know."""

    @property
    def source(self) -> Source | None:
        """What it was made from; None if it cannot be made in another size."""

    def frame(self, k: int, t: float) -> Frame:
        """The picture of act k, counted from 0, at t in [0, 1]."""

    def remade(
        self,
        *,
        fps: float | None = None,
        colours: int | None = None,
        size: tuple[int, int] | None = None,
    ) -> "Reel":
        """The same film with other frames a second, colours or pixels."""

    def showing(self, scene: AnyScene) -> "Reel":
        """The same film of another scene, on the same clock."""
