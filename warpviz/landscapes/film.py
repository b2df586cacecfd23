"""Films of loss landscapes: the path grows while beside it the sheet folds, or the line settles."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.figures.style import rgb
from warpviz.film.charts import Backdrop, backdrop
from warpviz.film.options import Options
from warpviz.film.pace import EARLY, KEYFRAMES, SECONDS, spread
from warpviz.film.reel.animation import Animation
from warpviz.film.training import cloth_of_states, state_name
from warpviz.landscapes.figure import PATHS, draw_landscape, draw_line
from warpviz.landscapes.surface import Landscape
from warpviz.motion.framing import Box
from warpviz.motion.timeline import Timeline
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.theme import Theme, theme
from warpviz.training.history import Fit


def animate_landscape(
    land: Landscape,
    fits: Mapping[str, Fit] | Fit | None = None,
    data: Dataset | None = None,
    *,
    layer: int | None = None,
    **options: Any,
) -> Animation:
    """The film in which the paths grow while the sheet of the first fit folds beside them.

    Args:
        land: the landscape.
        fits: whose paths they are; None for the line's landscape, beside which the line settles.
        data: the dots, where there are fits.
        layer: which state the sheet shows, see `animate_training`.
        options: fields of `Options`; `seconds` is the whole film's length, 8 by default.
    """
    fits = {"path": fits} if isinstance(fits, Fit) else fits
    chosen = Options(**options)
    colours = theme(chosen.theme)
    size = chosen.size or (960, 480)
    seconds = chosen.seconds or SECONDS
    most = max(2, min(KEYFRAMES, round(seconds * chosen.fps) + 1))
    split = round(0.5 * size[0])
    em = max(9.0, 0.034 * size[1])
    cloth = None
    if fits is None or data is None:
        path = next(iter(land.paths.values()))
        epochs = {"descent": np.arange(len(path), dtype=float)}
        picked = spread(epochs["descent"], most)
        stops = tuple(f"step {10 * i}" for i in picked)
        charts = [_line_chart(land, picked, colours, Box(0, 0, split, size[1]), em)]
    else:
        epochs = {name: fit.history.epochs.astype(float) for name, fit in fits.items()}
        first = next(iter(fits.values()))
        picked = spread(next(iter(epochs.values())), most)
        last = len(first.chain.logits())
        shown = max(last - 1, 0) if layer is None else layer
        if not 0 <= shown <= last:
            raise WarpvizError(f"layer expects 0 (the input) to {last} (the logits), got {shown}.")
        stops = tuple(
            f"{state_name(shown, last)} · epoch {first.history.epochs[i]}" for i in picked
        )
        shots = [first.history.chain(int(i)) for i in picked]
        cloth = cloth_of_states(shots, shown, data, chosen, (split, size[1]), stops, colours)
        charts = []
    box = Box(split, 0, size[0], size[1])
    charts.append(_surface_chart(land, epochs, len(picked), colours, box, em))
    scene = FigureScene(
        size, colours, tuple(charts), stops, cloth, "The loss and the way down",
        tuple(data.class_names) if data is not None else (),
    )  # fmt: skip
    acts = len(picked) - 1
    start = chosen.hold if chosen.start_hold is None else chosen.start_hold
    end = max(1.5, chosen.hold) if chosen.end_hold is None else chosen.end_hold
    timeline = Timeline(
        acts, seconds / acts, 0.0, chosen.fps, "linear", (), (start, *[0.0] * (acts - 1), end)
    )
    names = ", ".join(land.paths)
    words = f"The loss over {land.what}, with the path of {names} growing on it."
    return Animation(scene, timeline, chosen.loop, chosen.jobs, words)


def _surface_chart(
    land: Landscape,
    epochs: Mapping[str, Floats],
    keyframes: int,
    colours: Theme,
    box: Box,
    em: float,
) -> Chart:
    def draw(axes: Any) -> None:
        draw_landscape(land, axes, paths=False)
        axes.set_title(land.what, loc="left")
        for i, (name, path) in enumerate(land.paths.items()):
            if len(land.paths) > 1:
                axes.plot([], [], color=rgb(PATHS[i % len(PATHS)]), label=name)
                # Unseen here, so that the legend keeps clear of where the path will be.
                axes.plot(path[:, 0], path[:, 1], alpha=0.0)
        if len(land.paths) > 1:
            axes.legend(loc="best", framealpha=0.6, facecolor="#5c6472", labelcolor="white")

    back = backdrop(box, colours, draw, em, right=2.6)
    share = np.linspace(0, 1, keyframes) ** EARLY
    curves = []
    for i, (name, path) in enumerate(land.paths.items()):
        known = epochs[name]
        wanted = known[0] + share * (known[-1] - known[0])
        progress = np.interp(wanted, known, np.arange(len(known), dtype=float))
        places = back.place(path)
        curves.append(Curve(places, PATHS[i % len(PATHS)], em / 8, progress, head=i))
    return Chart(back.corner, back.pixels, tuple(curves))


def _line_chart(land: Landscape, picked: Any, colours: Theme, box: Box, em: float) -> Chart:
    def draw(axes: Any) -> None:
        draw_line(land, axes, colours, learnt=False)
        axes.set_title("y = W x + b", loc="left")

    back: Backdrop = backdrop(box, colours, draw, em)
    path = next(iter(land.paths.values()))[picked]
    x = np.array([0.0, 1.0])
    places = np.stack([back.place(np.column_stack([x, w * x + b])) for w, b in path])
    return Chart(back.corner, back.pixels, (Curve(places, colours.classes[0], em / 6),))
