"""The straight cut that gets most of two classes right, found exactly where a state is flat.

    states, labels ──whiten──► a point, a line or a plane ──every angle about every point──► share

Any line that parts the points can be shifted until it touches one of them, hence the best line is
among those that turn about a point: its sides change only where it meets another point, so that
sorting these angles finds the best in O(N² log N). Two classes that no line parts are told apart
by counting: no fit, no loss, no step size.
"""

from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.measure.probe import check_labelled
from warpviz.measure.separability import TOLERANCE, whitened

MOST = 4_000_000
"""Up to so many pairs of points all are looked at; of more, lines turn about some points only."""
FEWEST = 16
"""Points about which lines turn, however many there are."""
AT_ONCE = 14_000
"""Angles that are sorted in one go: what is worked out of them stays in the processor's cache."""


class BestCut(NamedTuple):
    """What the best straight cut gets right.

    Attributes:
        share: of the points, 0 … 1.
        exact: whether no cut gets more; else this one is the best of those that were tried.
    """

    share: float
    exact: bool


def best_cut(states: Floats, labels: Ints, *, most: int = MOST) -> BestCut | None:
    """The largest share of two classes that one straight cut gets right, one class on each side.

    A cut passes between points that are more than `TOLERANCE` standard deviations apart, never
    through one; nearer points, as equal ones, are on one side.

    Args:
        states: (N, D) of any width, as long as the points lie in a plane, on a line or in a point.
        labels: (N,) integers.
        most: pairs of points to look at.

    Returns:
        None for another number of classes, or for points that fill more than a plane.

    Raises:
        WarpvizError: the shapes do not fit or a state is not finite.

    >>> import numpy as np
    >>> square = np.array([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [1.0, 0.0]])
    >>> best_cut(square, np.array([0, 0, 1, 1]))
    BestCut(share=0.75, exact=True)
    """
    x, classes, index = check_labelled(states, labels)
    if len(classes) != 2:
        return None
    # Equal points are one place of some weight: what its second class has more than its first.
    places, place = np.unique(x, axis=0, return_inverse=True)
    weights = np.bincount(place.reshape(-1), weights=2.0 * index - 1.0).astype(np.float64)
    flat = whitened(x)[0][:, :-1]
    if flat.shape[1] > 2:
        return None
    firsts = np.zeros(len(places), dtype=np.intp)
    firsts[place.reshape(-1)] = np.arange(len(x))
    plane = np.zeros((len(places), 2))
    plane[:, : flat.shape[1]] = flat[firsts]
    count = len(places)
    tried = count if count * count <= most else max(FEWEST, most // count)
    pivots = distinct(np.linspace(0, count - 1, min(tried, count)).astype(np.intp))
    rows = max(1, AT_ONCE // count)
    found = [
        _turning(plane, weights, pivots[start : start + rows])
        for start in range(0, len(pivots), rows)
    ]
    first, second = np.bincount(index)
    gains = [max(float(each) for each, _ in found), max(float(each) for _, each in found)]
    right = max(first + gains[0], second + gains[1], first, second)
    return BestCut(float(right / len(x)), len(pivots) == count)


def _turning(plane: Floats, weights: Floats, pivots: Ints) -> tuple[float, float]:
    """The best of the lines about some points, with either class on the side of their normal.

    Returns:
        The most that the weights on that side sum up to, and the most that their negatives do.
    """
    away = plane[None] - plane[pivots, None]  # (P, N, 2)
    distance = np.hypot(away[..., 0], away[..., 1])
    here = distance <= TOLERANCE
    own = np.where(here, weights, 0.0).sum(axis=1)
    angle = np.arctan2(away[..., 1], away[..., 0])
    # The normal turns from angle 0 to π. A point leaves its side a quarter turn ahead of its own
    # direction, or enters it a quarter turn behind.
    leaves = (angle >= -np.pi / 2) & (angle < np.pi / 2)
    event = angle + np.where(leaves, np.pi / 2, np.where(angle > 0, -np.pi / 2, 1.5 * np.pi))
    sums = np.where(here, 0.0, weights)
    change = np.where(leaves, -sums, sums)
    start = np.where(leaves, sums, 0.0).sum(axis=1)
    # Where points are seen in one direction, up to rounding, no line passes between them.
    blur = np.where(here, 0.0, 2 * TOLERANCE / np.maximum(distance, TOLERANCE) + 1e-12)
    event = np.where(here, 0.0, event)
    order = np.argsort(event, axis=1)
    order += (len(plane) * np.arange(len(pivots)))[:, None]  # places in all rows
    event, change, blur, present = (each.take(order) for each in (event, change, blur, ~here))
    side = start[:, None] + np.cumsum(change, axis=1)
    after = np.where(present, event + blur, -np.inf)
    before = np.where(present, event - blur, np.inf)
    passed = np.maximum(np.maximum.accumulate(after, axis=1), after.max(axis=1)[:, None] - np.pi)
    ahead = np.minimum.accumulate(before[:, ::-1], axis=1)[:, ::-1]
    ahead = np.concatenate([ahead[:, 1:], np.full((len(pivots), 1), np.inf)], axis=1)
    ahead = np.minimum(ahead, before.min(axis=1)[:, None] + np.pi)
    free = passed < ahead
    most = np.where(free, side, -np.inf).max(axis=1) + np.maximum(own, 0.0)
    least = np.where(free, side, np.inf).min(axis=1) + np.minimum(own, 0.0)
    return float(most.max()), float(-least.min())
