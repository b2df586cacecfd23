"""One state of a chain in a user's own axes, by matplotlib, as vectors.

chain, data ── sheet_for, states ──► sheet and dots at stop k ── projections ──► axes
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.axis import Axis, limits_of
from warpviz.convert import to_chain
from warpviz.convert.pairing import fitting
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.figures.style import (
    Rgb,
    check_axes,
    crease_colours,
    dress,
    literal,
    outlines,
    rgb,
    scatter,
)
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.plane import around, plane_of
from warpviz.geometry.sheet import Limits, Sheet
from warpviz.geometry.tint import cell_tints, tint_of
from warpviz.model.captions import axis_letters
from warpviz.model.chain import Chain
from warpviz.motion.projection import projections
from warpviz.motion.trajectory import Trajectory
from warpviz.own_theme import ThemeLike, as_theme
from warpviz.picture.axes import ticks
from warpviz.picture.cloth import cloth_colours
from warpviz.picture.raster.shading import OPACITY
from warpviz.theme import Theme, themed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTHS = {"grid": 0.4, "border": 0.6, "crease": 0.9, "boundary": 1.8}
"""Of lines, in points."""
ORDER = {"grid": 2.0, "border": 2.1, "crease": 2.2, "boundary": 2.3}
DOT = 7.0
"""Area of a dot in points squared."""


@kinds_checked
def plot_state(
    chain: Chain | Any,
    data: Dataset,
    k: int,
    ax: Any = None,
    *,
    limits: Limits | None = None,
    theme_name: ThemeLike = "light",
) -> "Axes":
    """Draw the state after k steps of the split chain: sheet, creases, boundary and data.

    Nothing but the given axes is touched, no setting and no current figure. Cells, lines, dots are
    vector artists, so `ax.figure.savefig("state.svg")` (or .pdf) keeps them sharp.

    Args:
        chain: a model that `to_chain` takes; of the data's features.
        data: what the dots are; of more than two features the sheet spans the first two
            principal axes.
        k: 0 for the input, up to `len(chain.split())`.
        ax: where to draw. Axes of a plane see a space from above (its first two coordinates);
            3-D axes see a plane lying flat. None makes a figure of its own with 3-D axes for
            states of three units or more, 2-D axes else; it is found as `.figure`.
        limits: x0, x1, y0, y1 of the sheet; None leaves a margin around the data.
        theme_name: a theme, see `as_theme`; only axes of our own get its background.

    Returns:
        The axes, of equal aspect. States of more than three units are seen along the principal
        axes of the data's states.

    Raises:
        WarpvizError: for a k that no prefix has, or data that the chain does not take.

    >>> from warpviz.data import load_data
    >>> from warpviz.model import mlp
    >>> ax = plot_state(mlp([2, 3, 2], "relu", seed=0), load_data("xor", n=40), 2)
    >>> ax.name, ax.get_zlabel()
    ('3d', 'h₃')
    """
    chain = to_chain(chain)
    if ax is not None:
        check_axes("plot_state", ax)
    chain = fitting(chain, data)
    played = chain.split()
    if not 0 <= k <= len(played):
        raise WarpvizError(f"plot_state expects a stop from 0 to {len(played)}, got {k}.")
    colours = as_theme(theme_name)
    colours = themed(colours, data.n_classes, data.targets is not None)
    plane = plane_of(data)
    flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
    sheet = sheet_for(
        played,
        limits_of(limits, data.axes) or around(flat),
        plane=plane,
        tint=tint_of(chain, data),
    )
    points = np.concatenate([sheet.vertices, data.x])
    states = Trajectory.of(played[:k].states(points) if k else [points])
    space = ax.name == "3d" if ax is not None else bool(states.widths[-1] > 2)
    view = "auto" if space else "2d"
    wide = bool(states.widths[-1] > 3)
    seen = projections(states, slice(len(sheet.vertices), None), "pca" if wide else view)[-1]
    places = seen(states.keyframes[-1])[:, : 3 if space else 2]
    if ax is None:
        ax = _own_axes(space, colours)
    _cells(ax, places, sheet, cloth_colours(cell_tints(chain, sheet, data), colours), space)
    _lines(ax, places, sheet, k, colours, space)
    scatter(ax, places[len(sheet.vertices) :], data, colours, DOT)
    letter = axis_letters(played)[k]
    labels = [Axis(f"{letter}{sign}") for sign in "₁₂₃"]
    if seen.principal:
        labels = [Axis(f"principal axis {number}") for number in (1, 2, 3)]
    elif k == 0:
        labels = list(data.axes)
    _frame(ax, places, labels, space)
    drawn: Axes = ax
    return drawn


def _own_axes(space: bool, colours: Theme) -> "Axes":
    """Axes on a figure that nobody else knows."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 4.8), facecolor=rgb(colours.background), layout="constrained")
    FigureCanvasAgg(figure)
    axes: Axes
    if space:
        axes = figure.add_subplot(projection="3d", computed_zorder=False)
    else:
        axes = figure.add_subplot()
    dress(axes, colours)
    return axes


