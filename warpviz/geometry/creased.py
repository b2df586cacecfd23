"""Where a chain has folded the sheet in the end, and its decision boundary: lines without cells.

They stand for one chain of many, the snapshots of a training, whose sheet they share.
"""

from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.fitting import fold_times, layer_creases, sharp_creases
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.pieces import is_piecewise_linear
from warpviz.geometry.straight.winners import Lines, together
from warpviz.model.chain import Chain

COARSE = 32
"""Segments of a straight crease across the plane, where it is bent further."""
FINE = 96
"""Squares along each axis on which the boundary of a smooth chain is looked for."""


def final_lines(
    chain: Chain,
    limits: Limits,
    *,
    plane: Plane | None = None,
    layers: int | None = None,
    creases: bool = True,
    boundary: bool = True,
) -> Lines:
    """Creases and decision boundary on the input plane, exact where the chain is straight pieces.

    Args:
        chain: any; a softmax at its end is left out.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.
        layers: how many layers have acted, whose creases are wanted; None for all.
        creases: whether to look for creases.
        boundary: whether to look for the boundary, which one output alone has not.
    """
    logits = chain.logits()
    acted = logits if layers is None else logits[:layers]
    parts = []
    if creases:
        # What stays straight needs no vertices between its corners.
        width = limits[1] - limits[0]
        longest = 4 * width if is_piecewise_linear(acted) else width / COARSE
        sharp = sharp_creases(acted, limits, plane, longest)
        parts += [] if sharp is None else [sharp]
        made = set() if sharp is None else {line.layer for line in sharp.polylines}
        parts += [
            layer_creases(acted, k, limits, plane, forming=False)
            for k, time in enumerate(fold_times(acted))
            if time is not None and k not in made
        ]
    if boundary and logits.widths[-1] > 1:
        parts.append(decision_boundary(logits, limits, plane=plane, fine=FINE))
    return together(parts)
