"""Creases of wide chains whose sheet has too many linear pieces to be cut: seen square by square.

Each unit's line is followed from side to side of the squares of a grid; where it crosses a side is
found to rounding, between two sides it is straight.
"""

from warpviz.arrays import Floats, Ints
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits, graph_paper
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.counting import patterns_seen
from warpviz.geometry.straight.levels import levels_on_cells
from warpviz.geometry.straight.winners import Lines
from warpviz.model.chain import Chain

SQUARES = 48
"""Along each axis."""
MANY = 3_000
"""So many patterns among the points that are looked at: their regions would be far more."""


def too_many_pieces(chain: Chain, limits: Limits, plane: Plane | None) -> bool:
    """Whether a piecewise-linear chain has so many pieces that its sheet is rather sampled."""
    return patterns_seen(chain, limits, plane) > MANY


def wide_creases(chain: Chain, layers: Ints, limits: Limits, plane: Plane | None) -> list[Lines]:
    """Where the units of some layers bend, by their breakpoints.

    Args:
        chain: what is played.
        layers: numbers of layers with breakpoints.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
    """
    paper = graph_paper(limits, cells=SQUARES)
    found = []
    bends = [(layer, bend) for layer in layers.tolist() for bend in bends_of(chain, layer)]
    for k, bend in bends:

        def values(places: Floats, before: Chain = bend.before) -> Floats:
            return before(places if plane is None else places @ plane[1].T + plane[0])

        for level in bend.function.breakpoints or ():
            found.append(levels_on_cells(paper, values, level, k, bend.first))
    return found
