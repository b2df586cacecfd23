"""What an activation is in numbers: range, limits, zeros, slopes, and whether it folds.

The straight way from z to f(z) has the slope (1 − t) + t f′(z): it is no longer one to one from
t = 1/(1 − min f′) on, where min f′ is 0 or below.
"""

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.curves.sampled import Sampled
from warpviz.curves.zeros import NEAR, TINY, exact, flat_pieces, zeros_of
from warpviz.geometry.folds import fold_points
from warpviz.model.activations.function import ActivationFunction

GROWS = 1.5
"""What is so much larger far away than before grows beyond all bounds."""
FADES = 1e-9
"""What is so much smaller than the largest far away tends to 0."""
LATE = 8
"""Of the values far away, the last ones."""


@dataclass(frozen=True)
class Facts:
    """The numbers of one activation; None is undefined, or without bound.

    Attributes:
        name: of the activation.
        formula: f(z), "" where it has none.
        lowest: the greatest lower bound of its values.
        highest: the least upper bound.
        left_limit: what f tends to where z falls.
        right_limit: what f tends to where z rises.
        lipschitz: the least L with |f(a) − f(b)| ≤ L |a − b|.
        zeros: where f is 0, from −12 to 12, rising.
        zero_on: pieces on which f is 0 throughout, each from and to; None is no end.
        slope_at_0: f′(0), None where f has a kink or jumps there.
        slopes_at_0: the slopes on the left and on the right of 0.
        smallest_slope: the greatest lower bound of f′.
        largest_slope: the least upper bound of f′.
        monotone: whether f never both rises and falls.
        folds: whether the straight way from z to f(z) ever maps two z to one.
        folds_from: the time t from which it does, 1 where only the end does.
        fold_points: where f turns back, from −12 to 12, rising.
        breakpoints: where f has a kink, rising.
        jumps_at: where f jumps, rising.
    """

    name: str
    formula: str
    lowest: float | None
    highest: float | None
    left_limit: float | None
    right_limit: float | None
    lipschitz: float | None
    zeros: tuple[float, ...]
    zero_on: tuple[tuple[float | None, float | None], ...]
    slope_at_0: float | None
    slopes_at_0: tuple[float | None, float | None]
    smallest_slope: float | None
    largest_slope: float | None
    monotone: bool
    folds: bool
    folds_from: float | None
    fold_points: tuple[float, ...]
    breakpoints: tuple[float, ...]
    jumps_at: tuple[float, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values for programs."""
        return asdict(self)


@lru_cache(maxsize=256)
@np.errstate(all="ignore")
def facts_of(activation: ActivationFunction) -> Facts:
    """Look at an activation closely.

    >>> from warpviz.model import ACTIVATIONS
    >>> found = facts_of(ACTIVATIONS["gelu"])
    >>> round(found.folds_from, 4), [round(z, 4) for z in found.fold_points], found.monotone
    (0.8858, [-0.7518], False)
    """
    seen = Sampled.of(activation)
    lowest, highest = _bounds(np.concatenate([seen.values, seen.jumps.ravel()]), seen.far)
    slopes = np.concatenate([seen.slopes, seen.sides.ravel()])
    least, most = _bounds(slopes, seen.far_slopes)
    flat = flat_pieces(activation.derivative, seen.nodes, seen.slopes)
    scale = float(np.nanmax(np.abs(slopes), initial=0.0, where=np.isfinite(slopes)))
    heights = np.diff(seen.jumps, axis=1)
    falls = bool((slopes < -TINY * scale).any() or (heights < 0).any())
    rises = bool((slopes > TINY * scale).any() or (heights > 0).any())
    folds_from = None
    if least is None or least < 0:
        folds_from = 0.0 if least is None else 1.0 / (1.0 - least)
    elif least == 0 and (flat or scale == 0):
        folds_from = 1.0
    bounded = least is not None and most is not None and not len(seen.jumps_at)
    left, right = (exact(v) for v in _sides(activation, seen))
    smooth = left == right and not (np.abs(seen.jumps_at) < TINY).any()
    return Facts(
        activation.label, activation.formula, lowest, highest,
        _limit(seen.far[0]), _limit(seen.far[1]),
        max(abs(least or 0.0), abs(most or 0.0)) if bounded else None,
        *zeros_of(activation, seen),
        left if smooth else None, (left, right), least, most,
        not (falls and rises), folds_from is not None, exact(folds_from),
        tuple(exact(z) or 0.0 for z in _turns(activation, seen)),
        tuple(seen.kinks.tolist()), tuple(seen.jumps_at.tolist()),
    )  # fmt: skip


def _turns(activation: ActivationFunction, seen: Sampled) -> list[float]:
    """Where f turns back: its slope changes sign, and it neither jumps nor ends there."""
    found = fold_points(activation, 1.0)
    with np.errstate(all="ignore"):
        beside = activation.f(found[:, None] + np.array([-NEAR, NEAR]))
    kept = np.isfinite(beside).all(axis=1)
    if len(seen.jumps_at):
        kept &= np.abs(found[:, None] - seen.jumps_at).min(axis=1) > NEAR
    return [float(z) for z in found[kept]]


def _bounds(near: Floats, far: Floats) -> tuple[float | None, float | None]:
    """Lower and upper bound of values; None where there is none."""
    known = near[np.isfinite(near)]
    size = float(np.abs(known).max(initial=TINY))
    ends: list[float | None] = []
    for sign in (-1.0, 1.0):
        bound = float((sign * known).max(initial=-np.inf))
        grows = bool((sign * near == np.inf).any())
        for side in sign * far:
            finite = side[np.isfinite(side)]
            late = float(finite[-LATE:].max(initial=-np.inf))
            early = float(finite[:LATE].max(initial=-np.inf))
            grows |= bool((side == np.inf).any()) or late > GROWS * max(early, size)
            bound = max(bound, late)
        fades = abs(bound) <= FADES * min(1.0, size)
        ends.append(None if grows else exact(0.0 if fades else sign * bound))
    return ends[0], ends[1]


def _limit(far: Floats) -> float | None:
    """What values far away settle on; None where they do not."""
    if np.isinf(far).any():
        return None
    known = far[~np.isnan(far)]
    if len(known) < 3 or abs(known[-1] - known[-2]) > 1e-9 * max(1.0, abs(known[-1])):
        return None
    return exact(float(known[-1]))


def _sides(activation: ActivationFunction, seen: Sampled) -> tuple[float, float]:
    """The slopes on both sides of 0."""
    at = np.flatnonzero(np.abs(seen.kinks) < TINY)
    if len(at):
        left, right = seen.sides[at[0]].tolist()
        return left, right
    here = float(activation.derivative(0.0))
    return here, here
