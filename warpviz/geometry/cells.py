"""Cells for a chain that bends: cut along every kink, finer where they bend or tints turn.

squares, some cut into 4, 16 or 64 ── subdivide, split ──► polygons without kinks
    ▲                                                          │ middles of their edges
    └────────── finer where a state or a tint leaves the flat ─┘
"""

import numpy as np

from warpviz.arrays import Floats, Ints, paired, row_most, unpaired
from warpviz.geometry.bisect import HALF_A_PIXEL, Stated
from warpviz.geometry.mosaic import FINEST, in_use
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits, Sheet, fans, graph_paper, lattice, squares
from warpviz.geometry.straight.bends import Bend, bends_of
from warpviz.geometry.straight.cutting import split
from warpviz.geometry.straight.pieces import is_piecewise_linear, subdivide
from warpviz.geometry.straight.polygons import Polygons
from warpviz.geometry.tint import Tint
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer

ROUNDS = 4
"""Of cutting and measuring: a cell becomes 1, 2, 4 and 8 parts wide."""
TURN = 0.03
"""How far a probability may be from what its cell's corners tell."""
MOST_UNITS = 32
"""Kinks of a wider layer are not cut along, where something has bent before it."""
MOST_CELLS = 16_000
"""About how many cells a sheet may have."""
BLOCK = 2**22
"""Numbers of states that are worked out at once, to bound memory."""


def bending_cells(
    chain: Stated,
    limits: Limits,
    plane: Plane | None,
    cells: int,
    tint: Tint | None,
    kinks: bool = True,
) -> Sheet:
    """Cells (on the plane) that no state bends by more than half a pixel, as far as can be.

    Args:
        chain: what is played; where it is no chain, its kinks are not known.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        cells: how many along each axis, before any is cut.
        tint: what the cells are to be tinted by.
        kinks: whether to cut along them, where they are not too many.
    """
    flat = lattice(limits, cells).reshape(-1, 2)
    extents = [float(np.ptp(s, axis=0).max()) for s in chain.states(_lifted(flat, plane))]
    detail = np.ones((cells, cells), dtype=np.intp)
    fresh = detail > 0
    known = None if tint is None else _same_state(chain, tint)
    for _ in range(ROUNDS):
        paper = graph_paper(limits, cells=cells, detail=detail)
        polygons = _without_kinks(chain if kinks else None, paper, plane)
        square = squares(_middles(polygons), limits, cells)
        which = np.flatnonzero(fresh.ravel()[square])
        off = np.zeros(cells * cells)
        np.maximum.at(off, square[which], _off(polygons, which, chain, plane, extents, tint, known))
        finer = _finer(detail, off.reshape(cells, cells))
        fresh = finer > detail
        if not fresh.any():
            break
        detail = finer
    return Sheet(polygons.points[:, :2], polygons.corners, polygons.offsets)


def _lifted(places: Floats, plane: Plane | None) -> Floats:
    return places if plane is None else np.asarray(places @ plane[1].T + plane[0])


def _without_kinks(chain: Stated | None, paper: Sheet, plane: Plane | None) -> Polygons:
    """Squares cut along every kink of every layer, exactly so before anything bends."""
    used, corners = in_use(paper.corners, len(paper.vertices))
    polygons = Polygons(paper.vertices[used], corners, paper.offsets)
    if not isinstance(chain, Chain):
        return polygons
    straight = next(k for k in range(len(chain), -1, -1) if is_piecewise_linear(chain[:k]))
    pieces = subdivide(chain[:straight], polygons, plane=plane, most=MOST_CELLS)
    if pieces is None:
        return polygons
    found = pieces.polygons
    polygons = Polygons(found.points[:, :2], found.corners, found.offsets)
    for k in range(straight, len(chain)):
        for bend in bends_of(chain, k):
            if bend.function.sharp and bend.units <= MOST_UNITS:
                polygons = _cut_along(bend, polygons, plane)
    return polygons


def _cut_along(bend: Bend, polygons: Polygons, plane: Plane | None) -> Polygons:
    """Polygons cut along every kink of an activation."""
    before = bend.before
    values = before(_lifted(polygons.points, plane))
    for unit in range(values.shape[1]):
        for level in bend.function.sharp:
            if len(polygons) > MOST_CELLS:
                return polygons

            def value(x: Floats, unit: int = unit, level: float = level) -> Floats:
                return np.asarray(before(_lifted(x, plane))[:, unit] - level)

            z = values[:, unit] - level
            cut = split(polygons, z, np.zeros(len(polygons)), close=0.0, values=value)
            polygons = cut.polygons
            more = before(_lifted(polygons.points[len(values) :], plane))
            values = np.vstack([values, more])
    return polygons


