"""What an affine map does, in words: from its polar factors."""

import math

import numpy as np

from warpviz.film.words.numbers import short_number
from warpviz.model.layers import Dense
from warpviz.motion.polar import Turn

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
    turn = Turn.of(layer.weight, layer.bias)
    n_in, n_out = turn.n_in, turn.n_out
    if turn.rank < min(n_in, n_out) and turn.rank < 2:
        what = ("shrinks", "to a point") if turn.rank == 0 else ("flattens", "onto a line")
        return f"{what[0]} the sheet {what[1]}", f"{what[0]} {what[1]}", what[1]
    if n_in == n_out == turn.rank:
        return _square_words(turn, motion)
    if turn.rank == n_in:
        verb, where = "lifts", f"into {_space(n_out)}"
    else:
        kinds = {1: "onto a line", 2: "onto a plane"}
        verb, where = "projects", kinds.get(turn.rank, f"into {_space(turn.rank)}")
    words = _with_scale(f"{verb} the sheet {where}", f"{verb} {where}", _scaled(turn))
    return (*words, where, f"{n_in} to {n_out}")


def _square_words(turn: Turn, motion: str) -> tuple[str, ...]:
    """A map of full rank from a space to itself."""
    scaled = _scaled(turn)
    if turn.reflects:
        flips = motion == "polar" and turn.n_in == 2
        long = "flips the sheet over" if flips else "mirrors the sheet"
        short = "flips over" if flips else "mirrors"
        return _with_scale(long, short, scaled)
    degrees = [round(math.degrees(angle)) for angle in turn.angles]
    turning = [angle for angle in degrees if angle > 0]
    if turning:
        by = f"by {'up to ' if len(turning) > 1 else ''}{turning[0]}°"
        return _with_scale(f"turns the sheet {by}", f"turns {by}", scaled)
    if scaled:
        return f"scales the sheet {scaled}", f"scales {scaled}"
    shift = float(np.linalg.norm(turn.offset))
    if shift == 0.0:
        return "hardly changes the sheet", "hardly changes it"
    moved = short_number(shift)
    return f"shifts the sheet by {moved}", f"shifts it by {moved}"


def _with_scale(long: str, short: str, scaled: str) -> tuple[str, ...]:
    if not scaled:
        return long, short
    return f"{long}, scales it {scaled}", f"{short}, scales {scaled}", long, short


def _scaled(turn: Turn) -> str:
    """By how much a map scales along its axes, "" where it hardly does."""
    values = turn.stretches[turn.stretches > 0]
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
