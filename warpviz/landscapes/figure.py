"""Loss landscapes as stills: filled contours, or a surface, with paths on them."""

import os
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.atomic import replacing
from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.figures.files import check_plot
from warpviz.figures.style import dress, rgb
from warpviz.landscapes.surface import Landscape
from warpviz.theme import Theme, theme

KINDS = ("contours", "surface")
LEVELS = 100
MAP = "viridis"
WHITE: Colour = (255, 255, 255)
PATHS: tuple[Colour, ...] = (WHITE, (255, 159, 64), (255, 105, 180), (120, 220, 255))
"""Of paths on the surface, on which classes' colours would be lost."""


def heights(land: Landscape) -> tuple[Floats, Floats]:
    """What is coloured, (B, A), and its levels: the loss itself up to a ceiling, or its logarithm.

    A net's loss spans orders of magnitude, and all that is of interest is at the bottom.
    """
    if land.ceiling is not None:
        return np.minimum(land.loss, land.ceiling), np.linspace(0.0, land.ceiling, LEVELS + 1)
    finite = np.where(np.isfinite(land.loss), land.loss, np.nan)
    logs = np.log10(np.maximum(finite, 1e-12))
    top = float(np.nanpercentile(logs, 99.0))
    logs = np.minimum(np.nan_to_num(logs, nan=top), top)
    return logs, np.linspace(float(logs.min()), max(top, float(logs.min()) + 1e-9), LEVELS + 1)


def draw_landscape(land: Landscape, ax: Any, *, paths: bool = True) -> None:
    """Draw filled contours, a colour bar and the paths as dots into matplotlib's axes."""
    values, levels = heights(land)
    drawn = ax.contourf(land.a, land.b, values, levels, cmap=MAP, extend="max")
    ink = ax.xaxis.label.get_color()
    bar = ax.figure.colorbar(drawn, ax=ax, label=_bar_name(land))
    bar.ax.tick_params(colors=ink, labelsize=8)
    bar.ax.yaxis.label.set_color(ink)
    ax.set_xlabel(land.names[0])
    ax.set_ylabel(land.names[1])
    if paths:
        for i, (name, path) in enumerate(land.paths.items()):
            colour = rgb(PATHS[i % len(PATHS)])
            ax.plot(
                path[:, 0], path[:, 1], ".-", color=colour, markersize=4, linewidth=0.6, label=name
            )
        if len(land.paths) > 1:
            ax.legend(loc="best", framealpha=0.6, facecolor="#5c6472", labelcolor="white")
    ax.set_xlim(land.a[0], land.a[-1])
    ax.set_ylim(land.b[0], land.b[-1])


def _bar_name(land: Landscape) -> str:
    return "loss" if land.ceiling is not None else "log₁₀ loss"


def save_landscape(
    land: Landscape,
    path: str | os.PathLike[str],
    *,
    kind: str = "contours",
    theme_name: str = "light",
    fit: bool = False,
    size: tuple[int, int] | None = None,
) -> Path:
    """Draw a landscape into a .svg, .pdf or .png.

    Args:
        land: what to draw.
        path: the file.
        kind: one of `KINDS`.
        theme_name: dark or light.
        fit: draw the line that was fitted beside it, over exp; for the line's landscape.
        size: in pixels; None is 900×720, wider with the fit.

    Raises:
        WarpvizError: for another suffix or kind, or a path that cannot be written.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    where = check_plot(path)
    check_kind(kind)
    colours = theme(theme_name)
    with rc_context({"svg.fonttype": "none", "pdf.fonttype": 42, "svg.hashsalt": "warpviz"}):
        back = rgb(colours.background)
        wide, high = (10.4 if fit else 6.0, 4.8) if size is None else (size[0] / 150, size[1] / 150)
        figure = Figure((wide, high), dpi=150, facecolor=back, layout="constrained")
        FigureCanvasAgg(figure)
        columns = 2 if fit else 1
        surface = kind == "surface"
        axes = figure.add_subplot(1, columns, 1, projection="3d" if surface else None)
        dress(axes, colours)
        (_draw_surface if surface else draw_landscape)(land, axes)
        axes.set_title(land.what, color=rgb(colours.text), fontsize=9)
        if fit:
            beside = figure.add_subplot(1, columns, 2)
            dress(beside, colours)
            draw_line(land, beside, colours)
        told = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(where.suffix.lower())
        with replacing(where) as draft:
            figure.savefig(draft, metadata=told)
    return where


def check_kind(kind: str) -> None:
    """Refuse a kind of still that there is not.

    Raises:
        WarpvizError: for such a name.
    """
    if kind not in KINDS:
        raise WarpvizError(f"kind expects {' or '.join(KINDS)}, got '{kind}'.")


def _draw_surface(land: Landscape, axes: Any) -> None:
    values, _ = heights(land)
    a, b = np.meshgrid(land.a, land.b)
    axes.plot_surface(a, b, values, cmap=MAP, linewidth=0, antialiased=True, rcount=80, ccount=80)
    names = list(land.paths)
    for i, path in enumerate(land.paths.values()):
        above = _at(land, values, path) + 0.02 * float(np.ptp(values))
        colour = "black" if i == 0 else rgb(PATHS[i % len(PATHS)])
        style: dict[str, Any] = {"color": colour, "linewidth": 1.5, "zorder": 9}
        axes.plot(path[:, 0], path[:, 1], above, label=names[i], **style)
    axes.set_xlabel(land.names[0])
    axes.set_ylabel(land.names[1])
    axes.set_zlabel(_bar_name(land))
    axes.view_init(38, -60)
    if len(names) > 1:
        axes.legend(loc="upper left", framealpha=0.6)


def _at(land: Landscape, values: Floats, path: Floats) -> Floats:
    """Values at places on the surface, (S,), between its points."""
    i = np.clip(np.searchsorted(land.a, path[:, 0]) - 1, 0, len(land.a) - 2)
    j = np.clip(np.searchsorted(land.b, path[:, 1]) - 1, 0, len(land.b) - 2)
    u = np.clip((path[:, 0] - land.a[i]) / (land.a[i + 1] - land.a[i]), 0, 1)
    v = np.clip((path[:, 1] - land.b[j]) / (land.b[j + 1] - land.b[j]), 0, 1)
    near = values[j, i] * (1 - u) + values[j, i + 1] * u
    far = values[j + 1, i] * (1 - u) + values[j + 1, i + 1] * u
    return np.asarray(near * (1 - v) + far * v)


def draw_line(land: Landscape, axes: Any, colours: Theme, learnt: bool = True) -> None:
    """Draw exp, and the line that was fitted to it, into matplotlib's axes."""
    x = np.linspace(0.0, 1.0, 100)
    axes.plot(x, np.exp(x), "--", color=rgb(colours.muted), label="exp(x)")
    if learnt:
        weight, bias = next(iter(land.paths.values()))[-1]
        told = f"{weight:.3f} x + {bias:.3f}"
        axes.plot(x, weight * x + bias, color=rgb(colours.classes[0]), label=told)
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.2, 3.0)
    axes.set_xlabel("x")
    axes.legend(frameon=False, labelcolor="linecolor", loc="upper left")
