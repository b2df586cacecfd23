"""Which activation a formula is: frameworks write gelu, say, as a product with an error function.

A function of one number that frameworks spell out is told from its values on a line.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.convert.parts import Scale, scale
from warpviz.errors import WarpvizError
from warpviz.functions import Node, value, written
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.activations.families import name_of
from warpviz.model.activations.records import FAMILIES

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
    plain = [name for name in ACTIVATIONS if name not in FAMILIES]
    for name in (*plain, *_guesses(values, shift, slope), *FAMILIES):
        with np.errstate(over="ignore"):
            known: Floats = ACTIVATIONS[name].f(PROBES)
        if np.allclose(values, known, RELATIVE, ABSOLUTE):
            return str(name)
    return None


def _guesses(values: Floats, shift: float, slope: float) -> list[str]:
    """What the values may be of activations that have numbers of their own."""
    below, low, high = float(np.interp(-1.0, PROBES, values)), values.min(), values.max()
    part = float(PROBES[-1] - values[-1])
    numbers: list[tuple[str, tuple[float, ...]]] = []
    if np.allclose(values[PROBES > 0], PROBES[PROBES > 0], RELATIVE, ABSOLUTE):
        numbers += [("leaky_relu", (-below,)), ("elu", (below / math.expm1(-1.0),))]
        numbers += [("celu", (-low,))] if low < 0 else []
    elif values[0] == low < high == values[-1]:
        numbers += [("hardtanh", (low, high)), ("hardsigmoid", (slope, shift))]
    elif low >= 0 < shift:
        numbers += [("softplus", (math.log(2.0) / shift,))]
    elif 0 < part < PROBES[-1]:
        numbers += [("softshrink", (part,))]
    return [
        with_numbers(stem, *(float(f"{number:.6g}") + 0.0 for number in given))
        for stem, given in numbers
    ]


def formula_of(tree: Node) -> str | None:
    """A formula as an activation's name, None for one that cannot be."""
    text = written(tree, "formula")
    try:
        own = ACTIVATIONS[text].f(PROBES)
    except WarpvizError:
        return None
    with np.errstate(all="ignore"):
        same = np.allclose(own, value(tree, PROBES), RELATIVE, ABSOLUTE, equal_nan=True)
    return text if same else None


def with_numbers(stem: str, *given: float) -> str:
    """An activation's name with its numbers as they were meant: 0.2, not 0.20000000298.

    >>> with_numbers("leaky_relu", float(np.float32(0.2))), with_numbers("elu", 1.0)
    ('leaky_relu:0.2', 'elu')
    >>> with_numbers("hardtanh", -2, 1), with_numbers("hardtanh", 0, 6)
    ('hardtanh:-2', 'relu6')
    """
    usual = FAMILIES[stem].__defaults__ or ()
    numbers = [meant(value, usual[k] if k < len(usual) else None) for k, value in enumerate(given)]
    while numbers and numbers[-1:] == list(usual[len(numbers) - 1 : len(numbers)]):
        numbers.pop()
    name = name_of(stem, *numbers)
    return OWN_NAMES.get(name, name)


OWN_NAMES = {
    "leaky_relu:0": "relu",
    "prelu:0": "relu",
    "prelu:0.25": "prelu",
    "hardtanh:0:6": "relu6",
}
"""Activations with numbers that have a name of their own."""


def meant(value: float, usual: float | None = None) -> float:
    """A number of single precision as the usual one that it means, or in its shortest digits."""
    if usual is not None and np.float32(value) == np.float32(usual):
        return usual
    return float(str(np.float32(value))) if np.float32(value) == value else float(value)


def called(library: str, kind: str, given: Callable[[str], Any]) -> str | None:
    """The activation that another library calls so, None for no single one.

    Args:
        library: "torch" or "onnx", as the records have it.
        kind: its module or operator.
        given: the value that it has of a word of theirs.

    >>> called("torch", "ELU", {"alpha": 0.5}.get), called("torch", "Linear", {}.get)
    ('elu:0.5', None)
    """
    for name, record in ACTIVATIONS.items():
        theirs = getattr(record, library)
        if theirs is None or theirs[0] != kind:
            continue
        values = [_like(given(word), usual) for word, usual in theirs[1].items()]
        if name in FAMILIES:
            name = with_numbers(name, *values[: len(FAMILIES[name].__defaults__ or ())])
        own = getattr(ACTIVATIONS[name], library)
        if own is not None and [*own[1].values()] == values:
            return str(name)
    return None


def _like(value: Any, usual: Any) -> Any:
    """A value of a file or a module as the records have it."""
    if isinstance(value, bytes):
        return value.decode()
    return meant(float(value), usual) if isinstance(usual, float) else value


def clipped(low: float | None, high: float | None) -> str:
    """What ends at a least and a largest number, or at one of them.

    >>> clipped(0.0, None), clipped(-1.0, 1.0), clipped(None, 2.0)
    ('relu', 'hardtanh', 'min(z, 2.0)')
    """
    if low is not None and high is not None:
        return with_numbers("hardtanh", low, high)
    if low is not None:
        return "relu" if low == 0 else f"max(z, {meant(low)!r})"
    return "identity" if high is None else f"min(z, {meant(high)!r})"
