"""The same films as a good user of matplotlib writes them: artists made once and updated.

pyplot's state and the screen are avoided, only what moves is changed, Agg draws.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.animation import FFMpegWriter, FuncAnimation, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tests.benchmarks.subjects import FPS, between

matplotlib.use("Agg")


def classic(folder: Path, *, rounds: int = 6, writer: str = "pillow") -> int:
    """The classic animation: three scatters, axes that follow, a legend; returns the frames."""
    states = np.load(folder / "classic_states.npz")["states"]
    counts = len(states[0]) - 5400, 900, 4500
    styles = (("grid", "gray", 2), ("label1", "red", 6), ("label2", "blue", 6))
    groups = np.split(np.arange(len(states[0])), np.cumsum(counts)[:-1])

    figure = Figure(figsize=(6, 4), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.09, 0.08, 0.88, 0.835))
    point = 72 / figure.dpi
    dots = [
        axes.scatter(
            states[0, group, 0],
            states[0, group, 1],
            s=(2 * radius * point) ** 2,
            c=colour,
            alpha=0.3,
            edgecolors="black",
            linewidths=point,
            label=name,
        )
        for group, (name, colour, radius) in zip(groups, styles, strict=True)
    ]
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, frameon=False, fontsize=8)
    axes.tick_params(labelsize=8)

    def draw(frame: int) -> list[Any]:
        k, step = divmod(frame, 2**rounds)
        points = states[k] if step == 0 else between(states, k, step / 2**rounds)
        for artist, group in zip(dots, groups, strict=True):
            artist.set_offsets(points[group])
        low, high = points.min(axis=0), points.max(axis=0)
        margin = 0.03 * (high - low)
        axes.set_xlim(low[0] - margin[0], high[0] + margin[0])
        axes.set_ylim(low[1] - margin[1], high[1] + margin[1])
        return dots

    frames: int = (len(states) - 1) * 2**rounds + 1
    film = FuncAnimation(figure, draw, frames=frames, init_func=lambda: dots)
    made = FFMpegWriter(fps=FPS) if writer == "ffmpeg" else PillowWriter(fps=FPS)
    film.save(folder / f"matplotlib_{writer}.gif", writer=made)
    return frames


def cloth(folder: Path, *, steps: int = 13, panels: int = 1) -> int:
    """The cloth in perspective: cells, lines and dots of mplot3d; returns the frames."""
    stored = np.load(folder / "cloth_states.npz")
    figure = Figure(figsize=(6.4 * min(panels, 2), 4.8), dpi=100, facecolor="#0d111a")
    FigureCanvasAgg(figure)
    title = figure.text(0.02, 0.95, "", color="white", fontsize=12)
    updates = [_sheet(figure, stored, (i / panels, 0, 1 / panels, 0.93)) for i in range(panels)]
    states = stored["states"]

    def draw(frame: int) -> list[Any]:
        k, step = divmod(frame, steps)
        points = states[k] if step == 0 else between(states, k, step / steps)
        changed = [artist for update in updates for artist in update(points, frame)]
        title.set_text(f"act {k + 1}")
        return [*changed, title]

    frames: int = (len(states) - 1) * steps + 1
    film = FuncAnimation(figure, draw, frames=frames, init_func=lambda: [])
    film.save(folder / "matplotlib_cloth.gif", writer=PillowWriter(fps=FPS))
    return frames


def _sheet(figure: Figure, stored: Any, place: Any) -> Callable[[Any, int], list[Any]]:
    """A sheet with its dots in axes of its own; returns what moves it."""
    from mpl_toolkits.mplot3d.art3d import (  # type: ignore[import-untyped]
        Line3DCollection,
        Poly3DCollection,
    )

    states, cells, vertices = stored["states"], stored["cells"], int(stored["vertices"])
    lines, ends = stored["lines"], stored["line_ends"][:-1]
    labels, chances = stored["labels"], stored["chances"]
    colours = np.array([[0.84, 0.46, 0.12], [0.16, 0.51, 0.75]])
    axes: Any = figure.add_axes(place, projection="3d")
    axes.set_axis_off()
    cloth_of = Poly3DCollection(states[0][cells], facecolors=chances @ colours, alpha=0.6)
    lines_of = Line3DCollection(np.split(states[0][lines], ends), colors="white", linewidths=0.6)
    axes.add_collection3d(cloth_of)
    axes.add_collection3d(lines_of)
    dots = [
        axes.scatter(
            *states[0][vertices:][labels == c].T,
            s=18,
            c=[colours[c] * 1.15],
            edgecolors="black",
            linewidths=0.5,
            depthshade=False,
            label=f"class {c}",
        )
        for c in (0, 1)
    ]
    axes.legend(loc="upper right", fontsize=8)

    def update(points: Any, frame: int) -> list[Any]:
        cloth_of.set_verts(points[cells])
        lines_of.set_segments(np.split(points[lines], ends))
        for c, artist in enumerate(dots):
            artist._offsets3d = tuple(points[vertices:][labels == c].T)
        low, high = points.min(axis=0), points.max(axis=0)
        reach = 0.5 * float((high - low).max())
        middle = (low + high) / 2
        axes.set(
            xlim=(middle[0] - reach, middle[0] + reach),
            ylim=(middle[1] - reach, middle[1] + reach),
            zlim=(middle[2] - reach, middle[2] + reach),
        )
        axes.view_init(elev=35, azim=-60 + 0.5 * frame)
        return [cloth_of, lines_of, *dots]

    return update