def _cells(ax: Any, places: Floats, sheet: Sheet, colours: Floats, space: bool) -> None:
    """The sheet's cloth, translucent, so that it is denser where it lies over itself."""
    polygons = outlines(places, sheet.corners, sheet.offsets)
    style: dict[str, Any] = {"alpha": OPACITY, "linewidths": 0.0, "zorder": 1.0}
    style["snap"] = False  # cells that snap to pixels leave gaps between them
    if space:
        from mpl_toolkits.mplot3d.art3d import Poly3DCollection  # type: ignore[import-untyped]

        # matplotlib measures the unset places of polygons with fewer corners than others.
        most = max(map(len, polygons))
        even = np.stack([np.pad(p, ((0, most - len(p)), (0, 0)), mode="edge") for p in polygons])
        ax.add_collection3d(Poly3DCollection(even, facecolors=colours / 255, **style))
        return
    from matplotlib.collections import PolyCollection

    ax.add_collection(PolyCollection(polygons, facecolors=colours / 255, **style), autolim=False)


def _lines(ax: Any, places: Floats, sheet: Sheet, k: int, colours: Theme, space: bool) -> None:
    """Grid and boundary, and the creases that were made before this stop."""
    creases = [line for line in sheet.lines if line.kind == "crease"]
    hues = crease_colours(colours, (line.layer for line in creases))
    groups: dict[tuple[str, Rgb], list[Floats]] = {}
    for line in sheet.lines:
        # A fold that wanders while it forms is gone when the act is over.
        if line.kind == "crease" and (line.layer >= k or line.times is not None):
            continue
        colour = rgb(colours.boundary if line.kind == "boundary" else colours.line)
        colour = hues[line.layer] if line.kind == "crease" else colour
        groups.setdefault((line.kind, colour), []).append(places[line.vertices])
    for (kind, colour), lines in groups.items():
        style: dict[str, Any] = {
            "colors": [colour],
            "linewidths": WIDTHS[kind],
            "zorder": ORDER[kind],
        }
        style["alpha"] = 0.45 if kind == "grid" else 1.0
        if space:
            from mpl_toolkits.mplot3d.art3d import Line3DCollection

            # Lines of several lengths end matplotlib 3.10.1's own way to fit the axes to them.
            ax.add_collection(Line3DCollection(lines, **style), autolim=False)
        else:
            from matplotlib.collections import LineCollection

            ax.add_collection(LineCollection(lines, **style), autolim=False)


def _frame(ax: Any, places: Floats, labels: list[Axis], space: bool) -> None:
    """Limits around everything drawn, at equal aspect."""
    low, high = places.min(axis=0), places.max(axis=0)
    margin = 0.05 * max(float((high - low).max()), 1e-9)
    for axis, name in zip(("x", "y", "z")[: places.shape[1]], labels, strict=False):
        at = "xyz".index(axis)
        getattr(ax, f"set_{axis}lim")(low[at] - margin, high[at] + margin)
        getattr(ax, f"set_{axis}label")(literal(name.name))
        if name.factor != 1.0 or name.shift != 0.0:
            _own_ticks(getattr(ax, f"{axis}axis"), name, low[at] - margin, high[at] + margin)
    if space:
        ax.set_box_aspect(high - low + 2 * margin, zoom=0.9)
    else:
        ax.set_aspect("equal")


def _own_ticks(side: Any, axis: Axis, low: float, high: float) -> None:
    """Ticks that are round in an axis's own units."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    shown = ticks(axis, low, high, high - low)
    side.set_major_locator(FixedLocator([place for place, _ in shown]))
    side.set_major_formatter(FixedFormatter([label for _, label in shown]))
