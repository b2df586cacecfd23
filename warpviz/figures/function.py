"""The function of a chain itself: a curve for one input, filled contours for two."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import to_chain
from warpviz.errors import WarpvizError
from warpviz.figures.envelope import BLOCK, MOST, envelope
from warpviz.figures.files import save_figure
from warpviz.figures.levels import round_levels, told_levels, words
from warpviz.figures.style import check_axes, dress, literal, rgb
from warpviz.geometry.plane import reached
from warpviz.geometry.straight.kinks import kinks
from warpviz.model.chain import Chain
from warpviz.model.slopes import slope_bound
from warpviz.own_theme import ThemeLike, as_theme

GRIDS = (201, 401, 801)
"""Points along each side of a plane: the first that shows what is between them."""
LEVELS = 24
UNLIKE = 4.0
"""Sides of a plane whose lengths differ more than this have units of their own: a square."""
MISSED = 0.01
"""Share of places between the points of a plane's grid that may be off by more than a level."""


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
    return reached(chosen)


@kinds_checked
def plot_function(
    chain: Chain | Any,
    ax: Any,
    *,
    limits: Sequence[float] = (),
    output: int | None = None,
    names: Sequence[str] = (),
    inputs: Sequence[str] = ("x₁", "x₂"),
    theme_name: ThemeLike = "light",
) -> None:
    """Draw the function of a chain into matplotlib's axes.

    A curve that turns within a column of pixels is filled from its lowest to its highest value
    there; how closely one must look follows from a bound on its slope, by the weights.

    Args:
        chain: a model that `to_chain` takes: of one input, all of whose outputs become curves; or
            of two, of which one output becomes filled contours.
        ax: the axes.
        limits: x0, x1 or x0, x1, y0, y1; −1 to 1 by default.
        output: which output, counted from 1; None draws all curves, or the first plane.
        names: of the outputs.
        inputs: names of two inputs.
        theme_name: for the colours of curves.

    Raises:
        WarpvizError: as `plot_limits`, or for an output that there is not.
    """
    chain = to_chain(chain)
    check_axes("plot_function", ax)
    chosen = plot_limits(chain, limits)
    outputs = chain.widths[-1]
    if output is not None and not 1 <= output <= outputs:
        raise WarpvizError(f"output expects 1 to {outputs}, got {output}.")
    numbered = ["y"] if outputs == 1 else [f"y{i}" for i in range(1, outputs + 1)]
    labels = list(map(literal, names)) or numbered
    if chain.widths[0] == 1:
        _curves(chain, ax, chosen, output, labels, theme_name)
        return
    output = output or 1
    x, y, values = plane_values(chain, chosen, output)
    levels = round_levels(float(values.min()), float(values.max()), LEVELS)
    drawn = ax.contourf(x, y, np.clip(values, levels[0], levels[-1]), levels, cmap="cividis")
    ax.set(xlabel=inputs[0], ylabel=inputs[1])
    sides = chosen[1] - chosen[0], chosen[3] - chosen[2]
    if max(sides) <= UNLIKE * min(sides):
        ax.set_aspect("equal")
    else:
        ax.set_aspect("auto")
        ax.set_box_aspect(1)
    bar = ax.figure.colorbar(drawn, ax=ax, label=labels[(output - 1) % len(labels)])
    ink = ax.xaxis.label.get_color()
    told = told_levels(levels)
    bar.set_ticks(told, labels=words(told))
    bar.ax.tick_params(colors=ink)
    bar.ax.yaxis.label.set_color(ink)


def _curves(
    chain: Chain,
    ax: Any,
    limits: Sequence[float],
    output: int | None,
    labels: Sequence[str],
    theme_name: ThemeLike,
) -> None:
    """Every output of a chain of one input, or one of them."""
    low, high = limits
    colours = as_theme(theme_name).classes
    bends = kinks(chain, low, high)
    steepest = slope_bound(chain, max(abs(low), abs(high)))[:, 0]
    outputs = range(chain.widths[-1]) if output is None else [output - 1]
    found = []
    for i in outputs:

        def value(x: Floats, i: int = i) -> Floats:
            return chain(x[:, None])[:, i]

        traced = envelope(value, (low, high), slope=float(steepest[i]), bends=bends)
        colour = rgb(colours[i % len(colours)])
        traced.draw(ax, colour, 1.5, label=labels[i % len(labels)])
        found.append(traced)
    ax.set_xlim(low, high)
    ax.set_xlabel("x")
    if chain.widths[-1] == 1:
        ax.set_ylabel(labels[0])
    words = []
    if any(one.filled for one in found):
        words.append("filled where it turns within a pixel")
    if not all(one.sure for one in found):
        words.append(f"seen at {MOST:,} places")
    if words:
        ax.set_title("; ".join(words), loc="left", fontsize=9, color=ax.xaxis.label.get_color())
    ground = {"frameon": True, "facecolor": ax.get_facecolor(), "edgecolor": "none"}
    ax.legend(labelcolor="linecolor", **(ground if words else {"frameon": False}))


