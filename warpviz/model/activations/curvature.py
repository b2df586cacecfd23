"""f″(z) of an activation, from its formula: for derivatives of gradients."""

from functools import cache

import numpy as np

from warpviz.arrays import Floats
from warpviz.functions import Node, read, slope, value
from warpviz.model.activations.function import ActivationFunction

APART = 1e-4
"""Half the way between the two slopes whose difference stands in where the formula overflows."""


def curvature(function: ActivationFunction, z: Floats) -> Floats | None:
    """f″ at z (N, D), the slope of the slope; 0 on straight pieces, and where they meet.

    Args:
        function: f.
        z: a column for each unit.

    Returns:
        (N, D), or None for a function without a formula that is not made of straight pieces.

    >>> from warpviz.model import ACTIVATIONS
    >>> curvature(ACTIVATIONS["sin"], np.array([[np.pi / 2, -np.pi / 2]])).round(12).tolist()
    [[-1.0, 1.0]]
    """
    if function.units:
        found = [curvature(own, z[:, [k]]) for k, own in enumerate(function.units)]
        known = [each for each in found if each is not None]
        return np.hstack(known) if len(known) == len(found) else None
    if function.breakpoints is not None:
        return np.zeros_like(z)
    if not function.formula:
        return None
    with np.errstate(all="ignore"):
        bend = np.broadcast_to(value(_second(function.formula), z), z.shape)
        if np.isfinite(bend).all():
            return np.array(bend)
        rise = function.derivative(z + APART) - function.derivative(z - APART)
        return np.where(np.isfinite(bend), bend, rise / (2 * APART))


@cache
def _second(formula: str) -> Node:
    return slope(slope(read(formula)))
