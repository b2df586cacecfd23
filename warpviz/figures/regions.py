"""Stills as files: .svg, .pdf and .png by matplotlib, the same bytes for the same picture."""

import os
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.atomic import check_writable, replacing
from warpviz.data.dataset import Dataset
from warpviz.figures.files import still_format
from warpviz.figures.style import crease_colours, dress, outlines, rgb, scatter
from warpviz.figures.tiles import RegionsStill
from warpviz.geometry.plane import on_plane
from warpviz.picture.film import Written
from warpviz.theme import Theme, theme, with_classes


def draw_regions(
    still: RegionsStill, axes: Any, colours: Theme, data: Dataset | None = None
) -> None:
    """Draw a still into matplotlib's axes.

    Args:
        still: what is drawn.
        axes: 2-D axes.
        colours: the theme.
        data: dots, or None for none.
    """
    from matplotlib.collections import LineCollection, PolyCollection

    tints = np.array([colours.cloth[c % len(colours.cloth)] for c in still.winners], dtype=float)
    # Neighbours differ in lightness: multiples of the golden ratio never come close to repeating.
    lightness = 0.45 + 0.4 * ((still.parents * 0.6180339887498949) % 1.0)
    if still.regions is None:
        lightness = np.full(len(tints), 0.6)
    fills = (tints + (np.array(colours.background) - tints) * (1 - lightness)[:, None]) / 255
    tiles = outlines(still.tiles.points[:, :2], still.tiles.corners, still.tiles.offsets)
    axes.add_collection(
        # A hairline of its own colour closes the gap that a renderer leaves between neighbours.
        PolyCollection(tiles, facecolors=fills, edgecolors=fills, linewidths=0.3, snap=False)
    )
    for layer, colour in crease_colours(colours, still.creases).items():
        lines = still.creases[layer]
        axes.add_collection(LineCollection(lines, colors=[colour], linewidths=1.1))
    axes.add_collection(
        LineCollection(still.boundary, colors=[rgb(colours.boundary)], linewidths=2.4)
    )
    if data is not None:
        own = data.raw if still.axes else data.x
        flat = own if still.plane is None else on_plane(data.x, still.plane)
        scatter(axes, flat, data, colours, 8.0)
    x0, x1, y0, y1 = still.limits
    names = ("x₁", "x₂") if still.plane is None else ("principal axis 1", "principal axis 2")
    ratio = 1.0
    if still.axes:
        first, second = still.axes
        names, ratio = (first.name, second.name), first.factor / second.factor
    axes.set(xlim=(x0, x1), ylim=(y0, y1), aspect=ratio, xlabel=names[0], ylabel=names[1])


def save_regions(
    still: RegionsStill,
    path: str | os.PathLike[str],
    *,
    data: Dataset | None = None,
    theme_name: str = "light",
) -> Written:
    """Write a still as .svg, .pdf or .png, whole or not at all; equal stills are equal files.

    Args:
        still: what is drawn.
        path: the file; its suffix chooses the format.
        data: dots, or None for none.
        theme_name: "light" or "dark".

    Raises:
        WarpvizError: for a suffix that no still has, or a path that cannot be written.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    count = int(still.winners.max(initial=0)) + 1 if data is None else data.n_classes
    style, colours = still_format(path), with_classes(theme(theme_name), count)
    check_writable(path)
    figure = Figure(figsize=(6.4, 6.4), facecolor=rgb(colours.background), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    dress(axes, colours)
    draw_regions(still, axes, colours, data)
    # The names of an SVG's parts are random unless salted; the setting is put back at once.
    with replacing(path) as draft, matplotlib.rc_context({"svg.hashsalt": "warpviz"}):
        figure.savefig(draft, facecolor=figure.get_facecolor(), **style)
    return Written(Path(path), 1, 0.0, Path(path).stat().st_size)
