"""Formulas that are made of straight pieces: where they bend or jump, exactly.

A formula is followed from the inside: every node is a list of straight pieces, a sum adds them,
a max cuts them where they cross. What is no straight piece (a product of two, a sine) ends it.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from warpviz.functions.node import Node
from warpviz.functions.numbers import value

MOST = 64
"""Pieces of a function at most."""


class Line(NamedTuple):
    """A straight piece: rise · z + at."""

    rise: float
    at: float


class Straight(NamedTuple):
    """A function of straight pieces.

    Attributes:
        breaks: where one piece ends and the next begins, ascending.
        lines: the pieces, from the left to the right; one more than breaks.
    """

    breaks: tuple[float, ...]
    lines: tuple[Line, ...]

    @property
    def jumps(self) -> bool:
        """Whether two neighbours do not meet."""
        ends = zip(self.breaks, pairwise(self.lines), strict=True)
        return any(_apart(one, two, at) for at, (one, two) in ends)


def _apart(one: Line, two: Line, at: float) -> bool:
    left, right = one.rise * at + one.at, two.rise * at + two.at
    size = max(abs(one.rise * at), abs(one.at), abs(two.rise * at), abs(two.at), 1e-300)
    return abs(left - right) > 1e-12 * size


def straight(node: Node) -> Straight | None:
    """The straight pieces of a formula; None if it has curved parts, or more pieces than `MOST`.

    >>> from warpviz.functions import read
    >>> straight(read("min(max(z, -1), 2)")).breaks, straight(read("z*z"))
    ((-1.0, 2.0), None)
    """
    found = _pieces(node)
    return None if found is None else _merged(found)


def _flat(height: float) -> Straight | None:
    return Straight((), (Line(0.0, height),)) if math.isfinite(height) else None


def _pieces(node: Node) -> Straight | None:
    if node.kind == "z":
        return Straight((), (Line(1.0, 0.0),))
    if node.constant:
        return _flat(float(value(node, np.zeros(1))[0]))
    if node.kind not in _RULES:
        return None
    parts = [_pieces(part) for part in node.parts if part.kind not in ("<", "<=")]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    found = _RULES[node.kind](node, known)
    return None if found is None or len(found.lines) > MOST else found


def _cut(*parts: Straight) -> tuple[list[float], list[tuple[Line, ...]]]:
    """All breaks of several functions, and their lines between them."""
    breaks = sorted({at for part in parts for at in part.breaks})
    edges = [-math.inf, *breaks]
    lines = [tuple(_line_at(part, low) for part in parts) for low in edges]
    return breaks, lines


def _line_at(part: Straight, low: float) -> Line:
    """The piece that holds just right of a place."""
    return part.lines[sum(at <= low for at in part.breaks)]


def _joined(parts: list[Straight], join: Callable[[list[Line]], Line]) -> Straight:
    breaks, lines = _cut(*parts)
    return Straight(tuple(breaks), tuple(join(list(each)) for each in lines))


def _sum(sign: float) -> Callable[[Node, list[Straight]], Straight | None]:
    def join(lines: list[Line]) -> Line:
        return Line(lines[0].rise + sign * lines[1].rise, lines[0].at + sign * lines[1].at)

    return lambda node, parts: _joined(parts, join)


def _times(factor: float, part: Straight) -> Straight | None:
    if not math.isfinite(factor):
        return None
    return Straight(part.breaks, tuple(Line(factor * a, factor * b) for a, b in part.lines))


def _product(node: Node, parts: list[Straight]) -> Straight | None:
    for known, other in ((0, 1), (1, 0)):
        if all(line.rise == 0 for line in parts[known].lines):
            heights = parts[known]
            if len(heights.lines) == 1:
                return _times(heights.lines[0].at, parts[other])
            return _joined(
                [heights, parts[other]],
                lambda lines: Line(lines[0].at * lines[1].rise, lines[0].at * lines[1].at),
            )
    return None


def _quotient(node: Node, parts: list[Straight]) -> Straight | None:
    below = parts[1]
    if len(below.lines) > 1 or below.lines[0].rise != 0 or below.lines[0].at == 0:
        return None
    factor = below.lines[0].at
    return Straight(parts[0].breaks, tuple(Line(a / factor, b / factor) for a, b in parts[0].lines))


def _chosen(test: tuple[Straight, Straight], then: Straight, otherwise: Straight) -> Straight:
    """`then` where the first of `test` is below the second, else `otherwise`."""
    breaks, lines = _cut(*test, then, otherwise)
    edges = [-math.inf, *breaks, math.inf]
    new_breaks: list[float] = []
    new_lines: list[Line] = []
    for (low, high), (a, b, yes, no) in zip(pairwise(edges), lines, strict=True):
        rise, at = a.rise - b.rise, a.at - b.at
        cross = -at / rise if rise else math.inf
        places = [low, cross, high] if low < cross < high else [low, high]
        for start, end in pairwise(places):
            if math.isfinite(start):
                new_breaks.append(start)
            middle = _between(start, end)
            new_lines.append(yes if rise * middle + at < 0 else no)
    return Straight(tuple(new_breaks), tuple(new_lines))


def _between(low: float, high: float) -> float:
    if math.isinf(low) and math.isinf(high):
        return 0.0
    if math.isinf(low):
        return high - 1.0 - abs(high)
    return low + 1.0 + abs(low) if math.isinf(high) else (low + high) / 2


def _relu(node: Node, parts: list[Straight]) -> Straight | None:
    zero = Straight((), (Line(0.0, 0.0),))
    return _chosen((zero, parts[0]), parts[0], zero)


def _abs(node: Node, parts: list[Straight]) -> Straight | None:
    zero, turned = Straight((), (Line(0.0, 0.0),)), _times(-1.0, parts[0])
    return None if turned is None else _chosen((parts[0], zero), turned, parts[0])


def _where(node: Node, parts: list[Straight]) -> Straight | None:
    a, b = (_pieces(part) for part in node.parts[0].parts)
    return None if a is None or b is None else _chosen((a, b), parts[0], parts[1])


_RULES: dict[str, Callable[[Node, list[Straight]], Straight | None]] = {
    "+": _sum(1.0),
    "-": _sum(-1.0),
    "neg": lambda node, parts: _times(-1.0, parts[0]),
    "*": _product,
    "/": _quotient,
    "max": lambda node, parts: _chosen((parts[1], parts[0]), parts[0], parts[1]),
    "min": lambda node, parts: _chosen((parts[0], parts[1]), parts[0], parts[1]),
    "abs": _abs,
    "relu": _relu,
    "where": _where,
}


def _merged(found: Straight) -> Straight:
    """Without breaks between two pieces of one line."""
    breaks, lines = [], [found.lines[0]]
    for at, line in zip(found.breaks, found.lines[1:], strict=True):
        if line != lines[-1]:
            breaks.append(at + 0.0)  # of 0 and −0 the first
            lines.append(line)
    return Straight(tuple(breaks), tuple(lines))
