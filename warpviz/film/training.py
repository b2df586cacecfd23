"""How folds are learnt: one state of each model, epoch by epoch, and the losses."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import classes_of
from warpviz.convert.pairing import among_outputs, as_dataset
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.figures.crowded import left_out_notes
from warpviz.figures.letters import chart_notes
from warpviz.figures.style import rgb
from warpviz.film.charts import backdrop, loss_axes
from warpviz.film.insets.basis import check_no_basis
from warpviz.film.keywords import TrainingOptions, keywords_of
from warpviz.film.learners import Learner, learners_of
from warpviz.film.learnt import cloth_of_states, shown_layer
from warpviz.film.options import Options
from warpviz.film.pace import KEYFRAMES, most_acts, spread, whole_film
from warpviz.film.panel import thinned_note
from warpviz.film.recorder import Recorder
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.film.words.classes import with_said_classes
from warpviz.film.words.learning import learning_words
from warpviz.languages.language import Language
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.picture.scene import Panel
from warpviz.picture.tiling import check_panels, grid
from warpviz.picture.words.letters import font_notes
from warpviz.theme import Theme
from warpviz.training.history import Fit, History

SIZE = (960, 480)
PANEL = (360, 360)
"""Pixels of a panel of several, where no size is asked for."""
CHART = 0.5
"""Height of the losses below several panels, over a row of them."""
LEAST_CHART = 90
"""Pixels that these need."""
BESIDE = 0.58
"""The panel's width where it is alone, over the whole."""


@kinds_checked
def animate_training(
    record: Recorder | Fit | History | Mapping[str, Any],
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    *,
    layer: int | None = None,
    **options: Unpack[TrainingOptions],
) -> Animation:
    """The film of how models learn: one state of each over the epochs, and their losses.

    Creases and the decision boundary are those of each snapshot. Several stand side by side on one
    clock, above one chart of losses.

    Args:
        record: what was kept while it learnt; or title → record, for a panel each.
        x: a `Dataset`, or the points (N, D).
        y: the classes (N,) where x is an array.
        layer: which state, counted in layers: 0 is the input plane with its decision regions and
            the creases of all layers, 1 what the first layer gives; None is that of the last
            hidden layer.
        options: those of `TrainingOptions`; `seconds` is the whole film's length, 8 by default.

    Raises:
        WarpvizError: fewer than two snapshots, a layer that there is not, or data that does not
            fit.
    """
    learners = learners_of(record)
    chosen, size = checked_options(options, len(learners))
    single = learners[0].chains[-1].widths[-1] == 1
    data = as_dataset(x, y, classes_of(learners[0].model), single)
    data = among_outputs(data, [each.chains[-1].widths[-1] for each in learners])
    say = chosen.look.say
    data = with_said_classes(data, say)
    learners = [each.on(data) for each in learners]
    for each in learners:
        shown_layer(each.chains[-1], layer)
    # No more states than frames: a film takes the time that it was given.
    every = np.unique(np.concatenate([each.epochs for each in learners]))
    epochs = every[spread(every, min(KEYFRAMES, most_acts(chosen.clock) + 1))]
    alone = len(learners) == 1
    colours = chosen.look.dressed(data)
    cloth = cloth_of_states(
        [(each.title, [each.chains[i] for i in each.at(epochs)]) for each in learners],
        layer, data, chosen.look, _room(size, len(learners)),
        [each.moments(epochs, alone, say) for each in learners], colours,
    )  # fmt: skip
    names = tuple(data.class_names)
    figure = FigureScene(
        size, colours, (_losses(learners, epochs, size, colours, len(names), say),),
        cloth.panels[0].stops if alone else _epochs(epochs, say), cloth,
        say("How a network learns to fold the plane") if alone
        else say("How networks learn to fold the plane"),
        names, say.code,
    )  # fmt: skip
    notes = (
        *(note for each in learners for note in each.diverged(say)),
        *thinned_note(cloth.panels[0], data, say),
        *_left_out(learners, cloth.panels, say),
        *chosen.look.notes(data),
        *chart_notes((say("loss"), *(each.title for each in learners)), say),
        *font_notes(
            (*names, *figure.stops, *(each.title for each in learners)),
            chosen.look.face,
            say,
        ),
    )
    return Animation(
        figure,
        whole_film(chosen.clock, len(epochs) - 1),
        chosen.clock.loop,
        chosen.jobs,
        learning_words(learners, cloth.panels, layer, data, say),
        notes,
        source=Source(partial(animate_training, record, data, layer=layer), options),
    )


