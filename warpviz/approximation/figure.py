"""Learnt curves and their losses as stills, and as a plot that renews itself in a notebook."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.arrays import Floats
from warpviz.atomic import replacing
from warpviz.figures.files import check_plot
from warpviz.figures.style import dress, rgb
from warpviz.theme import theme

BUCKETS = 400
"""Points of a curve of losses."""


def bucketed(losses: Floats) -> tuple[Floats, Floats]:
    """Steps (B,) and losses (B,): geometric means of neighbouring steps, the early ones finer."""
    edges = np.unique(np.rint(np.geomspace(1, len(losses) + 1, BUCKETS)).astype(int))
    logs = np.log(np.maximum(losses, 1e-300))
    sums = np.add.reduceat(logs, edges[:-1] - 1)
    return edges[:-1].astype(float), np.exp(sums / np.diff(edges))


def save_approximation(
    found: Sequence[Approximation],
    path: str | os.PathLike[str],
    *,
    theme_name: str = "light",
    size: tuple[int, int] | None = None,
) -> Path:
    """A still: the learnt curves over the function, and the losses beside them.

    Raises:
        WarpvizError: for a suffix that is no .svg, .pdf or .png, or a path that cannot be written.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    where = check_plot(path)
    with rc_context({"svg.fonttype": "none", "pdf.fonttype": 42, "svg.hashsalt": "warpviz"}):
        back = rgb(theme(theme_name).background)
        inches = (9.6, 4.2) if size is None else (size[0] / 150, size[1] / 150)
        figure = Figure(inches, dpi=150, facecolor=back, layout="constrained")
        FigureCanvasAgg(figure)
        draw_approximation(found, figure.subplots(1, 2), theme_name=theme_name)
        told = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(where.suffix.lower())
        with replacing(where) as draft:
            figure.savefig(draft, metadata=told)
    return where


def draw_approximation(
    found: Sequence[Approximation], axes: Sequence[Any], *, theme_name: str = "light"
) -> None:
    """Draw curves and losses into two of matplotlib's axes."""
    colours = theme(theme_name)
    left, right = axes
    for one in (left, right):
        dress(one, colours)
    target = found[0].target
    x, y = target.seen(400)
    style = {"linestyle": "", "marker": "."} if target.points is not None else {"linestyle": "--"}
    left.plot(x, y, color=rgb(colours.muted), label=target.label, **style)
    grid = np.linspace(*target.limits, 400)
    for i, one in enumerate(found):
        colour = rgb(colours.classes[i % len(colours.classes)])
        name = one.name or "network"
        left.plot(grid, one.chain(grid[:, None])[:, 0], color=colour, label=name)
        if len(one.run.losses):
            right.plot(*bucketed(one.run.losses), color=colour, label=name)
    left.set_xlabel("x")
    left.legend(frameon=False, labelcolor="linecolor")
    right.set_xlabel("step")
    right.set_ylabel("mean squared error")
    right.yaxis.label.set_color(rgb(colours.muted))
    right.set_xscale("log")
    right.set_yscale("log")
