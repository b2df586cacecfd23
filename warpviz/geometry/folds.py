"""Fold lines of activations that bend smoothly.

An act lerps every unit from z to f(z): at time t it is (1 − t) z + t f(z), with the slope
(1 − t) + t f'(z). Where the slope changes its sign the map turns back on itself: a fold.

    activation, t ── fold_points ──► roots z ── fold_lines ──► their pre-images on the sheet

Every activation whose slope changes sign folds; none does before t = 1 / (1 − min f').
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.geometry.boundary import level_lines
from warpviz.geometry.curved.squares import grid_points
from warpviz.geometry.extrema import HALVINGS, monotone_nodes
from warpviz.geometry.plane import Plane, checked, checked_plane
from warpviz.geometry.sheet import LeftOut, Limits, Polyline
from warpviz.geometry.straight.pieces import is_piecewise_linear
from warpviz.geometry.straight.winners import Lines
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense

SPAN = (-12.0, 12.0)
MOST_CROSSED = 60_000
"""Squares that the traced folds of one layer may cross together: more are denser than a picture can
show, and would take minutes. A layer of 16 units with five folds each crosses 40,000."""
MOST_LINES = 500
"""Folds of one layer that are drawn at one moment: of more, so many that lie evenly among them."""


class Most(NamedTuple):
    """How many folds of a layer are drawn, and how many squares they may cross when traced."""

    lines: int
    crossed: int


def usual() -> Most:
    """What a layer of a film's one network may have."""
    return Most(MOST_LINES, MOST_CROSSED)


def fold_points(
    activation: ActivationFunction, t: float, span: tuple[float, float] = SPAN
) -> Floats:
    """All z where (1 − t) + t f'(z) changes its sign, in ascending order.

    Args:
        activation: f.
        t: time within the act, 0 to 1.
        span: the working interval of z.

    >>> from warpviz.model.activations import ACTIVATIONS
    >>> fold_points(ACTIVATIONS["gelu"], 1.0).round(4), fold_points(ACTIVATIONS["gelu"], 0.5)
    (array([-0.7518]), array([], dtype=float64))
    """
    return fold_points_at(activation, [t], span)[0]


def fold_points_at(
    activation: ActivationFunction, times: Sequence[float], span: tuple[float, float] = SPAN
) -> list[Floats]:
    """The same at each of several times."""
    for t in times:
        if not 0.0 <= t <= 1.0:
            raise WarpvizError(f"Fold points expect a time from 0 to 1, got {t}.")
    nodes, at = monotone_nodes(activation, span), np.array(times, dtype=np.float64)
    value = (1.0 - at)[:, None] + at[:, None] * activation.derivative(nodes)
    # Between two nodes the slope is monotone: at most one root, and a change of sign shows it.
    moment, left = np.nonzero(value[:, :-1] * value[:, 1:] < 0)
    low, high, own = nodes[left], nodes[left + 1], at[moment]
    rising = value[moment, left] < 0
    for _ in range(HALVINGS if len(left) else 0):
        middle = 0.5 * (low + high)
        before = ((1.0 - own) + own * activation.derivative(middle) < 0) == rising
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    roots = 0.5 * (low + high)
    exact = (value[:, 1:-1] == 0) & (value[:, :-2] * value[:, 2:] < 0)
    return [
        np.sort(np.concatenate([roots[moment == k], nodes[1:-1][exact[k]]]))
        for k in range(len(times))
    ]


def fold_onset(activation: ActivationFunction, span: tuple[float, float] = SPAN) -> float | None:
    """The time t = 1 / (1 − min f') from which an act folds; None if it never does.

    >>> from warpviz.model.activations import ACTIVATIONS
    >>> round(fold_onset(ACTIVATIONS["silu"]), 4), fold_onset(ACTIVATIONS["tanh"])
    (0.9092, None)
    """
    lowest = float(activation.derivative(monotone_nodes(activation, span)).min())
    return 1.0 / (1.0 - lowest) if lowest < 0 else None


