"""What is drawn, and how: the part of a film's options that every picture needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from warpviz.arguments import check_fields, kinds_checked
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError, visible
from warpviz.film.looks.camera import CameraLike, direction_of
from warpviz.film.words.classes import by_said_names
from warpviz.geometry.plane import checked
from warpviz.geometry.sheet import Limits
from warpviz.languages.language import Language, check_language, language_of
from warpviz.motion.camera import Direction
from warpviz.motion.projection import VIEWS
from warpviz.names import unknown_name
from warpviz.own_theme import (
    ClassColours,
    ThemeLike,
    as_theme,
    check_colors,
    coloured,
    look_notes,
)
from warpviz.picture.marks.probe import LETTERS
from warpviz.picture.scene import NETWORK, PARTS, SHOWN
from warpviz.picture.tiling import check_size
from warpviz.picture.words.fonts import find_font
from warpviz.theme import THEMES, Theme, scheme, themed


def known_words(*words: tuple[str, str, Iterable[str]]) -> None:
    """Refuse words that a table does not have: (kind, word, the known ones) each."""
    for kind, word, known in words:
        if word not in known:
            raise unknown_name(kind, word, known)


@dataclass(frozen=True)
class Look:
    """What is drawn, and how.

    Attributes:
        theme: a name of `THEMES`, a file .json or .toml, a `Theme`, or a mapping of some of its
            colours, see `as_theme`.
        colors: of the classes: one for each in order, or by the name of the class.
        transparent: leave the background out, so that the film lies on any slide; see
            `warpviz.output.writers.TRANSPARENT` for the formats.
        size: width, height in pixels; None is the film's own.
        font: a font file or family.
        title: over the film.
        show: parts to draw besides the usual ones; as a film's keyword one part may be its name.
        hide: parts not to draw.
        network: draw the whole network beside the sheet.
        trail: points that are followed through the acts, eight at most: places in the input's own
            units, (x, y), or points of the data by number from 0.
        view: a name of `VIEWS`.
        camera: where states in space are seen from, (elev, azim) in degrees, see `direction_of`;
            None turns as shows them best.
        turntable: the stop, from 0, the input, that is turned around once instead of a film of all;
            None for none.
        limits: x0, x1, y0, y1 of the sheet; None follows the data.
        language: of all that is said, a name of `LANGUAGES`.
    """

    theme: ThemeLike = "dark"
    colors: ClassColours | None = None
    transparent: bool = False
    size: tuple[int, int] | None = None
    font: str | None = None
    title: str = ""
    show: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    network: bool = False
    trail: Sequence[int | Sequence[float]] = ()
    view: str = "auto"
    camera: CameraLike | None = None
    turntable: int | None = None
    limits: Limits | None = None
    language: str = "en"

    def __post_init__(self) -> None:
        check_fields(self)
        object.__setattr__(self, "title", visible(self.title))
        object.__setattr__(self, "trail", tuple(self.trail))
        _check_trail(self.trail, self.turntable)
        known_words(("view", self.view, VIEWS))
        known_words(*(("part", part, PARTS) for part in (*self.show, *self.hide)))
        check_colors(self.colors)
        check_language(self.language)
        _ = self.colours, self.direction  # tell what is wrong with them
        if self.limits is not None:
            checked(self.limits)
        if self.font is not None:
            find_font(self.font)
        if self.size is not None:
            check_size(*self.size)

    @property
    def parts(self) -> frozenset[str]:
        """The parts that are drawn."""
        drawn = SHOWN | set(self.show) | ({NETWORK} if self.network else set())
        return drawn - set(self.hide)

    @property
    def face(self) -> Path:
        """The font file: the one that was asked for, else one that has the language's letters."""
        return find_font(self.font, self.say.letters)

    @property
    def say(self) -> Language:
        """The language itself."""
        return language_of(self.language)

    @cached_property
    def direction(self) -> Direction | None:
        """The camera's direction, where one is told."""
        return None if self.camera is None else direction_of(self.camera)

    @cached_property
    def colours(self) -> Theme:
        """The theme itself."""
        return replace(as_theme(self.theme), transparent=self.transparent)

    @kinds_checked
    def dressed(self, data: Dataset) -> Theme:
        """The theme for data, with colours of one's own for its classes.

        Raises:
            WarpvizError: for colours that do not fit the classes.
        """
        numbers = data.targets is not None
        made, names = themed(self.colours, data.n_classes, numbers), tuple(data.class_names)
        return coloured(made, by_said_names(self.colors, names, self.say), names, numbers)

    @kinds_checked
    def notes(self, data: Dataset | None = None) -> tuple[str, ...]:
        """What is to be told of colours of one's own; nothing of ours."""
        told: tuple[str, ...] = ()
        if self.transparent:
            told += (
                f"The background is left out; text and lines are for a {scheme(self.colours)} "
                "slide, see --theme.",
            )
        if self.colors is None and as_theme(self.theme) in THEMES.values():
            return told
        if data is None:
            return told + look_notes(self.colours, ())
        return told + look_notes(self.dressed(data), tuple(data.class_names))


def _check_trail(trail: Sequence[object], turntable: int | None) -> None:
    """Refuse more points than letters, and ways through acts where there are none."""
    if len(trail) > len(LETTERS):
        raise WarpvizError(f"trail expects {len(LETTERS)} points at most, got {len(trail)}.")
    if trail and turntable is not None:
        raise WarpvizError("turntable shows one stop, a trail leads through all; leave out one.")
