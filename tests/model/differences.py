"""The oracle of gradients: central differences."""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats


def differences(f: Callable[[Floats], float], at: Floats, step: float = 1e-6) -> Floats:
    """Gradient of f at a point of any shape, one entry at a time."""
    slopes = np.empty_like(at)
    for index in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[index] += step
        down[index] -= step
        slopes[index] = (f(up) - f(down)) / (2 * step)
    return slopes
