"""The sheet that suits a chain: cut exactly along creases where it can be, finer where it bends.

piecewise linear, few enough regions ──► fold_sheet       exact
all others                           ──► graph_paper      finer where the map or the
                                         + fold lines       prediction changes fast
                                         + boundary
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.bisect import HALF_A_PIXEL, bent
from warpviz.geometry.boundary import decision_boundary, level_lines
from warpviz.geometry.folds import fold_lines, fold_onset, pre_activation
from warpviz.geometry.pieces import is_piecewise_linear
from warpviz.geometry.plane import Plane
from warpviz.geometry.regions import fold_sheet
from warpviz.geometry.sheet import (
    FINEST,
    Limits,
    Polyline,
    Sheet,
    detail_for,
    graph_paper,
    lattice,
    rulings,
)
from warpviz.geometry.winners import Lines, compact
from warpviz.model.activations import ACTIVATIONS, ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Layer, Softmax

CELLS = 48
"""Cells along each axis, before any is cut."""
MOST_CELLS = 12_000
"""A sheet that would need more cells to be exact is sampled instead."""
FORMING = np.array([(i / 20) ** 2 * (3 - 2 * i / 20) for i in range(1, 20)])
"""When folds that wander are looked at: the moments of a film of 20 frames an act, eased."""
WANDERING = 8
"""Folds of wider layers are drawn only where they end."""
EVERY = 2
"""A grid line at every so many cells."""
TINT = 0.12
"""How much a probability may change within a cell."""


def sheet_for(
    chain: Chain, limits: Limits, *, plane: Plane | None = None, boundary: bool = True
) -> Sheet:
    """The sheet of a chain whose acts are its layers.

    Args:
        chain: what is played, act by act.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        boundary: whether to carry the decision boundary, for chains that end in 2 logits or more.
    """
    boundary = boundary and chain.widths[-1] > 1
    if is_piecewise_linear(chain):
        exact = fold_sheet(
            chain, limits, cells=CELLS, plane=plane, boundary=boundary, max_cells=MOST_CELLS
        )
        if exact is not None:
            return replace(exact, exact=True)
    cells, lines = _cut_before_bending(chain, limits, plane) or _paper(chain, limits, plane)
    lines.insert(0, _ruled(chain, limits, plane))
    made = {line.layer for more in lines for line in more.polylines if line.kind == "crease"}
    lines += [
        _creases(chain, k, limits, plane)
        for k, time in enumerate(fold_times(chain))
        if time is not None and k not in made
    ]
    if boundary:
        lines.append(decision_boundary(chain, limits, plane=plane))
    return lifted(_with_lines(cells, lines), plane)


def _cut_before_bending(
    chain: Chain, limits: Limits, plane: Plane | None
) -> tuple[Sheet, list[Lines]] | None:
    """Cells cut along the creases that come before anything bends, and these creases."""
    straight = next(k for k in range(len(chain), -1, -1) if is_piecewise_linear(chain[:k]))
    if not any(time is not None for time in fold_times(chain[:straight])):
        return None
    sheet = fold_sheet(chain[:straight], limits, cells=CELLS, plane=plane, boundary=False)
    if sheet is None:
        return None
    places = sheet.vertices
    if plane is not None:
        places = (places - plane[0]) @ np.linalg.pinv(plane[1]).T
    creases = compact(places, tuple(line for line in sheet.lines if line.kind == "crease"))
    longest = (limits[1] - limits[0]) / (2 * CELLS)
    return Sheet(places, sheet.corners, sheet.offsets), [creases.refined(longest)]


def _paper(chain: Chain, limits: Limits, plane: Plane | None) -> tuple[Sheet, list[Lines]]:
    """Graph paper, finer where the map or the prediction changes fast."""
    flat = lattice(limits, CELLS).reshape(-1, 2)
    states = chain.states(flat if plane is None else flat @ plane[1].T + plane[0])
    paper = graph_paper(limits, cells=CELLS, every=CELLS, detail=_detail(states, chain))
    used = np.unique(paper.corners)
    return Sheet(paper.vertices[used], np.searchsorted(used, paper.corners), paper.offsets), []


def _creases(chain: Chain, k: int, limits: Limits, plane: Plane | None) -> Lines:
    """Where layer k folds the sheet when it has acted."""
    before, function = pre_activation(chain, k)
    if function.breakpoints is None:
        return _wandering(chain, k, limits, plane)
    found, lines, count = [np.zeros((0, 2))], [], 0
    for unit in range(chain.widths[k + 1]):
        for level in function.breakpoints:
            part = level_lines(before, unit, level, limits, plane=plane)
            found.append(part.vertices)
            lines += [Polyline(x.vertices + count, "crease", k, unit) for x in part.polylines]
            count += len(part.vertices)
    return Lines(np.concatenate(found), tuple(lines))


def _wandering(chain: Chain, k: int, limits: Limits, plane: Plane | None) -> Lines:
    """The folds of a smooth activation: each comes into being as a pair that moves apart."""
    onset = fold_times(chain)[k]
    parts = [(fold_lines(chain, k, 1.0, limits, plane=plane), (1.0, None))]
    if onset is not None and chain.widths[k + 1] <= WANDERING:
        times = FORMING[FORMING > onset]
        borders = [onset, *(times[1:] + times[:-1]) / 2, 1.0]
        for t, span in zip(times.tolist(), pairwise(borders), strict=True):
            parts.append((fold_lines(chain, k, t, limits, plane=plane, fine=CELLS), span))
    vertices, lines, count = [], [], 0
    for part, (begin, end) in parts:
        times_shown = None if end is None else (float(begin), float(end))
        vertices.append(part.vertices)
        lines += [
            Polyline(x.vertices + count, "crease", k, x.unit, times_shown) for x in part.polylines
        ]
        count += len(part.vertices)
    return Lines(np.concatenate(vertices), tuple(lines))


def _ruled(chain: Chain, limits: Limits, plane: Plane | None) -> Lines:
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


def _function(layer: Layer) -> ActivationFunction | None:
    if isinstance(layer, Softmax):
        return None
    return ACTIVATIONS[layer.activation if isinstance(layer, Dense) else layer.name]


def _fold_time(layer: Layer) -> float | None:
    function = _function(layer)
    if function is None or function.breakpoints == ():
        return None
    return fold_onset(function) if function.breakpoints is None else 0.0


def _detail(states: list[Floats], chain: Chain) -> Ints:
    """How finely each cell is cut: for the tint, and for the bend at every keyframe."""
    size = CELLS + 1
    logits = states[-2] if isinstance(chain[len(chain) - 1], Softmax) else states[-1]
    chances = Softmax()(logits).reshape(size, size, -1)
    detail = detail_for(chances, TINT)
    for state in states[1:]:
        grid = state.reshape(size, size, -1)
        extent = float(np.ptp(grid.reshape(-1, grid.shape[2]), axis=0).max())
        if extent <= 0:
            continue
        bend = np.zeros((size, size))
        for axis in (0, 1):
            swapped = np.moveaxis(grid, axis, 0)
            # Of the map's second derivative the chord over one cell misses an eighth.
            chord = np.abs(swapped[2:] - 2 * swapped[1:-1] + swapped[:-2]).max(axis=-1) / 8
            np.moveaxis(bend, axis, 0)[1:-1] += chord / extent
        corner = np.stack([bend[:-1, :-1], bend[:-1, 1:], bend[1:, :-1], bend[1:, 1:]])
        most = corner.max(axis=0)
        # A part half as wide leaves the flat a quarter as far.
        halvings = np.ceil(np.log2(np.maximum(most / HALF_A_PIXEL, 1.0)) / 2)
        detail = np.maximum(detail, np.minimum(2**halvings, FINEST).astype(np.int64))
    return detail


def _with_lines(sheet: Sheet, more: list[Lines]) -> Sheet:
    """Add lines with vertices of their own."""
    vertices, lines = [sheet.vertices], list(sheet.lines)
    count = len(sheet.vertices)
    for extra in more:
        vertices.append(extra.vertices)
        lines += [replace(line, vertices=line.vertices + count) for line in extra.polylines]
        count += len(extra.vertices)
    return Sheet(np.concatenate(vertices), sheet.corners, sheet.offsets, tuple(lines))


def lifted(sheet: Sheet, plane: Plane | None) -> Sheet:
    """A sheet drawn on the plane, with vertices in input coordinates."""
    if plane is None or sheet.vertices.shape[1] != 2:
        return sheet
    return Sheet(sheet.vertices @ plane[1].T + plane[0], sheet.corners, sheet.offsets, sheet.lines)
