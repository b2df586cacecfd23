"""How a fold is learnt: one state of a model, epoch by epoch, beside its loss."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.arrays import Floats
from warpviz.axis import limits_of
from warpviz.convert import classes_of
from warpviz.convert.pairing import as_dataset, check_fit
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.charts import backdrop, loss_axes
from warpviz.film.options import Options
from warpviz.film.pace import KEYFRAMES, most_acts, spread, whole_film
from warpviz.film.panel import APART, own_axes_of, thinned, thinned_note
from warpviz.film.recorder import Recorder
from warpviz.film.reel.animation import Animation
from warpviz.film.words.captions import seen_words
from warpviz.geometry.plane import around, plane_of
from warpviz.geometry.sheet import graph_paper
from warpviz.model.binary import as_classifier
from warpviz.model.captions import axis_letters
from warpviz.model.chain import Chain
from warpviz.model.layers import Softmax
from warpviz.model.predictions import tints
from warpviz.motion.camera import BETWEEN, choose_views
from warpviz.motion.framing import Box, frame
from warpviz.motion.projection import Projection, project, views_of
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.dots import RADIUS
from warpviz.picture.figure import Chart, Curve, FigureScene
from warpviz.picture.fonts import find_font
from warpviz.picture.layout import lay_out
from warpviz.picture.letters import font_notes
from warpviz.picture.scene import Panel, Scene
from warpviz.theme import Theme, theme, themed
from warpviz.training.history import Fit, History

CELLS = 48
SIZE = (960, 480)


@kinds_checked
def animate_training(
    record: Recorder | Fit | History,
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    *,
    layer: int | None = None,
    **options: Any,
) -> Animation:
    """The film of how a model learns: one state of it over the epochs, beside the loss.

    Args:
        record: what was kept while it learnt.
        x: a `Dataset`, or the points (N, D).
        y: the classes (N,) where x is an array.
        layer: which state, counted in layers: 0 is the input plane with its decision regions, 1
            what the first layer gives; None is that of the last hidden layer.
        options: fields of `Options`; `seconds` is the whole film's length, 8 by default.

    Raises:
        WarpvizError: fewer than two snapshots, a layer that there is not, or data that does not
            fit.
    """
    chosen = Options(**options)
    chains, epochs, losses = _kept(record)
    model = record.model if isinstance(record, Recorder) else None
    data = as_dataset(x, y, classes_of(model), chains[-1].widths[-1] == 1)
    if data.targets is None:
        chains = [as_classifier(chain, data.n_classes) for chain in chains]
    check_fit(chains[-1], data)
    last = len(chains[-1].logits())
    shown = max(last - 1, 0) if layer is None else layer
    if not 0 <= shown <= last:
        raise WarpvizError(f"layer expects 0 (the input) to {last} (the logits), got {shown}.")
    if np.isnan(losses).any():
        known = zip(losses, chains, strict=True)
        losses = np.array([_loss(chain, data) if np.isnan(loss) else loss for loss, chain in known])
    # No more states than frames: a film takes the time that it was given.
    picked = spread(epochs, min(KEYFRAMES, most_acts(chosen) + 1))
    size = chosen.size or SIZE
    split = round(0.58 * size[0])
    views = views_of([_cloud(chains[i], shown, data) for i in picked], chosen.view)
    stops = tuple(
        f"{state_name(shown, last)} · epoch {epochs[i]:g}{_seen(view, chains[-1], shown, data)}"
        for i, view in zip(picked, views, strict=True)
    )
    colours = theme(chosen.theme)
    colours = themed(colours, data.n_classes, data.targets is not None)
    cloth = cloth_of_states(
        [chains[i] for i in picked], shown, views, data, chosen, (split, size[1]), stops, colours
    )
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
    timeline = whole_film(chosen, len(picked) - 1)
    told = (
        f"How a network of widths {'-'.join(map(str, chains[-1].widths))} learns {data.name} over "
        f"{epochs[-1]:g} epochs: {state_name(shown, last)} moves as the weights change, while the "
        f"loss goes from {losses[0]:.3g} to {losses[-1]:.3g}."
    )
    notes = (
        *thinned_note(cloth.panels[0], data),
        *font_notes(data.class_names, find_font(chosen.font)),
    )
    return Animation(figure, timeline, chosen.loop, chosen.jobs, told, notes)


def _cloud(chain: Chain, layer: int, data: Dataset) -> Floats:
    """The data as one state has it; the input as its sheet's plane has it."""
    plane = plane_of(data)
    if layer == 0 and plane is not None:
        return np.asarray((data.x - plane[0]) @ plane[1])
    return chain[:layer](data.x)


