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
from warpviz.curves.zeros import NEAR, TINY, crossings, exact, flat_pieces, zeros_of
from warpviz.geometry.folds import SPAN
from warpviz.model.activations.function import ActivationFunction

GROWS = 1.2
"""What is so much larger in the last third of a way than before grows beyond all bounds."""
GROWING = 0.6
"""So does what rises by so much of what it rose in the third before."""
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
        folds: whether on the straight way from z to f(z) the line ever turns back; where f jumps
            down it is torn, and one part comes to lie over the other, which is no fold.
        folds_from: the time t from which it does, 1 where only the end does.
        fold_points: where f turns back, from −12 to 12, rising.
        breakpoints: where f has a kink, rising.
        jumps_at: where f jumps, rising.
        undefined: pieces on which f is not defined, each from and to; None is no end, and a hole
            ends where it begins.
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
    undefined: tuple[tuple[float | None, float | None], ...]

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
    flat = flat_pieces(seen.rise, seen.nodes, seen.slopes)
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
    left, right = (exact(v) for v in _sides(seen))
    smooth = left == right and not (np.abs(seen.jumps_at) < TINY).any()
    return Facts(
        activation.label, activation.formula, lowest, highest,
        _limit(seen.far[0]), _limit(seen.far[1]),
        max(abs(least or 0.0), abs(most or 0.0)) if bounded else None,
        *zeros_of(seen),
        left if smooth else None, (left, right), least, most,
        not (falls and rises), folds_from is not None, exact(folds_from),
        tuple(exact(z) or 0.0 for z in _turns(seen)),
        tuple(seen.kinks.tolist()), tuple(seen.jumps_at.tolist()),
        tuple((exact(start), exact(end)) for start, end in seen.undefined),
    )  # fmt: skip


def _turns(seen: Sampled) -> list[float]:
    """Where f turns back: its slope changes sign, and it neither jumps nor ends there."""
    z, sign = seen.nodes, np.sign(seen.slopes)
    flat = np.flatnonzero((sign[1:-1] == 0) & (sign[:-2] * sign[2:] < 0)) + 1
    found = np.union1d(crossings(seen.rise, z, seen.slopes), z[flat])
    found = found[(found >= SPAN[0]) & (found <= SPAN[1])]
    beside = seen.f((found[:, None] + np.array([-NEAR, NEAR])).ravel()).reshape(-1, 2)
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
            grows |= bool((side == np.inf).any()) or _grows(finite)
            bound = max(bound, float(finite[-LATE:].max(initial=-np.inf)))
        fades = abs(bound) <= FADES * min(1.0, size)
        ends.append(None if grows else exact(0.0 if fades else sign * bound))
    return ends[0], ends[1]


def _grows(way: Floats) -> bool:
    """Whether values rise beyond all bounds, on a way on which each step is twice as far.

    Those that tend to a limit come nearer by a factor with each step; of a logarithm every step
    is as large as the one before, of its logarithm not much smaller.
    """
    if len(way) < LATE:
        return False
    third = len(way) // 3
    highest = np.maximum.accumulate(way)
    before, between, last = highest[[-1 - 2 * third, -1 - third, -1]]
    if last > GROWS * between > 0:
        return True
    steady = bool((np.diff(way[-2 * third :]) > 0).all())
    return steady and last - between > GROWING * (between - before) and last - between > FADES


def _limit(far: Floats) -> float | None:
    """What values far away settle on; None where they do not."""
    if np.isinf(far).any():
        return None
    known = far[~np.isnan(far)]
    if len(known) < 3 or abs(known[-1] - known[-2]) > 1e-9 * max(1.0, abs(known[-1])):
        return None
    return exact(float(known[-1]))


def _sides(seen: Sampled) -> tuple[float, float]:
    """The slopes on both sides of 0."""
    at = np.flatnonzero(np.abs(seen.kinks) < TINY)
    if len(at):
        left, right = seen.sides[at[0]].tolist()
        return left, right
    here = float(seen.rise(np.zeros(1))[0])
    return here, here
