"""Where the units of a whole layer have a given value, all at once.

On a small cell the line of a unit is one segment, between the two sides where it changes its sign:
nothing has to be cut. One pass over the sides of all cells finds the segments of all units.
"""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.sheet import Polyline, Sheet
from warpviz.geometry.straight.joining import join
from warpviz.geometry.straight.winners import Lines
from warpviz.geometry.straight.zeros import zero_between

UNITS = 32
"""Whose signs at all vertices are kept at once."""


def levels_on_cells(
    cells: Sheet,
    values: Callable[[Floats, Ints], Floats],
    level: float,
    units: int,
    layer: int,
    number: int = 0,
) -> Lines:
    """Where the units of a layer cross a level, as its creases.

    Args:
        cells: in coordinates of the plane; their sides' vertices are looked at.
        values: from places (N, 2) and numbers (n,) of units to their values (N, n).
        level: which value.
        units: how many there are.
        layer: that the creases are of.
        number: of the first unit.

    >>> from warpviz.geometry.sheet import graph_paper
    >>> paper = graph_paper((0.0, 1.0, 0.0, 1.0), cells=1)
    >>> lines = levels_on_cells(paper, lambda places, units: places[:, units] ** 2, 0.25, 1, 0)
    >>> sorted(lines.vertices[lines.polylines[0].vertices].round(6).tolist())
    [[0.5, 0.0], [0.5, 1.0]]
    """
    edges = cells.edges()
    known = values(cells.vertices, np.arange(units))
    places, segments, tags, count = [np.zeros((0, 2))], [], [], 0
    for first in range(0, units, UNITS):
        z = known[:, first : first + UNITS] - level
        above = z >= 0
        edge, unit = np.nonzero(above[edges[:, 0]] != above[edges[:, 1]])
        start, end = edges[edge, 0], edges[edge, 1]
        way = cells.vertices[end] - cells.vertices[start]

        def of_its_unit(points: Floats, own: Ints = unit, first: int = first) -> Floats:
            some = values(points, np.arange(first, min(first + UNITS, units)))
            return np.asarray(some[np.arange(len(points)), own] - level)

        share = zero_between(cells.vertices[start], way, z[start, unit], z[end, unit], of_its_unit)
        places.append(cells.vertices[start] + share[:, None] * way)
        pairs, owner = _pairs(edges[edge, 2:], unit, cells.n_cells)
        segments.append(pairs + count)
        tags.append(owner + first)
        count += len(edge)
    joined = join(np.concatenate(segments), np.concatenate(tags))
    return Lines(
        np.concatenate(places),
        tuple(Polyline(vertices, "crease", layer, unit + number) for unit, vertices in joined),
    )


def _pairs(sides: Ints, unit: Ints, n_cells: int) -> tuple[Ints, Ints]:
    """Which two crossings are on the same cell and of the same unit: (S, 2), and the unit (S,)."""
    crossing = np.tile(np.arange(len(sides)), 2)
    cell, units = sides.T.ravel(), np.tile(unit, 2)
    inside = cell >= 0
    key = (units * n_cells + cell)[inside]
    crossing, units = crossing[inside], units[inside]
    order = np.argsort(key, kind="stable")
    key, crossing, units = key[order], crossing[order], units[order]
    # A line that enters a cell twice is not followed there.
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    two = first[np.diff(np.append(first, len(key))) == 2]
    return np.column_stack([crossing[two], crossing[two + 1]]), units[two]
