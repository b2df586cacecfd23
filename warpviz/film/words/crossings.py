"""Along how many lines an activation bends the sheet, and what it is called."""

from collections.abc import Mapping

import numpy as np

from warpviz.arrays import Floats
from warpviz.geometry.folds import fold_points
from warpviz.model.activations.function import ActivationFunction

SURE = 1e-12
"""A unit crosses a level when it is on both sides of it by more than this part of its size."""


def crossings(
    function: ActivationFunction, z: Floats, bends: Mapping[int, int] | None = None
) -> int:
    """How many different lines of the sheet an activation bends or folds along.

    A line is where a unit crosses a level at which f bends (or, where f is smooth, f' changes its
    sign); units that do so in the same places count once.

    Args:
        function: f.
        z: (V, D) its input all over the sheet.
        bends: as for `bending_words`.
    """
    if bends is not None:
        return len(set(bends.values()))
    scale = np.abs(z).max(axis=0)
    seen: set[bytes] = set()
    for unit in range(z.shape[1]):
        if scale[unit] == 0.0:
            continue
        low, high = float(z[:, unit].min()), float(z[:, unit].max())
        if function.breakpoints is not None:
            levels = list(function.breakpoints)
        else:
            levels = fold_points(function, 1.0, (low, high)).tolist() if low < high else []
            levels += [*function.jumps]
        for level in levels:
            away = z[:, unit] - level
            sure = SURE * (scale[unit] + abs(level))
            if not (away.min() < -sure and away.max() > sure):
                continue
            # The same zero line up to scale and sign: the same line.
            shape = away / away[np.abs(away).argmax()]
            seen.add((np.rint(shape * 1e9) + 0.0).tobytes())
    return len(seen)


def spoken(function: ActivationFunction) -> str:
    """An activation's name as one says it: no parameter, no underscore.

    >>> from warpviz.model import ACTIVATIONS
    >>> spoken(ACTIVATIONS["leaky_relu:0.2"]), spoken(ACTIVATIONS["gelu_tanh"])
    ('leaky relu', 'gelu tanh')
    """
    return function.name.partition("=")[0].partition(":")[0].replace("_", " ")
