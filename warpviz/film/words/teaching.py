"""Captions that teach: one true sentence for every stop and every act, from the geometry.

    affine act  ── polar factors ──► "the map turns by 128° and stretches 3.1 : 0.4"
    activation  ── creases on the sheet ──► "relu folds the sheet along 3 lines"
    stop        ── certificate of separability ──► "from here a straight line separates the classes"

Every sentence comes in variants, the longest first (at most `LONGEST` characters); all are true,
and a panel takes the first that it has room for. What a number would be rounded away from is
not said.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.film.play import Play
from warpviz.film.words.affine import affine_words
from warpviz.film.words.bending import bending_words, unit_words
from warpviz.film.words.numbers import percent
from warpviz.geometry.sheet import Limits
from warpviz.measure.ground import Ground
from warpviz.measure.probe import fit_probe
from warpviz.measure.separability import separate
from warpviz.model.layers import Dense, Softmax
from warpviz.picture.layout import PanelLayout
from warpviz.picture.text import text_width

Variants = tuple[str, ...]

LONGEST = 48
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

    def longest(self) -> list[str]:
        """The longest variant of each sentence, to lay panels out by."""
        return [variants[0] for variants in (*self.stops, *self.acts)]


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
    >>> from warpviz.film.options import Options
    >>> from warpviz.model import mlp
    >>> data, chain = load_data("xor", n=40), mlp([2, 2, 2], "tanh", seed=0)
    >>> lesson(Play.of(chain, Options()), data).acts[1]
    ('tanh squashes: nothing folds', 'tanh squashes')
    """
    ground = Ground.of(play.chain, data, limits)
    images, slopes = play.chain.states(ground.vertices), ground.slopes(play.chain)
    acts: list[Variants] = []
    for act in play.acts:
        layer, before = play.chain[act.layer], images[act.layer]
        if isinstance(layer, Softmax):
            acts.append(("softmax turns scores into probabilities", "scores → probabilities"))
            continue
        affine: Variants = ()
        if isinstance(layer, Dense):
            affine, before = affine_words(layer, motion), layer.affine(before)
            if layer.activation == "identity":
                acts.append(affine)
                continue
        bends = None if ground.bends is None else ground.bends[act.layer]
        if act.unit >= 0:
            acts.append(unit_words(layer.function, before, act.unit, bends))
            continue
        flat = [ground.collapsed(slope) for slope in slopes[act.layer : act.layer + 2]]
        words = bending_words(layer.function, before, bends, flat[1] - flat[0], ground.exact)
        # A whole layer is one act: its map and its bend at once.
        acts.append(tuple(f"affine, {word}" for word in words) if affine else words)
    return Lesson(_stops(play, data), tuple(_short_enough(each) for each in acts))


def _short_enough(variants: Variants) -> Variants:
    return tuple(word for word in variants if len(word) <= LONGEST) or variants[-1:]


def _stops(play: Play, data: Dataset) -> tuple[Variants, ...]:
    """How far the classes are apart, at every stop."""
    states = play.states(data.x)
    probes = [fit_probe(state, data.y) for state in states]
    apart = [
        separate(state, data.y, probe=probe).separable
        for state, probe in zip(states, probes, strict=True)
    ]
    two = len(np.unique(data.y)) == 2
    said: list[Variants] = []
    for k, state in enumerate(states):
        if k and k == len(states) - 1 and data.n_classes == state.shape[1]:
            said.append(_output_words(state, data, play.letters[k]))
            continue
        cut = _cuts(state.shape[1], two)
        if not apart[k]:
            share = percent(probes[k].accuracy)
            said.append(
                (
                    f"{cut} {'tells' if two else 'tell'} {share} of the points right",
                    f"{cut}: {share} right",
                    f"{share} right",
                )
            )
            continue
        verb = "separates" if two else "separate"
        first = not any(apart[:k])
        when = ("from here " if all(apart[k:]) else "here ") if first and k else ""
        still = "still " if any(apart[:k]) else ""
        said.append(
            (
                f"{when}{cut} {still}{verb} the classes",
                f"{cut} {still}{verb} them",
                f"{still}separable",
            )
        )
    return tuple(_short_enough(each) for each in said)


def _cuts(width: int, two: bool) -> str:
    """What cuts a state of this width apart, straight: one cut for two classes, else several."""
    one = {1: "a point", 2: "a straight line", 3: "a flat plane"}.get(width, "a hyperplane")
    many = {1: "points", 2: "straight lines", 3: "flat planes"}.get(width, "hyperplanes")
    return one if two else many


def _output_words(state: Floats, data: Dataset, letter: str) -> Variants:
    """How the model itself decides: by its largest output."""
    right = float(np.mean(state.argmax(axis=1) == data.y))
    share = percent(right)
    if data.n_classes > 2:
        return f"the largest {letter} names {share} right", f"{share} right"
    line = f"the line {letter}₁ = {letter}₂"
    if right == 1.0:
        return f"{line} separates the classes", f"{letter}₁ = {letter}₂ separates them"
    return f"{line} tells {share} right", f"{letter}₁ = {letter}₂: {share} right"


def fitting(variants: Variants, room: float, font: Path, size: int) -> str:
    """The longest variant that has room in so many pixels, else the shortest."""
    fits = (word for word in variants if text_width(word, font, size) <= room)
    return next(fits, variants[-1])


def taught(play: Play, said: Lesson, layout: PanelLayout, font: Path, view: str = "auto") -> Play:
    """The same play, its captions replaced by sentences that its panel has room for.

    Args:
        play: its acts.
        said: what `lesson` says of it.
        layout: of a panel laid out for the longest variants.
        font: the font file.
        view: a name of `VIEWS`; where principal axes are seen, the panel says how much they keep.
    """
    size, room = layout.caption_em, layout.caption_width
    wide = max(play.chain.widths) > 3 or view in ("2d", "pca")
    left = room - (text_width(" (99 % seen)", font, size) if wide else 0)
    return replace(
        play,
        stops=tuple(fitting(each, left, font, size) for each in said.stops),
        doing=tuple(fitting(each, room, font, size) for each in said.acts),
    )
