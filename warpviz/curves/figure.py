"""Activations drawn: function and slope together on true axes, with what happens where marked."""

import math
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.curves.drawable import Drawable, drawables, heights
from warpviz.curves.table import records_of
from warpviz.curves.words import number, said
from warpviz.errors import WarpvizError
from warpviz.figures.files import save_figure
from warpviz.figures.style import check_axes, dress, rgb
from warpviz.languages.language import ENGLISH, Language, language_of
from warpviz.model.activations import ActivationFunction
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.theme import Theme

INCHES = 3.1
"""Of a panel, across."""
COLUMNS = 4
DPI, LEAST_DPI = 150, 72
"""Pixels an inch, usual and least; words are given in points."""
LETTERS = 46
"""Of a line over a curve, at most."""


@kinds_checked
def plot_activation(
    activation: str | ActivationFunction,
    ax: Any,
    *,
    limits: tuple[float, float] | None = None,
    theme_name: ThemeLike = "light",
) -> None:
    """Draw an activation and its slope into matplotlib's axes, on true axes.

    Kinks are rings, turns are diamonds; where f falls the ground is shaded: there the sheet lies
    folded back. The ring on the slope is its least value, from which the threshold follows.

    Args:
        activation: a name, a formula, or a record.
        ax: the axes.
        limits: of z; None is −4 to 4, or as far as there are kinks.
        theme_name: for the colours.

    Raises:
        WarpvizError: for a name that no activation has, or what is no axes.
    """
    check_axes("plot_activation", ax)
    (drawn,) = drawables(records_of([activation]), limits)
    draw(drawn, ax, heights([drawn]), as_theme(theme_name))


