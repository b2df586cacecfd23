"""A relu chain as the affine pieces that it is made of."""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.equations import equations
from warpviz.explain.formulas.writing import named, total
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.pieces import is_piecewise_linear, subdivide, up_to_logits
from warpviz.geometry.straight.polygons import rectangle
from warpviz.model.chain import Chain
from warpviz.model.letters import Sign

MOST_PIECES = 400
"""Regions that are written out."""


def piece_lines(chain: Chain, limits: Sequence[float], digits: int) -> list[str]:
    """For every linear region its affine formula, and where it holds.

    Raises:
        WarpvizError: the chain bends elsewhere than along lines, has more than two inputs, or more
            regions than can be read.
    """
    played = up_to_logits(chain)
    if not is_piecewise_linear(played):
        raise WarpvizError(
            "Only chains whose activations are made of straight pieces, as relu, hardtanh, abs and "
            "step are, consist of affine pieces; write another --form."
        )
    inputs = played.widths[0]
    if inputs > 2:
        raise WarpvizError(f"Regions are written for one or two inputs, the chain has {inputs}.")
    limits = tuple(limits) or (-1.0, 1.0) * inputs
    if len(limits) != 2 * inputs or any(
        a >= b for a, b in zip(limits[::2], limits[1::2], strict=True)
    ):
        raise WarpvizError(f"limits expects {2 * inputs} rising numbers, got {limits}.")
    found = _intervals(played, limits) if inputs == 1 else _regions(played, limits)
    letter = "y" if len(played) == len(chain) else "z"
    span = max(abs(value) for value in limits)
    lines = []
    for weight, bias, where in found:
        inputs_here = named(Sign("x"), inputs)
        sums = [
            total(row, inputs_here, b, digits)
            for row, b in zip(weight.tolist(), bias.tolist(), strict=True)
        ]
        # What rounding leaves of 0 is 0.
        where = np.where(np.abs(where) < 1e-12 * span, 0.0, where)
        told = [_told(row, digits) for row in where]
        place = f"{told[0]} \\leq x \\leq {told[1]}" if inputs == 1 else ", ".join(told)
        word = "" if inputs == 1 else r"\text{between } "
        lines += [rf"{line} \quad {word}{place}" for line in equations(Sign(letter), sums)]
    if letter == "z":
        last = chain[len(chain) - 1]
        softmax = (
            r"\ln\operatorname{softmax}"
            if getattr(last, "log", False)
            else r"\operatorname{softmax}"
        )
        lines.append(rf"\mathbf{{y}} = {softmax}\left(\mathbf{{z}}\right)")
    return lines


def _told(row: Floats, digits: int) -> str:
    numbers = ", ".join(f"{value:.{digits}g}" for value in np.atleast_1d(row) + 0.0)
    return numbers if np.ndim(row) == 0 else f"({numbers})"


def _intervals(chain: Chain, limits: Sequence[float]) -> list[tuple[Floats, Floats, Floats]]:
    """(W, b, [start, end]) of each piece of a chain of one input."""
    edges = np.array([float(limits[0]), float(limits[1])])
    for bend in (bend for k in range(len(chain)) for bend in bends_of(chain, k)):
        values = bend.before(edges[:, None])
        cuts = [edges]
        for place in bend.function.breakpoints or ():
            start, end = values[:-1] - place, values[1:] - place
            crossing = start * end < 0
            share = np.divide(start, start - end, out=np.zeros_like(start), where=crossing)
            cuts.append((edges[:-1, None] + share * np.diff(edges)[:, None])[crossing])
        edges = np.unique(np.concatenate(cuts))
    middles = (edges[:-1] + edges[1:]) / 2
    steps = np.diff(edges) / 4
    left, right = chain((middles - steps)[:, None]), chain((middles + steps)[:, None])
    slopes = (right - left) / (2 * steps)[:, None]
    shifts = chain(middles[:, None]) - slopes * middles[:, None]
    pieces: list[tuple[Floats, Floats, list[float]]] = []
    for i, (slope, shift) in enumerate(zip(slopes, shifts, strict=True)):
        before = pieces[-1] if pieces else None
        close = 1e-9 * float(np.abs(slopes).max())
        if (
            before
            and np.allclose(before[0][:, 0], slope, 1e-9, close)
            and np.allclose(before[1], shift, 1e-9, close)
        ):
            before[2][1] = float(edges[i + 1])
        else:
            pieces.append((slope[:, None], shift, [float(edges[i]), float(edges[i + 1])]))
    return [(weight, bias, np.array(where)) for weight, bias, where in pieces]


def _regions(chain: Chain, limits: Sequence[float]) -> list[tuple[Floats, Floats, Floats]]:
    """(W, b, corners (n, 2)) of each region of a chain of two inputs."""
    x0, x1, y0, y1 = limits
    pieces = subdivide(chain, rectangle((x0, x1, y0, y1)), most=MOST_PIECES)
    if pieces is None:
        raise WarpvizError(
            f"The chain has more than {MOST_PIECES} linear regions there; choose smaller limits."
        )
    polygons = pieces.polygons
    corners = np.split(polygons.points[polygons.corners, :2], polygons.offsets[1:-1])
    return [
        (affine[:2].T.copy(), affine[2].copy(), place)
        for affine, place in zip(pieces.maps, corners, strict=True)
    ]
