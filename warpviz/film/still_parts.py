"""Sheets drawn by matplotlib, as vectors: what the stills share."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.picture.theme import Colour, Theme

MARKERS = {
    "circle": "o", "square": "s", "triangle": "^", "diamond": "D",
    "plus": "P", "star": "*", "down": "v", "hexagon": "h",
}  # fmt: skip
"""Our markers in matplotlib's words."""


def rgb(colour: Colour | Floats) -> tuple[float, ...]:
    """A colour of 0 … 255 as matplotlib takes it, 0 … 1."""
    return tuple(float(channel) / 255 for channel in colour)


def outlines(points: Floats, corners: Ints, offsets: Ints) -> list[Floats]:
    """The corners of each polygon, (n, D) each."""
    return np.split(points[corners], offsets[1:-1])


def crease_colours(theme: Theme, layers: Iterable[int]) -> dict[int, tuple[float, ...]]:
    """A colour for each layer that bends, in the order of the layers."""
    order = sorted(set(layers))
    return {layer: rgb(theme.creases[i % len(theme.creases)]) for i, layer in enumerate(order)}


def dress(axes: Any, theme: Theme) -> None:
    """Give axes of our own the theme's colours."""
    axes.set_facecolor(rgb(theme.background))
    muted = rgb(theme.muted)
    axes.tick_params(colors=muted, labelsize=9)
    for spine in axes.spines.values():
        spine.set_color(muted)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set_color(muted)
