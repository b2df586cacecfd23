"""How much the images of straight lines across the sheet turn, in the mean over all of them.

    piecewise linear ── edges between pieces, met by lines of all directions ──► angles   exact
    all others       ── straight_lines ──► points ──chain──► polylines ── turns ──► angles

Lines are counted by the measure that no turn and no shift of the plane changes: of all that cross a
convex sheet of perimeter P, an edge of length l is met by 2 l / P, at the angle θ with the density
½ |sin θ| (Crofton; Santaló, Integral Geometry and Geometric Probability, 1976).
"""

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.geometry.sheet import Limits, Sheet
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.stretch import COLLAPSED
from warpviz.model.chain import Chain

NONE = 1e-9
"""Of angles, in radians."""
ANGLES = 64
"""Directions in which an edge is met."""
DIRECTIONS = 12
"""Of lines across the sheet, evenly over a half-turn."""
OFFSETS = 12
"""Lines of each direction, evenly over the sheet's width."""
POINTS = 97
"""On each line."""
AT_ONCE = 2**20
"""Numbers of a state that are worked out at once."""


def turnings(sheet: MeasuredSheet, slopes: list[Floats], chain: Chain) -> list[float]:
    """The mean total angle by which a straight line has turned at every stop, in radians.

    Args:
        sheet: of the chain.
        slopes: of every stop (R, D, 2), on the pieces of the sheet.
        chain: any.
    """
    if sheet.cut is None:
        return _sampled(sheet, chain)
    edges = Sheet(sheet.flat, sheet.corners, sheet.offsets).edges()
    edges = edges[(edges[:, 2:] >= 0).all(axis=1)]
    ways = sheet.flat[edges[:, 1]] - sheet.flat[edges[:, 0]]
    x0, x1, y0, y1 = sheet.limits
    perimeter = 2 * (x1 - x0) + 2 * (y1 - y0)
    return [_met(ways, j, edges[:, 2:].T) / perimeter for j in slopes]


def _met(ways: Floats, slopes: Floats, sides: Ints) -> float:
    """The sum over edges (E, 2) of ∫ |sin θ| (angle by which a line turns there) dθ by length."""
    turn = (np.arange(ANGLES) + 0.5) * np.pi / ANGLES
    lines = np.array([np.cos(turn), np.sin(turn)])
    sizes = np.abs(slopes).max(axis=(1, 2), initial=0.0)
    largest = float(sizes.max(initial=0.0))
    if largest == 0:
        return 0.0
    total = 0.0
    bunch = max(AT_ONCE // (ANGLES * slopes.shape[1]), 1)
    for at in range(0, len(ways), bunch):
        some = slice(at, at + bunch)
        images = [np.einsum("eij,jk->eki", slopes[side[some]] / largest, lines) for side in sides]
        length = [np.linalg.norm(image, axis=2) for image in images]
        moves = [each > COLLAPSED for each in length]
        headings = [
            image / np.where(moving, size, 1.0)[..., None]
            for image, moving, size in zip(images, moves, length, strict=True)
        ]
        angle = np.where(moves[0] & moves[1], angles(headings[0], headings[1]), 0.0)
        met = np.abs(ways[some, :1] * lines[1] - ways[some, 1:] * lines[0])
        total += float(np.sum(met * angle))
    return total * np.pi / ANGLES


def _sampled(sheet: MeasuredSheet, chain: Chain) -> list[float]:
    lines, weights = straight_lines(sheet.limits)
    # Lines are done in bunches, so that the states of wide chains have room.
    bunch = max(AT_ONCE // (POINTS * max(chain.widths)), 1)
    found = np.zeros(len(chain) + 1)
    for at in range(0, len(lines), bunch):
        some = lines[at : at + bunch]
        states = chain.states(some.reshape(-1, 2) @ sheet.axes.T + sheet.origin)
        turned = [turns(state.reshape(len(some), POINTS, -1)) for state in states]
        found += np.array(turned) @ weights[at : at + bunch]
    numbers: list[float] = found.tolist()
    return numbers


def straight_lines(limits: Limits) -> tuple[Floats, Floats]:
    """Lines across the sheet in every direction, and how much each counts.

    Returns:
        points (L, `POINTS`, 2) along each line, from rim to rim; weights (L,) of sum 1: the
        measure of lines that no turn and no shift of the plane changes.

    >>> lines, weights = straight_lines((0.0, 1.0, 0.0, 2.0))
    >>> lines.shape, round(float(weights.sum()), 12)
    ((144, 97, 2), 1.0)
    """
    x0, x1, y0, y1 = limits
    half = np.array([x1 - x0, y1 - y0]) / 2
    angle = (np.arange(DIRECTIONS) + 0.5) * np.pi / DIRECTIONS
    along = np.column_stack([np.cos(angle), np.sin(angle)])  # no component of it is 0
    across = np.column_stack([-along[:, 1], along[:, 0]])
    reach = np.abs(across) @ half
    offset = ((np.arange(OFFSETS) + 0.5) / OFFSETS * 2 - 1) * reach[:, None]
    foot = offset[:, :, None] * across[:, None]  # (directions, offsets, 2)
    ends = np.sort((np.array([[-1.0], [1.0]]) * half - foot[:, :, None]) / along[:, None, None], 2)
    low, high = ends[:, :, 0].max(axis=-1), ends[:, :, 1].min(axis=-1)
    way = np.linspace(low, high, POINTS, axis=-1)[..., None] * along[:, None, None]
    lines = foot[:, :, None] + way + np.array([x0 + x1, y0 + y1]) / 2
    weights = np.repeat(reach / reach.sum() / OFFSETS, OFFSETS)
    return lines.reshape(-1, POINTS, 2), weights


def turns(images: Floats) -> Floats:
    """The total angle, in radians, by which each of the polylines (L, P, D) turns: (L,).

    Where a line stands still, its steps below `COLLAPSED` of the longest, it has no direction and
    turns nowhere.

    >>> import numpy as np
    >>> square = np.array([[[0, 0], [1, 0], [1, 1], [0, 1]]], dtype=float)
    >>> (turns(square) / np.pi).tolist()
    [1.0]
    """
    largest = np.abs(images).max(initial=0.0)
    steps = np.diff(images / (largest if largest > 0 else 1.0), axis=1)
    length = np.sqrt(np.einsum("lpd,lpd->lp", steps, steps))
    moves = length > COLLAPSED * length.max(initial=0.0)
    heading = steps / np.where(moves, length, 1.0)[..., None]
    angle = angles(heading[:, :-1], heading[:, 1:])
    return np.asarray(np.where(moves[:, 1:] & moves[:, :-1], angle, 0.0).sum(axis=1))


def angles(first: Floats, second: Floats) -> Floats:
    """The angles between unit vectors (…, D), exact also where they are small or nearly π.

    What is below `NONE` is the rounding of vectors that are equal, and no angle.
    """
    apart, together = second - first, second + first
    angle = 2 * np.arctan2(
        np.sqrt(np.einsum("...d,...d->...", apart, apart)),
        np.sqrt(np.einsum("...d,...d->...", together, together)),
    )
    return np.asarray(np.where(angle > NONE, angle, 0.0))
