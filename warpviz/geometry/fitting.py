"""The sheet that suits a chain: cut exactly along creases where it can be, finer where it bends.

piecewise linear, few enough regions ──► fold_sheet       exact             ─┐
piecewise linear, far too many       ──► bending_cells    sampled           ─┼─► cut_for_tint
                                         + wide_creases                      │
all others                           ──► bending_cells    finer where it    ─┘
                                         + fold lines       bends fast
                                         + boundary
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from warpviz.geometry.bisect import Stated, bent
from warpviz.geometry.boundary import decision_boundary, level_lines
from warpviz.geometry.cells import bending_cells
from warpviz.geometry.curved.tracing import traced
from warpviz.geometry.folds import Most, fold_lines, fold_onset
from warpviz.geometry.plane import Plane, on_plane
from warpviz.geometry.sheet import Limits, Polyline, Sheet, rulings
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.pieces import is_piecewise_linear, subdivide, up_to_logits
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.geometry.straight.regions import fold_sheet
from warpviz.geometry.straight.winners import Lines, boundary_lines, compact
from warpviz.geometry.tears import torn
from warpviz.geometry.tint import Tint, cut_for_tint
from warpviz.geometry.wide import too_many_pieces, wide_creases
from warpviz.model.chain import Chain
from warpviz.model.layers import Layer, Softmax
from warpviz.model.residual import Residual

CELLS = 48
"""Cells along each axis, before any is cut."""
MOST_CELLS = 12_000
"""A sheet that would need more cells to be exact is sampled instead."""
FORMING = np.array([(i / 20) ** 2 * (3 - 2 * i / 20) for i in range(1, 20)])
"""When folds that wander are looked at: the moments of a film of 20 frames an act, eased."""
WANDERING = 8
"""Folds of wider layers are drawn only where they end, and so are those of which some are left out.
"""
EVERY = 2
"""A grid line at every so many cells."""


def sheet_for(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    boundary: bool = True,
    tint: Tint | None = None,
) -> Sheet:
    """The sheet of a chain whose acts are its layers.

    Args:
        chain: what is played, act by act.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        boundary: whether to carry the decision boundary, for chains that end in 2 logits or more.
        tint: what the cells are to be tinted by: they are cut so that it changes little in each.
    """
    boundary = boundary and chain.widths[-1] > 1
    if is_piecewise_linear(chain):
        if too_many_pieces(chain, limits, plane):
            return _tinted(_wide_sheet(chain, limits, plane, boundary, tint), tint)
        exact = fold_sheet(
            chain, limits, cells=CELLS, plane=plane, boundary=boundary, max_cells=MOST_CELLS
        )
        if exact is not None:
            return _tinted(replace(exact, exact=True), tint)
    lines = [_ruled(chain, limits, plane)]
    sharp = sharp_creases(chain, limits, plane)
    lines += [] if sharp is None else [sharp]
    made = {line.layer for more in lines for line in more.polylines if line.kind == "crease"}
    lines += [
        layer_creases(chain, k, limits, plane)
        for k, time in enumerate(fold_times(chain))
        if time is not None and k not in made
    ]
    if boundary:
        lines.append(decision_boundary(chain, limits, plane=plane))
    cells = bending_cells(chain, limits, plane, CELLS, tint)
    return _tinted(lifted(torn(_with_lines(cells, lines), chain, plane, boundary), plane), tint)


def _wide_sheet(
    chain: Chain, limits: Limits, plane: Plane | None, boundary: bool, tint: Tint | None
) -> Sheet:
    """The sheet of a chain of which no more is cut than what bends as it is seen."""
    folding = np.flatnonzero([time is not None for time in fold_times(chain)])
    lines = [_ruled(chain, limits, plane), *wide_creases(chain, folding, limits, plane)]
    if boundary:
        lines.append(traced(up_to_logits(chain), limits, plane=plane, hidden=False))
    cells = bending_cells(chain, limits, plane, CELLS, tint, kinks=False)
    return lifted(torn(_with_lines(cells, lines), chain, plane, boundary), plane)


def sampled_sheet(
    model: Stated, limits: Limits, *, plane: Plane | None = None, tint: Tint | None = None
) -> Sheet:
    """The sheet of a model of which nothing but its states is known: finer where any bends.

    Args:
        model: tells its states.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        tint: what the cells are to be tinted by; between two winners runs the boundary.
    """
    cells = bending_cells(model, limits, plane, CELLS, tint)
    sheet = _tinted(lifted(_with_lines(cells, [_ruled(model, limits, plane)]), plane), tint)
    if tint is None or tint.marks is not None:
        return sheet
    places = on_plane(sheet.vertices, plane)
    winners = tint.chain(sheet.centres()).argmax(axis=1)
    edges = boundary_lines(Polygons(places, sheet.corners, sheet.offsets), winners)
    return replace(sheet, lines=(*sheet.lines, *edges))


def _tinted(sheet: Sheet, tint: Tint | None) -> Sheet:
    return sheet if tint is None else cut_for_tint(sheet, tint)


def sharp_creases(
    chain: Chain, limits: Limits, plane: Plane | None, longest: float | None = None
) -> Lines | None:
    """The creases that come before anything bends, exactly; None for too many pieces.

    No segment is longer than `longest`, None for half a cell, so that it may be bent further.
    """
    straight = next(k for k in range(len(chain), -1, -1) if is_piecewise_linear(chain[:k]))
    if not any(time is not None for time in fold_times(chain[:straight])):
        return None
    pieces = subdivide(chain[:straight], rectangle(limits), plane=plane, most=MOST_CELLS)
    if pieces is None:
        return None
    creases = compact(pieces.polygons.points[:, :2], pieces.crease_lines())
    return creases.refined(longest or (limits[1] - limits[0]) / (2 * CELLS))


def layer_creases(
    chain: Chain,
    k: int,
    limits: Limits,
    plane: Plane | None,
    forming: bool = True,
    most: Most | None = None,
) -> Lines:
    """Where layer k folds the sheet when it has acted; smooth folds also while they form."""
    bends = bends_of(chain, k)
    function = None if isinstance(chain[k], Residual) else bends[0].function
    if function is not None and function.breakpoints is None and not function.jumps:
        if not forming:
            return fold_lines(chain, k, [1.0], limits, plane=plane, fine=CELLS, most=most)[0]
        return _wandering(chain, k, limits, plane)
    found, lines, count, unsure = [np.zeros((0, 2))], [], 0, 0
    for bend in bends:
        levels = bend.function.breakpoints or bend.function.jumps
        wanted = [(unit, level) for unit in range(bend.units) for level in levels]
        parts = level_lines(bend.before, wanted, limits, plane=plane)
        for (unit, _), part in zip(wanted, parts, strict=True):
            unsure += part.unsure
            found.append(part.vertices)
            number = bend.first + unit
            lines += [Polyline(x.vertices + count, "crease", k, number) for x in part.polylines]
            count += len(part.vertices)
    return Lines(np.concatenate(found), tuple(lines), unsure)


def _wandering(chain: Chain, k: int, limits: Limits, plane: Plane | None) -> Lines:
    """The folds of a smooth activation: each comes into being as a pair that moves apart."""
    onset = fold_times(chain)[k]
    final = fold_lines(chain, k, [1.0], limits, plane=plane, hidden=True)[0]
    parts: list[tuple[Lines, tuple[float, float | None]]] = [(final, (1.0, None))]
    few = chain.widths[k + 1] <= WANDERING and not final.left_out
    if onset is not None and few:
        times = FORMING[FORMING > onset]
        borders = [onset, *(times[1:] + times[:-1]) / 2, 1.0]
        forming = fold_lines(chain, k, times.tolist(), limits, plane=plane, fine=CELLS)
        parts += zip(forming, pairwise(borders), strict=True)
    vertices, lines, count = [], [], 0
    for part, (begin, end) in parts:
        times_shown = None if end is None else (float(begin), float(end))
        vertices.append(part.vertices)
        lines += [
            Polyline(x.vertices + count, "crease", k, x.unit, times_shown) for x in part.polylines
        ]
        count += len(part.vertices)
    return Lines(np.concatenate(vertices), tuple(lines), final.unsure, final.left_out)


def _ruled(chain: Stated, limits: Limits, plane: Plane | None) -> Lines:
    """Grid lines and border, with the vertices that their images need."""
    kinds, start, end = zip(*rulings(limits, CELLS, EVERY), strict=True)
    ends = [np.stack(points) for points in (start, end)]
    lifted_ends = ends if plane is None else [at @ plane[1].T + plane[0] for at in ends]
    paths = bent(lifted_ends[0], lifted_ends[1], chain, parts=CELLS)
    if plane is not None:
        paths = [(path - plane[0]) @ np.linalg.pinv(plane[1]).T for path in paths]
    numbers = np.split(np.arange(sum(map(len, paths))), np.cumsum([len(p) for p in paths])[:-1])
    polylines = (Polyline(index, kind) for index, kind in zip(numbers, kinds, strict=True))
    return Lines(np.concatenate(paths), tuple(polylines))


def fold_times(chain: Chain) -> tuple[float | None, ...]:
    """For each act the time from which it folds the sheet; None where it never does."""
    return tuple(_fold_time(layer) for layer in chain)


def _fold_time(layer: Layer) -> float | None:
    if isinstance(layer, Softmax):
        return None
    if isinstance(layer, Residual):
        # x + t·f(x) has the creases of f from its beginning on, and none where f is smooth.
        times = [_fold_time(inner) for inner in layer.chain.layers]
        return 0.0 if 0.0 in times else None
    if layer.function.breakpoints == ():
        return None
    if layer.function.breakpoints is not None or layer.function.jumps:
        return 0.0
    return fold_onset(layer.function)


def _with_lines(sheet: Sheet, more: list[Lines]) -> Sheet:
    """Add lines with vertices of their own."""
    vertices, lines = [sheet.vertices], list(sheet.lines)
    count = len(sheet.vertices)
    for extra in more:
        vertices.append(extra.vertices)
        lines += [replace(line, vertices=line.vertices + count) for line in extra.polylines]
        count += len(extra.vertices)
    return Sheet(
        np.concatenate(vertices),
        sheet.corners,
        sheet.offsets,
        tuple(lines),
        unsure=sum(extra.unsure for extra in more),
        left_out=tuple(one for extra in more for one in extra.left_out),
    )


def lifted(sheet: Sheet, plane: Plane | None) -> Sheet:
    """A sheet drawn on the plane, with vertices in input coordinates."""
    if plane is None or sheet.vertices.shape[1] != 2:
        return sheet
    return replace(sheet, vertices=sheet.vertices @ plane[1].T + plane[0])
