"""What an affine map does, in words: from its singular values, and what its rotation turns.

The planes themselves, which a film of few axes turns, are not needed: of a thousand axes finding
them would take far longer than all the rest.
"""

import math

import numpy as np

from warpviz.arrays import Floats
from warpviz.film.words.numbers import short_number
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.layers import Dense
from warpviz.motion.polar import RANK

ONE = 0.05
"""A stretch nearer to 1 than this is none to speak of."""


def affine_words(layer: Dense, motion: str = "polar", say: Language = ENGLISH) -> tuple[str, ...]:
    """One sentence about W x + b, the longest variant first.

    Args:
        layer: its weight and bias; its activation is not told.
        motion: under "polar" a plane that is mirrored is seen to flip over.
        say: the language.

    >>> affine_words(Dense([[0.0, -2.0], [2.0, 0.0]], [0.0, 0.0]))[0]
    'turns the sheet by 90°, scales it by 2'
    >>> affine_words(Dense([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0.0, 0.0, 0.0]))[2]
    'lifts the sheet into space'
    """
    n_out, n_in = layer.weight.shape
    left, stretches, right = np.linalg.svd(layer.weight, full_matrices=False)
    stretches = stretches[stretches > RANK * stretches[0]]
    rank = len(stretches)
    if rank < min(n_in, n_out) and rank < 2:
        if rank == 0:
            return say("shrinks the sheet to a point"), say("shrinks to a point"), say("to a point")
        return (
            say("flattens the sheet onto a line"),
            say("flattens onto a line"),
            say("onto a line"),
        )
    scaled = _scaled(stretches, say)
    if n_in == n_out == rank:
        return _square_words(left @ right, scaled, layer.bias, motion, say)
    where = _space(n_out, say) if rank == n_in else _shadow(rank, say)
    if rank == n_in:
        long = say("lifts the sheet {where}", where=where), say("lifts {where}", where=where)
    else:
        long = say("projects the sheet {where}", where=where), say("projects {where}", where=where)
    counts = say("{before} to {after}", before=n_in, after=n_out)
    return *_with_scale(*long, scaled, say), where, counts


def _square_words(
    rotation: Floats, scaled: str, shift: Floats, motion: str, say: Language
) -> tuple[str, ...]:
    """A map of full rank from a space to itself: R (n, n), its scales in words, and b (n,)."""
    if np.linalg.slogdet(rotation)[0] < 0:
        if motion == "polar" and len(rotation) == 2:
            return _with_scale(say("flips the sheet over"), say("flips over"), scaled, say)
        return _with_scale(say("mirrors the sheet"), say("mirrors"), scaled, say)
    # The cosine of each plane's angle is there twice; what is left over stays.
    cosines = np.linalg.eigvalsh((rotation + rotation.T) / 2)[: len(rotation) // 2 * 2 : 2]
    degrees = [round(math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))) for cosine in cosines]
    turning = [angle for angle in degrees if angle > 0]
    if turning:
        angle = f"{turning[0]}°"
        if len(turning) > 1:
            angle = say("up to {angle}", angle=angle)
        long = say("turns the sheet by {angle}", angle=angle)
        return _with_scale(long, say("turns by {angle}", angle=angle), scaled, say)
    if scaled:
        return say("scales the sheet {by}", by=scaled), say("scales {by}", by=scaled)
    if not shift.any():
        return say("hardly changes the sheet"), say("hardly changes it")
    moved = short_number(float(np.linalg.norm(shift)))
    return say("shifts the sheet by {length}", length=moved), say(
        "shifts it by {length}", length=moved
    )


def _with_scale(long: str, short: str, scaled: str, say: Language) -> tuple[str, ...]:
    if not scaled:
        return long, short
    return (
        say("{what}, scales it {by}", what=long, by=scaled),
        say("{what}, scales {by}", what=short, by=scaled),
        long,
        short,
    )


def _scaled(values: Floats, say: Language) -> str:
    """By how much a map scales along its axes, "" where it hardly does; falling values (rank,)."""
    if not len(values):
        return ""
    most, least = float(values.max()), float(values.min())
    if abs(most - 1.0) < ONE and abs(least - 1.0) < ONE:
        return ""
    told = [short_number(float(value)) for value in values]
    if told[0] == told[-1] or len(set(told)) == 1:
        return say("by {factors}", factors=told[0])
    if len(told) > 3:
        return say("by {least} to {most}", least=told[-1], most=told[0])
    return say("by {factors}", factors=say.listed(told))


def _space(width: int, say: Language) -> str:
    """Into the whole of a state of this width."""
    known = {2: say("into the plane"), 3: say("into space")}
    return known.get(width, say("into {count} dimensions", count=width))


def _shadow(rank: int, say: Language) -> str:
    """Onto so many dimensions of a state."""
    known = {1: say("onto a line"), 2: say("onto a plane")}
    return known.get(rank, _space(rank, say))
