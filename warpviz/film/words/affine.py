"""What an affine map does, in words: from its singular values, and what its rotation turns.

The planes themselves, which a film of few axes turns, are not needed: of a thousand axes finding
them would take far longer than all the rest.
"""

import math

import numpy as np

from warpviz.arrays import Floats
from warpviz.film.words.numbers import short_number
from warpviz.model.layers import Dense
from warpviz.motion.polar import RANK

ONE = 0.05
"""A stretch nearer to 1 than this is none to speak of."""


def affine_words(layer: Dense, motion: str = "polar") -> tuple[str, ...]:
    """One sentence about W x + b, the longest variant first.

    Args:
        layer: its weight and bias; its activation is not told.
        motion: under "polar" a plane that is mirrored is seen to flip over.

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
        what = ("shrinks", "to a point") if rank == 0 else ("flattens", "onto a line")
        return f"{what[0]} the sheet {what[1]}", f"{what[0]} {what[1]}", what[1]
    scaled = _scaled(stretches)
    if n_in == n_out == rank:
        return _square_words(left @ right, scaled, layer.bias, motion)
    if rank == n_in:
        verb, where = "lifts", f"into {_space(n_out)}"
    else:
        kinds = {1: "onto a line", 2: "onto a plane"}
        verb, where = "projects", kinds.get(rank, f"into {_space(rank)}")
    words = _with_scale(f"{verb} the sheet {where}", f"{verb} {where}", scaled)
    return (*words, where, f"{n_in} to {n_out}")


def _square_words(rotation: Floats, scaled: str, shift: Floats, motion: str) -> tuple[str, ...]:
    """A map of full rank from a space to itself: R (n, n), its scales in words, and b (n,)."""
    if np.linalg.slogdet(rotation)[0] < 0:
        flips = motion == "polar" and len(rotation) == 2
        long = "flips the sheet over" if flips else "mirrors the sheet"
        short = "flips over" if flips else "mirrors"
        return _with_scale(long, short, scaled)
    # The cosine of each plane's angle is there twice; what is left over stays.
    cosines = np.linalg.eigvalsh((rotation + rotation.T) / 2)[: len(rotation) // 2 * 2 : 2]
    degrees = [round(math.degrees(math.acos(min(max(cosine, -1.0), 1.0)))) for cosine in cosines]
    turning = [angle for angle in degrees if angle > 0]
    if turning:
        by = f"by {'up to ' if len(turning) > 1 else ''}{turning[0]}°"
        return _with_scale(f"turns the sheet {by}", f"turns {by}", scaled)
    if scaled:
        return f"scales the sheet {scaled}", f"scales {scaled}"
    if not shift.any():
        return "hardly changes the sheet", "hardly changes it"
    moved = short_number(float(np.linalg.norm(shift)))
    return f"shifts the sheet by {moved}", f"shifts it by {moved}"


def _with_scale(long: str, short: str, scaled: str) -> tuple[str, ...]:
    if not scaled:
        return long, short
    return f"{long}, scales it {scaled}", f"{short}, scales {scaled}", long, short


def _scaled(values: Floats) -> str:
    """By how much a map scales along its axes, "" where it hardly does; falling values (rank,)."""
    if not len(values):
        return ""
    most, least = float(values.max()), float(values.min())
    if abs(most - 1.0) < ONE and abs(least - 1.0) < ONE:
        return ""
    told = [short_number(float(value)) for value in values]
    if told[0] == told[-1] or len(set(told)) == 1:
        return f"by {told[0]}"
    if len(told) > 3:
        return f"by {told[-1]} to {told[0]}"
    return f"by {', '.join(told[:-1])} and {told[-1]}"


def _space(width: int) -> str:
    """The whole of a state of this width."""
    return {2: "the plane", 3: "space"}.get(width, f"{width} dimensions")
