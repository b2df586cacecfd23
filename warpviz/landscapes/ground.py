"""The ground of a landscape, coloured by its loss: filled contours, or a surface in 3-D."""

from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.colour import Colour
from warpviz.errors import WarpvizError
from warpviz.figures.levels import round_decades, round_levels, told_levels, words
from warpviz.landscapes.heights import Heights
from warpviz.landscapes.paths import draw_paths
from warpviz.languages.language import ENGLISH, Language

LEAST = 1e-12
"""Losses below it are drawn as it: a logarithm has no nought."""
LEVELS = 100
"""Of a loss up to a ceiling."""
MAP = "viridis"
WORDS = 7.0
"""Room for the words around a surface, in em."""
BAR = (1.03, 0.045)
"""The colour bar: where it begins and how wide it is, in parts of the axes."""


def heights(land: Heights) -> tuple[Floats, Floats]:
    """The loss as it is coloured, (B, A), and the levels, at round numbers.

    Up to a ceiling they stand at even steps, else closer the less the loss is: a net's loss spans
    orders of magnitude, and all that is of interest is at the bottom.
    """
    if land.ceiling is not None:
        return np.minimum(land.loss, land.ceiling), np.linspace(0.0, land.ceiling, LEVELS + 1)
    finite = np.maximum(land.loss[np.isfinite(land.loss)], LEAST)
    if not len(finite):
        raise WarpvizError("The loss is finite nowhere on the plane, so there is nothing to draw.")
    levels = round_decades(float(finite.min()), float(np.percentile(finite, 99.0)))
    values = np.nan_to_num(land.loss, nan=levels[-1], posinf=levels[-1])
    return np.clip(values, levels[0], levels[-1]), levels


def coloured(land: Heights) -> tuple[Floats, Floats, tuple[Colour, ...]]:
    """Heights, levels, and the colour of the band above each level, as `draw_landscape` has them.

    A band has the colour of its middle, as matplotlib's filled contours have; what reaches the
    highest level has that of the last.
    """
    from matplotlib import colormaps
    from matplotlib.colors import LogNorm, Normalize

    values, levels = heights(land)
    logs = land.ceiling is None
    norm: Any = (LogNorm if logs else Normalize)(levels[0], levels[-1])
    low, high = levels[:-1], levels[1:]
    middles = np.sqrt(low) * np.sqrt(high) if logs else (low + high) / 2
    middles = np.append(middles, middles[-1])
    inks = np.rint(255 * colormaps[MAP](norm(middles))[:, :3]).astype(int).tolist()
    return values, levels, tuple((red, green, blue) for red, green, blue in inks)


def draw_landscape(
    land: Heights,
    ax: Any,
    *,
    grown: bool = True,
    bar: tuple[float, float] = BAR,
    ticks: int = 8,
    legend: str = "long",
    say: Language = ENGLISH,
) -> None:
    """Draw filled contours, a colour bar and the paths into matplotlib's axes.

    Args:
        land: what to draw.
        ax: the axes.
        grown: whether paths are drawn; else only where they start and end.
        bar: see `BAR`.
        ticks: of the colour bar, at most.
        legend: see `legend_for`.
        say: the language.
    """
    from matplotlib.colors import LogNorm, Normalize

    values, levels = heights(land)
    norm = (Normalize if land.ceiling is not None else LogNorm)(levels[0], levels[-1])
    over = "max" if np.any(~(land.loss <= levels[-1])) else "neither"
    drawn = ax.contourf(land.a, land.b, values, levels, cmap=MAP, norm=norm, extend=over)
    ink = ax.xaxis.label.get_color()
    beside = ax.inset_axes((bar[0], 0.0, bar[1], 1.0))
    # At the foot, below the axis's numbers: beside the bar its name would need room of its own.
    beside.set_xlabel(say("loss"), color=ink, labelpad=1.4 * ax.xaxis.label.get_size())
    scale = ax.figure.colorbar(drawn, cax=beside, spacing="proportional")
    told = told_levels(levels, ticks)
    scale.set_ticks(told, labels=words(told), minor=False)
    scale.minorticks_off()
    scale.ax.tick_params(colors=ink, labelsize="small")
    if legend != "none":
        ax.set_xlabel(say(land.names[0]))
        ax.set_ylabel(say(land.names[1]))
    ax.set_xlim(land.a[0], land.a[-1])
    ax.set_ylim(land.b[0], land.b[-1])
    draw_paths(land, ax, grown=grown, legend=legend, say=say)


def draw_surface(
    land: Heights,
    axes: Any,
    side: float,
    *,
    legend: str = "long",
    below: float = 1.0,
    say: Language = ENGLISH,
) -> None:
    """Draw the loss as height, on a logarithm unless it has a ceiling; paths at their true loss.

    Args:
        land: what to draw.
        axes: in 3-D.
        side: of the square in which they stand, in em.
        legend: see `legend_for`.
        below: see `draw_paths`.
        say: the language.
    """
    values, levels = heights(land)

    def height(loss: Floats) -> Floats:
        return loss if land.ceiling is not None else np.log10(np.maximum(loss, LEAST))

    a, b = np.meshgrid(land.a, land.b)
    # What is drawn later lies above: a path over the surface, also where it runs below it.
    axes.computed_zorder = False
    axes.plot_surface(
        a, b, height(values), cmap=MAP, linewidth=0, antialiased=True, rcount=80, ccount=80
    )
    every = np.concatenate([levels, *land.losses.values()])
    span = (float(max(every.min(), LEAST)), float(every.max()))
    told = told_levels((round_levels if land.ceiling is not None else round_decades)(*span), 6)
    axes.set_zticks(height(told), words(told))
    high = {}
    for name, path in land.paths.items():
        high[name] = height(land.losses[name])
        for place in (0, -1):
            foot = surface_at(land, height(values), path[[place]])[0]
            ends = [foot, high[name][place]]
            stem = [[path[place, 0]] * 2, [path[place, 1]] * 2, ends]
            axes.plot(*stem, ":", color=axes.xaxis.label.get_color(), linewidth=1.0, zorder=4)
    if legend != "none":
        axes.set_xlabel(say(land.names[0]))
        axes.set_ylabel(say(land.names[1]))
        axes.set_zlabel(say("loss"))
    axes.view_init(38, -60)
    # The layout does not know of the words along its axes, which need room around it.
    axes.set_box_aspect(None, zoom=1.0 - (WORDS if legend != "none" else 2.5) / side)
    draw_paths(land, axes, high, legend=legend, below=below, say=say)


def surface_at(land: Heights, values: Floats, path: Floats) -> Floats:
    """Values at places on the surface, (S,), between its points."""
    i = np.clip(np.searchsorted(land.a, path[:, 0]) - 1, 0, len(land.a) - 2)
    j = np.clip(np.searchsorted(land.b, path[:, 1]) - 1, 0, len(land.b) - 2)
    u = np.clip((path[:, 0] - land.a[i]) / (land.a[i + 1] - land.a[i]), 0, 1)
    v = np.clip((path[:, 1] - land.b[j]) / (land.b[j + 1] - land.b[j]), 0, 1)
    near = values[j, i] * (1 - u) + values[j, i + 1] * u
    far = values[j + 1, i] * (1 - u) + values[j + 1, i + 1] * u
    return np.asarray(near * (1 - v) + far * v)
