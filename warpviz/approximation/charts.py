"""The charts of a film of approximation: curve over truth, what is left, units, losses."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.figure import bucketed, draw_truth
from warpviz.approximation.snapshots import places_of, said_by_snapshots
from warpviz.arrays import Floats, Ints
from warpviz.figures.style import literal, rgb
from warpviz.film.charts import Backdrop, backdrop, loss_axes
from warpviz.languages.language import Language
from warpviz.model.layers import Dense
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, Curve
from warpviz.theme import Theme

UNITS = 48
"""Curves of single units that are drawn at most."""
ROOM = 4.0
"""The network's last curve is taken into the axes where they grow to so many times the truth's."""
NARROW = 16.0
"""Charts of fewer em across have shorter words."""
FAR = 1e6
"""Heights of the axes; beyond, a curve is as good as upright."""
SHRINKS = 8.0
"""What is left is drawn on an axis of both signs' logarithms where it shrinks to such a part."""


def function_charts(
    one: Approximation,
    picked: Ints,
    colours: Theme,
    box: Box,
    em: float,
    number: int,
    say: Language,
) -> list[Chart]:
    """The network's curve, thin, over the truth, wide; and below what is left between them.

    Args:
        one: the network.
        picked: which of its snapshots.
        colours: the theme.
        box: for both charts.
        em: size of the words, in pixels.
        number: which network, from 0: its colour.
        say: the language.
    """
    split = round(box.y0 + 0.6 * box.height)
    upper, lower = Box(box.x0, box.y0, box.x1, split), Box(box.x0, split, box.x1, box.y1)
    colour = colours.classes[number % len(colours.classes)]
    x = places_of(one, round(box.width))
    learnt = said_by_snapshots(one, picked, x)
    low, high, told = _heights(one, learnt[-1], narrow=box.width < NARROW * em, say=say)

    def draw(axes: Any) -> None:
        draw_truth(one.target, axes, colours, em)
        _across(axes, one.target.limits)
        axes.set_ylim(low, high)
        names = one.name or say("{target} (wide), network (thin)", target=one.target.label)
        axes.set_title(literal(names) + (f" – {told}" if told else ""), loc="left")
        axes.tick_params(labelbottom=False)

    back = backdrop(upper, colours, draw, em, bottom=0.6)
    charts = [back.chart([_curve(back, x, learnt, colour, em / 7)])]
    return [*charts, _left_chart(one, picked, colours, lower, em, colour, say)]


def _left_chart(
    one: Approximation,
    picked: Ints,
    colours: Theme,
    box: Box,
    em: float,
    colour: Any,
    say: Language,
) -> Chart:
    """The network minus the truth."""
    points = one.target.points
    x = places_of(one, round(box.width)) if points is None else points[:, 0]
    known = one.target.values(x)
    rest = said_by_snapshots(one, picked, x) - known
    with np.errstate(invalid="ignore"):
        sizes = np.nanmax(np.abs(rest), axis=1)
    last = float(sizes[-1])
    far = float(min(sizes.max(), FAR * max(last, 1e-300))) or 1.0
    logs = last > 0 and far > SHRINKS * last

    def draw(axes: Any) -> None:
        from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

        axes.axhline(0.0, color=rgb(colours.muted), linewidth=0.8)
        _across(axes, one.target.limits)
        axes.set_ylim(-1.15 * far, 1.15 * far)
        if logs:
            least, most = (float(np.floor(np.log10(v))) for v in (last, far))
            axes.set_yscale("symlog", linthresh=10.0**least, linscale=0.6)
            shown = {most, round((least + most) / 2)} if box.height > 9 * em else {most}
            sizes_shown = [10.0**one for one in sorted(shown)]
            axes.yaxis.set_major_locator(
                FixedLocator([*(-one for one in sizes_shown), 0.0, *sizes_shown])
            )
            axes.yaxis.set_minor_locator(NullLocator())
        else:
            axes.locator_params(axis="y", nbins=3)
        axes.yaxis.set_major_formatter(FuncFormatter(_short))
        narrow = box.width < NARROW * em
        axes.text(
            0.02, 0.95, say("rest") if narrow else say("network − truth"),
            transform=axes.transAxes, va="top", fontsize=0.6 * em, color=rgb(colours.muted),
        )  # fmt: skip
        error = f"{one.error():.2g}"
        if narrow:
            axes.set_xlabel(say("at most {error}", error=error))
        else:
            axes.set_xlabel(say("in the end off by at most {error}", error=error))

    back = backdrop(box, colours, draw, em, top=0.5)
    if points is None:
        return back.chart([_curve(back, x, rest, colour, em / 9)])
    # Points stand alone: an upright line each.
    at = np.repeat(x, 3)
    stems = np.stack([np.zeros_like(rest), rest, np.full_like(rest, np.nan)], axis=-1)
    return back.chart([_curve(back, at, stems.reshape(len(rest), -1), colour, em / 9)])


