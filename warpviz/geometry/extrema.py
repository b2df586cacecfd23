"""Where the slope of an activation turns: nodes between which it is monotone."""

from functools import lru_cache

import numpy as np

from warpviz.arrays import Floats, distinct
from warpviz.model.activations.function import ActivationFunction

NODES_PER_UNIT = 64  # to begin with: the slopes of the built-in activations vary on a scale of 1
MOST_NODES = 65_536
SEEN = 0.98
"""Nodes are enough when twice as many see hardly more of how far the slope goes up and down."""
TREMBLES = 1e-13
"""Of the largest slope: what changes less is rounding."""
HALVINGS = 60  # from 1/64 to the spacing of floating-point numbers


@lru_cache(maxsize=256)
def monotone_nodes(activation: ActivationFunction, span: tuple[float, float]) -> Floats:
    """Nodes over the interval between which f' is monotone: a grid and all extrema of f'.

    The grid is made finer until it sees all that f' does, up to `MOST_NODES`; of sin(50 z) all
    turns are found over 500 units.
    """
    nodes, value = _seen(activation, *span)
    with np.errstate(invalid="ignore", over="ignore"):
        rise = np.sign(np.diff(value))
    turn = np.flatnonzero(rise[:-1] * rise[1:] < 0) + 1
    # Golden-section search of all extrema at once; `peak` makes each a maximum.
    peak = rise[turn - 1]
    left, right = nodes[turn - 1], nodes[turn + 1]
    part = 0.5 * (np.sqrt(5.0) - 1.0)
    for _ in range(HALVINGS):
        a, b = right - part * (right - left), left + part * (right - left)
        first = peak * activation.derivative(a) > peak * activation.derivative(b)
        left, right = np.where(first, left, a), np.where(first, b, right)
    low, high = span
    bends = np.array([at for at in activation.branches if low <= at < high])
    beside = np.nextafter(bends, np.inf)  # f' may jump there
    found = distinct(np.concatenate([nodes, 0.5 * (left + right), bends, beside]))
    found.setflags(write=False)
    return found


def _seen(activation: ActivationFunction, low: float, high: float) -> tuple[Floats, Floats]:
    """A grid over an interval, and f' at its nodes."""
    count = int(np.clip((high - low) * NODES_PER_UNIT, 2, MOST_NODES))
    nodes = np.linspace(low, high, count + 1)
    value = activation.derivative(nodes)
    while count < MOST_NODES:
        count *= 2
        finer = np.linspace(low, high, count + 1)
        more = activation.derivative(finer)
        with np.errstate(invalid="ignore", over="ignore"):  # of a slope that overflows somewhere
            known, all_of_it = (float(np.abs(np.diff(each)).sum()) for each in (value, more))
        nodes, value = finer, more
        if not known < SEEN * all_of_it:
            break
    return nodes, value


@lru_cache(maxsize=256)
def slope_events(
    activation: ActivationFunction, low: float, high: float
) -> tuple[Floats, Floats, Floats]:
    """Where within an interval f' has an extremum or jumps, and its least and largest value there.

    >>> from warpviz.model.activations import ACTIVATIONS
    >>> [x.tolist() for x in slope_events(ACTIVATIONS["relu"], -1.0, 2.0)]
    [[0.0], [0.0], [1.0]]
    """
    if activation.breakpoints is not None:
        bends = np.array([b for b in activation.breakpoints if low <= b <= high])
        beside = np.stack(
            [activation.derivative(bends - 1e-9), activation.derivative(bends + 1e-9)]
        )
        return bends, beside.min(axis=0, initial=np.inf), beside.max(axis=0, initial=-np.inf)
    nodes = monotone_nodes(activation, (low, high))
    value = activation.derivative(nodes)
    rise = np.diff(value)
    # Where the slope stays the same, or trembles by rounding, it does not turn.
    moves = np.flatnonzero(np.abs(rise) > TREMBLES * np.abs(value).max())
    turn = moves[1:][rise[moves[1:]] * rise[moves[:-1]] < 0]
    return nodes[turn], value[turn], value[turn]
