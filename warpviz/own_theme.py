"""A theme of one's own: by name, from a file or a mapping; colours of classes; what is told of it.

given ── as_theme ──► theme ── themed ──► for the data ── coloured ──► with classes of one's own
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any, TypeAlias

from warpviz.colour import Colour, contrast, oklab_of, rgb_of
from warpviz.colour_names import colour_of
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name
from warpviz.theme import THEMES, Theme, scheme, theme

LARGEST = 2**20  # letters of a file; more are not read
ThemeLike: TypeAlias = str | os.PathLike[str] | Theme | Mapping[str, Any]
"""A name of `THEMES`, a file .json or .toml, a `Theme`, or a mapping of some of its colours."""
ClassColours: TypeAlias = Sequence[Any] | Mapping[str, Any]
"""A colour for each class in order, or for some of them by name."""

SEVERAL = ("classes", "cloth", "creases")
"""Fields of several colours."""
NO_COLOURS = {"markers", "ramp", "transparent"}
COLOURS = tuple(each.name for each in fields(Theme) if each.name not in NO_COLOURS)
"""Fields of a theme that a mapping may have."""
TO_BE_READ, TO_BE_SEEN = 4.5, 3.0
"""Contrast that text needs, and that lines and marks need (WCAG 2.2, 1.4.3 and 1.4.11)."""
ALIKE = 0.1
"""Distance in Oklab below which colours of two classes are told to be alike; ours are further."""
CLOTH = {"dark": (-0.155, 0.93, (0.5, 0.71)), "light": (0.15, 0.85, (0.7, 0.84))}
"""How much lighter cloth is than its class' dots, in Oklab, which part of their chroma it has, and
its least and greatest lightness: that of our own classes."""


def as_theme(given: ThemeLike) -> Theme:
    """A theme by its name, from a file, from itself, or from some of its colours.

    Args:
        given: a mapping, or the one in a file, has fields of `Theme`; those that it lacks are of
            "extends", which is "dark" where it is not said, and cloth follows from classes.
            Colours are what `colour_of` takes.

    Raises:
        WarpvizError: for a name, a field or a colour that there is not, or a file that cannot be
            read.

    >>> as_theme({"extends": "light", "background": "#fffaf0"}).background
    (255, 250, 240)
    """
    if isinstance(given, Theme):
        return given
    if isinstance(given, Mapping):
        return _of_mapping(given)
    path = Path(given)
    if isinstance(given, str) and not path.suffix and path.name == given:
        return theme(given)
    try:
        return _of_mapping(_read(path))
    except WarpvizError as error:
        if str(error).startswith("Cannot read"):
            raise
        raise WarpvizError(f"{path}: {error}") from None


def _read(path: Path) -> Mapping[str, Any]:
    """The mapping in a file."""
    import tomllib

    readers = {".json": json.loads, ".toml": tomllib.loads}
    if path.suffix.lower() not in readers:
        what = f"it expects one of {', '.join(sorted(THEMES))}, or a file .json or .toml."
        raise WarpvizError(f"Cannot read a theme from {path}: {what}")
    try:
        with path.open(encoding="utf-8-sig") as file:
            found = readers[path.suffix.lower()](file.read(LARGEST))
    except OSError as error:
        raise WarpvizError(f"Cannot read {path}: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:  # both readers' errors, and wrong bytes
        raise WarpvizError(f"Cannot read {path}: {error}.") from None
    if not isinstance(found, Mapping):
        raise WarpvizError(f"Cannot read {path}: it holds no colours by name.")
    return found


def _of_mapping(given: Mapping[str, Any]) -> Theme:
    changes = dict(given)
    extends = changes.pop("extends", "dark")
    if not isinstance(extends, str):
        raise WarpvizError(f"extends expects the name of a theme, got {extends!r:.40}.")
    base = theme(extends)
    for name, value in changes.items():
        if name not in COLOURS:
            raise unknown_name("colour of a theme", name, (*COLOURS, "extends"))
        try:
            if name not in SEVERAL:
                changes[name] = colour_of(value)
                continue
            if isinstance(value, str) or not isinstance(value, Sequence) or not len(value):
                raise WarpvizError(f"it expects several colours, got {value!r:.40}.")
            changes[name] = tuple(map(colour_of, value))
        except WarpvizError as error:
            raise WarpvizError(f"The theme's {name}: {error}") from None
    made = replace(base, **changes)
    if "classes" in changes and "cloth" not in changes:
        made = replace(made, cloth=cloths_of(made.classes, made))
    return made


def cloth_of(colour: Colour, base: Theme) -> Colour:
    """The cloth that belongs to dots of a colour: darker on dark ground, lighter on light.

    >>> cloth_of((255, 159, 64), THEMES["dark"])
    (198, 113, 5)
    """
    lighter, chroma, (least, most) = CLOTH[scheme(base)]
    light, a, b = oklab_of(colour)
    return rgb_of((min(max(light + lighter, least), most), chroma * a, chroma * b))


def cloths_of(classes: Sequence[Colour], base: Theme) -> tuple[Colour, ...]:
    """The cloth of each class, see `cloth_of`."""
    return tuple(cloth_of(colour, base) for colour in classes)


def coloured(
    base: Theme, colors: ClassColours | None, names: Sequence[str], numbers: bool = False
) -> Theme:
    """A theme for data with colours of one's own for its classes.

    Args:
        base: for the data, see `themed`.
        colors: one for each class in order, or name → colour; None leaves all as they are.
        names: of the classes.
        numbers: whether these are levels of a number, which have a scale.

    Raises:
        WarpvizError: for too few or too many colours, a class that there is not, or no colour.
    """
    if colors is None:
        return base
    if numbers:
        raise WarpvizError("colors are of classes; these labels are numbers, and have a scale.")
    own = colours_by_class(colors, names)
    cloths = {k: cloth_of(colour, base) for k, colour in own.items()}
    return replace(
        base,
        classes=_with(base.classes, own, len(names)),
        cloth=_with(base.cloth, cloths, len(names)),
    )


def _with(ours: tuple[Colour, ...], own: Mapping[int, Colour], least: int) -> tuple[Colour, ...]:
    """Colours in a row, some of them others; at least so many."""
    count = max(len(ours), least)
    return tuple(own.get(k, ours[k % len(ours)]) for k in range(count))


def colours_by_class(colors: ClassColours, names: Sequence[str]) -> dict[int, Colour]:
    """The colours that were given, by the number of the class.

    >>> colours_by_class({"b": "teal"}, ["a", "b"]), colours_by_class(["0", "1"], ["a", "b"])
    ({1: (0, 128, 128)}, {0: (0, 0, 0), 1: (255, 255, 255)})
    """
    if isinstance(colors, Mapping):
        for name in colors:
            if str(name) not in names:
                raise unknown_name("class", name, names)
        return {names.index(str(name)): colour_of(given) for name, given in colors.items()}
    if len(colors) != len(names):
        raise WarpvizError(
            f"colors expects one for each of the {len(names)} classes, {', '.join(names)}, "
            f"got {len(colors)}; give as many, or some by name."
        )
    return {k: colour_of(given) for k, given in enumerate(colors)}


def check_colors(colors: ClassColours | None) -> None:
    """Refuse what are no colours before the classes are known.

    Raises:
        WarpvizError: for a text, none at all, or something that is no colour.
    """
    if colors is None:
        return
    if isinstance(colors, str) or not len(colors):
        raise WarpvizError(f"colors expects several colours, or class: colour, got {colors!r:.40}.")
    for each in colors.values() if isinstance(colors, Mapping) else colors:
        colour_of(each)


def look_notes(look: Theme, names: Sequence[str]) -> tuple[str, ...]:
    """What is told of colours that are not ours: their contrast, and classes that look alike.

    Args:
        look: the theme as it is drawn.
        names: of the classes.
    """
    return (contrast_note(look, names), *_alike(look, names))


def contrast_note(look: Theme, names: Sequence[str] = ()) -> str:
    """The contrast of text, dots and lines with the background, and what is too weak (WCAG 2.2).

    >>> contrast_note(THEMES["light"])[:64]
    'Contrast with the background (WCAG): text 17.0, axes 5.9, dots f'
    """

    def least(colours: Sequence[Colour]) -> float:
        return min(contrast(each, look.background) for each in colours)

    dots = look.classes[: len(names)] if names else look.classes
    found = {
        "text": (least([look.text]), TO_BE_READ),
        "axes": (least([look.muted]), TO_BE_READ),
        "dots from": (least(dots), TO_BE_SEEN),
        "lines": (least([look.line]), TO_BE_SEEN),
        "creases from": (least(look.creases), TO_BE_SEEN),
        "boundary": (least([look.boundary]), TO_BE_SEEN),
    }
    # Rounded down, so that what is enough is told to be so.
    told = ", ".join(f"{part} {int(10 * ratio) / 10:.1f}" for part, (ratio, _) in found.items())
    weak = [part.removesuffix(" from") for part, (ratio, need) in found.items() if ratio < need]
    verdict = (
        f"{' and '.join(weak)} will be hard to see ({TO_BE_READ:g} is asked of text, "
        f"{TO_BE_SEEN:g} of the rest)"
        if weak
        else "all are enough"
    )
    return f"Contrast with the background (WCAG): {told}; {verdict}."


def _alike(look: Theme, names: Sequence[str]) -> tuple[str, ...]:
    """The two classes whose colours are nearest, where these are hard to tell apart."""
    if len(names) < 2 or look.ramp:
        return ()
    labs = [oklab_of(colour) for colour in look.classes[: len(names)]]
    pairs = ((dist(labs[a], labs[b]), a, b) for a, b in combinations(range(len(labs)), 2))
    apart, a, b = min(pairs, default=(1.0, 0, 0))
    if apart >= ALIKE:
        return ()
    return (
        f"The colours of {names[a]} and {names[b]} are {apart:.2f} apart in Oklab, which is hard "
        f"to tell; {ALIKE:g} and more is safe, and their markers differ.",
    )