def _middles(polygons: Polygons) -> Floats:
    sums = np.add.reduceat(polygons.points[polygons.corners, :2], polygons.offsets[:-1], axis=0)
    return np.asarray(sums / np.diff(polygons.offsets)[:, None])


def _finer(detail: Ints, off: Floats) -> Ints:
    """Parts along each side of each square, given how far off it is, in what may remain."""
    while True:
        # A part half as wide leaves the flat a quarter as far.
        halvings = np.ceil(np.log2(np.maximum(off, 1.0)) / 2).astype(np.intp)
        finer: Ints = np.minimum(detail * 2 ** np.minimum(halvings, 3), FINEST)
        if (finer**2).sum() <= MOST_CELLS:
            return finer
        off = off / 2


def _off(
    polygons: Polygons,
    which: Ints,
    chain: Stated,
    plane: Plane | None,
    extents: list[float],
    tint: Tint | None,
    known: int | None = None,
) -> Floats:
    """How far the middles of some polygons' sides and diagonals are off, in what may remain.

    A state is `known` to be what the tint goes by.
    """
    if not len(which):
        return np.zeros(0)
    sizes = np.diff(polygons.offsets)[which]
    first = np.repeat(polygons.offsets[:-1][which] - np.cumsum(sizes) + sizes, sizes)
    corners = polygons.corners[first + np.arange(sizes.sum())]
    triangles, cell = fans(corners, np.concatenate([[0], np.cumsum(sizes)]))
    sides = np.concatenate([triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])])
    sides.sort(axis=1)
    key, side = np.unique(
        paired(sides[:, 0], sides[:, 1], len(polygons.points)), return_inverse=True
    )
    ends = np.stack(unpaired(key, len(polygons.points)))
    used, ends = in_use(ends, len(polygons.points))
    places = _lifted(polygons.points[used, :2], plane)
    middle = 0.5 * (places[ends[0]] + places[ends[1]])
    off = np.zeros(len(key))
    block = max(BLOCK // sum(state.shape[1] for state in chain.states(places[:1])), 1)
    whole = len(key) <= block
    for begin in range(0, len(key), block):
        part = slice(begin, begin + block)
        here, two = (np.arange(len(places)), ends) if whole else in_use(ends[:, part], len(places))
        at_ends, between = chain.states(places[here]), chain.states(middle[part])
        for state, there, extent in zip(at_ends, between, extents, strict=True):
            if extent > 0:
                away = row_most(np.abs(0.5 * (state[two[0]] + state[two[1]]) - there))
                off[part] = np.maximum(off[part], away / (extent * HALF_A_PIXEL))
    if tint is not None:
        if known is not None and whole:
            scores, there = tint.scores_of(at_ends[known]), tint.scores_of(between[known])
        else:
            scores, there = tint.scores(places), tint.scores(middle)
        told = tint.shares(0.5 * (scores[ends[0]] + scores[ends[1]]))
        turned = row_most(np.abs(told - tint.shares(there)))
        np.maximum(off, turned / TURN, out=off)
    most = np.zeros(len(which))
    np.maximum.at(most, np.tile(cell, 3), off[side])
    return most


def _same_state(chain: Stated, tint: Tint) -> int | None:
    """The state of a chain that is what a tint goes by; None where none is known to be."""
    if not isinstance(chain, Chain) or not isinstance(tint.chain, Chain):
        return None
    wanted = tint.chain.split()
    return next((k for k in range(len(chain), -1, -1) if _alike(chain[:k].split(), wanted)), None)


def _alike(one: Chain, other: Chain) -> bool:
    """Whether two chains of layers that are split are the same."""
    return len(one) == len(other) and all(map(_are_one, one, other))


def _are_one(a: Layer, b: Layer) -> bool:
    if isinstance(a, Dense) and isinstance(b, Dense):
        same = a.activation == b.activation
        return same and all(map(np.array_equal, a.parameters, b.parameters))
    return a is b or (isinstance(a, Activation) and isinstance(b, Activation) and a.name == b.name)
