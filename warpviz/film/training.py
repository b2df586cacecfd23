"""How a fold is learnt: one state of a model, epoch by epoch, beside its loss."""

from typing import Unpack

import numpy as np
import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.convert import classes_of
from warpviz.convert.pairing import among_outputs, as_dataset, fitting
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.charts import backdrop, loss_axes
from warpviz.film.keywords import TrainingOptions, keywords_of
from warpviz.film.learnt import cloth_of_states, shown_layer, state_name
from warpviz.film.options import Options
from warpviz.film.pace import KEYFRAMES, most_acts, spread, whole_film
from warpviz.film.panel import thinned_note
from warpviz.film.recorder import Recorder
from warpviz.film.reel.animation import Animation
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax
from warpviz.motion.framing import Box
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.picture.words.fonts import find_font
from warpviz.picture.words.letters import font_notes
from warpviz.theme import themed
from warpviz.training.history import Fit, History

SIZE = (960, 480)


@kinds_checked
def animate_training(
    record: Recorder | Fit | History,
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    *,
    layer: int | None = None,
    **options: Unpack[TrainingOptions],
) -> Animation:
    """The film of how a model learns: one state of it over the epochs, beside the loss.

    Args:
        record: what was kept while it learnt.
        x: a `Dataset`, or the points (N, D).
        y: the classes (N,) where x is an array.
        layer: which state, counted in layers: 0 is the input plane with its decision regions, 1
            what the first layer gives; None is that of the last hidden layer.
        options: those of `TrainingOptions`; `seconds` is the whole film's length, 8 by default.

    Raises:
        WarpvizError: fewer than two snapshots, a layer that there is not, or data that does not
            fit.
    """
    chosen = Options.of(options, keywords_of(TrainingOptions), "animate_training")
    chains, epochs, losses = _kept(record)
    model = record.model if isinstance(record, Recorder) else None
    data = as_dataset(x, y, classes_of(model), chains[-1].widths[-1] == 1)
    data = among_outputs(data, [chains[-1].widths[-1]])
    chains = [fitting(chain, data) for chain in chains]
    shown = shown_layer(chains[-1], layer)
    if np.isnan(losses).any():
        known = zip(losses, chains, strict=True)
        losses = np.array([_loss(chain, data) if np.isnan(loss) else loss for loss, chain in known])
    # No more states than frames: a film takes the time that it was given.
    picked = spread(epochs, min(KEYFRAMES, most_acts(chosen.clock) + 1))
    size = chosen.look.size or SIZE
    split = round(0.58 * size[0])
    colours = themed(chosen.look.colours, data.n_classes, data.targets is not None)
    cloth = cloth_of_states(
        [chains[i] for i in picked], shown, data, chosen.look, (split, size[1]),
        [f"epoch {epochs[i]:g}" for i in picked], colours,
    )  # fmt: skip
    stops = cloth.panels[0].stops
    box = Box(split, 0, size[0], size[1])
    em = max(9.0, 0.034 * size[1])
    # A loss that overflowed leaves the axes: it stands as far above them as a picture can tell.
    finite = np.where(np.isfinite(losses), losses, np.nan)
    drawn = backdrop(
        box, colours, lambda axes: loss_axes(axes, epochs, {"loss": finite}, colours), em
    )
    places = drawn.place(np.column_stack([epochs, finite]))
    places[:, 0] = drawn.place(np.column_stack([epochs, np.ones_like(epochs)]))[:, 0]
    places[np.isnan(places[:, 1]), 1] = drawn.inside.y0 - 1e6 * size[1]
    curve = Curve(
        places, colours.classes[0], size[1] / 200, progress=picked.astype(np.float64), head=0,
        inside=drawn.inside,
    )  # fmt: skip
    figure = FigureScene(
        size, colours, (Chart(drawn.corner, drawn.pixels, (curve,)),), stops, cloth,
        "How a network learns to fold the plane", tuple(data.class_names),
    )  # fmt: skip
    timeline = whole_film(chosen.clock, len(picked) - 1)
    told = (
        f"How a network of widths {'-'.join(map(str, chains[-1].widths))} learns {data.name} over "
        f"{epochs[-1]:g} epochs: {state_name(chains[-1], shown)} moves as the weights change, "
        f"while the loss goes from {losses[0]:.3g} to {losses[-1]:.3g}."
    )
    notes = (
        *thinned_note(cloth.panels[0], data),
        *font_notes(data.class_names, find_font(chosen.look.font)),
    )
    return Animation(figure, timeline, chosen.clock.loop, chosen.jobs, told, notes)


def _kept(record: Recorder | Fit | History) -> tuple[list[Chain], Floats, Floats]:
    if isinstance(record, Fit):
        record = record.history
    if isinstance(record, History):
        chains = [record.chain(s) for s in range(len(record))]
    elif isinstance(record, Recorder):
        chains = list(record.chains)
    else:
        raise WarpvizError(
            f"animate_training expects a Recorder, a Fit or its history, got "
            f"{type(record).__name__}."
        )
    if len(chains) < 2:
        raise WarpvizError(
            f"animate_training expects two snapshots or more, got {len(chains)}; call "
            "recorder.snapshot() once an epoch."
        )
    return chains, np.asarray(record.epochs, float), np.asarray(record.losses, float)


def _loss(chain: Chain, data: Dataset) -> float:
    """The mean cross entropy, or squared error."""
    if data.targets is not None:
        return float(((chain(data.x)[:, 0] - data.targets) ** 2).mean())
    logs = Softmax(log=True)(chain.logits()(data.x))
    return float(-logs[np.arange(len(data)), data.y].mean())
