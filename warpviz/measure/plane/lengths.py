"""How long the images of straight lines of the sheet are."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.measure.stretch import stretches


def length_factor(jacobians: Floats, areas: Floats) -> float | None:
    """How long the images of straight lines are, as a part of the lines: 1 keeps lengths.

    The mean of ‖J u‖ over all directions u, (2/π) σ₁ E(1 − σ₂²/σ₁²) with the singular values of
    J and the complete elliptic integral E, averaged over the area: what straight lines that cross
    the sheet anywhere in any direction become (Crofton's measure). As in Hanin, Jeong & Rolnick,
    Deep ReLU networks preserve expected length, 2021, arXiv:2102.10492.

    Args:
        jacobians: (R, D, 2) of pieces of the sheet.
        areas: (R,) of them.

    Returns:
        At least 0; None where there is no area.

    Raises:
        WarpvizError: a value is not finite.

    >>> import numpy as np
    >>> length_factor(np.array([3.0 * np.eye(2), np.zeros((2, 2))]), np.array([1.0, 3.0]))
    0.75
    """
    total = float(areas.sum())
    larger, smaller = stretches(jacobians)
    return float(mean_stretch(larger, smaller) @ (areas / total)) if total > 0 else None


def mean_stretch(larger: Floats, smaller: Floats) -> Floats:
    """The mean of ‖J u‖ over all directions u, for J of two singular values: (R,) each.

    E of the elliptic integral by the arithmetic-geometric mean (Gauss; Abramowitz & Stegun 17.6).
    """
    thin = smaller <= 1e-12 * larger
    ratio = np.where(thin, 1.0, smaller / np.where(larger > 0, larger, 1.0))
    a, b = np.ones_like(ratio), ratio
    rest, power = 1.0 - (1.0 - ratio * ratio) / 2, 1.0
    while np.any(np.abs(a - b) > 1e-15 * a):
        c = (a - b) / 2
        a, b = (a + b) / 2, np.sqrt(a * b)
        rest -= power * c * c
        power *= 2.0
        if power > 2.0**12:
            break  # it converges quadratically: what still differs is rounding
    return np.asarray(larger * np.where(thin, 2 / np.pi, rest / a))
