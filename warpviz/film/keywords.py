"""The keywords of films, for type checkers: `def animate(…, **options: Unpack[FilmOptions])`.

What each means is said in `warpviz.film.options`; which film honours which is said here, and is
what the film takes.
"""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from warpviz.film.looks.camera import CameraLike
from warpviz.geometry.sheet import Limits
from warpviz.own_theme import ClassColours, ThemeLike


class ChartOptions(TypedDict, total=False):
    """Of films of curves that settle."""

    theme: ThemeLike
    size: tuple[int, int] | str | None
    fps: float
    seconds: float | None
    hold: float | None
    start_hold: float | None
    end_hold: float | None
    loop: int
    jobs: int
    language: str
    transparent: bool


class TrainingOptions(ChartOptions, total=False):
    """Of films of training, in which a sheet moves beside a chart."""

    colors: ClassColours | None
    font: str | None
    show: str | tuple[str, ...]
    hide: str | tuple[str, ...]
    view: str
    camera: CameraLike | None
    limits: Limits | None


class StatesOptions(TrainingOptions, total=False):
    """Of films of states, whose maps are not known."""

    title: str
    hold_at: Mapping[int, float]
    ease: str
    caption: str
    turntable: int | None


class FilmOptions(StatesOptions, total=False):
    """Of films of networks, layer by layer."""

    network: bool
    trail: Sequence[int | Sequence[float]]
    motion: str
    whole_layers: bool
    softmax: bool
    one_by_one: bool


def keywords_of(kind: type) -> tuple[str, ...]:
    """The keywords that a kind of film takes.

    >>> keywords_of(ChartOptions)[:2]
    ('theme', 'size')
    """
    return tuple(kind.__annotations__)