def checked_options(
    given: Mapping[str, Any], panels: int, film: str = "animate_training"
) -> tuple[Options, tuple[int, int]]:
    """Options of a film of so many panels, and its size.

    Raises:
        WarpvizError: for options that make no sense, or too small a size; `film` names the film.
    """
    chosen = Options.of(given, keywords_of(TrainingOptions), film)
    check_no_basis(chosen.look.show, "A film of the training")
    size = chosen.look.size or default_size(panels)
    width, height = _room(size, panels)
    check_panels(panels, (width, height))
    if panels > 1 and size[1] - height < LEAST_CHART:
        enough = math.ceil(size[1] * LEAST_CHART / (size[1] - height))
        raise WarpvizError(
            f"The losses below {panels} panels would be {size[1] - height} pixels high, too small "
            f"to read; choose a size of {size[0]}x{enough} or more."
        )
    return chosen, size


def default_size(panels: int) -> tuple[int, int]:
    """960×480 for one; of several 360×360 each, four in a row at most, and the losses below."""
    if panels == 1:
        return SIZE
    rows = -(-panels // 4)
    return PANEL[0] * -(-panels // rows), round(PANEL[1] * (rows + CHART))


def _room(size: tuple[int, int], panels: int) -> tuple[int, int]:
    """Pixels of the picture that panels have: the left, or all above the losses."""
    if panels == 1:
        return round(BESIDE * size[0]), size[1]
    _, rows = grid(panels, size[0], size[1])
    return size[0], round(size[1] * rows / (rows + CHART))


def _losses(
    learners: Sequence[Learner],
    epochs: Floats,
    size: tuple[int, int],
    colours: Theme,
    classes: int,
    say: Language,
) -> Chart:
    """The losses of all, growing."""
    width, height = _room(size, len(learners))
    alone = len(learners) == 1
    box = Box(width, 0, *size) if alone else Box(0, height, *size)
    em = max(9.0, 0.034 * size[1] if alone else min(0.034 * height, 0.09 * box.height))
    # Colours of classes mean classes: losses of several take those that are left.
    known = [*colours.classes[classes:], *colours.creases, *colours.classes]
    inks = known[: len(learners)] if not alone else [colours.classes[0]]

    def still(axes: Any) -> None:
        # Beyond its last epoch a curve ends.
        padded = {
            each.title: np.interp(every, each.epochs, each.finite, right=np.nan)
            for each in learners
        }
        loss_axes(axes, every, padded, colours, inks=inks, say=say)
        if not alone:
            legend = axes.legend(
                loc="best", frameon=False, labelcolor=[rgb(ink) for ink in inks],
                ncols=-(-len(learners) // 5), fontsize=0.62 * em,
            )  # fmt: skip
            for line in legend.get_lines():
                line.set_alpha(1.0)

    every = np.unique(np.concatenate([each.epochs for each in learners]))
    drawn = backdrop(box, colours, still, em)
    curves = []
    for number, (each, ink) in enumerate(zip(learners, inks, strict=True)):
        places = drawn.place(np.column_stack([each.epochs, each.finite]))
        flat = drawn.place(np.column_stack([each.epochs, np.ones_like(each.epochs)]))
        # A loss that overflowed stands as far above the axes as a picture can tell.
        places[:, 0] = flat[:, 0]
        places[np.isnan(places[:, 1]), 1] = drawn.inside.y0 - 1e6 * size[1]
        line = size[1] / 200 if alone else em / 7
        head = (0 if alone else classes + number) % len(colours.classes)
        curves.append(
            Curve(
                places, ink, line, each.progress(epochs), head,
                inside=drawn.inside, name=each.title.partition(" · ")[0] or say("loss"),
            )
        )  # fmt: skip
    return drawn.chart(curves)


def _left_out(learners: Sequence[Learner], panels: Sequence[Panel], say: Language) -> Iterator[str]:
    """What is to be said of snapshots with more lines than can be drawn."""
    for learner, panel in zip(learners, panels, strict=True):
        for sentence in left_out_notes(learner.chains[-1], panel.sheet.left_out, say):
            yield say("{who}: {what}", who=panel.title, what=sentence) if panel.title else sentence


def _epochs(epochs: Floats, say: Language) -> tuple[str, ...]:
    """What stops at these epochs are called."""
    return tuple(say("epoch {number}", number=f"{epoch:g}") for epoch in epochs)
