"""Letters of any script in matplotlib's figures: fonts that have what its own one lacks."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from typing import Any

from warpviz.languages.language import ENGLISH, Language
from warpviz.picture.words.fonts import bundled_font, fallbacks, family_of, letters_of
from warpviz.picture.words.letters import goes_left, is_silent, needs_shaping


@lru_cache(maxsize=1)
def can_shape_charts() -> bool:
    """Whether matplotlib joins letters, and orders lines that run to the left: from 3.11 on."""
    from importlib.metadata import version

    major, minor, *_ = version("matplotlib").split(".")
    return (int(major), int(minor)) >= (3, 11)


def chart_notes(texts: Iterable[str], say: Language = ENGLISH) -> tuple[str, ...]:
    """What whoever charts these texts should know of their letters; () where all is well."""
    if can_shape_charts() or not any(map(needs_shaping, texts)):
        return ()
    return (
        say(
            "This matplotlib draws letters of scripts that join or run to the left one by one in "
            "charts: pip install 'matplotlib>=3.11'."
        ),
    )


def with_letters(figure: Any) -> None:
    """Let the texts of a figure take letters that their font lacks from installed ones.

    Args:
        figure: of matplotlib, all drawn.
    """
    from matplotlib.font_manager import fontManager
    from matplotlib.text import Text

    known = letters_of(bundled_font())
    lacking = {
        text: letters
        for text in figure.findobj(Text)
        if text.get_fontproperties().get_file() is None
        and (letters := {one for one in text.get_text() if ord(one) > 126} - {"\N{NO-BREAK SPACE}"})
        and (letters := {one for one in letters if ord(one) not in known and not is_silent(one)})
    }
    if not lacking:
        return
    # All at once, so that they are of one kind where they can be.
    files = fallbacks(frozenset().union(*lacking.values()))
    names = []
    for file in files:
        names.append(family_of(file))
        if names[-1] not in fontManager.get_font_names():
            fontManager.addfont(str(file))
    for text in lacking:
        text.set_fontfamily([*text.get_fontfamily(), *names])


TEXT = re.compile(r'<text style="([^"]*)"([^>]*)>([^<]*)</text>')
ENDS = {"start": "end", "end": "start", "middle": "middle"}


def with_directions(drawing: str) -> str:
    """An SVG whose lines run as their first letter does: those to the left begin at their right.

    >>> with_directions('<text style="text-anchor: start" x="1">אב 2 c</text>')
    '<text style="direction: rtl; text-anchor: end" x="1">אב 2 c</text>'
    """

    def put(found: re.Match[str]) -> str:
        style, places, words = found.groups()
        if not goes_left(unescape(words)):
            return found[0]
        turned = re.sub(r"(?<=text-anchor: )\w+", lambda end: ENDS[end[0]], style)
        return f'<text style="direction: rtl; {turned}"{places}>{words}</text>'

    return TEXT.sub(put, drawing)
