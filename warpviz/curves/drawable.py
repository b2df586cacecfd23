"""Activations ready to be drawn: places between limits, with their breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.curves.facts import Facts, facts_of
from warpviz.errors import WarpvizError
from warpviz.functions import read, sign, slope
from warpviz.model.activations import ActivationFunction

REACH = 4.0
"""z is drawn from −REACH to REACH, further where there are kinks, but not beyond"""
FURTHEST = 9.0
BELOW, ROOM = 0.55, 0.2
"""How far below 0 values are drawn at most and at least, over the furthest z."""
POINTS = 801


@dataclass(frozen=True, eq=False)
class Drawable:
    """An activation as it can be drawn.

    Attributes:
        record: the activation.
        facts: its numbers.
        z: (M,) places, rising; each break twice, its sides.
        values: (M,) f there, NaN between the sides of a jump.
        slopes: (M,) f′ there, NaN between the sides of a kink.
        falls: (M,) whether f falls there, however steeply or little.
    """

    record: ActivationFunction
    facts: Facts
    z: Floats
    values: Floats
    slopes: Floats
    falls: Bools

    @classmethod
    def of(
        cls, record: ActivationFunction, facts: Facts, limits: tuple[float, float]
    ) -> "Drawable":
        """Look at it between limits."""
        kinks = np.array(facts.breakpoints, dtype=np.float64)
        jumps = np.array(facts.jumps_at, dtype=np.float64)
        breaks = np.unique(np.concatenate([kinks, jumps]))
        turns = np.array(facts.fold_points, dtype=np.float64)
        even = np.linspace(*limits, POINTS)
        sides = np.concatenate([breaks - 1e-9, breaks + 1e-9])
        # Where it ends it may go on without end: nearer and nearer, so that it leaves the picture.
        ends = [e for piece in facts.undefined for e in piece if e is not None]
        near = 0.5 * (limits[1] - limits[0]) * 0.5 ** np.arange(30)
        ways = [at + side * near for at in {*ends, *facts.jumps_at} for side in (-1, 1)]
        z = np.unique(np.concatenate([even, turns, sides, *ways]))
        z = z[(z >= limits[0]) & (z <= limits[1]) & ~np.isin(z, breaks)]
        after = np.searchsorted(z, breaks[(breaks > z[0]) & (breaks < z[-1])])
        with np.errstate(all="ignore"):
            values, slopes = record.value_and_slope(z)
        falls = slopes < 0
        if record.formula:  # also where the slope is too large or too small for a float
            falls = sign(slope(read(record.formula)), z) < 0
        falls &= ~np.isnan(values)
        values, slopes = (np.where(np.isfinite(y), y, np.nan) for y in (values, slopes))
        slopes = np.where(np.isnan(values), np.nan, slopes)
        # A gap at each break: slopes always jump there, values only at jumps.
        at = z[after - 1] + 1e-9 if len(after) else z[:0]
        torn = np.isin(np.round(at, 6), np.round(jumps, 6))
        between = np.where(torn, np.nan, 0.5 * (values[after - 1] + values[after]))
        return cls(
            record, facts, np.insert(z, after, at), np.insert(values, after, between),
            np.insert(slopes, after, np.nan), np.insert(falls, after, False),
        )  # fmt: skip

    @property
    def lowest_slope(self) -> tuple[float, float] | None:
        """Where in the picture the slope is least, and how small; None where it never falls."""
        if np.isnan(self.slopes).all() or np.nanmin(self.slopes) >= 0:
            return None
        at = int(np.nanargmin(self.slopes))
        return float(self.z[at]), float(self.slopes[at])


def check_limits(limits: Sequence[float] | None) -> tuple[float, float] | None:
    """Limits of z.

    Raises:
        WarpvizError: they are not two numbers that rise.
    """
    if limits is None:
        return None
    pair = tuple(float(z) for z in limits)
    if len(pair) != 2 or not np.isfinite(pair).all() or not pair[0] < pair[1]:
        told = ",".join(f"{z:g}" for z in pair)
        raise WarpvizError(f"limits expects z0,z1 that rise, such as -4,4; got {told}.")
    return pair[0], pair[1]


def drawables(
    records: Sequence[ActivationFunction], limits: tuple[float, float] | None = None
) -> list[Drawable]:
    """Activations ready to be drawn side by side, between the same limits.

    Raises:
        WarpvizError: limits that do not rise.
    """
    limits = check_limits(limits)
    known = [facts_of(record) for record in records]
    marks = [
        abs(z) for facts in known for z in (*facts.breakpoints, *facts.jumps_at, *_first(facts))
    ]
    reach = min(max([REACH, *(1.3 * z for z in marks)]), FURTHEST)
    chosen = limits or (-reach, reach)
    return [Drawable.of(*pair, chosen) for pair in zip(records, known, strict=True)]


def _first(facts: Facts) -> list[float]:
    """The place nearest to 0 where it turns back."""
    return sorted(facts.fold_points, key=abs)[:1]


def heights(drawn: Sequence[Drawable]) -> tuple[float, float]:
    """The lowest and the highest value to be drawn of all, on axes of the same scale as z."""
    low, high = float(drawn[0].z[0]), float(drawn[0].z[-1])
    most = max(abs(low), abs(high))
    every = np.concatenate([side for each in drawn for side in (each.values, each.slopes)])
    every = every[np.isfinite(every)]
    least, largest = (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)
    spare = 0.06 * (high - low)
    lowest = max(min(least, -ROOM * most), -BELOW * most)
    return lowest - spare, min(max(largest, 1.0), most) + spare
