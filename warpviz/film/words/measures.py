"""What each layer has done, in numbers: the measures of every stop of a film.

data ──states──► probe, separability, Fisher ratio ─┐
MeasuredSheet ──slopes──► area factor, collapsed share ────┼─► Measures, one a stop
       ──images──► overlap;  regions so far ────────┘
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from warpviz.data.dataset import Dataset
from warpviz.film.plan import Plan
from warpviz.film.play import Play
from warpviz.film.words.numbers import percent, rounded_down, short_number
from warpviz.geometry.sheet import Limits
from warpviz.languages.language import ENGLISH, Language
from warpviz.measure.layers import _measured
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.state import Measures
from warpviz.picture.words.text import text_width

DOT = " · "


def with_measures(plans: Sequence[Plan], font: Path) -> list[Plan]:
    """Plans with a line of measures for every stop."""
    return [
        replace(
            plan,
            notes=measure_lines(
                play_measures(plan.play, plan.data, plan.look.limits),
                plan.place.notes_width,
                font,
                plan.place.small,
                plan.look.say,
            ),
        )
        for plan in plans
    ]


def play_measures(
    play: Play, data: Dataset, limits: Limits | None = None
) -> tuple[Measures | None, ...]:
    """Measures of every stop of a film; None between two units that act one after the other."""
    sheet = MeasuredSheet.of(play.chain, data, limits)
    states, images = (play.chain.states(x) for x in (data.x, sheet.vertices))
    whole = _measured(play.chain, data, sheet, states, images)
    found: list[Measures | None] = [whole[0]]
    for act in play.acts:
        last = act.unit < 0 or act.unit == play.chain.widths[act.layer + 1] - 1
        found.append(whole[act.layer + 1] if last else None)
    return tuple(found)


def measure_words(measures: Measures | None, say: Language = ENGLISH) -> tuple[str, ...]:
    """A state in a few words, the most telling first; what is not known is left out.

    >>> measure_words(Measures(accuracy=0.9833, separable=False, area_factor=0.42, regions=14))
    ('fitted probe 98.3 %', 'not separable', 'area ×0.42', '14 regions')
    """
    if measures is None:
        return ()
    words = []
    if measures.accuracy is not None:
        words.append(say("fitted probe {share}", share=percent(measures.accuracy)))
    if measures.r_squared is not None:
        words.append(say("linear R² {share}", share=rounded_down(measures.r_squared)))
    if measures.separable is not None:
        words.append(say("separable") if measures.separable else say("not separable"))
    if measures.collapsed is not None and measures.area_factor is None:
        words.append(say("all collapsed"))
    elif measures.area_factor is not None:
        words.append(say("area ×{factor}", factor=short_number(measures.area_factor)))
    if measures.regions is not None:
        words.append(say("{count:# region|# regions}", count=measures.regions))
    return tuple(words)


def measure_lines(
    found: Sequence[Measures | None],
    room: float,
    font: Path,
    size: int,
    say: Language = ENGLISH,
) -> tuple[str, ...]:
    """A line for every stop, as many words of each as fit all stops into so many pixels."""
    words = [measure_words(measures, say) for measures in found]
    for count in range(max(map(len, words), default=0), 0, -1):
        lines = tuple(DOT.join(each[:count]) for each in words)
        if all(text_width(line, font, size) <= room for line in lines):
            return lines
    return ("",) * len(words)