def _seen(view: Projection, chain: Chain, layer: int, data: Dataset) -> str:
    """How much of a state is seen, "" where it is all of it."""
    if layer or plane_of(data) is None:
        return seen_words(view, chain.widths[layer])
    share = float(_cloud(chain, 0, data).var(axis=0).sum() / data.x.var(axis=0).sum())
    return seen_words(replace(view, variance=share, principal=True), data.x.shape[1])


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


def state_name(layer: int, last: int) -> str:
    """What a state is called, counted in layers from the input."""
    return "input" if layer == 0 else "logits" if layer == last else f"layer {layer}"


def cloth_of_states(
    chains: Sequence[Chain],
    layer: int,
    projections: Sequence[Projection],
    data: Dataset,
    options: Options,
    size: tuple[int, int],
    stops: tuple[str, ...],
    colours: Theme,
) -> Scene:
    """The sheet and the dots as one state has them, under each chain.

    Args:
        chains: one a keyframe.
        layer: which state, counted in layers.
        projections: how it is seen under each chain.
        data: the dots.
        options: the look.
        size: of the scene, in pixels.
        stops: captions, one a keyframe.
        colours: the theme.
    """
    font = find_font(options.font)
    parts = options.parts - {"track", "boundary", "creases", "measures"}
    layout = lay_out(size, ("",), stops, tuple(data.class_names), parts, font)[0]
    plane = plane_of(data)
    flat = data.x if plane is None else (data.x - plane[0]) @ plane[1]
    sheet = graph_paper(limits_of(options.limits, data.axes) or around(flat), cells=CELLS)
    vertices = len(sheet.vertices)
    there = sheet.vertices if plane is None else sheet.vertices @ plane[1].T + plane[0]
    smaller = min(layout.safe.width, layout.safe.height)
    dots = thinned(flat, data.y, APART * RADIUS * layout.unit / smaller)
    points = np.concatenate([there, data.x[dots]])
    middles = sheet.centres()
    middles = middles if plane is None else middles @ plane[1].T + plane[0]
    if layer == 0 and plane is not None:
        states = Trajectory.of([np.concatenate([sheet.vertices, flat[dots]])] * len(chains))
    else:
        states = Trajectory.of([chain[:layer](points) for chain in chains])
    seen = tuple(view.padded(states.keyframes.shape[2]) for view in projections)
    path = project(states, seen)
    space = np.full(len(chains), states.widths[0] > 2 and options.view != "2d")
    outline = path.of_points(
        np.concatenate([np.unique(sheet.corners), np.arange(vertices, len(points))])
    )
    none = [None] * outline.acts
    between = [[outline.at(k, t) for t in BETWEEN] for k in range(outline.acts)]
    views = choose_views(outline.keyframes, space, none, between)
    letter = axis_letters(chains[0])[layer]
    panel = Panel(
        title="",
        path=path,
        camera=frame(outline, views, layout.safe),
        layout=layout,
        sheet=sheet,
        chances=np.stack([tints(chain, middles, data) for chain in chains]),
        labels=data.y[dots],
        plane=~space & np.array([not one.principal for one in seen]),
        creases={},
        stops=stops,
        acts=stops[:-1],
        # The plane of a wide input has axes of its own, which are no features.
        axis_names=tuple(
            "" if one.principal or (layer == 0 and plane is not None) else letter for one in seen
        ),
        own_axes=own_axes_of(data) if plane is None else (),
    )
    names = tuple(data.class_names)
    return Scene((panel,), size, colours, parts, names, font)
