"""Which activation a formula is: frameworks write gelu, say, as a product with an error function.

A function of one number that frameworks spell out is told from its values on a line.
"""

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.parts import Scale, scale
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.activations.records import PARAMETERISED

PROBES: Floats = np.concatenate([np.linspace(-12.0, 12.0, 481), [-60.0, -30.0, 30.0, 60.0]])
"""(M,) where functions are compared."""
_FORWARD = np.arange(len(PROBES))
_ORDERS = (_FORWARD, np.roll(_FORWARD, 7), _FORWARD[::-1])
SHEET: Floats = np.column_stack([PROBES[order] for order in _ORDERS])
"""(M, 3) the same in several columns, each in an order of its own."""
RELATIVE, ABSOLUTE = 1e-5, 2e-6
"""How far apart single precision may leave equal functions."""


def unit_by_unit(whole: Floats, half: Floats) -> Floats | None:
    """The values at `PROBES` of what acts on every number alone; None for what mixes them.

    Args:
        whole: what comes of `SHEET`.
        half: what comes of every second row of it.
    """
    if whole.shape != SHEET.shape or half.shape != SHEET[::2].shape:
        return None
    values = whole[:, 0]
    same = np.allclose(half, whole[::2], RELATIVE, ABSOLUTE, equal_nan=True)
    alone = all(
        np.allclose(whole[:, i], values[order], RELATIVE, ABSOLUTE, equal_nan=True)
        for i, order in enumerate(_ORDERS)
    )
    return values if same and alone else None


def recognised(values: Floats) -> str | Scale | None:
    """What has these values (M,) at `PROBES`: an activation's name, a scale, or None.

    >>> recognised(PROBES / (1 + np.exp(-PROBES))), recognised(np.maximum(0.25 * PROBES, PROBES))
    ('silu', 'leaky_relu:0.25')
    """
    values = np.asarray(values, dtype=np.float64)
    if values.shape != PROBES.shape or not np.isfinite(values).all():
        return None
    shift = float(np.interp(0.0, PROBES, values))
    slope = float(np.interp(1.0, PROBES, values)) - shift
    if np.allclose(values, slope * PROBES + shift, RELATIVE, ABSOLUTE):
        return "identity" if (slope, shift) == (1.0, 0.0) else scale(slope, shift)
    below = float(np.interp(-1.0, PROBES, values))
    names = [*ACTIVATIONS]
    if np.allclose(values[PROBES > 0], PROBES[PROBES > 0], RELATIVE, ABSOLUTE):
        numbers = -below, below / float(np.expm1(-1.0))
        stems = zip(("leaky_relu", "elu"), numbers, strict=True)
        names += [with_parameter(stem, float(f"{number:.6g}")) for stem, number in stems]
    for name in names:
        with np.errstate(over="ignore"):
            known: Floats = ACTIVATIONS[name].f(PROBES)
        if np.allclose(values, known, RELATIVE, ABSOLUTE):
            return str(name)
    return None


def with_parameter(stem: str, value: float) -> str:
    """An activation's name with its parameter as it was meant: 0.2, not 0.20000000298.

    >>> with_parameter("leaky_relu", float(np.float32(0.2))), with_parameter("elu", 1.0)
    ('leaky_relu:0.2', 'elu')
    """
    if np.float32(value) == value:  # a number of single precision, in its shortest digits
        value = float(str(np.float32(value)))
    if value == PARAMETERISED[stem][1]:
        return stem
    return "relu" if (stem, value) == ("leaky_relu", 0.0) else f"{stem}:{value!r}"
