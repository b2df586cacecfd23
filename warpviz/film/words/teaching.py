"""Captions that teach: one true sentence for every stop and every act, from the geometry.

    affine act  ── polar factors ──► "turns the sheet by 128°, scales it by 3.1 and 0.4"
    activation  ── creases on the sheet ──► "relu folds the sheet along 3 lines"
    stop        ── certificate of separability ──► "from here a straight line separates the classes"
                ── every line, where two classes lie in a plane ──► "the best line gets 69.8 % …"

Every sentence comes in variants, the longest first (at most `LONGEST` characters); all are true,
and a panel takes the first that it has room for. What a number would be rounded away from is
not said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warpviz.data.dataset import Dataset
from warpviz.film.play import Play
from warpviz.film.words.affine import affine_words
from warpviz.film.words.bending import bending_words, residual_words, unit_words
from warpviz.film.words.stops import stop_words
from warpviz.geometry.sheet import Limits
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.model.layers import Dense, Softmax
from warpviz.model.residual import Residual
from warpviz.picture.layout import PanelLayout
from warpviz.picture.words.text import text_width

Variants = tuple[str, ...]

LONGEST = 52
"""Characters of a sentence at most."""


@dataclass(frozen=True)
class Lesson:
    """What a film says.

    Attributes:
        stops: K sentences of states, each in variants.
        acts: K − 1 sentences of what happens between them, likewise.
    """

    stops: tuple[Variants, ...]
    acts: tuple[Variants, ...]

    def longest_acts(self) -> list[str]:
        """The longest variant of what is said of each act, to lay panels out by."""
        return [variants[0] for variants in self.acts]

    def longest_stops(self) -> list[str]:
        """The longest variant of what is said of each stop."""
        return [variants[0] for variants in self.stops]


def lesson(
    play: Play, data: Dataset, limits: Limits | None = None, motion: str = "polar"
) -> Lesson:
    """The sentences of a film.

    Args:
        play: its acts.
        data: what the dots are.
        limits: of the sheet; None leaves a margin around the data.
        motion: a name of `MOTIONS`; a page is seen to flip under polar alone.

    >>> from warpviz.data import load_data
    >>> from warpviz.film.options import Staging
    >>> from warpviz.model import mlp
    >>> data, chain = load_data("xor", n=40), mlp([2, 2, 2], "tanh", seed=0)
    >>> lesson(Play.of(chain, Staging()), data).acts[1]
    ('tanh squashes the sheet; nothing folds', 'tanh squashes the sheet', 'tanh squashes')
    """
    sheet = MeasuredSheet.of(play.chain, data, limits)
    images = play.chain.states(sheet.vertices)
    collapsed = [sheet.collapsed(slope) for slope in sheet.slopes(play.chain)]
    acts: list[Variants] = []
    say = play.say
    for act in play.acts:
        layer, before = play.chain[act.layer], images[act.layer]
        if isinstance(layer, Softmax):
            acts.append(
                (say("softmax turns scores into probabilities"), say("scores to probabilities"))
            )
            continue
        bends = None if sheet.bends is None else sheet.bends[act.layer]
        flat = collapsed[act.layer : act.layer + 2]
        if isinstance(layer, Residual):
            acts.append(residual_words(bends, flat[1] - flat[0], sheet.exact, say))
            continue
        affine: Variants = ()
        if isinstance(layer, Dense):
            affine, before = affine_words(layer, motion, say), layer.affine(before)
            if layer.activation == "identity":
                acts.append(affine)
                continue
        if act.unit >= 0:
            acts.append(unit_words(layer.function, before, act.unit, bends, say))
            continue
        words = bending_words(layer.function, before, bends, flat[1] - flat[0], sheet.exact, say)
        # A whole layer is one act: its map and its bend at once.
        acts.append(tuple(say("affine, {what}", what=what) for what in words) if affine else words)
    stops = stop_words(play, data)
    return Lesson(*(tuple(_short_enough(each) for each in some) for some in (stops, acts)))


def _short_enough(variants: Variants) -> Variants:
    return tuple(word for word in variants if len(word) <= LONGEST) or variants[-1:]


def fitting(variants: Variants, room: float, font: Path, size: int) -> str:
    """The longest variant that has room in so many pixels, else the shortest."""
    fits = (word for word in variants if text_width(word, font, size) <= room)
    return next(fits, variants[-1])


def taught(play: Play, said: Lesson, layout: PanelLayout, font: Path, seen: Sequence[str]) -> Play:
    """The same play in sentences: an act's stays at the stop behind it, a stop's is its remark.

    Args:
        play: its acts.
        said: what `lesson` says of it.
        layout: of a panel laid out for the longest variants.
        font: the font file.
        seen: for each stop, how much of it is seen, "" where it is all.
    """
    size, room = layout.caption_em, layout.caption_width
    doing = tuple(fitting(each, room, font, size) for each in said.acts)
    remarks = tuple(
        (fitting(each, room - text_width(words, font, size), font, size) + words).removeprefix(
            " · "
        )
        for each, words in zip(said.stops, seen, strict=True)
    )
    return replace(play, stops=(play.stops[0], *doing), doing=doing, remarks=remarks)
