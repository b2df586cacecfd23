"""Powers, the error function and relu by simpler functions, for those who have no others."""

from collections.abc import Callable
from functools import partial

import numpy as np

from warpviz.functions.node import ONE, Node, call, div, mul, neg, number, sub
from warpviz.functions.normal import TAIL

LARGEST_POWER = 64
"""Whole exponents up to here are products."""


def elementary(node: Node) -> Node | None:
    """The same by sums, products, quotients, comparisons, roots, e^x, ln x and others of one name.

    What a node joins stays as it is. None where a power has neither a number as its exponent nor a
    positive one as its base, and where it is too high.

    >>> from warpviz.functions import read, written
    >>> written(elementary(read("z**3")), "plain")
    'z·z·z'
    """
    rule = _RULES.get(node.kind)
    return node if rule is None else rule(*node.parts)


def _power(base: Node, exponent: Node) -> Node | None:
    """A power by products, a root or e^(b ln a)."""
    if not exponent.is_number:
        if base.is_number and base.number > 0:
            return call("exp", mul(exponent, number(np.log(base.number))))
        return None
    b = exponent.number
    if b == 0.5:
        return call("sqrt", base)
    if b != np.rint(b):
        return call("exp", mul(exponent, call("log", base)))
    if abs(b) > LARGEST_POWER:
        return None
    return div(ONE, _product(base, int(-b))) if b < 0 else _product(base, int(b))


def _product(base: Node, times: int) -> Node:
    if times == 1:
        return base
    half = _product(base, times // 2)
    square = Node("*", (half, half))
    return Node("*", (square, base)) if times % 2 else square


def _erf(x: Node) -> Node:
    """The error function by the normal distribution's tail, as `functions.normal` has it."""
    a = call("min", call("abs", mul(x, number(np.sqrt(2.0)))), number(TAIL["furthest"]))
    s = div(number(TAIL["half"]), Node("+", (a, number(TAIL["half"]))))
    u = sub(mul(s, number(TAIL["rise"])), number(TAIL["down"]))
    *lower, total = map(number, TAIL["polynomial"])
    for coefficient in reversed(lower):
        total = Node("+", (mul(total, u), coefficient))
    bell = call("exp", mul(mul(a, a), number(-0.5)))
    size = sub(ONE, mul(number(2.0), mul(mul(total, s), bell)))
    return call("where", Node("<", (x, number(0.0))), neg(size), size)


_RULES: dict[str, Callable[..., Node | None]] = {
    "**": _power,
    "erf": _erf,
    "relu": partial(call, "max", number(0.0)),
}
