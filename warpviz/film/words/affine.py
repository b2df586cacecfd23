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
        motion: under "polar" a reflection is seen as a page that flips.

    >>> affine_words(Dense([[0.0, -2.0], [2.0, 0.0]], [0.0, 0.0]))[0]
    'the map turns by 90° and grows all ×2'
    >>> affine_words(Dense([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]], [0.0, 0.0, 0.0]))[1]
    'lifts the plane into space'
    """
    turn = Turn.of(layer.weight, layer.bias)
    n_in, n_out = turn.n_in, turn.n_out
    if turn.rank < min(n_in, n_out):
        return (
            f"flattens {_all(n_in)} onto {_one(turn.rank)}",
            f"flattens onto {_one(turn.rank)}",
            f"rank {turn.rank}",
        )
    if n_in != n_out:
        long = (
            f"lifts {_all(n_in)} into {_all(n_out)}"
            if n_out > n_in
            else f"flattens {_all(n_in)} onto {_one(n_out)}"
        )
        short = f"into {_all(n_out)}" if n_out > n_in else f"onto {_one(n_out)}"
        stretch = _stretch(turn, "stretched", "all")
        return (*((f"{long}, {stretch}",) if stretch else ()), long, short, f"{n_in} → {n_out}")
    return _square_words(turn, motion)


def _square_words(turn: Turn, motion: str) -> tuple[str, ...]:
    """A map of full rank from a space to itself."""
    stretch = _stretch(turn, "stretches", "all")
    if turn.reflects:
        long = "the page flips: the map mirrors" if motion == "polar" else "the map mirrors"
        more = f"the map mirrors and {stretch}" if stretch else ""
        page = f"the page flips; the map {stretch}" if stretch and motion == "polar" else more
        return (*((page,) if page else ()), long, "the map mirrors", "mirrors")
    degrees = [round(math.degrees(angle)) for angle in turn.angles]
    turning = [angle for angle in degrees if angle > 0]
    if not turning and not stretch:
        shift = float(np.linalg.norm(turn.offset))
        if shift == 0.0:
            return "the map hardly changes anything", "hardly changes anything"
        moved = short_number(shift)
        return f"the map shifts the sheet by {moved}", f"shifts by {moved}"
    if not turning:
        return f"the map {stretch}", stretch
    up_to = "up to " if len(turning) > 1 else ""
    rotation = f"turns by {up_to}{turning[0]}°"
    both = (f"the map {rotation} and {stretch}", f"{rotation}, {stretch}") if stretch else ()
    return (*both, f"the map {rotation}", rotation)


def _stretch(turn: Turn, verb: str, thing: str) -> str:
    """How a map stretches, "" where it does not."""
    values = turn.stretches[turn.stretches > 0]
    most, least = float(values.max()), float(values.min())
    if abs(most - 1.0) < ONE and abs(least - 1.0) < ONE:
        return ""
    if short_number(most) == short_number(least):
        grows = ("grown", "grows") if most > 1 else ("shrunk", "shrinks")
        return f"{grows[verb == 'stretches']} {thing} ×{short_number(most)}"
    if len(values) > 3:
        return f"{verb} {short_number(most)} to {short_number(least)}"
    return f"{verb} {' : '.join(short_number(float(value)) for value in values)}"


def _all(width: int) -> str:
    """The whole of a state of this width."""
    return {1: "the line", 2: "the plane", 3: "space"}.get(width, f"{width} dimensions")


def _one(width: int) -> str:
    """What is left, of this width."""
    names = {0: "a point", 1: "a line", 2: "a plane"}
    return names.get(width, f"{width} dimensions")
