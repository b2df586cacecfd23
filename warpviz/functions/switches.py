"""Where a formula goes over from one branch to another, and bends sharply or jumps there."""

from collections.abc import Iterator

import numpy as np

from warpviz.functions.lines import straight
from warpviz.functions.node import Node, sub
from warpviz.functions.numbers import value, values
from warpviz.functions.slopes import slope

SPAN = 64.0
"""Of z, where branches are looked for that are no straight lines."""
NODES = 8192
HALVINGS = 60
BESIDE = 1e-7
"""How far from a place its two sides are looked at."""
SURE = 1e-5
"""How much the sides differ, over their size."""


def branches(node: Node) -> tuple[float, ...]:
    """Where a formula goes over to another branch, sharply or not, rising.

    >>> from warpviz.functions import read
    >>> branches(read("relu(z - 1)**2 + abs(z)"))
    (0.0, 1.0)
    """
    return tuple(sorted({at + 0.0 for part in _parts(node) for at in crossings(part)}))


def sharp_places(node: Node) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where a formula bends sharply or jumps, rising, and at which of these places it jumps.

    >>> from warpviz.functions import read
    >>> sharp_places(read("where(z > 1, sin(z), 0)")), sharp_places(read("exp(abs(z + 2))"))
    (((1.0,), (1.0,)), ((-2.0,), ()))
    """
    at = np.array(branches(node))
    if not len(at):
        return (), ()
    away = BESIDE * np.maximum(1.0, np.abs(at))
    (left, left_slope), (right, right_slope) = (
        values((node, slope(node)), at + way * away) for way in (-1, 1)
    )
    rise = right - left - away * (left_slope + right_slope)
    jumps = np.abs(rise) > SURE * (1 + np.maximum(np.abs(left), np.abs(right)))
    turns = np.abs(right_slope - left_slope) > SURE * (
        1 + np.maximum(np.abs(left_slope), np.abs(right_slope))
    )
    return tuple(at[jumps | turns].tolist()), tuple(at[jumps].tolist())


def _parts(node: Node) -> Iterator[Node]:
    """What changes its sign where a part of a formula goes over to another branch."""
    if node.kind in ("max", "min"):
        yield sub(*node.parts)
    elif node.kind in ("abs", "relu"):
        yield node.parts[0]
    elif node.kind == "where":
        yield sub(*node.parts[0].parts)
    for part in node.parts:
        yield from _parts(part)


def crossings(node: Node) -> list[float]:
    """Where a formula changes its sign, exactly if it is made of straight pieces."""
    if node.constant:
        return []
    pieces = straight(node)
    if pieces is not None:
        edges = [-np.inf, *pieces.breaks, np.inf]
        places = [
            -line.at / line.rise
            for k, line in enumerate(pieces.lines)
            if line.rise and edges[k] <= -line.at / line.rise <= edges[k + 1]
        ]
        return [*places, *pieces.breaks]
    z = np.linspace(-SPAN, SPAN, NODES + 1)
    height = value(node, z)
    at = np.flatnonzero((height[:-1] > 0) != (height[1:] > 0))
    low, high = z[at], z[at + 1]
    above = height[at] > 0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        same = (value(node, middle) > 0) == above
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return [*high.tolist()]