def plane_values(
    chain: Chain, limits: Sequence[float], output: int
) -> tuple[Floats, Floats, Floats]:
    """One output of a chain of two inputs on a grid that shows it: x (G,), y (G,), values (G, G).

    Raises:
        WarpvizError: it changes faster than any grid here, and colours would be noise.
    """
    for count in GRIDS:
        x, y, values, missed = _gridded(chain, limits, output, count)
        if missed <= MISSED:
            return x, y, values
    # Narrower and narrower about the middle, until a picture is true.
    box = np.array(limits, dtype=float).reshape(2, 2)
    middle, half = box.mean(axis=1), np.diff(box, axis=1)[:, 0] / 2
    while _gridded(chain, _about(middle, half), output, GRIDS[0])[3] > MISSED and half.max() > 0:
        half = half / 2
    narrow = ",".join(f"{v:.6g}" for v in _about(middle, half))
    raise WarpvizError(
        f"Output {output} changes faster between the limits {','.join(f'{v:g}' for v in limits)} "
        f"than {GRIDS[-1]} points along each side can show, and would look like noise; choose "
        f"narrower limits, such as {narrow}."
    )


def _about(middle: Floats, half: Floats) -> list[float]:
    return np.column_stack([middle - half, middle + half]).ravel().tolist()


def _gridded(
    chain: Chain, limits: Sequence[float], output: int, count: int
) -> tuple[Floats, Floats, Floats, float]:
    """A grid, and the share of places between its points that it misses by a level or more."""
    x, y = (np.linspace(limits[i], limits[i + 1], count) for i in (0, 2))

    def at(points: Floats) -> Floats:
        parts = [chain(points[i : i + BLOCK])[:, output - 1] for i in range(0, len(points), BLOCK)]
        return np.concatenate(parts)

    values = at(np.column_stack([axis.ravel() for axis in np.meshgrid(x, y)]))
    values = values.reshape(count, count)
    # Places of which no two are alike: at the middles a wave could have its zeros.
    rng = np.random.default_rng(0)
    cells = rng.integers(0, count - 1, (4000, 2))
    part = rng.uniform(0.0, 1.0, (4000, 2))
    corner = np.array([x[0], y[0]])
    step = np.array([x[1] - x[0], y[1] - y[0]])
    (column, row), (u, v) = cells.T, part.T
    mixed = (
        values[row, column] * (1 - u) * (1 - v) + values[row, column + 1] * u * (1 - v)
        + values[row + 1, column] * (1 - u) * v + values[row + 1, column + 1] * u * v
    )  # fmt: skip
    off = np.abs(at(corner + (cells + part) * step) - mixed)
    # A constant has no levels: rounding is no change.
    least = max(float(np.ptp(values)) / LEVELS, 1e-9 * float(np.abs(values).max()))
    return x, y, values, float((off > least).mean())


def save_plot(
    chain: Chain | Any,
    path: str | os.PathLike[str],
    *,
    limits: Sequence[float] = (),
    output: int | None = None,
    names: Sequence[str] = (),
    inputs: Sequence[str] = ("x₁", "x₂"),
    theme_name: ThemeLike = "light",
    transparent: bool = False,
) -> Path:
    """Draw the function of a chain into a file; arguments as `plot_function`.

    Args:
        chain: see `plot_function`, and so are the others.
        path: ends in .svg, .pdf or .png.
        limits: of the inputs.
        output: for two inputs.
        names: of the outputs.
        inputs: names of two inputs.
        theme_name: a theme, see `as_theme`.
        transparent: leave the background out.
    """
    chain, colours = to_chain(chain), as_theme(theme_name)

    def drawn() -> Any:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        back = rgb(colours.background)
        figure = Figure((6.4, 4.8), dpi=150, facecolor=back, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        dress(axes, colours)
        plot_function(
            chain, axes, limits=limits, output=output, names=names, inputs=inputs,
            theme_name=theme_name,
        )  # fmt: skip
        return figure

    return save_figure(drawn, path, transparent=transparent)