def unit_chart(
    one: Approximation, picked: Ints, colours: Theme, box: Box, em: float, say: Language
) -> Chart:
    """What every unit of the last hidden layer adds to the sum; arguments as `function_charts`."""
    x = np.linspace(*one.target.limits, max(round(box.width) // 2, 2))
    parts = []
    for i in picked:
        chain = one.run.chains()[i]
        last = chain[len(chain) - 1]
        assert isinstance(last, Dense)
        parts.append(chain[:-1](x[:, None]) * last.weight[0])
    terms = np.stack(parts)[:, :, :UNITS]
    low, high = float(terms[-1].min()), float(terms[-1].max())
    margin = 0.1 * (high - low or 1.0)
    count = parts[0].shape[1]

    def draw(axes: Any) -> None:
        axes.set_xlim(one.target.limits)
        axes.set_ylim(low - margin, high + margin)
        told = say("what each unit of the last hidden layer adds")
        if box.width < NARROW * em:
            told = say("what each unit adds")
        if count > UNITS:
            told = say("{what}, the first {few} of {all}", what=told, few=UNITS, all=count)
        axes.set_title(told, loc="left")

    back = backdrop(box, colours, draw, em)
    curves = [
        _curve(back, x, terms[:, :, u], colours.classes[u % len(colours.classes)], em / 12)
        for u in range(terms.shape[2])
    ]
    return back.chart(curves)


def loss_chart(
    found: Sequence[Approximation],
    picked: Sequence[Ints],
    colours: Theme,
    box: Box,
    em: float,
    scales: str,
    say: Language,
) -> Chart:
    """The losses of all networks, growing; `scales` is a name of `charts.SCALES`."""
    made = [bucketed(one.run.losses) for one in found]
    longest = max(made, key=lambda pair: len(pair[0]))[0]

    def draw(axes: Any) -> None:
        padded = {
            f"{i}": np.interp(longest, steps, losses) for i, (steps, losses) in enumerate(made)
        }
        loss_axes(axes, longest, padded, colours, say("mean squared error"), scales, say=say)
        axes.set_xlabel(say("step"))

    back = backdrop(box, colours, draw, em)
    curves = []
    for i, (one, chosen) in enumerate(zip(found, picked, strict=True)):
        steps, losses = made[i]
        places = back.place(np.column_stack([steps, losses]))
        progress = np.interp(one.run.kept_at[chosen], steps, np.arange(len(steps), dtype=float))
        colour = colours.classes[i % len(colours.classes)]
        head = i % len(colours.classes)
        name = one.name or say("loss")
        curves.append(Curve(places, colour, em / 7, progress, head, inside=back.inside, name=name))
    return back.chart(curves)


def _curve(back: Backdrop, x: Floats, rows: Floats, colour: Any, width: float) -> Curve:
    """A curve (K, N) of y over x (N,), which ends at the sides of the axes."""
    places = np.stack([back.place(np.column_stack([x, row])) for row in rows])
    height = back.inside.height
    far = back.inside.y0 - FAR * height, back.inside.y1 + FAR * height
    places[:, :, 1] = np.clip(places[:, :, 1], *far)
    return Curve(places, colour, width, inside=back.inside)


def _heights(
    one: Approximation, last: Floats, narrow: bool, say: Language
) -> tuple[float, float, str]:
    """Limits of the axes, and words where the network is dead in the end or leaves them."""
    truth = one.target.seen(2001)[1]
    low, high = float(truth.min()), float(truth.max())
    span = high - low or max(0.1 * abs(high), 1e-12)
    least, most = float(np.nanmin(last)), float(np.nanmax(last))
    words = []
    ends = {"least": f"{least:.3g}", "most": f"{most:.3g}"}
    if one.dead_layer is not None:
        words.append(
            say("dead") if narrow else say("dead: says {most} for every x", most=ends["most"])
        )
    if max(high, most) - min(low, least) <= ROOM * span:
        low, high = min(low, least), max(high, most)
    elif narrow or words:
        words.append(say("outside"))
    else:
        words.append(say("leaves the axes, from {least} to {most}", **ends))
    margin = 0.15 * max(high - low, span)
    return low - margin, high + margin, say(", ").join(words).replace("-", "−")


def _across(axes: Any, limits: tuple[float, float]) -> None:
    spare = 0.03 * (limits[1] - limits[0])
    axes.set_xlim(limits[0] - spare, limits[1] + spare)


def _short(value: float, _: object) -> str:
    return f"{value:.3g}".replace("-", "−")
