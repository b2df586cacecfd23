"""The decision boundary: where the two largest logits of a chain are equal.

    piecewise linear:  Pieces ── by_winner ──► edges between two winners         exact
    smooth:            traced on a fine grid, then Newton steps onto the curve   to rounding

Where one unit has a given value is the boundary between two outputs, so it goes the same way.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.geometry.curved.ties import level_pair
from warpviz.geometry.curved.tracing import TANGLED, traced, traced_levels
from warpviz.geometry.plane import Plane, checked
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.pieces import (
    Pieces,
    is_piecewise_linear,
    subdivide,
    up_to_logits,
)
from warpviz.geometry.straight.polygons import rectangle
from warpviz.geometry.straight.winners import Lines, boundary_lines, by_winner, compact
from warpviz.geometry.tears import torn_boundary
from warpviz.model.chain import Chain

FINE = 192
"""Squares along each axis, where no other number is asked for."""


def decision_boundary(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = FINE,
    max_regions: int = 20_000,
) -> Lines:
    """Where the two largest logits are equal, as polylines of kind "boundary".

    Exact for piecewise-linear chains of up to `max_regions` regions; for all others traced on a
    grid of `fine`² squares and brought onto the curve by Newton steps along the gradient.

    Args:
        chain: of two outputs or more; a softmax at the end is left out.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features; the vertices are on it.
        fine: squares along each axis; where the slopes allow a line between, up to 8 times as many.
        max_regions: past it, a piecewise-linear chain is traced too.

    Raises:
        WarpvizError: for a chain of one output.

    >>> from warpviz.model.layers import Dense
    >>> chain = Chain([Dense([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.5])])
    >>> lines = decision_boundary(chain, (0, 2, 0, 2))
    >>> lines.vertices[lines.polylines[0].vertices]
    array([[0.5, 0. ],
           [2. , 1.5]])
    """
    logits = up_to_logits(chain)
    if logits.widths[-1] < 2:
        raise WarpvizError("A decision boundary expects a chain of 2 outputs or more, got 1.")
    checked(limits)
    if is_piecewise_linear(logits):
        pieces = subdivide(logits, rectangle(limits), plane=plane, most=max_regions)
        if pieces is not None:
            return boundary_of(pieces, logits, limits, plane)
    tangled = round(TANGLED * (fine / FINE) ** 2)
    return traced(logits, limits, plane=plane, fine=fine, tangled=tangled)


def boundary_of(pieces: Pieces, logits: Chain, limits: Limits, plane: Plane | None = None) -> Lines:
    """The decision boundary of the linear regions of a chain of two outputs or more, exact."""
    polygons, _, winners = by_winner(pieces.polygons, pieces.maps)
    found = compact(polygons.points[:, :2], boundary_lines(polygons, winners))
    tears = [pieces.polygons.points[tear.vertices, :2] for tear in pieces.tears]
    size = max(limits[1] - limits[0], limits[3] - limits[2])
    return found.joined(torn_boundary(tears, logits, plane, size)) if tears else found


def level_lines(
    chain: Chain,
    wanted: Sequence[tuple[int, float]],
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 192,
    outputs: Floats | None = None,
    hidden: bool = True,
) -> list[Lines]:
    """Where outputs of a chain have given values, each as polylines of kind "boundary".

    Exact for piecewise-linear chains. No segment is longer than about the limits / `fine`, so
    that the lines may be bent further.

    Args:
        chain: of any number of outputs.
        wanted: output and value of each set of lines.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: as for `decision_boundary`.
        fine: squares along each axis where tracing is needed.
        outputs: what the chain gives at `grid_points(limits, fine)`, where it is known already.
        hidden: as for `traced`.
    """
    checked(limits)
    if not wanted:
        return []
    if not is_piecewise_linear(level_pair(chain, *wanted[0])):
        return traced_levels(
            chain, wanted, limits, plane=plane, fine=fine, outputs=outputs, hidden=hidden
        )
    longest = max(limits[1] - limits[0], limits[3] - limits[2]) / fine
    pieces = subdivide(chain, rectangle(limits), plane=plane)
    if pieces is None:
        pairs = (level_pair(chain, *one) for one in wanted)
        found = [decision_boundary(pair, limits, plane=plane, fine=fine) for pair in pairs]
    else:
        found = [
            boundary_of(_of_pair(pieces, *one), level_pair(chain, *one), limits, plane)
            for one in wanted
        ]
    return [lines.refined(longest) for lines in found]


def _of_pair(pieces: Pieces, output: int, level: float) -> Pieces:
    """The pieces of `level_pair` by those of the chain: their outputs are 0 and z − level."""
    polygons, size = pieces.polygons, pieces.maps.shape[2]
    points, none = polygons.points, np.zeros(len(polygons.points))
    z, of_terms = points[:, 2 + output] - level, points[:, 2 + size + output] + abs(level)
    pair = np.column_stack([points[:, :2], none, z, none, of_terms])
    maps = np.zeros((len(pieces.maps), 3, 2))
    maps[:, :, 1] = pieces.maps[:, :, output]
    maps[:, 2, 1] -= level
    return replace(pieces, polygons=replace(polygons, points=pair), maps=maps)
