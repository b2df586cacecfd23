"""Films of curves that settle onto a function, with the units that they are made of."""

from collections.abc import Sequence
from functools import partial
from typing import Unpack

import numpy as np

from warpviz.approximation.approximation import Approximation
from warpviz.approximation.charts import function_charts, loss_chart, unit_chart
from warpviz.arguments import kinds_checked
from warpviz.errors import WarpvizError
from warpviz.figures.letters import chart_notes
from warpviz.film.charts import check_scales
from warpviz.film.keywords import ChartOptions, keywords_of
from warpviz.film.options import Options
from warpviz.film.pace import most_acts, whole_film
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.languages.language import Language
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, FigureScene
from warpviz.theme import Theme

SIZE, SEVERAL = (960, 480), (960, 600)
"""Width and height in pixels, for one network and for several."""


@kinds_checked
def animate_approximation(
    found: Sequence[Approximation] | Approximation,
    *,
    axes: str = "loglog",
    **options: Unpack[ChartOptions],
) -> Animation:
    """The film of curves that settle onto a function, beside their losses.

    The network's curve lies over the truth, what is left between them stands below. One network
    shows its last hidden units too: how the line is bent, unit by unit; several stand side by side
    over one chart of losses.

    Args:
        found: the networks, all of one target.
        axes: of the losses: linear, semilogx (steps), semilogy (losses) or loglog.
        options: those of `ChartOptions`; `seconds` is the whole film's length, 8 by default.
    """
    found = [found] if isinstance(found, Approximation) else list(found)
    if not found:
        raise WarpvizError("animate_approximation expects at least one network, got none.")
    chosen = Options.of(options, keywords_of(ChartOptions), "animate_approximation")
    colours, say = chosen.look.colours, chosen.look.say
    size = chosen.look.size or (SIZE if len(found) == 1 else SEVERAL)
    counts = [len(one.run.kept) for one in found]
    if min(counts) < 2:
        raise WarpvizError("A film needs two snapshots or more of every network.")
    frames = min([*counts, most_acts(chosen.clock) + 1])
    picked = [np.unique(np.rint(np.linspace(0, n - 1, frames)).astype(int)) for n in counts]
    em = max(9.0, 0.034 * min(size[1], size[0] / 2))
    charts = _layout(found, picked, colours, size, em, check_scales(axes), say)
    steps = found[0].run.kept_at[picked[0]]
    stops = tuple(say("step {number}", number=step) for step in steps)
    target = found[0].target
    figure = FigureScene(
        size, colours, tuple(charts), stops, None,
        say("A network learns {target}", target=target.name),
        tuple("" for _ in range(min(len(found) + 1, 8))), say.code,
    )  # fmt: skip
    timeline = whole_film(chosen.clock, frames - 1)
    low, high = target.limits
    words = say(
        "How networks learn {target} from {low} to {high}: {what}.",
        target=target.name, low=f"{low:g}", high=f"{high:g}",
        what=say("; ").join(_ending(one, say) for one in found),
    )  # fmt: skip
    if settings := [_settings(one, say) for one in found if one.run.settings]:
        told = say("Settings: {settings}.", settings=say("; ").join(settings))
        words = say.joined([words, told])
    notes = (*chosen.look.notes(), *chart_notes((say("step"), *(one.name for one in found)), say))
    return Animation(
        figure, timeline, chosen.clock.loop, chosen.jobs, words, notes,
        source=Source(partial(animate_approximation, found, axes=axes), options),
    )  # fmt: skip


def _ending(one: Approximation, say: Language) -> str:
    """How near a network has come in the end."""
    known = {"who": one.name or say("the network"), "error": f"{one.error():.2g}"}
    if one.dead_layer is not None:
        return say("{who} is off by at most {error} in the end, and dead", **known)
    return say("{who} is off by at most {error} in the end", **known)


def _settings(one: Approximation, say: Language) -> str:
    """How a network was trained."""
    told = say(
        "{settings}, {steps} steps of Adam", settings=one.run.settings, steps=f"{one.run.step:,}"
    )
    return say("{who}: {what}", who=one.name, what=told) if one.name else told


def _layout(
    found: Sequence[Approximation],
    picked: Sequence[np.ndarray],
    colours: Theme,
    size: tuple[int, int],
    em: float,
    scales: str,
    say: Language,
) -> list[Chart]:
    width, height = size
    if len(found) == 1:
        split, middle = round(0.56 * width), round(0.5 * height)
        charts = function_charts(found[0], picked[0], colours, Box(0, 0, split, height), em, 0, say)
        upper, lower = Box(split, 0, width, middle), Box(split, middle, width, height)
        charts.append(unit_chart(found[0], picked[0], colours, lower, em, say))
        charts.append(loss_chart(found, picked, colours, upper, em, scales, say))
        return charts
    middle = round(0.66 * height)
    edges = np.rint(np.linspace(0, width, len(found) + 1)).astype(int).tolist()
    charts = [
        chart
        for i, (one, chosen) in enumerate(zip(found, picked, strict=True))
        for chart in function_charts(
            one, chosen, colours, Box(edges[i], 0, edges[i + 1], middle), em, i, say
        )
    ]
    below = Box(0, middle, width, height)
    charts.append(loss_chart(found, picked, colours, below, em, scales, say))
    return charts
