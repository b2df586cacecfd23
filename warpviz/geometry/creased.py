"""Where chains have folded the sheet in the end, and their boundaries: lines without cells.

They stand for the snapshots of a training, which share one sheet. Every vertex goes through every
snapshot, so that all together have a limit, of which each snapshot has its share.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.curved.tracing import traced
from warpviz.geometry.fitting import fold_times, layer_creases, sharp_creases
from warpviz.geometry.folds import Most, usual
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import BOUNDARY, LeftOut, Limits, Polyline
from warpviz.geometry.straight.pieces import is_piecewise_linear, up_to_logits
from warpviz.geometry.straight.winners import Lines, together
from warpviz.geometry.wide import MOST_UNITS, too_many_pieces, wide_creases
from warpviz.model.chain import Chain

COARSE = 32
"""Segments of a straight crease across the plane, where it is bent further."""
FINE = 96
"""Squares along each axis on which the boundary of a smooth chain is looked for."""
MOST_VERTICES = 400_000
"""Of the lines of all snapshots together,"""
MOST_WORK = 10_000_000_000
"""and multiplications that it may take to lead them through all snapshots."""
FOLDS = Most(lines=4_000, crossed=480_000)
"""Smooth folds of a layer in all snapshots together, and squares that these may cross."""
WIDE = 128
"""Units of a layer from which on lines are looked for on squares alone, and not between them."""


@dataclass(frozen=True)
class Share:
    """What one snapshot may take.

    Attributes:
        vertices: of its lines.
        folds: of each of its layers that folds smoothly; None for the usual.
        units: of a layer so wide that its creases are sampled; None for the usual.
    """

    vertices: int = MOST_VERTICES
    folds: Most | None = None
    units: int | None = None


def share_of(chains: Sequence[Chain]) -> Share:
    """What each of several snapshots may take.

    >>> from warpviz.model.init import mlp
    >>> share_of([mlp([2, 16, 2])] * 40)
    Share(vertices=10000, folds=Most(lines=100, crossed=12000), units=512)
    """
    count = len(chains)
    work = count * max(chain.n_parameters for chain in chains)
    vertices = max(min(MOST_VERTICES, MOST_WORK // max(work, 1)) // count, 500)
    own = usual()
    folds = Most(min(own.lines, FOLDS.lines // count), min(own.crossed, FOLDS.crossed // count))
    return Share(vertices, folds, min(MOST_UNITS, max(vertices // 16, 16)))


def lines_of_snapshots(
    chains: Sequence[Chain],
    limits: Limits,
    *,
    plane: Plane | None = None,
    layers: int | None = None,
    creases: bool = True,
    boundary: bool = True,
) -> Lines:
    """The lines of every snapshot, each marked with its keyframe.

    Args:
        chains: the snapshots, and the rest as of `final_lines`.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        layers: how many layers have acted, whose creases are wanted; None for all.
        creases: whether to look for creases.
        boundary: whether to look for the boundary.

    Returns:
        Where a snapshot has more lines than its share, some; `left_out` has of each layer the
        snapshot of which most are missing.
    """
    share = share_of(chains)
    parts = []
    for number, chain in enumerate(chains):
        found = final_lines(
            chain, limits, plane=plane, layers=layers, creases=creases, boundary=boundary,
            share=share,
        )  # fmt: skip
        lines = tuple(replace(line, keyframe=number) for line in found.polylines)
        parts.append(replace(found, polylines=lines))
    found = together(parts)
    worst: dict[int, LeftOut] = {}
    for one in found.left_out:
        before = worst.get(one.layer, one)
        worst[one.layer] = max(before, one, key=lambda each: each.least - each.drawn)
    return replace(found, left_out=tuple(worst[layer] for layer in sorted(worst)))


def final_lines(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    layers: int | None = None,
    creases: bool = True,
    boundary: bool = True,
    share: Share | None = None,
) -> Lines:
    """Creases and decision boundary on the input plane, exact where the chain is straight pieces.

    Args:
        chain: any; a softmax at its end is left out.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        layers: how many layers have acted, whose creases are wanted; None for all.
        creases: whether to look for creases.
        boundary: whether to look for the boundary, which one output alone has not.
        share: what they may take; of more lines some are left out, evenly.
    """
    share = share or Share()
    logits = chain.logits()
    acted = logits if layers is None else logits[:layers]
    wide = max(logits.widths) > WIDE
    sampled = wide and is_piecewise_linear(logits) and too_many_pieces(logits, limits, plane)
    parts = _creases(acted, limits, plane, share, sampled) if creases else []
    if boundary and logits.widths[-1] > 1 and wide and (sampled or not is_piecewise_linear(logits)):
        parts.append(traced(up_to_logits(logits), limits, plane=plane, fine=FINE, hidden=False))
    elif boundary and logits.widths[-1] > 1:
        parts.append(decision_boundary(logits, limits, plane=plane, fine=FINE))
    return _within(together(parts), share.vertices)


def _creases(
    acted: Chain, limits: Limits, plane: Plane | None, share: Share, sampled: bool
) -> list[Lines]:
    times = fold_times(acted)
    if sampled:
        folding = np.flatnonzero([time is not None for time in times])
        return wide_creases(acted, folding, limits, plane, share.units)
    # What stays straight needs no vertices between its corners.
    width = limits[1] - limits[0]
    longest = 4 * width if is_piecewise_linear(acted) else width / COARSE
    sharp = sharp_creases(acted, limits, plane, longest)
    made = set() if sharp is None else {line.layer for line in sharp.polylines}
    return ([] if sharp is None else [sharp]) + [
        layer_creases(acted, k, limits, plane, forming=False, most=share.folds)
        for k, time in enumerate(times)
        if time is not None and k not in made
    ]


def _within(lines: Lines, most: int) -> Lines:
    """The same lines; of creases so many that lie evenly among them as have that many vertices.

    A boundary that has more than half of these is not drawn: half a boundary is none.
    """
    if len(lines.vertices) <= most:
        return lines
    edges = [line for line in lines.polylines if line.kind == "boundary"]
    creases = [line for line in lines.polylines if line.kind != "boundary"]
    shown = edges if sum(len(line.vertices) for line in edges) <= most // 2 else []
    room = most - sum(len(line.vertices) for line in shown)
    taken = max(sum(len(line.vertices) for line in creases), 1)
    count = min(len(creases), round(len(creases) * room / taken))
    places = np.linspace(0, len(creases) - 1, count).round().astype(np.intp)
    shown = [*(creases[place] for place in places.tolist()), *shown]
    used, numbers = np.unique(
        np.concatenate([np.zeros(0, np.intp), *(line.vertices for line in shown)]),
        return_inverse=True,
    )
    ends = np.cumsum([len(line.vertices) for line in shown])[:-1]
    parts = np.split(numbers.ravel(), ends)
    kept = tuple(replace(line, vertices=part) for line, part in zip(shown, parts, strict=False))
    left_out = {one.layer: one for one in lines.left_out}
    every, drawn = (Counter(map(_place, each)) for each in (lines.polylines, kept))
    for layer, least in every.items():
        least = max(least, left_out[layer].least if layer in left_out else 0)
        if drawn[layer] < least:
            left_out[layer] = LeftOut(layer, least, drawn[layer])
    return Lines(lines.vertices[used], kept, lines.unsure, tuple(left_out.values()))


def _place(line: Polyline) -> int:
    return BOUNDARY if line.kind == "boundary" else line.layer
