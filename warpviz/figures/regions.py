"""Stills as files: .svg, .pdf and .png by matplotlib, the same bytes for the same picture."""

import os
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Any

import numpy as np

from warpviz.arguments import check_fields, kinds_checked
from warpviz.axis import SCALED, Axis, limits_of
from warpviz.convert import to_chain
from warpviz.convert.pairing import fitting
from warpviz.data.dataset import Dataset
from warpviz.figures.files import figure_format, save_figure
from warpviz.figures.style import crease_colours, dress, literal, outlines, rgb, scatter
from warpviz.figures.tiles import RegionsStill
from warpviz.geometry.plane import around, on_plane, plane_of
from warpviz.geometry.sheet import Limits
from warpviz.model.chain import Chain
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.picture.film import Written
from warpviz.theme import Theme, with_classes


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
        names, ratio = (literal(first.name), literal(second.name)), first.factor / second.factor
    axes.set(xlim=(x0, x1), ylim=(y0, y1), aspect=ratio, xlabel=names[0], ylabel=names[1])


def save_regions(
    still: RegionsStill,
    path: str | os.PathLike[str],
    *,
    data: Dataset | None = None,
    theme_name: ThemeLike = "light",
) -> Written:
    """Write a still as .svg, .pdf or .png, whole or not at all; equal stills are equal files.

    Args:
        still: what is drawn.
        path: the file; its suffix chooses the format.
        data: dots, or None for none.
        theme_name: a theme, see `as_theme`.

    Raises:
        WarpvizError: for a suffix that no still has, or a path that cannot be written.
    """
    dpi = figure_format(path).get("dpi", "figure")
    where = save_figure(
        partial(_figure, still, data, theme_name), path, settings={}, facecolor="auto", dpi=dpi
    )
    return Written(where, 1, 0.0, where.stat().st_size)


def _figure(still: RegionsStill, data: Dataset | None, theme_name: ThemeLike) -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    count = int(still.winners.max(initial=0)) + 1 if data is None else data.n_classes
    colours = with_classes(as_theme(theme_name), count)
    figure = Figure(figsize=(6.4, 6.4), facecolor=rgb(colours.background), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    dress(axes, colours)
    draw_regions(still, axes, colours, data)
    return figure


def still_of(
    chain: Chain,
    data: Dataset | None = None,
    *,
    limits: Limits | None = None,
    axes: tuple[Axis, ...] = (),
    usual: Limits = SCALED,
) -> RegionsStill:
    """Look at a chain's input plane, around data where there is some.

    Args:
        chain: the model.
        data: of as many features as the model takes; None for two features.
        limits: x0, x1, y0, y1 in the axes' own units; None is a little more than the data.
        axes: of the two coordinates; () for principal axes and where no units are known.
        usual: the limits where there are none, and no data.

    Raises:
        WarpvizError: for limits that do not fit.
    """
    plane = None if data is None else plane_of(data)
    if limits is not None:
        chosen = limits_of(limits, axes) or limits
    else:
        chosen = usual if data is None else around(on_plane(data.x, plane))
    still = RegionsStill.of(chain, chosen, plane=plane)
    if not axes:
        return still
    still = still.in_own_units(axes)
    return replace(still, limits=limits or still.limits)


@dataclass(frozen=True, eq=False, repr=False)
class RegionsFigure:
    """The linear regions and the boundary of a chain's input plane; in a notebook their picture.

    Attributes:
        still: what is drawn.
        data: dots, or None for none.
    """

    still: RegionsStill
    data: Dataset | None = None

    def __post_init__(self) -> None:
        check_fields(self)

    def facts(self) -> dict[str, Any]:
        """How many regions, pieces and creases there are, and how large they are: for JSON."""
        return self.still.facts()

    @kinds_checked
    def save(self, path: str | os.PathLike[str], *, theme: ThemeLike = "light") -> Written:
        """Write the picture as .svg, .pdf or .png.

        Raises:
            WarpvizError: for another suffix or theme, or a path that cannot be written.
        """
        return save_regions(self.still, path, data=self.data, theme_name=theme)

    def __repr__(self) -> str:
        count = self.facts()["regions"]
        told = "no linear regions" if count is None else f"{count} region{'s' * (count != 1)}"
        x0, x1, y0, y1 = self.still.limits
        return f"<RegionsFigure of {told} on {x0:.4g} … {x1:.4g}, {y0:.4g} … {y1:.4g}>"

    def _repr_png_(self) -> bytes:
        file = BytesIO()
        _figure(self.still, self.data, "light").savefig(file, format="png", dpi=100)
        return file.getvalue()


@kinds_checked
def regions(
    model: Chain | Any, data: Dataset | None = None, *, limits: Limits | None = None
) -> RegionsFigure:
    """The linear regions and the decision boundary of a model's input plane, drawn and counted.

    Args:
        model: what `to_chain` takes, of two features or, with data, of more: then the plane is
            that of the data's first principal axes.
        data: dots that the picture shows, and what it is drawn around; None for none.
        limits: x0, x1, y0, y1 in the data's own units; None is a little more than the data, or
            −1 to 1.

    Raises:
        WarpvizError: for a model, data or limits that do not fit together.

    >>> from warpviz.model import Chain, Dense
    >>> corner = Chain([Dense([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0], "relu")])
    >>> regions(corner), regions(corner).facts()["areas"]
    (<RegionsFigure of 4 regions on -1 … 1, -1 … 1>, [1.0, 1.0, 1.0, 1.0])
    """
    chain = to_chain(model)
    if data is not None:
        chain = fitting(chain, data)
    axes = data.axes if data is not None and len(data.axes) == 2 else ()
    return RegionsFigure(still_of(chain, data, limits=limits, axes=axes), data)
