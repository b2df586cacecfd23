"""Lines of ties brought onto the curve where it has corners: past kinks Newton does not lead.

vertices that are no tie ── points around, where another wins ──► halve the way between
segments whose middles are off the curve ──► a vertex more, until they are on it
"""

from dataclasses import replace

import numpy as np

from warpviz.arrays import Bools, Floats, Ints
from warpviz.geometry.curved.ties import Ties
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.winners import Lines

RINGS = 2.0 ** np.arange(-8.0, 1.5)
"""How far around a point another winner is looked for, over the side of a square."""
WAYS = 16
HALVINGS = 52
OFF = 1.0 / 50
"""How far the middle of a segment may be off the curve, over the side of a square."""
ROUNDS = 4


def onto_ties(
    places: Floats, inside: Bools, ties: Ties, sets: Ints, reach: float, tie: Floats
) -> Floats:
    """Points (N, 2) that are no tie of the two largest outputs, moved to the nearest one.

    Args:
        places: points near a line of ties; those that tie stay.
        inside: (N, 2) along which axes each may move.
        ties: what ties.
        sets: (N,) of which set each point is.
        reach: how far they may move.
        tie: (N,) what may be left between two outputs that tie.
    """
    outputs = ties.outputs(places, sets)
    best, second = -np.partition(-outputs, 1, axis=1)[:, :2].T
    off = np.flatnonzero(best - second > tie)
    if len(off) == 0:
        return places
    turn = 2 * np.pi * np.arange(WAYS) / WAYS
    ways = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    steps = (reach * RINGS[:, None, None] * ways).reshape(-1, 2)
    start = places[off]
    ends = _within(start[:, None] + steps * inside[off][:, None], ties.limits)
    winner = outputs[off].argmax(axis=1)
    there = ties.winner(ends.reshape(-1, 2), np.repeat(sets[off], len(steps)))
    other = there.reshape(len(off), -1) != winner[:, None]
    nearest = other.argmax(axis=1)
    some = other.any(axis=1)
    places = places.copy()
    ends = ends[np.arange(len(off)), nearest][some]
    places[off[some]] = _halved(start[some], ends, ties, sets[off[some]])
    return places


def cornered(lines: Lines, ties: Ties, sets: Ints, side: float) -> Lines:
    """Lines with vertices more where the curve between two of them leaves the chord.

    Args:
        lines: what was traced.
        ties: what ties along them.
        sets: of which set each polyline is.
        side: that of a square of the grid.
    """
    for _ in range(ROUNDS):
        paths = [line.vertices for line in lines.polylines]
        counts = np.array([len(path) - 1 for path in paths], dtype=np.intp)
        if not counts.any():
            break
        start = lines.vertices[np.concatenate([path[:-1] for path in paths])]
        end = lines.vertices[np.concatenate([path[1:] for path in paths])]
        number, more = _between(start, end, ties, np.repeat(sets, counts), side)
        if not len(more):
            break
        fresh = len(lines.vertices) + np.arange(len(more))
        first = np.cumsum(counts) - counts
        parts = np.searchsorted(number, np.append(first, counts.sum())).tolist()
        polylines = [
            replace(line, vertices=np.insert(path, number[a:b] - begin + 1, fresh[a:b]))
            for line, path, begin, a, b in zip(
                lines.polylines, paths, first, parts[:-1], parts[1:], strict=True
            )
        ]
        lines = Lines(np.concatenate([lines.vertices, more]), tuple(polylines), lines.unsure)
    return lines


def _between(
    start: Floats, end: Floats, ties: Ties, sets: Ints, side: float
) -> tuple[Ints, Floats]:
    """Which segments need a vertex, and where it is."""
    way = end - start
    length = np.hypot(way[:, 0], way[:, 1])
    across = np.column_stack([-way[:, 1], way[:, 0]]) / np.maximum(length, 1e-300)[:, None]
    middle = (start + end) / 2
    reach = OFF * side
    # Where the winner changes within reach on both sides, the middle is near enough.
    near = [
        ties.winner(_within(middle + sign * reach * across, ties.limits), sets) for sign in (-1, 1)
    ]
    off = np.flatnonzero((near[0] == near[1]) & (length > 4 * reach))
    if len(off) == 0:
        return off, np.zeros((0, 2))
    own = ties.winner(middle[off], sets[off])
    sizes = reach * 2.0 ** np.arange(1, 8)
    sizes = np.concatenate([sizes, -sizes])
    sizes = sizes[np.argsort(np.abs(sizes), kind="stable")]
    ends = _within(middle[off][:, None] + sizes[:, None] * across[off][:, None], ties.limits)
    there = ties.winner(ends.reshape(-1, 2), np.repeat(sets[off], len(sizes)))
    other = there.reshape(len(off), -1) != own[:, None]
    other &= np.abs(sizes) <= length[off][:, None]
    some = other.any(axis=1)
    nearest = ends[np.arange(len(off)), other.argmax(axis=1)]
    return off[some], _halved(middle[off][some], nearest[some], ties, sets[off[some]])


def _halved(start: Floats, end: Floats, ties: Ties, sets: Ints) -> Floats:
    """(N, 2) where on the way from start to end the winner changes."""
    winner = ties.winner(start, sets)
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        same = (ties.winner(middle, sets) == winner)[:, None]
        start, end = np.where(same, middle, start), np.where(same, end, middle)
    return start


def _within(places: Floats, limits: Limits) -> Floats:
    x0, x1, y0, y1 = limits
    return np.clip(places, (x0, y0), (x1, y1))
