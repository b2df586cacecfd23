"""Models and data to films: `animate` and `compare`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy.typing as npt

from warpviz.arguments import kinds_checked
from warpviz.convert import classes_of, gives_numbers, to_chain
from warpviz.convert.pairing import as_dataset, check_fit
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.calm import calm_lengths
from warpviz.film.options import Options
from warpviz.film.panel import panel_of, thinned_note
from warpviz.film.play import Play
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.reel import Source
from warpviz.film.words.captions import captioned, reading_seconds, words_at_stops
from warpviz.film.words.description import described
from warpviz.film.words.measures import measure_lines, play_measures
from warpviz.geometry.pieces import is_piecewise_linear
from warpviz.geometry.tailor import MOST_CELLS
from warpviz.model.binary import adds_zero, as_classifier
from warpviz.model.chain import Chain
from warpviz.motion.projection import views_of
from warpviz.motion.timeline import Timeline
from warpviz.picture.fonts import find_font
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.letters import font_notes
from warpviz.picture.scene import Panel, Scene
from warpviz.theme import theme, themed


@kinds_checked
def animate(
    model: Any,
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    **options: Any,
) -> Animation:
    """The film of a classifier that bends its input plane.

    Args:
        model: a `Chain`, or a model that `to_chain` takes.
        x: a `Dataset`, or the points (N, 2).
        y: the classes (N,) where x is an array.
        options: fields of `Options`.

    Raises:
        WarpvizError: for data that does not fit, or options that make no sense.
    """
    return compare({"": model}, x, y, **options)


@kinds_checked
def compare(
    chains: Mapping[str, Any],
    x: Dataset | npt.ArrayLike,
    y: npt.ArrayLike | None = None,
    **options: Any,
) -> Animation:
    """Films of several chains side by side, on one clock.

    Args:
        chains: title → model, or (model, options of this panel alone: `motion`, `view`,
            `limits`, `whole_layers`, `softmax`, `one_by_one`); a model is a `Chain` or what
            `to_chain` takes.
        x: a `Dataset`, or the points (N, 2).
        y: the classes (N,) where x is an array.
        options: fields of `Options`.
    """
    chosen = Options(**options)
    if not chains:
        raise WarpvizError("compare expects at least one chain, got none.")
    foreign, own = zip(*(_apart(entry, chosen) for entry in chains.values()), strict=True)
    known = [classes for model in foreign if (classes := classes_of(model)) is not None]
    models = [to_chain(model) for model in foreign]
    single = all(model.widths[-1] == 1 for model in models)
    numbers = all(gives_numbers(model) for model in foreign)
    data = as_dataset(x, y, known[0] if known else None, single, numbers)
    if data.targets is None:
        models = [as_classifier(model, data.n_classes) for model in models]
    for chain in models:
        check_fit(chain, data)
    font = find_font(chosen.font)
    size = chosen.size or default_size(len(models))
    plays = [Play.of(chain, look) for chain, look in zip(models, own, strict=True)]
    check_stops(plays, chosen)
    names = tuple(data.class_names)

    def placed(captions: Sequence[str], remarks: Sequence[str]) -> tuple[PanelLayout, ...]:
        return lay_out(
            size, tuple(chains), tuple(captions), names, chosen.parts, font, chosen.title,
            tuple(remarks),
        )  # fmt: skip

    views = [
        views_of(play.states(data.x), look.view) for play, look in zip(plays, own, strict=True)
    ]
    named = plays
    plays, layouts = captioned(plays, views, data, own, font, placed)
    notes = [
        measure_lines(
            play_measures(play, data, look.limits), layout.notes_width, font, layout.small
        )
        if "measures" in chosen.parts
        else ()
        for play, layout, look in zip(plays, layouts, own, strict=True)
    ]
    panels = tuple(
        replace(panel_of(title, chain, play, seen, layout, data, look), notes=lines)
        for title, chain, play, seen, layout, look, lines in zip(
            chains, models, plays, views, layouts, own, notes, strict=True
        )
    )
    colours = theme(chosen.theme)
    colours = themed(colours, data.n_classes, data.targets is not None)
    scene = Scene(panels, size, colours, chosen.parts, names, font, chosen.title)
    lengths = max(plays, key=lambda play: len(play.acts)).lengths()
    if chosen.seconds is None:
        lengths = calm_lengths(panels, lengths, chosen.ease)
    timeline = Timeline(
        scene.acts, chosen.seconds or 1.0, chosen.rest, chosen.fps, chosen.ease, lengths,
        chosen.holds(scene.acts + 1, _reading(panels, scene.acts, chosen)),
    )  # fmt: skip
    return Animation(
        scene,
        timeline,
        chosen.loop,
        chosen.jobs,
        described(dict(zip(chains, named, strict=True)), [panel.sheet for panel in panels], data),
        (
            *_one_output(chains, models),
            *thinned_note(panels[0], data),
            *_sampled(panels, plays),
            *_narrow(panels),
            *font_notes((chosen.title, *chains, *names), font),
        ),
        source=Source(partial(compare, chains, data), options),
    )


def _reading(panels: Sequence[Panel], acts: int, options: Options) -> list[float]:
    """Seconds that it takes to read what stands at each stop, where there are sentences."""
    if options.caption not in ("why", "formula") or "caption" not in options.parts:
        return []
    return [reading_seconds(words) for words in words_at_stops(panels, acts)]


def _one_output(titles: Iterable[str], models: Sequence[Chain]) -> list[str]:
    """What is to be said of models with one output that tell two classes apart."""
    return [
        f"{title + ': ' if title else ''}the model has one output z; its two logits here are "
        "z₁ = 0, which is added, and z₂ = z, so that the second class has probability σ(z)."
        for title, chain in zip(titles, models, strict=True)
        if len(logits := chain.logits()) and adds_zero(logits[len(logits) - 1])
    ]


def _sampled(panels: Sequence[Panel], plays: Sequence[Play]) -> list[str]:
    """What is to be said of sheets with too many folds for exact cells."""
    return [
        f"{panel.title + ': ' if panel.title else ''}the network folds the sheet into more than "
        f"{MOST_CELLS:,} linear pieces; its folds are sampled here, not exact."
        for panel, play in zip(panels, plays, strict=True)
        if is_piecewise_linear(play.chain) and not panel.sheet.exact
    ]


def _narrow(panels: Sequence[Panel]) -> list[str]:
    """What is to be said of smooth networks that may bend within less than the grid sees."""
    return [
        f"{panel.title + ': ' if panel.title else ''}the network's slopes do not rule out islands "
        "of a class, or folds, narrower than 1/1536 of the sheet; such may be missing here."
        for panel in panels
        if panel.sheet.unsure
    ]


PANEL_OPTIONS = ("motion", "view", "limits", "whole_layers", "softmax", "one_by_one")


def _apart(entry: Any, options: Options) -> tuple[Any, Options]:
    """A model and its panel's options."""
    if not isinstance(entry, tuple):
        return entry, options
    model, own = entry
    for name in own:
        if name not in PANEL_OPTIONS:
            raise WarpvizError(
                f"A panel's own options are {', '.join(PANEL_OPTIONS)}; got '{name}'."
            )
    return model, replace(options, **own)


def check_stops(plays: Sequence[Play], options: Options) -> None:
    """Refuse holds of stops that the longest of plays has not."""
    options.holds(1 + max(len(play.acts) for play in plays))


def default_size(panels: int) -> tuple[int, int]:
    """640×480 for one panel, 360×400 a panel where they stand side by side."""
    if panels == 1:
        return 640, 480
    columns = panels if panels <= 4 else -(-panels // 2)
    return 360 * columns, 400 * (-(-panels // columns))
