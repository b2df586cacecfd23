"""Signs of formulas, also where their values are too small or too large for a float.

Beside its value in floating point a part of a formula has its sign and the logarithm of its size:
of 0.1**1000, where numpy has 0, they are 1 and −2302.6. What is not defined has no sign.

    node, z ── sign ──► −1, 0, 1, NaN
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from warpviz.arrays import Floats
from warpviz.functions.node import Node
from warpviz.functions.numbers import NUMPY


class Sized(NamedTuple):
    """Numbers by sign and size.

    Attributes:
        value: as floating point has them: 0 where too small, infinite where too large.
        sign: −1, 0, 1, or NaN.
        log: the natural logarithm of the size.
    """

    value: Any
    sign: Any
    log: Any


Pair = tuple[Any, Any]
"""Signs and logarithms."""


def sign(node: Node, z: Floats) -> Floats:
    """The sign of a formula's true value: −1, 0, 1, or NaN where it is not defined.

    >>> from warpviz.functions import read
    >>> sign(read("z**999"), np.array([-0.1, 0.0, 1e9])), sign(read("1/z"), np.zeros(1))
    (array([-1.,  0.,  1.]), array([nan]))
    """
    with np.errstate(all="ignore"):
        found = _sized(node, np.asarray(z, dtype=np.float64), {})
    return np.broadcast_to(found.sign + 0.0, np.shape(z)).copy()


def _sized(node: Node, z: Floats, known: dict[Node, Any]) -> Any:
    if node.kind in ("z", "number"):
        return _of(z if node.kind == "z" else np.float64(node.number))
    if node not in known:
        parts = [_sized(part, z, known) for part in node.parts]
        if node.kind in ("<", "<="):
            known[node] = _RULES[node.kind](*parts)
        else:
            known[node] = _joined(node.kind, parts)
    return known[node]


def _of(value: Any) -> Sized:
    return Sized(value, np.sign(value), np.log(np.abs(value)))


def _joined(kind: str, parts: list[Any]) -> Sized:
    """By floating point where it can tell, else by signs and sizes."""
    numbers = [part.value if isinstance(part, Sized) else part for part in parts]
    plain = _of(NUMPY[kind](*numbers))
    signs, logs = _RULES[kind](*parts)
    told = np.isfinite(plain.value) & (plain.value != 0)
    return Sized(plain.value, np.where(told, plain.sign, signs), np.where(told, plain.log, logs))


def _sum(a: Sized, b: Sized) -> Pair:
    same = a.sign == b.sign
    larger, high, low = a.log > b.log, np.maximum(a.log, b.log), np.minimum(a.log, b.log)
    apart = np.exp(np.where(low == high, 0.0, low - high))
    gone = ~same & (low == high)
    signs = np.where(gone, 0.0, np.where(larger, a.sign, b.sign)) + 0.0 * (a.sign + b.sign)
    rest = np.log1p(np.where(same, apart, -apart))
    return signs, np.where(gone, -np.inf, high + np.where(high == -np.inf, 0.0, rest))


def _product(a: Sized, b: Sized) -> Pair:
    signs = a.sign * b.sign
    return signs, np.where(signs == 0, -np.inf, a.log + b.log)


def _quotient(a: Sized, b: Sized) -> Pair:
    signs = np.where(b.sign == 0, np.nan, a.sign * b.sign)
    return signs, np.where(signs == 0, -np.inf, a.log - b.log)


def _power(a: Sized, b: Sized) -> Pair:
    odd = np.mod(b.value, 2.0)
    of_negative = np.where(odd == 1, -1.0, np.where(odd == 0, 1.0, np.nan))
    of_zero = np.where(b.sign > 0, 0.0, np.where(b.sign == 0, 1.0, np.nan))
    signs = np.where(a.sign > 0, 1.0, np.where(a.sign < 0, of_negative, of_zero))
    logs = np.where(b.sign == 0, 0.0, b.value * a.log)
    return signs + 0.0 * (a.sign + b.sign), np.where(signs == 0, -np.inf, logs)


def _negative(a: Sized) -> Sized:
    return Sized(-a.value, -a.sign, a.log)


def _less(a: Sized, b: Sized) -> Any:
    return _sum(a, _negative(b))[0] < 0


def _chosen(test: Any, a: Sized, b: Sized) -> Pair:
    return np.where(test, a.sign, b.sign), np.where(test, a.log, b.log)


def _larger(a: Sized, b: Sized) -> Pair:
    signs, logs = _chosen(_less(a, b), b, a)
    return signs + 0.0 * (a.sign + b.sign), logs


def _smaller(a: Sized, b: Sized) -> Pair:
    signs, logs = _chosen(_less(a, b), a, b)
    return signs + 0.0 * (a.sign + b.sign), logs


def _exp(a: Sized) -> Pair:
    return np.ones_like(a.sign) + 0.0 * a.sign, a.value


def _log(a: Sized) -> Pair:
    found = _of(a.log)  # of what is too large or too small, too
    return np.where(a.sign > 0, found.sign, np.nan), found.log


def _log1p(a: Sized) -> Pair:
    return np.where(a.value > -1.0, a.sign, np.nan), a.log


def _near_0(a: Sized) -> Pair:
    """Of functions with f(0) = 0 and f′(0) = 1, or nearly: they are what they are of."""
    return a.sign, a.log


_ZERO = Sized(0.0, 0.0, -np.inf)
_RULES: dict[str, Callable[..., Any]] = {
    "+": _sum, "-": lambda a, b: _sum(a, _negative(b)), "*": _product, "/": _quotient,
    "**": _power, "max": _larger, "min": _smaller, "where": _chosen,
    "neg": lambda a: _negative(a)[1:], "abs": lambda a: (np.abs(a.sign), a.log),
    "relu": lambda a: _larger(a, _ZERO), "<": _less, "<=": lambda a, b: ~_less(b, a),
    "exp": _exp, "log": _log, "log1p": _log1p,
    "sqrt": lambda a: (np.where(a.sign < 0, np.nan, a.sign), a.log / 2),
    # Below, floating point ends only where what they are of is far from 0, and they are e^a.
    "softplus": _exp, "sigmoid": _exp,
    "cos": lambda a: _of(np.cos(a.value))[1:],
    **dict.fromkeys(("sin", "tanh", "erf", "expm1"), _near_0),
}  # fmt: skip