def draw(
    drawn: Drawable, ax: Any, levels: tuple[float, float], colours: Theme, say: Language = ENGLISH
) -> None:
    """Draw one of several; `levels` are the lowest and the highest value that are drawn."""
    muted, ink = rgb(colours.muted), rgb(colours.text)
    crease, ground = rgb(colours.creases[0]), rgb(colours.background)
    facts, z, limits = drawn.facts, drawn.z, (float(drawn.z[0]), float(drawn.z[-1]))
    ax.set(xlim=limits, ylim=levels, xlabel="z")
    ax.set_aspect("equal")
    ax.axhline(0.0, color=muted, linewidth=0.6)
    ax.axvline(0.0, color=muted, linewidth=0.6)
    side = ax.get_xaxis_transform()
    ax.fill_between(
        z, 0, 1, where=drawn.falls, transform=side, color=crease, alpha=0.16, linewidth=0
    )
    shade_undefined(drawn, ax, colours)
    for limit, at in ((facts.left_limit, limits[0]), (facts.right_limit, limits[1])):
        if limit is not None and levels[0] <= limit <= levels[1]:
            ax.plot([0.0, at], [limit, limit], color=muted, linewidth=0.9, linestyle=":")
    first, second = (rgb(colour) for colour in colours.pair)
    ax.plot(z, drawn.slopes, color=second, linewidth=1.3, linestyle=(0, (4, 1.5)))
    ax.plot(z, drawn.values, color=first, linewidth=2.0)
    marks: Any = {"linestyle": "none", "markeredgecolor": ink, "markeredgewidth": 0.8}
    kinks = np.array([at for at in facts.breakpoints if at not in facts.jumps_at])
    for places, style in ((kinks, "o"), (np.array(facts.fold_points), "D")):
        inside = places[(places > limits[0]) & (places < limits[1])]
        if len(inside):
            colour = crease if style == "D" else ground
            ax.plot(
                inside, drawn.record.f(inside), style, color=colour, markersize=5, zorder=4, **marks
            )
    least = drawn.lowest_slope
    if least is not None:
        ax.plot(*least, "o", color="none", markeredgecolor=second, markersize=6, zorder=4)
        told = "" if facts.smallest_slope is None else f"f′ = {number(facts.smallest_slope)}"
        ax.annotate(
            told, least, (0, -11), textcoords="offset points", color=second, fontsize=7, va="top",
            ha="center", zorder=5, annotation_clip=True,
            bbox={"facecolor": ground, "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
        )  # fmt: skip
    ax.set_title("\n".join(map(_cut, said(facts, say))), loc="left", fontsize=8, color=muted)
    ax.annotate(
        name_of(drawn.record), (0, 1), (0, 28), xycoords="axes fraction",
        textcoords="offset points", color=ink, fontsize=11, va="bottom", annotation_clip=False,
    )  # fmt: skip


def shade_undefined(drawn: Drawable, ax: Any, colours: Theme) -> None:
    """Hatch where f is not defined, of one panel; a hole is a line."""
    low, high = float(drawn.z[0]), float(drawn.z[-1])
    muted = rgb(colours.muted)
    for start, end in drawn.facts.undefined:
        left, right = low if start is None else start, high if end is None else end
        if left == right and low < left < high:
            ax.axvline(left, color=muted, linewidth=1.0, linestyle=(0, (2, 2)))
        elif left < high and right > low:
            ax.axvspan(max(left, low), min(right, high), **_hatched(muted))


def _hatched(colour: Any) -> dict[str, Any]:
    return {"facecolor": "none", "edgecolor": colour, "hatch": "///", "linewidth": 0, "alpha": 0.5}


def _cut(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"


def name_of(record: ActivationFunction, most: int = 34) -> str:
    """What stands over a curve: the name, and the formula where it is short."""
    formula = record.caption.replace("{z}", "z")
    if not formula or record.label == formula or record.label == record.formula:
        return record.label if len(record.label) <= most else f"{record.label[: most - 1]}…"
    both = f"{record.label}: {formula}"
    return both if len(both) <= most else record.label


def measured(
    drawn: Sequence[Drawable], levels: tuple[float, float], size: tuple[int, int] | None
) -> tuple[tuple[int, int], tuple[float, float], float]:
    """Columns and rows, inches, and pixels an inch: words grow and shrink with the picture.

    Raises:
        WarpvizError: so many cannot be read in a picture of this size.
    """
    columns = min(COLUMNS, len(drawn))
    rows = -(-len(drawn) // columns)
    across = float(drawn[0].z[-1] - drawn[0].z[0])
    tall = INCHES * 0.9 * (levels[1] - levels[0]) / across + 0.95
    inches = (max(columns * INCHES, 4.2), rows * tall + 0.35)
    if size is None:
        return (columns, rows), inches, float(DPI)
    dpi = min(pixels / side for pixels, side in zip(size, inches, strict=True))
    if dpi < LEAST_DPI:
        enough = "x".join(str(math.ceil(LEAST_DPI * side)) for side in inches)
        raise WarpvizError(
            f"The curves of {len(drawn)} activations in {size[0]}x{size[1]} pixels would be too "
            f"small to read; choose a size of {enough} or more."
        )
    return (columns, rows), (size[0] / dpi, size[1] / dpi), dpi


def activations_figure(
    records: Sequence[ActivationFunction],
    theme_name: ThemeLike,
    limits: tuple[float, float] | None,
    size: tuple[int, int] | None = None,
    say: Language = ENGLISH,
) -> Any:
    """All of them side by side, as a figure of matplotlib's."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    colours = as_theme(theme_name)
    drawn = drawables(records, limits)
    levels = heights(drawn)
    (columns, rows), inches, dpi = measured(drawn, levels, size)
    figure = Figure(
        inches, dpi=dpi,
        facecolor=rgb(colours.background), layout="constrained",
    )  # fmt: skip
    FigureCanvasAgg(figure)
    for number_, each in enumerate(drawn):
        ax = figure.add_subplot(rows, columns, number_ + 1)
        dress(ax, colours)
        draw(each, ax, levels, colours, say)
    _legend(figure, colours, say, any(each.facts.undefined for each in drawn))
    return figure


def _legend(figure: Any, colours: Theme, say: Language, undefined: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    first, second = (rgb(colour) for colour in colours.pair)
    ink, crease = rgb(colours.text), rgb(colours.creases[0])
    mark: Any = {"linestyle": "none", "markeredgecolor": ink, "markersize": 5}
    keys = [
        Line2D([], [], color=first, linewidth=2.0, label="f(z)"),
        Line2D([], [], color=second, linewidth=1.3, linestyle=(0, (4, 1.5)), label="f′(z)"),
        Line2D([], [], marker="o", color=rgb(colours.background), label=say("kink"), **mark),
        Line2D([], [], marker="D", color=crease, label=say("turn"), **mark),
        Patch(color=crease, alpha=0.16, label=say("falls: folded back")),
        Line2D([], [], color=rgb(colours.muted), linestyle=":", label=say("limit")),
    ]
    if undefined:
        keys.append(Patch(label=say("undefined"), **_hatched(rgb(colours.muted))))
    figure.legend(
        handles=keys, loc="outside lower left", ncols=3 if figure.get_figwidth() < 6 else len(keys),
        frameon=False, fontsize=8, labelcolor=rgb(colours.text),
    )  # fmt: skip


def save_activations(
    names: Sequence[str | ActivationFunction],
    path: str | os.PathLike[str],
    *,
    theme_name: ThemeLike = "light",
    limits: tuple[float, float] | None = None,
    size: tuple[int, int] | None = None,
    language: str = "en",
) -> Path:
    """Draw activations side by side into a .svg, .pdf or .png.

    Args:
        names: of activations, formulas, or records; all there are where it is empty.
        path: the file.
        theme_name: a theme, see `as_theme`.
        limits: of z.
        size: in pixels; None is as much as the panels need.
        language: of its words.

    Raises:
        WarpvizError: for a name that no activation has, another suffix, or a path that cannot be
            written.
    """
    records = records_of(names)
    look, say = as_theme(theme_name), language_of(language)
    make = partial(activations_figure, records, look, limits, size, say)
    return save_figure(make, path, transparent=look.transparent)
