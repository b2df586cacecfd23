"""Models and data to films: `animate` and `compare`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Unpack, cast

import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.convert import classes_of, gives_numbers, to_chain
from warpviz.convert.pairing import among_outputs, as_dataset, fitting
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError, visible
from warpviz.film.calm import calm_lengths
from warpviz.film.insets.room import make_room
from warpviz.film.insets.trail import trail_points
from warpviz.film.keywords import FilmOptions, keywords_of
from warpviz.film.looks.apart import apart
from warpviz.film.looks.camera import check_space
from warpviz.film.looks.turntable import check_turntable, turned
from warpviz.film.options import Clock, Options
from warpviz.film.panel import panel_of
from warpviz.film.plan import Plan
from warpviz.film.play import Play
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.film.states.curve import OF_CELLS, check_for_curve
from warpviz.film.states.which import by_states
from warpviz.film.words.captions import (
    READ,
    captioned,
    check_caption,
    reading_seconds,
    words_at_stops,
)
from warpviz.film.words.classes import with_said_classes
from warpviz.film.words.description import described
from warpviz.film.words.measures import with_measures
from warpviz.film.words.notes import notes_of
from warpviz.film.words.telling import told
from warpviz.motion.projection import views_of
from warpviz.motion.timeline import Timeline
from warpviz.picture.layout import lay_out
from warpviz.picture.scene import Panel, Scene
from warpviz.picture.tiling import check_panels


@kinds_checked
def animate(
    model: Any,
    x: Dataset | npt.ArrayLike | None = None,
    y: npt.ArrayLike | None = None,
    *,
    names: Sequence[str] | None = None,
    layers: Sequence[str] | None = None,
    plane: Any = None,
    **options: Unpack[FilmOptions],
) -> Animation:
    """The film of a classifier that bends its input plane, or of any model by its states.

    Args:
        model: a `Chain`, or a model that `to_chain` takes; any other module of PyTorch or model of
            Keras, and any function of points (N, …) that gives states (N, …) in a list or a dict:
            they are watched while they run; or K states (N, D_k) of the same points, which are
            filmed as they are, without a sheet.
        x: a `Dataset`, or the points (N, 2); (N, …) where a model is watched; of states the labels
            (N,) of their points, None for dots of one kind.
        y: the classes (N,) where x is an array; None draws one kind of dot.
        names: captions of states, or of the input and every layer of a model that is watched.
        layers: names of the layers to be watched, or of a function's states (its keys, or 0, 1, 2
            … in a list); [] is all that have no others inside. None films chains exactly, and
            watches what is none.
        plane: of watched models with more than two features, where the sheet lies: two features,
            by number from 0 or by name, the others at their means; or origin (n,) and axes (n, 2).
        options: fields of `Look`, `Clock` and `Staging`, and `jobs`.

    Raises:
        WarpvizError: for data that does not fit, or options that make no sense.

    >>> import numpy as np
    >>> x = np.random.default_rng(0).normal(size=(40, 2))
    >>> h = np.hstack([x, x[:, :1] * x[:, 1:]])
    >>> animate([x, h], x[:, 0] * x[:, 1] > 0, names=["points", "with their product"])
    <Animation of 21 frames, 1.9 s, 640×480>
    """
    # What is a pair here is a module with its parameters; in compare, a model with its options.
    model = to_chain(model) if isinstance(model, tuple) else model
    film = by_states(model, x, y, names, layers, plane, options)
    return film or _film("animate", {"": model}, cast(Any, x), y, options)


@kinds_checked
def compare(
    chains: Mapping[str, Any],
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    **options: Unpack[FilmOptions],
) -> Animation:
    """Films of several chains side by side, on one clock.

    Args:
        chains: title → model, or (model, options of this panel alone: `motion`, `view`,
            `limits`, `whole_layers`, `softmax`, `one_by_one`); a model is a `Chain` or what
            `to_chain` takes.
        x: a `Dataset`, or the points (N, 2).
        y: the classes (N,) where x is an array; None draws one kind of dot.
        options: fields of `Look`, `Clock` and `Staging`, and `jobs`.
    """
    return _film("compare", chains, x, y, options)


def _film(
    name: str,
    chains: Mapping[str, Any],
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None,
    given: Mapping[str, Any],
) -> Animation:
    """A film, step by step: pair, choose captions, measure, compose, set the clock."""
    options = Options.of(given, keywords_of(FilmOptions), name)
    check_caption(options.staging.caption)
    if not chains:
        raise WarpvizError(f"{name} expects at least one chain, got none.")
    plans = paired(chains, x, y, options)
    data = plans[0].data
    font, parts = options.look.face, options.parts
    if data.x.shape[1] == 1:
        check_for_curve(options)
        parts -= OF_CELLS
    colours = options.look.dressed(data)
    check_views([plan.play for plan in plans], options)
    size = options.look.size or default_size(len(plans))
    check_panels(len(plans), size)

    def place(plans: Sequence[Plan], captions: Sequence[str], remarks: Sequence[str]) -> list[Plan]:
        layouts = lay_out(
            size, tuple(plan.title for plan in plans), tuple(captions), tuple(data.class_names),
            parts, font, options.look.title, tuple(remarks),
        )  # fmt: skip
        layouts = make_room(layouts, plans) if options.look.network else layouts
        return [replace(plan, layout=each) for plan, each in zip(plans, layouts, strict=True)]

    said = captioned(plans, place, font)
    if "measures" in parts:
        said = with_measures(said, font)
    panels = tuple(panel_of(plan, parts) for plan in said)
    scene = Scene(
        panels, size, colours,
        parts, tuple(data.class_names), font, options.look.title, options.look.language,
    )  # fmt: skip
    film = Animation(
        scene,
        clocked(said, panels, options),
        options.clock.loop,
        options.jobs,
        described(
            {plan.title: plan.play for plan in plans}, [panel.sheet for panel in panels], data
        ),
        (*notes_of(said, panels, options.look.title, font, parts), *options.look.notes(data)),
        source=Source(partial(compare, chains, data), given, partial(told, plans)),
    )
    return turned(film, data, options.look, options.clock)


def paired(
    chains: Mapping[str, Any],
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None,
    options: Options,
) -> list[Plan]:
    """A plan for each model: the model as a chain, the data in its classes, and its acts."""
    entries = [apart(entry, options) for entry in chains.values()]
    foreign = [model for model, _ in entries]
    known = [classes for model in foreign if (classes := classes_of(model)) is not None]
    models = [to_chain(model) for model in foreign]
    single = all(model.widths[-1] == 1 for model in models)
    numbers = all(gives_numbers(model) for model in foreign)
    data = as_dataset(x, y, known[0] if known else None, single, numbers)
    data = among_outputs(data, [model.widths[-1] for model in models])
    data = with_said_classes(data, options.look.say)
    plans = []
    for title, chain, (_, own) in zip(chains, models, entries, strict=True):
        chain = fitting(chain, data)
        trail_points(own.look, data)  # tell what is wrong with them
        play = Play.of(chain, own.staging, own.look.say)
        views = tuple(views_of(play.states(data.x), own.look.view))
        plans.append(Plan(visible(title), chain, data, play, own.look, own.staging, views))
    check_stops([plan.play for plan in plans], options.clock)
    return plans


def clocked(plans: Sequence[Plan], panels: Sequence[Panel], options: Options) -> Timeline:
    """When things move: as long as the longest of the plays, and slower where dots would jump."""
    clock = options.clock
    longest = max((plan.play for plan in plans), key=lambda play: len(play.acts))
    acts, lengths = len(longest.acts), longest.lengths()
    if clock.seconds is None:
        lengths = calm_lengths(panels, lengths, clock.ease)
    reading: list[float] = []
    if options.staging.caption in READ and "caption" in options.parts:
        reading = [reading_seconds(count) for count in words_at_stops(panels, acts)]
    return Timeline(
        acts, clock.seconds or 1.0, clock.rest, clock.fps, clock.ease, lengths,
        clock.holds(acts + 1, reading),
    )  # fmt: skip


def check_views(plays: Sequence[Play], options: Options) -> None:
    """Refuse a camera where no play has a state in space, and a turntable without its stop."""
    look = options.look
    check_turntable(look.turntable, max(len(play.acts) for play in plays), options.clock)
    check_space(look.camera, look.view, (w for play in plays for w in play.shown_widths))


def check_stops(plays: Sequence[Play], clock: Clock) -> None:
    """Refuse holds of stops that the longest of plays has not."""
    clock.holds(1 + max(len(play.acts) for play in plays))


def default_size(panels: int) -> tuple[int, int]:
    """640×480 for one panel; of several 360×400 each, four in a row at most."""
    if panels == 1:
        return 640, 480
    rows = -(-panels // 4)
    return 360 * -(-panels // rows), 400 * rows
