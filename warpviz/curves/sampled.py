"""An activation looked at closely: values and slopes on a grid, where they break, and far away.

record ── Sampled.of ──► nodes, values, slopes ── facts ──► range, zeros, folds, limits
                         where it is undefined; kinks and jumps, found by halving
                         values on ways to ±2⁶⁰, and to where it ends or jumps
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Bools, Floats
from warpviz.curves.defined import undefined_pieces, within
from warpviz.functions import Node, edges, read, roots, sign, slope, value
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
NEARER, NEARER_SLOPES = 26, 14
"""Up to 2 to the power of so much nearer to a hole: beyond, (exp(z) − 1)/z is all rounding."""
LEAST = 5e-324
"""What stands for values that are not 0 and too small for a float."""


@dataclass(frozen=True, eq=False)
class Sampled:
    """What is known of a function of one number.

    Attributes:
        f: values; what is too small for a float is not 0.
        rise: slopes, likewise.
        nodes: (N,) places between which the slope is monotone, rising; breaks are among them.
        values: (N,) there, finite or NaN.
        slopes: (N,) there; at a break, that on the left.
        undefined: pieces, each from and to, where f is not defined; −∞ and ∞ are no end.
        kinks: (B,) where the slope jumps or is infinite, rising.
        sides: (B, 2) the slopes on the left and on the right of each.
        jumps: (J, 2) the values on the left and on the right of each place where f jumps.
        jumps_at: (J,) these places, rising.
        far: (W, F) values on ways: to the left and to the right, farther and farther, then to
            both sides of all places where f is not defined or jumps, nearer and nearer.
        far_slopes: (W, F) slopes there.

    What grows beyond all bounds at a place is infinite there, what is not defined NaN.
    """

    f: Function
    rise: Function
    nodes: Floats
    values: Floats
    slopes: Floats
    undefined: tuple[tuple[float, float], ...]
    kinks: Floats
    sides: Floats
    jumps: Floats
    jumps_at: Floats
    far: Floats
    far_slopes: Floats

    @classmethod
    def of(cls, activation: ActivationFunction) -> "Sampled":
        """Look at an activation."""
        node = read(activation.formula) if activation.formula else None
        # Beyond the ends of f its formula may have a slope.
        f = _signed(activation.f, node)
        rise = _signed(activation.derivative, node and slope(node))
        known = np.array(activation.breakpoints or (), dtype=np.float64)
        reach = max(LARGE, 1.25 * float(np.abs(known).max(initial=0.0)) + 1.0)
        with np.errstate(all="ignore"):
            nodes = monotone_nodes(activation, (-reach, reach))
        ends, turns = _places(node, edges), _places(node, roots)
        more = (fold_points(activation, 1.0, (-reach, reach)), ends, turns)
        nodes = np.unique(np.concatenate([nodes, *more]))
        nodes = nodes[np.abs(nodes) <= reach]
        undefined = undefined_pieces(f, node, nodes, ends)

        def value_of(z: Floats) -> Floats:
            return np.where(within(undefined, z), np.nan, f(z))

        def slope_of(z: Floats) -> Floats:
            return np.where(np.isnan(value_of(z)), np.nan, rise(z))

        nodes = np.unique(np.concatenate([nodes, *([e] for p in undefined for e in p)]))
        holes = np.array([start for start, end in undefined if start == end])
        beside = np.abs(nodes[:, None] - holes).min(axis=1, initial=np.inf)
        # Within `NEARER_SLOPES` of a hole, slopes are rounding.
        nodes = nodes[np.isfinite(nodes) & ((beside == 0) | (beside > 0.5**NEARER_SLOPES))]
        y = value_of(nodes)
        jumps_at = np.concatenate([breaks(value_of, nodes), _poles(y, nodes)])
        jumps_at = np.unique(np.concatenate([_apart(jumps_at, np.ravel(undefined)), holes]))
        kinks = known
        if activation.breakpoints is None:
            steep = ~np.isfinite(_quiet(activation.derivative, nodes)) & np.isfinite(y)
            kinks = np.concatenate([breaks(slope_of, nodes), nodes[steep]])
            kinks = _apart(kinks, np.ravel(undefined))
        nodes = np.unique(np.concatenate([nodes, kinks, jumps_at]) + 0.0)
        far, far_slopes = _ways(activation, undefined, jumps_at)
        return cls(
            value_of, slope_of, nodes, value_of(nodes), slope_of(nodes), undefined, kinks + 0.0,
            _beside(slope_of, kinks), _beside(value_of, jumps_at), jumps_at, far, far_slopes,
        )  # fmt: skip


def _signed(function: Function, node: Node | None) -> Function:
    """A function without warnings; what is too large is infinite, and what is too small not 0."""

    def found(z: Floats) -> Floats:
        y = _quiet(function, z)
        y = np.where(np.abs(y) > ENDLESS, np.copysign(np.inf, y), y)
        small = np.flatnonzero(y == 0)
        if node is not None and len(small):
            y[small] = LEAST * sign(node, z[small])
        return y

    return found


def _places(node: Node | None, found: Callable[[Node], Sequence[float]]) -> Floats:
    """Places of a formula and of its slope, as they were found and rounded: one is exact."""
    if node is None:
        return np.zeros(0)
    known = np.array([*found(node), *found(slope(node))], dtype=np.float64)
    return np.unique(np.concatenate([known, np.round(known, 12)]) + 0.0)


def _apart(places: Floats, ends: Floats) -> Floats:
    """Places that are not those at which a function ends; each once."""
    places = np.unique(np.round(places, 9) + 0.0)
    return np.array([at for at in places if not (np.abs(ends - at) < 2 * BESIDE).any()])


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


def _ways(
    activation: ActivationFunction,
    undefined: Sequence[tuple[float, float]],
    jumps_at: Floats,
) -> tuple[Floats, Floats]:
    """Values and slopes on ways: a formula's own, as faster forms end at 1000."""
    ways = [-FAR, FAR]
    for start, end in undefined:
        ways += [start - 1 / FAR, end + 1 / FAR]
    for at in jumps_at:
        ways += [at - 1 / FAR, at + 1 / FAR]
    z = np.stack([way for way in ways if np.isfinite(way).all()])
    z = np.where(within(undefined, z), np.nan, z)
    if activation.formula:
        node = read(activation.formula)
        values, slopes = value(node, z), value(slope(node), z)
    else:
        near = np.where(np.abs(z) <= 1000.0, z, np.nan)
        values, slopes = (
            _quiet(function, near) for function in (activation.f, activation.derivative)
        )
    slopes = np.where(np.isnan(values), np.nan, slopes)
    values[2:, FAR > 2.0**NEARER] = np.nan
    slopes[2:, FAR > 2.0**NEARER_SLOPES] = np.nan
    return values, slopes


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
