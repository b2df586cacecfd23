"""An activation looked at closely: values and slopes on a grid, where they break, and far away.

record ── Sampled.of ──► nodes, values, slopes ── facts ──► range, zeros, folds, limits
                         kinks and jumps, found by halving
                         far values, to ±2⁶⁰
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.functions import read, slope, value
from warpviz.geometry.extrema import monotone_nodes
from warpviz.geometry.folds import fold_points
from warpviz.model.activations.function import LARGE, ActivationFunction

Function = Callable[[Floats], Floats]
HALVINGS = 60
"""From 1/64 to the spacing of floating-point numbers."""
RISE = 1e-4
"""Between neighbouring nodes, over the largest: less is not looked at for a break."""
STAYS = 0.5
"""Of a rise between two nodes that is left between two neighbouring numbers: a break."""
BESIDE = 1e-9
"""How far from a break its sides are looked at."""
ENDLESS = 1e12
"""What is larger within `LARGE` is without bound."""
GROWING = 1.2
"""What is so much larger half as far from a break grows beyond all bounds there."""
FAR = 2.0 ** np.arange(6, 61)


@dataclass(frozen=True, eq=False)
class Sampled:
    """What is known of a function of one number.

    Attributes:
        nodes: (N,) places between which the slope is monotone, rising; breaks are among them.
        values: (N,) there, finite or NaN.
        slopes: (N,) there; at a break, that on the left.
        kinks: (B,) where the slope jumps, rising.
        sides: (B, 2) the slopes on the left and on the right of each.
        jumps: (J, 2) the values on the left and on the right of each place where f jumps.
        jumps_at: (J,) these places, rising.
        far: (2, F) values far to the left and far to the right, farther and farther.
        far_slopes: (2, F) slopes there.

    What grows beyond all bounds at a place is infinite there, what is not defined NaN.
    """

    nodes: Floats
    values: Floats
    slopes: Floats
    kinks: Floats
    sides: Floats
    jumps: Floats
    jumps_at: Floats
    far: Floats
    far_slopes: Floats

    @classmethod
    def of(cls, activation: ActivationFunction) -> "Sampled":
        """Look at an activation."""

        def f(z: Floats) -> Floats:
            y = _quiet(activation.f, z)
            return np.where(np.abs(y) > ENDLESS, np.copysign(np.inf, y), y)

        def rise(z: Floats) -> Floats:
            # Beyond the ends of f its formula may have a slope.
            return np.where(np.isnan(f(z)), np.nan, _quiet(activation.derivative, z))

        known = np.array(activation.breakpoints or (), dtype=np.float64)
        reach = max(LARGE, 1.25 * float(np.abs(known).max(initial=0.0)) + 1.0)
        with np.errstate(all="ignore"):
            nodes = monotone_nodes(activation, (-reach, reach))
        nodes = np.unique(np.concatenate([nodes, fold_points(activation, 1.0, (-reach, reach))]))
        jumps_at = np.unique(np.concatenate([breaks(f, nodes), _poles(f(nodes), nodes)]))
        kinks = known if activation.breakpoints is not None else _kinks(f, rise, nodes)
        nodes = np.unique(np.concatenate([nodes, kinks, jumps_at]) + 0.0)
        far, far_slopes = _far(activation)
        return cls(
            nodes, f(nodes), rise(nodes),
            kinks + 0.0, _beside(rise, kinks), _beside(f, jumps_at), jumps_at, far, far_slopes,
        )  # fmt: skip


def _poles(values: Floats, nodes: Floats) -> Floats:
    """Where a function is infinite at a place alone, between finite values."""
    endless = np.concatenate([[False], np.isinf(values), [False]]).astype(int)
    runs = np.flatnonzero(np.diff(endless)).reshape(
        -1, 2
    )  # of first and of the one behind the last
    ends = runs[(runs[:, 0] > 0) & (runs[:, 1] < len(nodes))]
    known = np.isfinite(values[ends[:, 0] - 1]) & np.isfinite(values[ends[:, 1]])
    narrow = nodes[ends[:, 1] - 1] - nodes[ends[:, 0]] < BESIDE
    return np.round(nodes[ends[:, 0]][known & narrow], 9)


def _kinks(f: Function, rise: Function, nodes: Floats) -> Floats:
    """Where the slope jumps, or is infinite."""
    steep = nodes[~np.isfinite(rise(nodes)) & np.isfinite(f(nodes))]
    return np.unique(np.concatenate([breaks(rise, nodes), steep]))


def _beside(function: Function, places: Floats) -> Floats:
    """(B, 2) what a function tends to from the left and from the right, infinite where it grows."""
    ways = np.array([-BESIDE, BESIDE])
    near, further = (function((places[:, None] + k * ways).ravel()) for k in (1, 2))
    grows = np.abs(near) > GROWING * np.abs(further) + 1e3
    with np.errstate(invalid="ignore"):
        found = np.where(grows, np.copysign(np.inf, near), 2 * near - further)
    return found.reshape(-1, 2)


def _quiet(function: Callable[[Floats], Floats], z: Floats) -> Floats:
    with np.errstate(all="ignore"):
        return function(z)


def _far(activation: ActivationFunction) -> tuple[Floats, Floats]:
    """Values and slopes far away: a formula's own, as faster forms end at 1000."""
    z = np.stack([-FAR, FAR])
    if activation.formula:
        node = read(activation.formula)
        return value(node, z), value(slope(node), z)
    near = np.where(np.abs(z) <= 1000.0, z, np.nan)
    with np.errstate(all="ignore"):
        return activation.f(near), activation.derivative(near)


def breaks(function: Function, nodes: Floats) -> Floats:
    """Where a function jumps between nodes, rising: the rise stays while the interval shrinks.

    >>> breaks(lambda z: np.where(z < 0.3, 0.0, 1.0), np.linspace(-1.0, 1.0, 100)).tolist()
    [0.3]
    """
    y = function(nodes)
    rises = np.abs(np.diff(y))
    size = np.abs(y)
    large = np.maximum(size[:-1], size[1:])
    scale = float(np.max(large, initial=0.0, where=np.isfinite(large))) or 1.0
    found = np.flatnonzero((rises > RISE * np.minimum(scale, 1.0 + large)) & np.isfinite(rises))
    left, right = nodes[found], nodes[found + 1]
    at_left, at_right = y[found], y[found + 1]
    for _ in range(HALVINGS):
        middle = 0.5 * (left + right)
        there = function(middle)
        goes_left: Bools = ~(np.abs(at_right - there) > np.abs(there - at_left))
        right, at_right = np.where(goes_left, middle, right), np.where(goes_left, there, at_right)
        left, at_left = np.where(goes_left, left, middle), np.where(goes_left, at_left, there)
    stays = ~(np.abs(at_right - at_left) < STAYS * rises[found])
    return np.unique(np.round(0.5 * (left + right)[stays], 9) + 0.0)
