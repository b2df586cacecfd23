"""The point nearest to 0 in the hull of class differences, by Wolfe's method.

The rows a_ij = (e_y − e_j) ⊗ x̃_i, one for each point i and rival class j, are never all formed:
their products with a direction U (C, D) are differences of the scores x̃ Uᵀ.
Source: Wolfe, Finding the nearest point in a polytope, Mathematical Programming 11, 1976.
"""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats, Ints

NONE = 1e-15
"""Of a sum of weights that is 1, and of the largest of singular values: no more is nothing."""
PATIENCE = 50
"""How many steps in a row may fail to come nearer to 0."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """Where the search for the nearest point ended.

    Attributes:
        apart: whether the direction leads for every row by more than the tolerance.
        direction: (C, D), the nearest point itself or a good guess that did.
        points: (m,) indices i, `rivals` (m,) indices j and `weights` (m,) of the combination;
            none where the guess was enough.
    """

    apart: bool
    direction: Floats
    points: Ints
    rivals: Ints
    weights: Floats


def nearest_point(points: Floats, index: Ints, guess: Floats, tolerance: float) -> Nearest:
    """Find a direction that leads for all rows, or a combination of rows that is nearly 0.

    Args:
        points: (N, D), x̃.
        index: (N,) class index of each point, below C.
        guess: (C, D) a direction to try first; its worst row starts the search.
        tolerance: the least distance of the hull from 0, in the units of the points.
    """
    none = np.empty(0, dtype=np.intp)
    at = np.arange(len(points))

    def worst(direction: Floats) -> tuple[float, int, int]:
        """The smallest lead along a direction, its point and its rival."""
        scores = points @ direction.T
        lead = scores[at, index][:, None] - scores
        lead[at, index] = np.inf
        point, rival = divmod(int(np.argmin(lead)), lead.shape[1])
        return float(lead[point, rival]), point, rival

    def row(point: int, rival: int) -> Floats:
        a = np.zeros_like(guess)
        a[index[point]] = points[point]
        a[rival] = -points[point]
        return a.ravel()

    if len(guess) == 1:
        return Nearest(True, guess, none, none, np.empty(0))
    lead, point, rival = worst(guess)
    if lead > tolerance * np.sqrt(np.sum(guess * guess)):
        return Nearest(True, guess, none, none, np.empty(0))

    names, weights = [(point, rival)], np.ones(1)
    rows = row(point, rival)[None, :]
    nearest, best, patience = rows[0], np.inf, PATIENCE
    while True:
        square = float(nearest @ nearest)
        size = np.sqrt(square)
        direction = nearest.reshape(guess.shape)
        lead, point, rival = worst(direction)
        # At the nearest point the smallest lead is its square. Half of it is proof enough, and
        # a nearest point within twice the tolerance is as good as 0.
        apart = lead > max(0.5 * square, tolerance * size)
        # The distance may have converged while the direction still turns: some patience.
        patience = PATIENCE if square < best else patience - 1
        best = min(best, square)
        stuck = (point, rival) in names or patience < 0
        if apart or size <= 2 * tolerance or stuck:
            i, j = np.array(names, dtype=np.intp).T
            return Nearest(apart or lead > tolerance * size > 0, direction, i, j, weights)
        names.append((point, rival))
        rows = np.vstack([rows, row(point, rival)])
        weights = np.append(weights, 0.0)
        # Towards the nearest point of the flat through the rows, but never out of their hull.
        while True:
            nearest, goal = _affine_nearest(rows)
            if np.all(goal > NONE):
                weights = goal
                break
            falling = (goal < weights) & (goal <= NONE)
            share = np.full(len(goal), np.inf)
            share[falling] = weights[falling] / (weights[falling] - goal[falling])
            first = int(np.argmin(share))
            weights = weights + min(1.0, share[first]) * (goal - weights)
            weights[first] = 0.0
            keep = weights > NONE
            names = [name for name, kept in zip(names, keep, strict=True) if kept]
            rows, weights = rows[keep], weights[keep] / weights[keep].sum()


def _affine_nearest(rows: Floats) -> tuple[Floats, Floats]:
    """The point nearest to 0 of the flat through rows (m, n), and its weights (m,) of sum 1.

    The point is what remains of a row when the directions within the flat are taken from it,
    twice, and not the weighted sum of rows, in which a near 0 would lose all its digits.
    """
    within, spread, mix = np.linalg.svd((rows[1:] - rows[0]).T, full_matrices=False)
    kept = spread > NONE * np.max(spread, initial=0.0)
    within, spread, mix = within[:, kept], spread[kept], mix[kept]
    along = within.T @ rows[0]
    point = rows[0] - within @ along
    point = point - within @ (within.T @ point)
    rest = -(along / spread) @ mix
    return point, np.concatenate([[1.0 - rest.sum()], rest])
