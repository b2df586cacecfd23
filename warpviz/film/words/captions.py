"""Which words the panels of a film say, and places that have room for them.

plans ── name | why | formula ──► captions of stops and acts, remarks on states ──► layouts
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from warpviz.film.plan import Plan
from warpviz.film.play import Play
from warpviz.film.words.formulas import act_formulas
from warpviz.film.words.numbers import percent
from warpviz.film.words.score import with_score
from warpviz.film.words.teaching import lesson, taught
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.captions import input_name
from warpviz.motion.projection import Projection
from warpviz.names import unknown_name
from warpviz.picture.layout import fits
from warpviz.picture.scene import Panel
from warpviz.picture.words.text import text_width

Plans = Sequence[Plan]
Place = Callable[[Plans, Sequence[str], Sequence[str]], list[Plan]]
"""Gives plans their layouts, for all captions and all remarks that will be shown."""

COLUMNS = 36
"""Letters of the input's columns that a caption has room for."""
FEW = 4
"""Words that are read in passing."""
WORD = 0.3
"""Seconds that each further word takes."""


def captioned(plans: Plans, place: Place, font: Path) -> list[Plan]:
    """Plans with the captions that are asked for, each short enough for its panel.

    Args:
        plans: of the panels of one film.
        place: lays them out.
        font: the font file.
    """
    return CAPTIONS[plans[0].staging.caption](named(plans), place, font)


def named(plans: Plans) -> list[Plan]:
    """Plans whose stops have their names: the input its columns, the output its score."""
    return [replace(plan, play=with_score(_with_columns(plan), plan.data)) for plan in plans]


def by_name(plans: Plans, place: Place, font: Path) -> list[Plan]:
    """Which layer, and what it does."""
    plans = place([replace(plan, play=_with_seen(plan)) for plan in plans], *_own(plans, seen=True))
    if not all(fits(plan.play.doing, plan.place, font) for plan in plans):
        plans = [replace(plan, play=replace(plan.play, doing=plan.play.brief)) for plan in plans]
    return place(plans, *_own(plans))


def by_sentence(plans: Plans, place: Place, font: Path) -> list[Plan]:
    """One true sentence on what it does to the plane; it stays at the stop behind the act."""
    lessons = [
        lesson(plan.play, plan.data, plan.look.limits, plan.staging.motion) for plan in plans
    ]
    captions = [text for said in lessons for text in said.longest_acts()]
    captions += [plan.play.stops[0] for plan in plans]
    plans = place(plans, captions, [text for said in lessons for text in said.longest_stops()])
    return [
        replace(plan, play=taught(plan.play, said, plan.place, font, _seen(plan)))
        for plan, said in zip(plans, lessons, strict=True)
    ]


def by_formula(plans: Plans, place: Place, font: Path) -> list[Plan]:
    """What it computes; it stays at the stop behind the act."""
    named = [replace(plan, play=_with_seen(plan)) for plan in plans]
    formulas = [act_formulas(plan.play) for plan in named]
    named = place(named, [text for each in formulas for text in each], ())
    told = [
        replace(plan, play=_with_formulas(plan, each, font))
        for plan, each in zip(named, formulas, strict=True)
    ]
    return place(told, *_own(told))


def unsaid(plans: Plans, place: Place, font: Path) -> list[Plan]:
    """Nothing."""
    return by_name(plans, place, font)


CAPTIONS: Mapping[str, Callable[[Plans, Place, Path], list[Plan]]] = {
    "name": by_name,
    "why": by_sentence,
    "formula": by_formula,
    "none": unsaid,
}
"""Kind of caption → what writes it; the first line of its docstring is its meaning."""
READ = ("why", "formula")
"""Those at which stops wait until they are read."""


def check_caption(name: str) -> None:
    """Refuse a kind of caption that there is not.

    Raises:
        WarpvizError: for such a name.
    """
    if name not in CAPTIONS:
        raise unknown_name("caption", name, CAPTIONS)


def _own(plans: Plans, seen: bool = False) -> tuple[list[str], tuple[str, ...]]:
    """All captions that plans have, and no remarks."""
    plays = [_with_seen(plan) if seen else plan.play for plan in plans]
    return [text for play in plays for text in (*play.stops, *play.doing)], ()


def _seen(plan: Plan) -> tuple[str, ...]:
    """How much of each state is seen, in words."""
    pairs = zip(plan.views, plan.play.shown_widths, strict=True)
    return tuple(seen_words(view, width, plan.play.say) for view, width in pairs)


def _with_seen(plan: Plan) -> Play:
    stops = zip(plan.play.stops, _seen(plan), strict=True)
    return replace(plan.play, stops=tuple(f"{stop}{word}" for stop, word in stops))


def _with_columns(plan: Plan) -> Play:
    """The input called by its columns, where they are two and short."""
    play, data = plan.play, plan.data
    if not data.feature_names:
        return play
    told = len(data.feature_names) == 2 and len(", ".join(data.feature_names)) <= COLUMNS
    name = input_name(data.feature_names if told else (), play.say)
    doing = tuple(text.replace(play.stops[0], name) for text in play.doing)
    return replace(play, stops=(name, *play.stops[1:]), doing=doing)


def _with_formulas(plan: Plan, formulas: Sequence[str], font: Path) -> Play:
    """Formulas of acts, kept at the stops behind them, beside the names where there is room."""
    play, layout = plan.play, plan.place
    stops = [play.stops[0]]
    for name, formula, words in zip(play.stops[1:], formulas, _seen(plan)[1:], strict=True):
        both = play.say("{who}: {what}", who=name, what=formula)
        room = text_width(both, font, layout.caption_em) <= layout.caption_width
        stops.append(both if room else f"{formula}{words}")
    return replace(play, doing=tuple(formulas), stops=tuple(stops))


def seen_words(view: Projection, width: int, say: Language = ENGLISH) -> str:
    """How much of a state of this width is seen, "" where it is all of it.

    >>> import numpy as np
    >>> from warpviz.motion.projection import views_of
    >>> cloud = np.concatenate([np.diag([3.0, 2.0, 1.0, 1.0]), -np.diag([3.0, 2.0, 1.0, 1.0])])
    >>> [seen_words(views_of([cloud], view)[0], 4) for view in ("pca", "2d")]
    [' (93 % seen)', ' (2 of 4 axes, 86 % seen)']
    """
    whole = view.variance > 1.0 - 1e-12
    share = percent(view.variance, 0)
    if view.principal:
        return "" if whole else f" {say('({share} seen)', share=share)}"
    if view.whole:
        return ""
    axes = int((view.axes != 0).any(axis=0).sum())
    if whole:
        return f" {say('({count} of {all} axes seen)', count=axes, all=width)}"
    return f" {say('({count} of {all} axes, {share} seen)', count=axes, all=width, share=share)}"


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
