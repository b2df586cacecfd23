"""Films of loss landscapes: the path grows while beside it the sheet folds, or the line settles."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Unpack

import numpy as np

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.figures.letters import chart_notes
from warpviz.figures.settings import settled
from warpviz.film.charts import DPI, Backdrop, backdrop
from warpviz.film.insets.basis import check_no_basis
from warpviz.film.keywords import TrainingOptions, keywords_of
from warpviz.film.learnt import cloth_of_states
from warpviz.film.options import Options
from warpviz.film.pace import EARLY, KEYFRAMES, most_acts, spread, whole_film
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.film.words.classes import with_said_classes
from warpviz.landscapes.figure import draw_line, wrapped
from warpviz.landscapes.ground import coloured, draw_landscape, surface_at
from warpviz.landscapes.paths import FAINT, astray, legend_for, path_colour
from warpviz.landscapes.surface import Landscape
from warpviz.languages.language import Language
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.picture.marks.still import AROUND, Ground
from warpviz.theme import Theme
from warpviz.training.history import Fit

MOST_POINTS = 201
"""Along each side of a ground that a page turns."""
LEFT, BESIDE = 4.2, 4.6
"""Room at the left of the axes, and at their right for the colour bar, in em."""


@kinds_checked
def animate_landscape(
    land: Landscape,
    fits: Mapping[str, Fit] | Fit | None = None,
    data: Dataset | None = None,
    *,
    layer: int | None = None,
    **options: Unpack[TrainingOptions],
) -> Animation:
    """The film in which the paths grow while the sheet of the first fit folds beside them.

    Args:
        land: the landscape.
        fits: whose paths they are; None for the line's landscape, beside which the line settles.
        data: the dots, where there are fits.
        layer: which state the sheet shows, see `animate_training`.
        options: those of `TrainingOptions`; `seconds` is the whole film's length, 8 by default.
    """
    fits = {"path": fits} if isinstance(fits, Fit) else fits
    _check_paths(land, fits, data)
    chosen = Options.of(options, keywords_of(TrainingOptions), "animate_landscape")
    check_no_basis(chosen.look.show, "A film of a landscape")
    colours, say = chosen.look.colours, chosen.look.say
    if data is not None and chosen.look.colors is not None:
        colours = chosen.look.dressed(data)
    notes = chosen.look.notes(data)
    notes += chart_notes((say("loss"), *land.paths), say)
    size = chosen.look.size or (960, 480)
    most = min(KEYFRAMES, most_acts(chosen.clock) + 1)
    split = round(0.5 * size[0])
    em = max(10.0, AROUND["em"] * size[1])
    cloth = None
    if fits is None or data is None:
        path = next(iter(land.paths.values()))
        epochs = {"descent": np.arange(len(path), dtype=float)}
        picked = spread(epochs["descent"], most)
        stops = tuple(say("step {number}", number=10 * i) for i in picked)
        charts = [_line_chart(land, picked, colours, Box(0, 0, split, size[1]), em)]
    else:
        epochs = {name: fit.history.epochs.astype(float) for name, fit in fits.items()}
        first = next(iter(fits.values()))
        data = with_said_classes(data, say)
        picked = spread(next(iter(epochs.values())), most)
        shots = [first.history.chain(int(i)) for i in picked]
        when = [say("epoch {number}", number=first.history.epochs[i]) for i in picked]
        cloth = cloth_of_states(
            [("", shots)], layer, data, chosen.look, (split, size[1]), [when], colours
        )
        stops = cloth.panels[0].stops
        charts = []
    box = Box(split, 0, size[0], size[1])
    charts.append(_surface_chart(land, epochs, len(picked), colours, box, em, say))
    scene = FigureScene(
        size, colours, tuple(charts), stops, cloth, say("The loss and the way down"),
        tuple(data.class_names) if data is not None else (), say.code,
    )  # fmt: skip
    timeline = whole_film(chosen.clock, len(picked) - 1)
    known = {"what": say(land.what), "names": say(", ").join(land.paths)}
    words = say("The loss over the {what}, with the path of {names} growing on it.", **known)
    if land.ceiling is not None:
        words = say("{what}, with the path of {names} growing on it.", **known)
        words = f"{words[0].upper()}{words[1:]}"
    return Animation(
        scene, timeline, chosen.clock.loop, chosen.jobs, words, notes,
        source=Source(partial(animate_landscape, land, fits, data, layer=layer), options),
    )  # fmt: skip


def _check_paths(land: Landscape, fits: Mapping[str, Fit] | None, data: Dataset | None) -> None:
    of_the_line = land.ceiling is not None
    if not of_the_line and (fits is None or data is None):
        raise WarpvizError(
            "animate_landscape expects the fits whose paths the landscape shows and their data, "
            "animate_landscape(land, fits, data); got neither or one of them."
        )
    if fits is not None and set(fits) != set(land.paths):
        raise WarpvizError(
            f"animate_landscape expects fits named {', '.join(land.paths)}, as the landscape's "
            f"paths are; got {', '.join(fits)}."
        )


def _surface_chart(
    land: Landscape,
    epochs: Mapping[str, Floats],
    keyframes: int,
    colours: Theme,
    box: Box,
    em: float,
    say: Language,
) -> Chart:
    room = box.width / em - LEFT - BESIDE

    def draw(axes: Any) -> None:
        bar = (1 + 0.7 / room, 0.9 / room)
        few = max(3, int(box.height / em / 4))
        draw_landscape(land, axes, grown=False, bar=bar, ticks=few, legend=legend, say=say)
        axes.set_title(title, loc="left")

    legend = legend_for(box.width / em, box.height / em)
    title = "" if legend == "none" else wrapped(say(land.what), (box.width / em - LEFT) / 1.05)
    back = _backdrop(box, colours, draw, em, BESIDE, 1.0 + 1.25 * (1 + title.count("\n")))
    share = np.linspace(0, 1, keyframes) ** EARLY
    curves = []
    for number, (name, path) in enumerate(land.paths.items()):
        known = epochs[name]
        wanted = known[0] + share * (known[-1] - known[0])
        progress = np.interp(wanted, known, np.arange(len(known), dtype=float))
        # Ink is a density here: half of it would still cover two thirds.
        ink = np.where(astray(land, name), FAINT**2, 1.0)
        places, colour = back.place(path), path_colour(number)
        curves.append(Curve(places, colour, em / 8, progress, number, ink, back.inside, name))
    return back.chart(curves, _ground(land, say))


def _ground(land: Landscape, say: Language) -> Ground:
    """The losses as heights, for whoever turns them."""
    values, levels, colours = coloured(land)
    # A page needs no more points than it has pixels.
    rows, columns = (
        np.rint(np.linspace(0, count - 1, min(count, MOST_POINTS))).astype(int)
        for count in values.shape
    )
    along = [
        land.losses.get(name, surface_at(land, values, path)) for name, path in land.paths.items()
    ]
    names = say(land.names[0]), say(land.names[1])
    seen = values[np.ix_(rows, columns)]
    return Ground(seen, levels, colours, land.ceiling is None, tuple(along), names)


def _line_chart(land: Landscape, picked: Any, colours: Theme, box: Box, em: float) -> Chart:
    def draw(axes: Any) -> None:
        draw_line(land, axes, colours, learnt=False)
        axes.set_title("y = W x + b", loc="left")

    back = _backdrop(box, colours, draw, em, 1.0)
    path = next(iter(land.paths.values()))[picked]
    x = np.array([0.0, 1.0])
    places = np.stack([back.place(np.column_stack([x, w * x + b])) for w, b in path])
    return back.chart([Curve(places, colours.classes[0], em / 6, inside=back.inside)])


def _backdrop(
    box: Box, colours: Theme, draw: Callable[[Any], None], em: float, right: float, top: float = 2.6
) -> Backdrop:
    """A backdrop whose legends, too, have words of the chart's size."""
    points = 72 * em / DPI
    small: Any = {
        name: AROUND["tick"] * points
        for name in ("xtick.major.size", "ytick.major.size", "xtick.major.pad", "ytick.major.pad")
    }
    with settled(
        {"font.size": AROUND["small"] * points, "axes.labelpad": AROUND["tick"] * points, **small}
    ):
        return backdrop(box, colours, draw, em, right, top)
