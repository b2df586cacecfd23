"""The film of the straight way from z to f(z): each curve bends out of the diagonal, and folds."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any, Unpack

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.curves.drawable import Drawable, drawables, heights
from warpviz.curves.figure import name_of, shade_undefined
from warpviz.curves.table import records_of
from warpviz.curves.words import fold_words, folds_from
from warpviz.errors import WarpvizError
from warpviz.figures.letters import chart_notes
from warpviz.figures.style import rgb
from warpviz.film.charts import Backdrop, backdrop
from warpviz.film.keywords import ChartOptions, keywords_of
from warpviz.film.options import Options
from warpviz.film.pace import most_acts, whole_film
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.languages.language import Language
from warpviz.model.activations import ActivationFunction
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.picture.tiling import grid
from warpviz.theme import Theme

PANEL = (320, 300)
"""Pixels of a panel, where no size is asked for."""
LEAST = (150, 130)
"""Pixels of a panel, at least."""
BELOW = 60
"""Pixels kept for the axis of time."""
FOOT = 4.8
"""Height of the axis of time, in em."""
KEYFRAMES = 100
"""Moments at most; a piece that folds is seen from the first after its threshold on."""


@kinds_checked
def animate_activations(
    *names: str | ActivationFunction,
    limits: tuple[float, float] | None = None,
    **options: Unpack[ChartOptions],
) -> Animation:
    """The film of the straight way from z to f(z), (1 − t) z + t f(z), of several activations.

    Each curve bends out of the diagonal while t goes from 0 to 1, its slope with it; the pieces
    that are folded back stand out, from t = 1/(1 − min f′) on. The axis of time marks when each
    begins to fold.

    Args:
        names: of activations, formulas, or records; all of `ACTIVATIONS` where none is given.
        limits: of z; None is −4 to 4, or as far as there are kinks.
        options: those of `ChartOptions`; `seconds` is the whole film's length, 8 by default.

    Raises:
        WarpvizError: for a name that no activation has, or options that make no sense.
    """
    chosen = Options.of(options, keywords_of(ChartOptions), "animate_activations")
    drawn = drawables(records_of(names), limits)
    size = chosen.look.size or default_size(len(drawn))
    colours, say = chosen.look.colours, chosen.look.say
    keyframes = min(KEYFRAMES, most_acts(chosen.clock)) + 1
    times = np.linspace(0.0, 1.0, keyframes)
    columns, rows = grid(len(drawn), size[0], size[1] - BELOW)
    if size[0] < columns * LEAST[0] or size[1] - BELOW < rows * LEAST[1]:
        columns = math.ceil(math.sqrt(len(drawn)))
        wide, high = LEAST[0] * columns, LEAST[1] * -(-len(drawn) // columns) + BELOW
        raise WarpvizError(
            f"The curves of {len(drawn)} activations in {size[0]}x{size[1]} pixels would be too "
            f"small to read; choose a size of {wide}x{high} or more."
        )
    em = max(9.0, min(0.034 * size[1], 0.047 * size[1] / rows, 0.045 * size[0] / columns))
    foot = round(size[1] - FOOT * em)
    levels = heights(drawn)
    charts = []
    for number, each in enumerate(drawn):
        row, column = divmod(number, columns)
        box = Box(
            round(size[0] * column / columns), round(foot * row / rows),
            round(size[0] * (column + 1) / columns), round(foot * (row + 1) / rows),
        )  # fmt: skip
        charts.append(_chart(each, box, levels, colours, em, times, say))
    charts.append(_clock(drawn, Box(0, foot, size[0], size[1]), colours, em, times, say))
    figure = FigureScene(
        size, colours, tuple(charts), tuple(f"t = {t:.3g}" for t in times), None,
        say("How activations bend the line, from z to f(z)"), ("f", "f′"), say.code,
    )  # fmt: skip
    timeline = whole_film(chosen.clock, keyframes - 1)
    told = say("; ").join(
        say("{name} {does}", name=each.record.label, does=fold_words(each.facts, say))
        for each in drawn
    )
    words = say(
        "The straight way from z to f(z), (1 − t) z + t f(z), while t goes from 0 to 1: {what}. "
        "Pieces that are folded back stand out.",
        what=told,
    )
    notes = (*chosen.look.notes(), *chart_notes((say("its slope"),), say))
    return Animation(
        figure, timeline, chosen.clock.loop, chosen.jobs, words, notes,
        source=Source(partial(animate_activations, *names, limits=limits), options),
    )  # fmt: skip


def default_size(count: int) -> tuple[int, int]:
    """Pixels for so many panels and the axis of time below them."""
    rows = -(-count // 4)
    return max(PANEL[0] * -(-count // rows), 480), PANEL[1] * rows + BELOW


def _chart(
    each: Drawable,
    box: Box,
    levels: tuple[float, float],
    colours: Theme,
    em: float,
    times: Floats,
    say: Language,
) -> Chart:
    first, second = colours.pair
    points = 72 * em / 100

    def still(ax: Any) -> None:

        ax.set(xlim=(each.z[0], each.z[-1]), ylim=levels)
        ax.set_aspect("equal")
        ax.locator_params(nbins=5)
        for line in (ax.axhline, ax.axvline):
            line(0.0, color=rgb(colours.muted), linewidth=0.6)
        shade_undefined(each, ax, colours)
        ax.plot(each.z, each.z, color=rgb(colours.muted), linewidth=0.6, linestyle=":")
        ax.plot(each.z, each.slopes, color=rgb(second), linewidth=0.8, alpha=0.35)
        ax.plot(each.z, each.values, color=rgb(first), linewidth=1.0, alpha=0.35)
        words = folds_from(each.facts, say)
        ax.set_title(f"{name_of(each.record, 30)}\n{words}", loc="left")
        for line, (word, colour) in enumerate(((say("its slope"), second), ("z → f(z)", first))):
            ax.text(
                0.98, 0.02 + 1.3 * line * em / (0.7 * box.height), word, ha="right", va="bottom",
                transform=ax.transAxes, color=rgb(colour), fontsize=0.8 * points,
            )  # fmt: skip

    back = backdrop(box, colours, still, em, top=3.4, bottom=2.0)
    t = times[:, None]
    values = (1 - t) * each.z + t * each.values
    slopes = (1 - t) + t * each.slopes
    back_folded = np.where(slopes < 0, values, np.nan)
    width = em / 6
    return back.chart(
        [
            _curve(back, each.z, slopes, second, 0.6 * width),
            _curve(back, each.z, values, first, width),
            _curve(back, each.z, back_folded, colours.creases[0], 1.9 * width),
        ]
    )


def _curve(
    back: Backdrop, z: Floats, rows: Floats, colour: tuple[int, int, int], width: float
) -> Curve:
    places = np.stack([back.place(np.column_stack([z, row])) for row in rows])
    return Curve(places, colour, width, inside=back.inside)


def _clock(
    drawn: Sequence[Drawable], box: Box, colours: Theme, em: float, times: Floats, say: Language
) -> Chart:
    """The axis of time, with a mark where each begins to fold."""

    def still(ax: Any) -> None:

        ax.set(xlim=(0.0, 1.0), ylim=(-1.0, 1.0), yticks=())
        for side in ("left", "right", "top"):
            ax.spines[side].set_visible(False)
        for each in drawn:
            if each.facts.folds_from is not None:
                ax.axvline(each.facts.folds_from, color=rgb(colours.creases[0]), linewidth=1.4)
        ax.set_xlabel(
            say("t, from z at 0 to f(z) at 1; marked: where one begins to fold"), labelpad=2
        )

    back = backdrop(box, colours, still, em, right=2.0, top=0.6, bottom=3.2)
    rail = back.place(np.column_stack([times, np.zeros_like(times)]))
    progress = np.arange(len(times), dtype=np.float64)
    return back.chart([Curve(rail, colours.text, em / 6, progress, head=0)])
