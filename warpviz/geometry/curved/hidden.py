"""What a grid may miss: squares whose corners agree though a line passes between them.

squares of a grid ── bound of the slopes over each ──► no tie can be in it: closed
                                                   └─► open: cut into four, and look again

The bound carries a centre and a radius for every entry of the Jacobian through the layers; the
slopes of an activation over an interval lie between those at its ends and at their extrema.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from warpviz.arrays import Bools, Floats, Ints, distinct
from warpviz.geometry.extrema import slope_events
from warpviz.geometry.mosaic import FINEST
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits
from warpviz.languages.language import word
from warpviz.model.activations.function import ActivationFunction
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax, steps_of
from warpviz.model.residual import Add, Keep, Residual

COARSE = 8
"""The first squares that are looked at are so many squares of the grid wide."""
CHUNK = 4_096
MOST = 40_000
"""So many squares are looked at in one pass; where more are open, the rest counts as unsure."""
MOST_WORK = 4_000_000_000
"""Multiplications that one pass may take: of a wide chain fewer squares are looked at."""

FEW_TURNS = 16
"""Extrema of a slope; of more the least and the largest stand for all."""

NARROW = word(
    "the network's slopes do not rule out islands of a class, or folds, narrower than 1/1536 of "
    "the sheet; such may be missing here."
)
"""What is to be said of lines with unsure places: 192 squares a side, each cut into 8."""


@dataclass(frozen=True, eq=False)
class Hidden:
    """What lies between the points of a grid.

    Attributes:
        detail: (fine, fine) into how many parts along each side a square must be cut: 1, 2, 4, 8.
        unsure: how many squares away from all that was found may hold more, for all that the
            bound says.
    """

    detail: Ints
    unsure: int


def hidden_lines(chain: Chain, limits: Limits, plane: Plane, fine: int, labels: Ints) -> Hidden:
    """Squares of a grid in which a tie of the two largest outputs hides from their corners.

    Args:
        chain: C outputs; one with a softmax is not looked into.
        limits: x0, x1, y0, y1.
        plane: origin and axes of the input.
        fine: squares along each axis.
        labels: (fine + 1, fine + 1) the largest output at the corners, rows upwards; −1 for a tie.
    """
    detail = np.ones((fine, fine), dtype=np.intp)
    if any(isinstance(step, Softmax) for step in steps_of(chain)):
        return Hidden(detail, fine * fine)
    work = 4 * sum(n_in * n_out for n_in, n_out in pairwise(chain.widths))
    inside = (layer.parameters for layer in chain if isinstance(layer, Residual))
    work += 4 * sum(array.size for arrays in inside for array in arrays)
    most = min(MOST, MOST_WORK // work)
    x0, x1, y0, y1 = limits
    side = np.array([(x1 - x0) / fine, (y1 - y0) / fine])
    width = float(COARSE if fine % COARSE == 0 else 1)
    start = np.arange(0, fine, width)
    low = np.stack(np.meshgrid(start, start), axis=-1).reshape(-1, 2)
    base = np.zeros(len(low), dtype=np.intp)
    unsure = 0
    while len(low):
        if len(low) > most:
            unsure += len(low) - most
            low, base = low[:most], base[:most]
        middle = low + width / 2
        winner, is_open = _open(chain, np.array([x0, y0]) + middle * side, width * side / 2, plane)
        if width <= 1:
            row, column = np.floor(low[:, 1]).astype(int), np.floor(low[:, 0]).astype(int)
            if width == 1:
                around = np.stack([labels[row + i, column + j] for i in (0, 1) for j in (0, 1)])
                base = around[0]
                is_open &= (around == base).all(axis=0) & (base >= 0)
            parts = int(2 / width)
            if parts > FINEST:
                lonely = ~_near(labels, detail)
                places = distinct((row * fine + column)[is_open])
                return Hidden(detail, unsure + int(lonely.ravel()[places].sum()))
            found = is_open & (winner != base)
            np.maximum.at(detail, (row[found], column[found]), parts)
        keep = np.repeat(is_open, 4)
        width /= 2
        steps = width * np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
        low = (low[:, None] + steps).reshape(-1, 2)[keep]
        base = np.repeat(base, 4)[keep]
    return Hidden(detail, unsure)


def _near(labels: Ints, detail: Ints) -> Bools:
    """Which squares have a line in them, or beside them."""
    corners = np.stack([labels[:-1, :-1], labels[:-1, 1:], labels[1:, :-1], labels[1:, 1:]])
    seen = np.pad((corners != corners[0]).any(axis=0) | (detail > 1), 1)
    rows = seen[:-2] | seen[1:-1] | seen[2:]
    return np.asarray(rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:])


def _open(chain: Chain, middles: Floats, half: Floats, plane: Plane) -> tuple[Ints, Bools]:
    """The winner (N,) in the middle of each square, and whether another may win within it."""
    parts = [
        _open_few(chain, middles[i : i + CHUNK], half, plane) for i in range(0, len(middles), CHUNK)
    ]
    winners, opens = zip(*parts, strict=True)
    return np.concatenate(winners), np.concatenate(opens)


def _open_few(chain: Chain, middles: Floats, half: Floats, plane: Plane) -> tuple[Ints, Bools]:
    origin, axes = plane
    state = middles @ axes.T + origin
    centre = np.broadcast_to(axes, (len(state), *axes.shape)).copy()
    radius = np.zeros_like(centre)
    layers = steps_of(chain)
    kept: list[tuple[Floats, Floats, Floats]] = []
    last = layers[-1] if layers else None
    if isinstance(last, Dense) and last.activation == "identity":
        layers.pop()
    else:
        last = None
    for layer in layers:
        if isinstance(layer, Keep):
            kept.append((state, centre, radius))
            continue
        if isinstance(layer, Add):
            here = (state, centre, radius)
            state, centre, radius = (a + b for a, b in zip(kept.pop(), here, strict=True))
            continue
        if isinstance(layer, Dense):
            state = state @ layer.weight.T + layer.bias
            centre = layer.weight @ centre
            radius = np.abs(layer.weight) @ radius
        assert not isinstance(layer, Softmax)
        reach = (np.abs(centre) + radius) @ half
        low, high = slope_range(layer.function, state - reach, state + reach)
        mean, spread = (low + high)[:, :, None] / 2, (high - low)[:, :, None] / 2
        radius = np.abs(mean) * radius + spread * (np.abs(centre) + radius)
        centre = mean * centre
        state = layer.function.f(state)
    weight = np.eye(state.shape[1]) if last is None else last.weight
    outputs = state if last is None else state @ last.weight.T + last.bias
    winner = outputs.argmax(axis=1)
    is_open = np.zeros(len(state), dtype=np.bool_)
    for label in distinct(winner):
        own = winner == label
        lead = weight[label] - np.delete(weight, label, axis=0)
        gap = outputs[own, label, None] - np.delete(outputs[own], label, axis=1)
        most = (np.abs(lead @ centre[own]) + np.abs(lead) @ radius[own]) @ half
        is_open[own] = (gap <= most).any(axis=1)
    return winner, is_open


def slope_range(function: ActivationFunction, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The least and the largest slope over intervals; a little more where many extrema are."""
    if function.units:
        columns = zip(function.units, low.T, high.T, strict=True)
        found = [slope_range(*column) for column in columns]
        least, most = (np.column_stack(each) for each in zip(*found, strict=True))
        return least, most
    first, last = function.derivative(low), function.derivative(high)
    least, most = np.minimum(first, last), np.maximum(first, last)
    # An interval that is somewhat too wide does no harm, and has been looked at before.
    reach = 2.0 ** np.ceil(np.log2(max(1.0, -float(low.min()), float(high.max()))))
    places, bottoms, tops = slope_events(function, -float(reach), float(reach))
    if len(places) > FEW_TURNS:
        inside = np.searchsorted(places, high) > np.searchsorted(places, low)
        return (
            np.where(inside, np.minimum(least, bottoms.min()), least),
            np.where(inside, np.maximum(most, tops.max()), most),
        )
    for place, bottom, top in zip(places, bottoms, tops, strict=True):
        inside = (low <= place) & (place <= high)
        least = np.where(inside, np.minimum(least, bottom), least)
        most = np.where(inside, np.maximum(most, top), most)
    return least, most
