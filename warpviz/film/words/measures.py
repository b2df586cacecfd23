"""What each layer has done, in numbers: the measures of every stop of a film.

data ──states──► probe, separability, Fisher ratio ─┐
MeasuredSheet ──slopes──► area factor, collapsed share ────┼─► Measures, one a stop
       ──images──► overlap;  regions so far ────────┘
"""

from collections.abc import Sequence
from pathlib import Path

from warpviz.data.dataset import Dataset
from warpviz.film.play import Play
from warpviz.film.words.numbers import percent, rounded_down, short_number
from warpviz.geometry.sheet import Limits
from warpviz.measure.layers import _measured
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.state import Measures
from warpviz.picture.words.text import text_width

DOT = " · "


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


def measure_words(measures: Measures | None) -> tuple[str, ...]:
    """A state in a few words, the most telling first; what is not known is left out.

    >>> measure_words(Measures(accuracy=0.9833, separable=False, area_factor=0.42, regions=14))
    ('fitted probe 98.3 %', 'not separable', 'area ×0.42', '14 regions')
    """
    if measures is None:
        return ()
    words = []
    if measures.accuracy is not None:
        words.append(f"fitted probe {percent(measures.accuracy)}")
    if measures.r_squared is not None:
        words.append(f"linear R² {rounded_down(measures.r_squared)}")
    if measures.separable is not None:
        words.append("separable" if measures.separable else "not separable")
    if measures.collapsed is not None and measures.area_factor is None:
        words.append("all collapsed")
    elif measures.area_factor is not None:
        words.append(f"area ×{short_number(measures.area_factor)}")
    if measures.regions is not None:
        words.append(f"{measures.regions} region{'s' * (measures.regions != 1)}")
    return tuple(words)


def measure_lines(
    found: Sequence[Measures | None], room: float, font: Path, size: int
) -> tuple[str, ...]:
    """A line for every stop, as many words of each as fit all stops into so many pixels."""
    words = [measure_words(measures) for measures in found]
    for count in range(max(map(len, words), default=0), 0, -1):
        lines = tuple(DOT.join(each[:count]) for each in words)
        if all(text_width(line, font, size) <= room for line in lines):
            return lines
    return ("",) * len(words)
