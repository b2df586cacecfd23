"""Sheets drawn by matplotlib, as vectors: what the stills share."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.colour import Colour
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError, visible
from warpviz.kinds import shown as told
from warpviz.picture.marks.dots import marker_of
from warpviz.theme import Theme

MARKERS = {
    "circle": "o", "square": "s", "triangle": "^", "diamond": "D",
    "plus": "P", "star": "*", "down": "v", "hexagon": "h",
}  # fmt: skip
"""Our markers in matplotlib's words."""


LONGEST_LABEL = 60
"""Letters of a label."""

Rgb = tuple[float, float, float]


def rgb(colour: Colour) -> Rgb:
    """A colour of 0 … 255 as matplotlib takes it, 0 … 1."""
    return colour[0] / 255, colour[1] / 255, colour[2] / 255


def literal(text: str) -> str:
    r"""A name from outside as matplotlib shows it: no formula, no control signs, not too long.

    A label that begins with an underscore would be left out of legends.

    >>> literal("$x^2$"), literal("_hidden"), literal("a" * 100)[-3:]
    ('\\$x^2\\$', ' _hidden', 'aa…')
    """
    shown = visible(text)
    shown = shown if len(shown) <= LONGEST_LABEL else f"{shown[: LONGEST_LABEL - 1]}…"
    return (f" {shown}" if shown.startswith("_") else shown).replace("$", r"\$")


def outlines(points: Floats, corners: Ints, offsets: Ints) -> list[Floats]:
    """The corners of each polygon, (n, D) each."""
    return np.split(points[corners], offsets[1:-1])


def crease_colours(theme: Theme, layers: Iterable[int]) -> dict[int, Rgb]:
    """A colour for each layer that bends, in the order of the layers."""
    order = sorted(set(layers))
    return {layer: rgb(theme.creases[i % len(theme.creases)]) for i, layer in enumerate(order)}


def check_axes(subject: str, ax: Any) -> None:
    """Refuse what cannot be drawn into.

    Raises:
        WarpvizError: it is no axes of matplotlib.
    """
    from matplotlib.axes import Axes

    if not isinstance(ax, Axes):
        raise WarpvizError(
            f"{subject} expects ax to be axes of matplotlib, got {told(ax)}; figure.subplots() "
            "makes them."
        )


def dress(axes: Any, theme: Theme) -> None:
    """Give axes of our own the theme's colours."""
    axes.set_facecolor(rgb(theme.background))
    muted = rgb(theme.muted)
    axes.tick_params(which="both", colors=muted, labelsize=9)
    for spine in axes.spines.values():
        spine.set_color(muted)
    space = hasattr(axes, "zaxis")
    for axis in (axes.xaxis, axes.yaxis, *([axes.zaxis] if space else [])):
        axis.label.set_color(muted)
        if space:
            axis.set_pane_color((*rgb(theme.background), 1.0))
            axis.line.set_color(muted)


def scatter(axes: Any, places: Floats, data: Dataset, theme: Theme, size: float) -> None:
    """Outlined dots (N, 2) or (N, 3), colour and marker by class; size in points squared."""
    depth = {"depthshade": False} if places.shape[1] == 3 else {}
    for label, name in enumerate(data.class_names):
        axes.scatter(
            *places[data.y == label].T,
            s=size,
            marker=MARKERS[marker_of(label, theme)],
            color=[rgb(theme.classes[label % len(theme.classes)])],
            edgecolors=[rgb(theme.outline)],
            linewidths=0.25,
            label=literal(name),
            zorder=3.0,
            **depth,
        )
