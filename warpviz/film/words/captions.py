"""Which words the panels of a film say, and places that have room for them.

plays ── name | why | formula ──► captions of stops and acts, remarks on states ──► layouts
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from warpviz.data.dataset import Dataset
from warpviz.film.options import Options
from warpviz.film.play import Play
from warpviz.film.words.formulas import act_formulas
from warpviz.film.words.numbers import percent
from warpviz.film.words.teaching import lesson, taught
from warpviz.motion.projection import Projection
from warpviz.picture.layout import PanelLayout, fits
from warpviz.picture.scene import Panel
from warpviz.picture.text import text_width

Layouts = tuple[PanelLayout, ...]
Place = Callable[[Sequence[str], Sequence[str]], Layouts]
"""Lays panels out for all of their captions and all of their remarks."""

COLUMNS = 36
"""Letters of the input's columns that a caption has room for."""
FEW = 4
"""Words that are read in passing."""
WORD = 0.3
"""Seconds that each further word takes."""


def captioned(
    plays: Sequence[Play],
    views: Sequence[Sequence[Projection]],
    data: Dataset,
    looks: Sequence[Options],
    font: Path,
    place: Place,
) -> tuple[list[Play], Layouts]:
    """Plays with the captions that are asked for, each short enough for its panel.

    What an act did is still said at the stop behind it, except where captions are names.

    Args:
        plays: one a panel.
        views: how each of their states is seen.
        data: what the dots are.
        looks: the options of each panel.
        font: the font file.
        place: lays the panels out.
    """
    plays = [_with_columns(play, data) for play in plays]
    seen = [
        tuple(seen_words(view, width) for view, width in zip(each, play.shown_widths, strict=True))
        for play, each in zip(plays, views, strict=True)
    ]
    caption = looks[0].caption
    if caption == "why":
        lessons = [
            lesson(play, data, look.limits, look.motion)
            for play, look in zip(plays, looks, strict=True)
        ]
        captions = [text for said in lessons for text in said.longest_acts()]
        captions += [play.stops[0] for play in plays]
        remarks = [text for said in lessons for text in said.longest_stops()]
        layouts = place(captions, remarks)
        return [
            taught(play, said, layout, font, words)
            for play, said, layout, words in zip(plays, lessons, layouts, seen, strict=True)
        ], layouts

    def with_seen(play: Play, words: Sequence[str]) -> Play:
        stops = tuple(f"{stop}{word}" for stop, word in zip(play.stops, words, strict=True))
        return replace(play, stops=stops)

    named = [with_seen(*each) for each in zip(plays, seen, strict=True)]
    if caption == "formula":
        told = [act_formulas(play) for play in plays]
        layouts = place([text for each in told for text in each], ())
        named = [
            _with_formulas(play, formulas, words, layout, font)
            for play, formulas, words, layout in zip(named, told, seen, layouts, strict=True)
        ]
    else:
        layouts = place([text for play in named for text in (*play.stops, *play.doing)], ())
        if not all(fits(play.doing, lay, font) for play, lay in zip(named, layouts, strict=True)):
            named = [replace(play, doing=play.brief) for play in named]
    return named, place([text for play in named for text in (*play.stops, *play.doing)], ())


def _with_columns(play: Play, data: Dataset) -> Play:
    """The input called by its columns, where they are two and short."""
    if not data.feature_names:
        return play
    both = ", ".join(data.feature_names)
    name = f"input ({both})" if len(data.feature_names) == 2 and len(both) <= COLUMNS else "input"
    doing = tuple(text.replace(play.stops[0], name) for text in play.doing)
    return replace(play, stops=(name, *play.stops[1:]), doing=doing)


def _with_formulas(
    play: Play, formulas: Sequence[str], seen: Sequence[str], layout: PanelLayout, font: Path
) -> Play:
    """Formulas of acts, kept at the stops behind them, beside the names where there is room."""
    stops = [play.stops[0]]
    for name, formula, words in zip(play.stops[1:], formulas, seen[1:], strict=True):
        both = f"{name}: {formula}"
        room = text_width(both, font, layout.caption_em) <= layout.caption_width
        stops.append(both if room else f"{formula}{words}")
    return replace(play, doing=tuple(formulas), stops=tuple(stops))


def seen_words(view: Projection, width: int) -> str:
    """How much of a state of this width is seen, "" where it is all of it.

    >>> import numpy as np
    >>> from warpviz.motion.projection import views_of
    >>> cloud = np.concatenate([np.diag([3.0, 2.0, 1.0, 1.0]), -np.diag([3.0, 2.0, 1.0, 1.0])])
    >>> [seen_words(views_of([cloud], view)[0], 4) for view in ("pca", "2d")]
    [' (93 % seen)', ' (2 of 4 axes, 86 % seen)']
    """
    whole = view.variance > 1.0 - 1e-12
    share = "" if whole else f"{percent(view.variance, 0)} "
    if view.principal:
        return "" if whole else f" ({share}seen)"
    if view.whole:
        return ""
    axes = int((view.axes != 0).any(axis=0).sum())
    return f" ({axes} of {width} axes{'' if whole else ','} {share}seen)"


def words_at_stops(panels: Sequence[Panel], acts: int) -> tuple[int, ...]:
    """How many words stand at each stop of a film of so many acts, on the panel that says most."""
    return tuple(max(_words(panel, stop, acts) for panel in panels) for stop in range(acts + 1))


def reading_seconds(words: int) -> float:
    """How long it takes to read so many words, more than what is read in passing.

    >>> reading_seconds(3), round(reading_seconds(14), 1)
    (0.0, 3.0)
    """
    return WORD * max(words - FEW, 0)


def _words(panel: Panel, stop: int, acts: int) -> int:
    k, t = panel.moment(max(min(stop, acts - 1), 0), float(acts > 0 and stop == acts), acts)
    text = f"{panel.caption(k, t)} {panel.remark(k, t)}"
    return sum(any(letter.isalnum() for letter in word) for word in text.split())
