"""Where a function of one number is not defined."""

from collections.abc import Callable, Sequence

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.functions import Node, sign

HALVINGS = 60
"""From 1/64 to the spacing of floating-point numbers."""
NEAR = 1e-9
"""What is nearer to a node is the node."""
Missing = Callable[[Floats], Bools]


def undefined_pieces(
    f: Callable[[Floats], Floats], node: Node | None, nodes: Floats, edges: Floats
) -> tuple[tuple[float, float], ...]:
    """Pieces, each from and to, where a function is not defined; a hole ends where it begins.

    A value that stands alone between two such pieces, as (−2)**(−2) of z**z, belongs to them.

    Args:
        f: values, NaN where they are not defined, infinite where they are too large.
        node: its formula, where it has one: then what is too large is told from what is undefined.
        nodes: (N,) rising; what is undefined between two of them is so throughout, or from one
            place on.
        edges: (E,) those at which it may be infinite.

    Returns:
        The pieces, rising; −∞ and ∞ where one reaches the first or the last node.
    """

    def missing(z: Floats) -> Bools:
        found = np.isnan(f(z)) if node is None else np.isnan(sign(node, z))
        return found | (np.isinf(f(z)) & np.isin(z, edges))

    middles = 0.5 * (nodes[:-1] + nodes[1:])
    here, between = missing(nodes), missing(middles)
    here |= np.append(between[0], between) & np.append(between, between[-1])
    places, gone = np.empty(2 * len(nodes) - 1), np.empty(2 * len(nodes) - 1, dtype=bool)
    places[::2], places[1::2], gone[::2], gone[1::2] = nodes, middles, here, between
    found: list[tuple[float, float]] = []
    for first, last in _runs(gone):
        start, end = -np.inf, np.inf
        if first > 0:
            start = _edge(missing, places[first], places[first - 1], nodes)
        if last < len(places) - 1:
            end = _edge(missing, places[last], places[last + 1], nodes)
        # A hole may be found twice, by its number and by that rounded.
        if found and start - found[-1][1] < NEAR * max(1.0, abs(start)):
            start, end = found.pop()[0], start if start == end else end
            end = start if end - start < NEAR * max(1.0, abs(start)) else end
        found.append((start, end))
    return tuple(found)


def _runs(chosen: Bools) -> list[list[int]]:
    """The first and the last place of each run."""
    padded = np.concatenate([[False], chosen, [False]]).astype(int)
    ends = np.flatnonzero(np.diff(padded)).reshape(-1, 2) - [0, 1]
    return [[int(first), int(last)] for first, last in ends]


def _edge(missing: Missing, undefined: float, defined: float, nodes: Floats) -> float:
    """Where it is no longer defined, between a place where it is not and one where it is."""
    for _ in range(HALVINGS):
        middle = 0.5 * (undefined + defined)
        if missing(np.array([middle]))[0]:
            undefined = middle
        else:
            defined = middle
    near = float(nodes[np.abs(nodes - undefined).argmin()])
    return near if abs(near - undefined) < NEAR * max(1.0, abs(near)) else float(undefined)


def within(pieces: Sequence[tuple[float, float]], z: Floats) -> Bools:
    """Whether places lie inside of pieces, or are holes; an edge itself does not."""
    found = np.zeros(np.shape(z), dtype=bool)
    for start, end in pieces:
        found |= (z == start) if start == end else (z > start) & (z < end)
    return found
