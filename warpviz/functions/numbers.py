"""Values of formulas, by numpy."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.functions.node import Node
from warpviz.functions.normal import lower_tail

Array = npt.NDArray[Any]


def sigmoid(z: Array) -> Array:
    """1/(1 + e^−z); e^−|z| cannot overflow, and keeps both tails exact."""
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, np.ones_like(e)) / (1.0 + e)


def softplus(z: Array) -> Array:
    """ln(1 + e^z)."""
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0.0)


def erf(z: Array) -> Array:
    """The error function, to rounding also near 0."""
    double = np.asarray(z, dtype=np.float64)
    near = np.abs(double) < 0.5
    inside = np.where(near, double, 0.0)
    # 2/√π Σ (−1)^n z^(2n+1) / (n! (2n+1)): near 0, where 2Φ − 1 would lose its digits.
    square, term, total = inside * inside, inside.copy(), inside.copy()
    for n in range(1, 16):
        term = -term * square / n
        total += term / (2 * n + 1)
    far = 2.0 * lower_tail(np.sqrt(2.0) * double)[0] - 1.0
    return np.asarray(np.where(near, 1.1283791670955126 * total, far), dtype=np.result_type(z))


NUMPY: dict[str, Callable[..., Any]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "**": np.power,
    "neg": np.negative, "max": np.maximum, "min": np.minimum, "abs": np.abs, "where": np.where,
    "<": np.less, "<=": np.less_equal, "exp": np.exp, "log": np.log, "log1p": np.log1p,
    "expm1": np.expm1, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "tanh": np.tanh,
    "sigmoid": sigmoid, "softplus": softplus, "erf": erf, "relu": lambda z: np.maximum(z, 0.0),
}  # fmt: skip
"""Every kind of node that joins others, as a function of arrays."""


def value(node: Node, z: Floats) -> Floats:
    """A formula's values at z, in its shape and precision; equal parts are worked out once.

    What is not defined there is NaN, without a warning.
    """
    return values((node,), z)[0]


def values(nodes: Sequence[Node], z: Floats) -> list[Floats]:
    """The values of several formulas; what they have in common is worked out once."""
    known: dict[Node, Any] = {}
    with np.errstate(all="ignore"):
        found = [np.asarray(_value(node, z, known), dtype=z.dtype) for node in nodes]
    return [np.broadcast_to(each, z.shape).copy() for each in found]


def value_at(node: Node, points: Mapping[Node, Floats]) -> Floats:
    """A formula's values where each of its variables has some, (N,); NaN where it is undefined."""
    like = next(iter(points.values()))
    with np.errstate(all="ignore"):
        found = _value(node, like, dict(points))
    return np.broadcast_to(np.asarray(found, dtype=np.float64), like.shape).copy()


def _value(node: Node, z: Array, known: dict[Node, Any]) -> Any:
    if node.kind == "z":
        return z
    if node.kind == "number":
        return z.dtype.type(node.number)
    if node not in known:
        parts = [_value(part, z, known) for part in node.parts]
        known[node] = NUMPY[node.kind](*parts)
    return known[node]