def fold_lines(
    chain: Chain,
    layer: int,
    times: Sequence[float],
    limits: Limits,
    *,
    plane: Plane | None = None,
    fine: int = 96,
    hidden: bool = False,
    most: Most | None = None,
) -> list[Lines]:
    """Where the act of one layer folds the sheet at each of several times.

    Args:
        chain: any chain; `chain[layer]` acts.
        layer: index of a Dense or Activation layer.
        times: within the (activation's) act, 0 to 1.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: as for `decision_boundary`.
        fine: squares along each axis where tracing is needed; segments are about as long.
        hidden: whether to look for folds between the points of that grid.
        most: of more folds some are drawn, and none of those that are traced across too many
            squares; `left_out` tells so.

    Returns:
        For each time polylines of kind "crease" with layer and unit; two for each fold pair while
        it forms.
    """
    most = most or usual()
    before, function = pre_activation(chain, layer)
    origin, axes = checked_plane(before, plane)
    values = before(grid_points(checked(limits), fine) @ axes.T + origin)
    # The levels of all units at once: a root that a unit does not reach has no line.
    ends = float(values.min()) - 1e-9, float(values.max()) + 1e-9
    of_units = [
        fold_points_at(function.unit(unit), times, ends)
        for unit in range(values.shape[1] if function.units else 1)
    ] * (1 if function.units else values.shape[1])
    reach = list(zip(values.min(axis=0), values.max(axis=0), strict=True))
    curved = not is_piecewise_linear(before)
    counts, wanted = [], []
    for k in range(len(times)):
        reached: list[Floats] = []  # of each unit, the levels within its reach: views, not copies
        for levels, (low, high) in zip(of_units, reach, strict=True):
            first, last = np.searchsorted(levels[k], low), np.searchsorted(levels[k], high, "right")
            reached.append(levels[k][first:last])
        counts.append(sum(map(len, reached)))
        too_dense = curved and _too_dense(values, reached, fine, most.crossed)
        wanted.append([] if too_dense else _evenly(reached, most.lines))
    lines = level_lines(
        before, [one for own in wanted for one in own], limits,
        plane=plane, fine=fine, outputs=values, hidden=hidden,
    )  # fmt: skip
    ends_of = np.cumsum([len(own) for own in wanted]).tolist()
    return [
        _creases(layer, count, own, lines[end - len(own) : end])
        for count, own, end in zip(counts, wanted, ends_of, strict=True)
    ]


def _creases(layer: int, count: int, wanted: list[tuple[int, float]], found: list[Lines]) -> Lines:
    """The lines of one moment as creases of their units, with what of so many is left out."""
    polylines: list[Polyline] = []
    vertices = 0
    for (unit, _), lines in zip(wanted, found, strict=True):
        polylines += [
            Polyline(line.vertices + vertices, "crease", layer, unit) for line in lines.polylines
        ]
        vertices += len(lines.vertices)
    return Lines(
        np.concatenate([np.zeros((0, 2)), *(x.vertices for x in found)]),
        tuple(polylines),
        sum(x.unsure for x in found),
        (LeftOut(layer, count, len(wanted)),) if len(wanted) < count else (),
    )


def _evenly(levels: list[Floats], most: int) -> list[tuple[int, float]]:
    """Unit and level of every fold, or of at most so many that lie evenly among all."""
    ends = np.cumsum([len(own) for own in levels])
    count = int(ends[-1])
    chosen = np.linspace(0, count - 1, min(count, most)).round().astype(np.intp)
    units = np.searchsorted(ends, chosen, side="right")
    begins = ends - [len(own) for own in levels]
    places = (chosen - begins[units]).tolist()
    return [(u, levels[u][at]) for u, at in zip(units.tolist(), places, strict=True)]


def _too_dense(values: Floats, levels: list[Floats], fine: int, most: int) -> bool:
    """Whether all lines together, each by itself, cross too many squares of the grid."""
    count = 0
    # A level within the reach of a unit crosses one square at least.
    if sum(map(len, levels)) > most:
        return True
    for unit, level in ((unit, level) for unit, own in enumerate(levels) for level in own):
        above = (values[:, unit] > level).reshape(fine + 1, fine + 1)
        rows = above[:-1] != above[1:]
        columns = above[:, :-1] != above[:, 1:]
        crossed = rows[:, 1:] | rows[:, :-1] | columns[1:] | columns[:-1]
        count += int(crossed.sum())
        if count > most:
            return True
    return False


def pre_activation(chain: Chain, layer: int) -> tuple[Chain, ActivationFunction]:
    """The chain up to where `chain[layer]` bends, and its activation."""
    at = chain[layer]
    if not isinstance(at, Dense | Activation):
        raise WarpvizError(f"Folds expect a Dense or Activation layer at {layer}, got {at}.")
    head = chain[:layer]
    if isinstance(at, Dense):
        head = Chain([*head, Dense(at.weight, at.bias)], head.width)
    return head, at.function
