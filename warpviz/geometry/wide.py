"""Creases of wide chains whose sheet has too many linear pieces to be cut: seen square by square.

Each unit's line is followed from side to side of the squares of a grid; where it crosses a side is
found to rounding, between two sides it is straight. Of units without number some are followed.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import LeftOut, Limits, graph_paper, lattice
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.counting import patterns_seen, too_many
from warpviz.geometry.straight.levels import levels_on_cells
from warpviz.geometry.straight.winners import Lines
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

SQUARES = 48
"""Along each axis."""
MANY = 3_000
"""So many patterns among the points that are looked at: their regions would be far more."""
MOST_UNITS = 512
"""Of a layer whose creases are drawn: of more, so many that lie evenly among them."""


def too_many_pieces(chain: Chain, limits: Limits, plane: Plane | None) -> bool:
    """Whether a piecewise-linear chain has so many pieces that its sheet is rather sampled."""
    return too_many(chain, patterns_seen(chain, limits, plane), MANY)


def wide_creases(
    chain: Chain, layers: Ints, limits: Limits, plane: Plane | None, most: int | None = None
) -> list[Lines]:
    """Where the units of some layers bend, by their breakpoints.

    Args:
        chain: what is played.
        layers: numbers of layers with breakpoints.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        most: units of a layer whose creases are drawn; of more, so many that lie evenly.
    """
    most = most or MOST_UNITS
    paper = graph_paper(limits, cells=SQUARES)
    found = []
    bends = [(layer, bend) for layer in layers.tolist() for bend in bends_of(chain, layer)]
    for k, bend in bends:
        for level in bend.function.breakpoints or ():
            if bend.units <= most:
                values = _on_the_plane(bend.before, plane)
                found.append(levels_on_cells(paper, values, level, bend.units, k, bend.first))
                continue
            bending = _bending(bend.before, level, limits, plane)
            places = np.linspace(0, len(bending) - 1, min(len(bending), most))
            units = bending[places.round().astype(np.intp)]
            values = _on_the_plane(_of_units(bend.before, units), plane)
            lines = levels_on_cells(paper, values, level, len(units), k)
            numbered = (
                replace(line, unit=int(units[line.unit]) + bend.first) for line in lines.polylines
            )
            some = len(units) < len(bending)
            left_out = (LeftOut(k, len(bending), len(units)),) if some else ()
            found.append(replace(lines, polylines=tuple(numbered), left_out=left_out))
    return found


def _on_the_plane(before: Chain, plane: Plane | None) -> Callable[[Floats, Ints], Floats]:
    """Some outputs of a chain as a function of places (N, 2) on the plane, and of their numbers."""

    def values(places: Floats, units: Ints) -> Floats:
        lifted = places if plane is None else places @ plane[1].T + plane[0]
        some = before if len(units) == before.widths[-1] else _of_units(before, units)
        return some(lifted)

    return values


def _bending(before: Chain, level: float, limits: Limits, plane: Plane | None) -> Ints:
    """The units that are on both sides of a level at the corners of the squares."""
    places = lattice(limits, SQUARES).reshape(-1, 2)
    z = _on_the_plane(before, plane)(places, np.arange(before.widths[-1]))
    return np.flatnonzero((z.min(axis=0) < level) & (z.max(axis=0) >= level))


def _of_units(before: Chain, units: Ints) -> Chain:
    """The chain that gives some of its outputs only."""
    last = before[len(before) - 1]
    if isinstance(last, Dense) and last.function.is_identity:
        return Chain([*before[:-1], Dense(last.weight[units], last.bias[units])], before.width)
    return Chain([*before, Dense(np.eye(before.widths[-1])[units], np.zeros(len(units)))])
