"""The function of a chain itself: a curve for one input, filled contours for two."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError
from warpviz.film.still_parts import dress, rgb
from warpviz.model.chain import Chain
from warpviz.picture.theme import theme

SUFFIXES = (".svg", ".pdf", ".png")
POINTS = 1000
"""Of a curve."""
GRID = 201
"""Points along each side of a plane."""
LEVELS = 24


def check_plot(path: str | os.PathLike[str]) -> Path:
    """Tell before any work whether a plot can be written there.

    Raises:
        WarpvizError: for another suffix, or a path that cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise WarpvizError(f"A plot is written as {', '.join(SUFFIXES)}, got '{path}'.")
    return check_writable(path)


def plot_limits(chain: Chain, limits: Sequence[float]) -> tuple[float, ...]:
    """The limits of a plot: those that are given, else −1 to 1 for each input.

    Raises:
        WarpvizError: the chain has more than two inputs, or the limits do not fit.
    """
    inputs = chain.widths[0]
    if inputs > 2:
        raise WarpvizError(
            f"plot draws functions of one or two inputs, the model has {inputs}; film it instead."
        )
    chosen = tuple(limits) or (-1.0, 1.0) * inputs
    pairs = list(zip(chosen[::2], chosen[1::2], strict=False))
    if len(chosen) != 2 * inputs or not all(low < high for low, high in pairs):
        raise WarpvizError(
            f"limits expects {'x0,x1' if inputs == 1 else 'x0,x1,y0,y1'} that rise, for a model "
            f"of {inputs} input{'s' * (inputs > 1)}, got {','.join(f'{v:g}' for v in chosen)}."
        )
    return chosen


def plot_function(
    chain: Chain,
    ax: Any,
    *,
    limits: Sequence[float] = (),
    output: int | None = None,
    names: Sequence[str] = (),
    theme_name: str = "light",
) -> None:
    """Draw the function of a chain into matplotlib's axes.

    Args:
        chain: of one input, all of whose outputs become curves; or of two, of which one output
            becomes filled contours.
        ax: the axes.
        limits: x0, x1 or x0, x1, y0, y1; −1 to 1 by default.
        output: which output, counted from 1; None draws all curves, or the first plane.
        names: of the outputs.
        theme_name: for the colours of curves.

    Raises:
        WarpvizError: as `plot_limits`, or for an output that there is not.
    """
    chosen = plot_limits(chain, limits)
    outputs = chain.widths[-1]
    if output is not None and not 1 <= output <= outputs:
        raise WarpvizError(f"output expects 1 to {outputs}, got {output}.")
    labels = list(names) or (["y"] if outputs == 1 else [f"y{i}" for i in range(1, outputs + 1)])
    if chain.widths[0] == 1:
        x = np.linspace(chosen[0], chosen[1], POINTS)
        y = chain(x[:, None])
        colours = theme(theme_name).classes
        for i in range(outputs) if output is None else [output - 1]:
            colour = rgb(colours[i % len(colours)])
            ax.plot(x, y[:, i], label=labels[i % len(labels)], color=colour)
        ax.set_xlim(chosen)
        ax.set_xlabel("x")
        if outputs == 1:
            ax.set_ylabel(labels[0])
        ax.legend(frameon=False, labelcolor="linecolor")
        return
    x, y = (np.linspace(chosen[i], chosen[i + 1], GRID) for i in (0, 2))
    points = np.column_stack([axis.ravel() for axis in np.meshgrid(x, y)])
    output = output or 1
    values = chain(points)[:, output - 1].reshape(GRID, GRID)
    low, high = float(values.min()), float(values.max())
    levels = np.linspace(low, high if high > low else low + 1.0, LEVELS + 1)
    drawn = ax.contourf(x, y, values, levels, cmap="cividis")
    ax.set_xlabel("x₁")
    ax.set_ylabel("x₂")
    ax.set_aspect("equal")
    bar = ax.figure.colorbar(drawn, ax=ax, label=labels[(output - 1) % len(labels)])
    ink = ax.xaxis.label.get_color()
    bar.ax.tick_params(colors=ink)
    bar.ax.yaxis.label.set_color(ink)


def save_plot(
    chain: Chain,
    path: str | os.PathLike[str],
    *,
    limits: Sequence[float] = (),
    output: int | None = None,
    names: Sequence[str] = (),
    theme_name: str = "light",
    transparent: bool = False,
) -> Path:
    """Draw the function of a chain into a file; arguments as `plot_function`.

    Args:
        chain: see `plot_function`, and so are the others.
        path: ends in .svg, .pdf or .png.
        limits: of the inputs.
        output: for two inputs.
        names: of the outputs.
        theme_name: dark or light.
        transparent: leave the background out.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    where = check_plot(path)
    colours = theme(theme_name)
    with rc_context({"svg.fonttype": "none", "pdf.fonttype": 42, "svg.hashsalt": "warpviz"}):
        back = rgb(colours.background)
        figure = Figure((6.4, 4.8), dpi=150, facecolor=back, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        dress(axes, colours)
        plot_function(chain, axes, limits=limits, output=output, names=names, theme_name=theme_name)
        told = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(where.suffix.lower())
        with replacing(where) as draft:
            figure.savefig(draft, transparent=transparent, metadata=told)
    return where
