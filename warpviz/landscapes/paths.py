"""Paths on a landscape: where they run on the plane, where off it, their starts and ends."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.colour import Colour
from warpviz.figures.style import MARKERS, literal, rgb
from warpviz.landscapes.heights import Heights
from warpviz.languages.language import ENGLISH, Language
from warpviz.picture.marks.dots import marker_of
from warpviz.theme import THEMES

WHITE: Colour = (255, 255, 255)
PATHS: tuple[Colour, ...] = (WHITE, (255, 159, 64), (255, 105, 180), (120, 220, 255))
"""Of paths on the surface, on which classes' colours would be lost."""
SHADOW: Colour = (16, 18, 24)
"""Around them, so that they stand out from the brightest ground."""
BOX: Colour = (60, 68, 82)
"""Behind the legend."""
OFF = 0.02
"""A point that lies farther off the plane, in parts of its diagonal, is drawn faint."""
UNSEEN = 0.002
"""A start or an end that lies nearer, in the same parts, is as good as on the plane."""
FAINT = 0.5
"""How much is left of the ink there."""


def astray(land: Heights, name: str) -> Bools:
    """Which points of a path (S,) lie too far off the plane for its colours to be theirs."""
    if name not in land.off:
        return np.zeros(len(land.paths[name]), dtype=bool)
    return np.asarray(land.off[name] > OFF * _diagonal(land))


def _diagonal(land: Heights) -> float:
    units = np.linalg.norm(land.directions, axis=1)
    sides = units * np.array([np.ptp(land.a), np.ptp(land.b)])
    return float(np.hypot(*sides))


def draw_paths(
    land: Heights,
    ax: Any,
    heights: Mapping[str, Floats] | None = None,
    *,
    grown: bool = True,
    legend: str = "long",
    below: float = 1.0,
    say: Language = ENGLISH,
) -> None:
    """Draw the paths, their starts and ends, and a legend of losses into matplotlib's axes.

    Args:
        land: whose paths.
        ax: the axes, in 3-D where there are heights.
        heights: name → (S,) how high the path runs; None on the ground.
        grown: whether paths are drawn; else only where they start and will end.
        legend: "long", "short" or "none", see `legend_for`.
        below: under which height of the picture, 0 … 1, the legend stands in 3-D.
        say: the language.
    """
    handles: list[Any] = []
    begun: list[str] = []
    for number, (name, path) in enumerate(land.paths.items()):
        away = astray(land, name)
        columns = [*path.T] if heights is None else [*path.T, heights[name]]
        if grown:
            _way(ax, columns, away, rgb(path_colour(number)))
        else:
            # Unseen here, so that the legend keeps clear of where the path will be.
            ax.plot(*path.T, alpha=0.0)
        if len(path) > 1 and not any(_same_start(land, name, other) for other in begun):
            where = say("start of {name}", name=literal(name)) if begun else say("start")
            begun.append(name)
            at = [column[:1] for column in columns]
            label = f"{where} {_told(land, name, 0, legend, say)}"
            handles += _mark(ax, at, "X", WHITE, not away[0], label)
        at = [column[-1:] for column in columns]
        label = f"{literal(name)} {_told(land, name, -1, legend, say)}"
        filled = grown and not away[-1]
        handles += _mark(ax, at, path_marker(number), path_colour(number), filled, label)
    if any(astray(land, name).any() for name in land.paths):
        farthest = max(float(off.max()) for off in land.off.values())
        label = say("up to {distance} off the plane", distance=f"{farthest:.2g}")
        if legend == "short":
            label = say("up to {distance} off", distance=f"{farthest:.2g}")
        handles += ax.plot([], [], color="white", alpha=FAINT, label=label)
    if legend != "none":
        _key(ax, handles, None if heights is None else below, say("loss at"))


def _way(ax: Any, columns: Sequence[Floats], away: Bools, colour: Any) -> None:
    """A path of 2 or 3 coordinates (S,), faint where it is off the plane."""
    from matplotlib.patheffects import Normal, Stroke

    style: dict[str, Any] = {"color": colour, "zorder": 5}
    shadow = [Stroke(linewidth=2.2, foreground=(*rgb(SHADOW), 0.5)), Normal()]
    # In 3-D a path may run before the theme's ground.
    dark = 0.15 if len(columns) == 2 else 0.4
    veil = [Stroke(linewidth=2.0, foreground=(*rgb(SHADOW), dark)), Normal()]
    near = [np.where(away, np.nan, column) for column in columns]
    # One line has one opacity; dots upon dots would be as bright as the rest.
    ax.plot(*columns, linewidth=1.0, alpha=FAINT, path_effects=veil, **style)
    ax.plot(*near, ".-", markersize=4, linewidth=0.8, path_effects=shadow, **style)


def _key(ax: Any, handles: Sequence[Any], below: float | None, title: str) -> None:
    """The legend; in 3-D below so much of the picture's height."""
    box = ax.legend(
        handles=handles, loc="best" if below is None else "upper left", framealpha=0.75,
        facecolor=rgb(BOX), labelcolor="white", edgecolor="none", title=title,
        handlelength=1.0, handletextpad=0.5, borderpad=0.3, borderaxespad=0.3, labelspacing=0.25,
    )  # fmt: skip
    if below is not None:
        # In the corner of the picture: the surface fills its axes.
        box.set_in_layout(False)
        box.set_bbox_to_anchor((0.0, below), ax.figure.transFigure)
    box.get_title().set_color("white")
    box.set_zorder(7)


def _same_start(land: Heights, name: str, other: str) -> bool:
    return all(
        np.allclose(each[name][0], each[other][0], atol=1e-9)
        for each in (land.paths, land.losses, land.off)
        if each
    )


def _mark(
    ax: Any, at: list[Floats], marker: str, colour: Colour, filled: bool, label: str
) -> list[Any]:
    from matplotlib.patheffects import Normal, Stroke

    # Hollow where a point lies off the plane, or where a path has still to come.
    size = 0.8 * ax.xaxis.label.get_size() * (1.0 if filled else 1.15)
    edge = rgb(SHADOW if filled else colour)
    around = [] if filled else [Stroke(linewidth=2.5, foreground=rgb(SHADOW)), Normal()]
    return list(
        ax.plot(
            *at, marker, markersize=size, label=label, zorder=6, markeredgecolor=edge,
            markerfacecolor=rgb(colour) if filled else "none", linestyle="none",
            path_effects=around,
        )
    )  # fmt: skip


def _told(land: Heights, name: str, place: int, legend: str, say: Language) -> str:
    """The loss at a place of a path, and how far that lies off the plane if it does."""
    told = short_loss(float(land.losses[name][place])) if name in land.losses else ""
    if name not in land.off or land.off[name][place] < UNSEEN * _diagonal(land):
        return told
    off = say("{distance} off", distance=f"{land.off[name][place]:.2g}")
    return f"{told}\n{off}" if legend == "short" else f"{told} ({off})"


def legend_for(width: float, height: float) -> str:
    """How much a legend can tell on a picture of so many em: "long", "short", or "none"."""
    if width < 14.0 or height < 18.0:
        return "none"
    return "short" if width < 24.0 else "long"


def path_colour(number: int) -> Colour:
    """The colour of a path, by its number."""
    return PATHS[number % len(PATHS)]


def path_marker(number: int) -> str:
    """The marker at a path's end in matplotlib's words, by its number."""
    return MARKERS[marker_of(number, THEMES["dark"])]


def short_loss(value: float) -> str:
    """A loss with three digits.

    >>> short_loss(0.034412), short_loss(12.0), short_loss(23456.0)
    ('0.0344', '12', '23,456')
    """
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
