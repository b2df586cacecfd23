"""Films of curves that settle onto a function, with the units that they are made of."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.figure import bucketed
from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.figures.style import rgb
from warpviz.film.charts import Backdrop, backdrop, loss_axes
from warpviz.film.options import Options
from warpviz.film.reel.animation import Animation
from warpviz.model.layers import Dense
from warpviz.motion.framing import Box
from warpviz.motion.timeline import Timeline
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.theme import Theme, theme

SECONDS = 8.0
POINTS = 161
"""Of a curve in a film."""
UNITS = 48
"""Curves of single units that are drawn at most."""


@kinds_checked
def animate_approximation(
    found: Sequence[Approximation] | Approximation, **options: Any
) -> Animation:
    """The film of curves that settle onto a function, beside their losses.

    One network shows its last hidden units too: how the line is bent, unit by unit; several stand
    side by side over one chart of losses.

    Args:
        found: the networks, all of one target.
        options: fields of `Options`; `seconds` is the whole film's length, 8 by default.
    """
    found = [found] if isinstance(found, Approximation) else list(found)
    if not found:
        raise WarpvizError("animate_approximation expects at least one network, got none.")
    chosen = Options(**options)
    colours = theme(chosen.theme)
    size = chosen.size or (960, 480)
    counts = [len(one.run.kept) for one in found]
    frames = min(counts)
    if frames < 2:
        raise WarpvizError("A film needs two snapshots or more of every network.")
    picked = [np.unique(np.rint(np.linspace(0, n - 1, frames)).astype(int)) for n in counts]
    em = max(9.0, 0.034 * size[1])
    charts = _layout(found, picked, colours, size, em)
    steps = found[0].run.kept_at[picked[0]]
    stops = tuple(f"step {step}" for step in steps)
    target = found[0].target
    figure = FigureScene(
        size, colours, tuple(charts), stops, None, f"A network learns {target.name}",
        tuple("" for _ in range(min(len(found) + 1, 8))),
    )  # fmt: skip
    acts = frames - 1
    timeline = Timeline(
        acts, (chosen.seconds or SECONDS) / acts, 0.0, chosen.fps, "linear", (),
        (chosen.rest, *[0.0] * (acts - 1), max(1.5, chosen.rest)),
    )  # fmt: skip
    told = "; ".join(
        f"{one.name or 'the network'} is off by at most {one.error():.2g} in the end"
        for one in found
    )
    low, high = target.limits
    words = f"How networks learn {target.name} from {low:g} to {high:g}: {told}."
    return Animation(figure, timeline, chosen.loop, chosen.jobs, words)


def _layout(
    found: Sequence[Approximation],
    picked: Sequence[np.ndarray],
    colours: Theme,
    size: tuple[int, int],
    em: float,
) -> list[Chart]:
    width, height = size
    if len(found) == 1:
        middle, split = round(0.6 * height), round(0.58 * width)
        boxes = [Box(0, 0, split, middle)]
        charts = [_function_chart(found[0], picked[0], colours, boxes[0], em, 0)]
        lower = Box(0, middle, split, height)
        charts.append(_unit_chart(found[0], picked[0], colours, lower, em))
        charts.append(_loss_chart(found, picked, colours, Box(split, 0, width, height), em))
        return charts
    middle = round(0.58 * height)
    edges = np.rint(np.linspace(0, width, len(found) + 1)).astype(int).tolist()
    charts = [
        _function_chart(one, chosen, colours, Box(edges[i], 0, edges[i + 1], middle), em, i)
        for i, (one, chosen) in enumerate(zip(found, picked, strict=True))
    ]
    charts.append(_loss_chart(found, picked, colours, Box(0, middle, width, height), em))
    return charts


def _curve(back: Backdrop, x: Floats, rows: Floats, colour: Any, width: float) -> Curve:
    """A curve (K, N) of y over x (N,)."""
    places = np.stack([back.place(np.column_stack([x, row])) for row in rows])
    return Curve(places, colour, width)


def _function_chart(
    one: Approximation, picked: np.ndarray, colours: Theme, box: Box, em: float, number: int
) -> Chart:
    x = np.linspace(*one.target.limits, POINTS)
    chains = one.run.chains()
    learnt = np.stack([chains[i](x[:, None])[:, 0] for i in picked])
    known_x, known_y = one.target.seen(POINTS)
    low, high = float(known_y.min()), float(known_y.max())
    margin = 0.15 * (high - low or 1.0)

    def draw(axes: Any) -> None:
        ink = rgb(colours.muted)
        if one.target.points is None:
            axes.plot(known_x, known_y, color=ink, linewidth=1.6, linestyle=(0, (4, 2)))
        else:
            axes.scatter(known_x, known_y, color=ink, s=(0.9 * em) ** 2 / 4, linewidths=0)
        spare = 0.03 * (one.target.limits[1] - one.target.limits[0])
        axes.set_xlim(one.target.limits[0] - spare, one.target.limits[1] + spare)
        axes.set_ylim(low - margin, high + margin)
        axes.set_title(one.name or one.target.label, loc="left")
        axes.set_xlabel(f"in the end ±{one.error():.2g}" if one.name else
                        f"in the end off by at most {one.error():.2g}")  # fmt: skip

    back = backdrop(box, colours, draw, em)
    # What leaves the axes on the way runs along their edge.
    clipped = np.clip(learnt, low - margin, high + margin)
    colour = colours.classes[number % len(colours.classes)]
    curve = _curve(back, x, clipped, colour, em / 6)
    return Chart(back.corner, back.pixels, (curve,))


def _unit_chart(
    one: Approximation, picked: np.ndarray, colours: Theme, box: Box, em: float
) -> Chart:
    """What every unit of the last hidden layer adds to the sum."""
    x = np.linspace(*one.target.limits, POINTS)
    parts = []
    for i in picked:
        chain = one.run.chains()[i]
        last = chain[len(chain) - 1]
        assert isinstance(last, Dense)
        parts.append(chain[:-1](x[:, None]) * last.weight[0])
    terms = np.stack(parts)[:, :, :UNITS]
    low, high = float(terms[-1].min()), float(terms[-1].max())
    margin = 0.1 * (high - low or 1.0)
    low, high = low - margin, high + margin

    def draw(axes: Any) -> None:
        axes.set_xlim(one.target.limits)
        axes.set_ylim(low, high)
        axes.set_title("what each unit of the last hidden layer adds", loc="left")

    back = backdrop(box, colours, draw, em)
    curves = tuple(
        _curve(back, x, np.clip(terms[:, :, u], low, high),
               colours.classes[u % len(colours.classes)], em / 12)
        for u in range(terms.shape[2])
    )  # fmt: skip
    return Chart(back.corner, back.pixels, curves)


def _loss_chart(
    found: Sequence[Approximation],
    picked: Sequence[np.ndarray],
    colours: Theme,
    box: Box,
    em: float,
) -> Chart:
    made = [bucketed(one.run.losses) for one in found]
    longest = max(made, key=lambda pair: len(pair[0]))[0]

    def draw(axes: Any) -> None:
        padded = {
            f"{i}": np.interp(longest, steps, losses) for i, (steps, losses) in enumerate(made)
        }
        loss_axes(axes, longest, padded, colours, "mean squared error")
        axes.set_xscale("log")
        axes.set_xlabel("step")

    back = backdrop(box, colours, draw, em)
    curves = []
    for i, (one, chosen) in enumerate(zip(found, picked, strict=True)):
        steps, losses = made[i]
        places = back.place(np.column_stack([steps, losses]))
        progress = np.interp(one.run.kept_at[chosen], steps, np.arange(len(steps), dtype=float))
        colour = colours.classes[i % len(colours.classes)]
        curves.append(Curve(places, colour, em / 7, progress, head=i % len(colours.classes)))
    return Chart(back.corner, back.pixels, tuple(curves))
