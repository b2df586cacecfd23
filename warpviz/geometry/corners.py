"""Lines of ties brought onto the curve where it has corners: past kinks Newton does not lead.

vertices that are no tie ── points around, where another wins ──► halve the way between
segments whose middles are off the curve ──► a vertex more, until they are on it
"""

from dataclasses import replace

import numpy as np

from warpviz.arrays import Bools, Floats, Ints
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.winners import Lines
from warpviz.model.chain import Chain

RINGS = 2.0 ** np.arange(-8.0, 1.5)
"""How far around a point another winner is looked for, over the side of a square."""
WAYS = 16
HALVINGS = 52
OFF = 1.0 / 50
"""How far the middle of a segment may be off the curve, over the side of a square."""
ROUNDS = 4


def onto_ties(
    places: Floats,
    inside: Bools,
    chain: Chain,
    limits: Limits,
    plane: Plane,
    reach: float,
    tie: float,
) -> Floats:
    """Points (N, 2) that are no tie of the two largest outputs, moved to the nearest one.

    Args:
        places: points near a line of ties; those that tie stay.
        inside: (N, 2) along which axes each may move.
        chain: C outputs.
        limits: x0, x1, y0, y1.
        plane: origin and axes of the input.
        reach: how far they may move.
        tie: what may be left between two outputs that tie.
    """
    outputs = _outputs(places, chain, plane)
    best, second = -np.partition(-outputs, 1, axis=1)[:, :2].T
    off = np.flatnonzero(best - second > tie)
    if len(off) == 0:
        return places
    turn = 2 * np.pi * np.arange(WAYS) / WAYS
    ways = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    steps = (reach * RINGS[:, None, None] * ways).reshape(-1, 2)
    start = places[off]
    ends = _within(start[:, None] + steps * inside[off][:, None], limits)
    winner = outputs[off].argmax(axis=1)
    there = _outputs(ends.reshape(-1, 2), chain, plane).argmax(axis=1).reshape(len(off), -1)
    other = there != winner[:, None]
    nearest = other.argmax(axis=1)
    some = other.any(axis=1)
    places = places.copy()
    places[off[some]] = _halved(start[some], ends[np.arange(len(off)), nearest][some], chain, plane)
    return places


def cornered(lines: Lines, chain: Chain, limits: Limits, plane: Plane, fine: int) -> Lines:
    """Lines with vertices more where the curve between two of them leaves the chord."""
    side = max(limits[1] - limits[0], limits[3] - limits[2]) / fine
    for _ in range(ROUNDS):
        places, polylines, count = [lines.vertices], [], len(lines.vertices)
        for line in lines.polylines:
            start, end = (
                lines.vertices[index] for index in (line.vertices[:-1], line.vertices[1:])
            )
            number, more = _between(start, end, chain, limits, plane, side)
            fresh = count + np.arange(len(more))
            polylines.append(replace(line, vertices=np.insert(line.vertices, number + 1, fresh)))
            places.append(more)
            count += len(more)
        if count == len(lines.vertices):
            break
        lines = Lines(np.concatenate(places), tuple(polylines), lines.unsure)
    return lines


def _between(
    start: Floats, end: Floats, chain: Chain, limits: Limits, plane: Plane, side: float
) -> tuple[Ints, Floats]:
    """Which segments need a vertex, and where it is."""
    way = end - start
    length = np.hypot(way[:, 0], way[:, 1])
    across = np.column_stack([-way[:, 1], way[:, 0]]) / np.maximum(length, 1e-300)[:, None]
    middle = (start + end) / 2
    reach = OFF * side
    # Where the winner changes within reach on both sides, the middle is near enough.
    near = [_winner(_within(middle + s * reach * across, limits), chain, plane) for s in (-1, 1)]
    off = np.flatnonzero((near[0] == near[1]) & (length > 4 * reach))
    if len(off) == 0:
        return off, np.zeros((0, 2))
    own = _winner(middle[off], chain, plane)
    sizes = reach * 2.0 ** np.arange(1, 8)
    sizes = np.concatenate([sizes, -sizes])
    order = np.argsort(np.abs(sizes), kind="stable")
    ends = _within(middle[off][:, None] + sizes[order][:, None] * across[off][:, None], limits)
    there = _winner(ends.reshape(-1, 2), chain, plane).reshape(len(off), -1)
    other = (there != own[:, None]) & (np.abs(sizes[order]) <= length[off][:, None])
    some = other.any(axis=1)
    nearest = ends[np.arange(len(off)), other.argmax(axis=1)]
    return off[some], _halved(middle[off][some], nearest[some], chain, plane)


def _halved(start: Floats, end: Floats, chain: Chain, plane: Plane) -> Floats:
    """(N, 2) where on the way from start to end the winner changes."""
    winner = _winner(start, chain, plane)
    for _ in range(HALVINGS):
        middle = (start + end) / 2
        same = (_winner(middle, chain, plane) == winner)[:, None]
        start, end = np.where(same, middle, start), np.where(same, end, middle)
    return start


def _outputs(places: Floats, chain: Chain, plane: Plane) -> Floats:
    return chain(places @ plane[1].T + plane[0])


def _winner(places: Floats, chain: Chain, plane: Plane) -> Ints:
    return np.asarray(_outputs(places, chain, plane).argmax(axis=1))


def _within(places: Floats, limits: Limits) -> Floats:
    x0, x1, y0, y1 = limits
    return np.clip(places, (x0, y0), (x1, y1))
