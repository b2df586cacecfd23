"""Learnt curves and their losses as stills, and as a plot that renews itself in a notebook."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.largest_error import jumps
from warpviz.approximation.targets import Target
from warpviz.arrays import Floats
from warpviz.figures.envelope import envelope
from warpviz.figures.files import save_figure
from warpviz.figures.style import dress, literal, rgb
from warpviz.film.charts import SCALES, check_scales
from warpviz.geometry.straight.kinks import kinks
from warpviz.languages.language import ENGLISH, Language, language_of
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.theme import Theme

BUCKETS = 400
"""Points of a curve of losses."""
POINTS = 10
"""Size of the words, and"""
EM = 0.0289
"""that in parts of the picture's height, or of half its width; and"""
SMALLEST = 9.0
"""their least, in pixels."""
NARROW = 60
"""Pictures of fewer em across have shorter words."""


def bucketed(losses: Floats) -> tuple[Floats, Floats]:
    """Steps (B,) and losses (B,): geometric means of neighbouring steps, the early ones finer."""
    edges = np.unique(np.rint(np.geomspace(1, len(losses) + 1, BUCKETS)).astype(int))
    with np.errstate(divide="ignore"):
        logs = np.log(losses)
    sums = np.add.reduceat(logs, edges[:-1] - 1)
    return edges[:-1].astype(float), np.exp(sums / np.diff(edges))


def save_approximation(
    found: Sequence[Approximation],
    path: str | os.PathLike[str],
    *,
    theme_name: ThemeLike = "light",
    size: tuple[int, int] | None = None,
    scales: str = "loglog",
    language: str = "en",
) -> Path:
    """A still: the learnt curves over the function, what is left below, and the losses beside them.

    Args:
        found: the networks, all of one target.
        path: ends in .svg, .pdf or .png.
        theme_name: a theme, see `as_theme`.
        size: in pixels; None is 1440×720.
        scales: of the losses, a name of `charts.SCALES`.
        language: of its words.

    Raises:
        WarpvizError: for a suffix that is no .svg, .pdf or .png, or a path that cannot be written.
    """
    look, say = as_theme(theme_name), language_of(language)
    make = partial(approximation_figure, found, look, size or (1440, 720), scales, say)
    return save_figure(make, path, transparent=look.transparent)


def approximation_figure(
    found: Sequence[Approximation],
    theme_name: ThemeLike,
    size: tuple[int, int],
    scales: str,
    say: Language = ENGLISH,
) -> Any:
    """The still, as a figure of matplotlib's whose words grow with it and can always be read."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width, height = size
    em = max(SMALLEST, EM * min(height, width / 2))
    dpi = 72 * em / POINTS
    back = rgb(as_theme(theme_name).background)
    figure = Figure((width / dpi, height / dpi), dpi, facecolor=back, layout="constrained")
    FigureCanvasAgg(figure)
    axes, narrow = three_axes(figure), width < NARROW * em
    draw_approximation(found, axes, theme_name=theme_name, scales=scales, narrow=narrow, say=say)
    return figure


def three_axes(figure: Any) -> tuple[Any, Any, Any]:
    """Axes for the function, what is left below it, and the losses beside them."""
    grid = figure.add_gridspec(2, 2, height_ratios=(2.2, 1.0))
    function = figure.add_subplot(grid[0, 0])
    left = figure.add_subplot(grid[1, 0], sharex=function)
    return function, left, figure.add_subplot(grid[:, 1])


def draw_truth(target: Target, axes: Any, colours: Theme, em: float = 12.0) -> None:
    """Draw what is to be learnt, wide and pale, so that it is seen below the network's curve.

    Args:
        target: a function, which is broken at its jumps, or points.
        axes: matplotlib's.
        colours: the theme.
        em: the size of words, in pixels at 100 an inch.
    """
    ink, label = rgb(colours.muted), literal(target.label)
    if target.function is None:
        x, y = target.seen()
        axes.scatter(x, y, color=ink, s=(0.5 * em) ** 2, linewidths=0, alpha=0.6, label=label)
        return
    sides = jumps(target.function, *target.limits)
    traced = envelope(target.function, target.limits, breaks=sides)
    traced.draw(axes, ink, 0.4 * em, alpha=0.5, label=label, solid_capstyle="butt", zorder=1.0)


def draw_approximation(
    found: Sequence[Approximation],
    axes: Sequence[Any],
    *,
    theme_name: ThemeLike = "light",
    scales: str = "loglog",
    narrow: bool = False,
    say: Language = ENGLISH,
) -> None:
    """Draw curves, what is left, and losses into three of matplotlib's axes; narrow: few words."""
    colours = as_theme(theme_name)
    across, up = SCALES[check_scales(scales)]
    above, left, right = axes
    for one in axes:
        dress(one, colours)
    target = found[0].target
    draw_truth(target, above, colours)
    left.axhline(0.0, color=rgb(colours.muted), linewidth=0.8)
    for i, one in enumerate(found):
        colour = rgb(colours.classes[i % len(colours.classes)])
        name = literal(one.name or say("network"))
        if one.dead_layer is not None:
            name = say(", ").join((name, say("dead")))
        _draw_network(one, above, left, colour, name)
        if len(one.run.losses):
            right.plot(*bucketed(one.run.losses), color=colour, label=name)
    above.tick_params(labelbottom=False)
    style: Any = {"handlelength": 1.0, "labelspacing": 0.1, "fontsize": 8} if narrow else {}
    above.legend(frameon=False, labelcolor="linecolor", **style)
    left.set_xlabel("x")
    left.set_ylabel(say("rest") if narrow else say("network − truth"))
    right.set_xlabel(say("step"))
    right.set_ylabel(say("mean squared error"))
    if narrow:
        left.locator_params(axis="y", nbins=3)
    for label in (left.yaxis.label, right.yaxis.label):
        label.set_color(rgb(colours.muted))
    right.set_xscale(across)
    if up == "linear" or any(one.run.losses.max(initial=0.0) > 0 for one in found):
        right.set_yscale(up)


def _draw_network(one: Approximation, above: Any, left: Any, colour: Any, name: str) -> None:
    """The network's curve, and what is left between it and the truth."""
    target, chain = one.target, one.chain
    low, high = target.limits

    def says(x: Floats) -> Floats:
        return chain(x[:, None])[:, 0]

    envelope(says, (low, high), bends=kinks(chain, low, high)).draw(above, colour, 1.4, label=name)
    if target.function is None:
        x, y = target.seen()
        left.vlines(x, 0.0, says(x) - y, color=colour, linewidth=1.0)
        return
    function = target.function
    rest = envelope(lambda x: says(x) - function(x), (low, high), breaks=jumps(function, low, high))
    rest.draw(left, colour, 1.2)
