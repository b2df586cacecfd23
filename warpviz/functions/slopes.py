"""Derivatives of formulas, as formulas.

Where two pieces meet, the slope is that on the left: of max(a, b) at a tie it is the smaller of
the two slopes, because on the left the piece with the smaller slope lies higher.
"""

from collections.abc import Callable

from warpviz.functions.node import (
    ONE,
    ZERO,
    Node,
    add,
    call,
    div,
    mul,
    neg,
    number,
    power,
    sub,
)

_TWO_OVER_ROOT_PI = number(1.1283791670955126)


def slope(node: Node) -> Node:
    """f′(z) of f(z); at a kink, the slope on the left.

    >>> from warpviz.functions import read, value
    >>> import numpy as np
    >>> value(slope(read("max(z, -0.5*z)")), np.array([-1.0, 0.0, 1.0]))
    array([-0.5, -0.5,  1. ])
    """
    return _slope(node, {})


def _slope(node: Node, known: dict[Node, Node]) -> Node:
    if node.kind == "z":
        return ONE
    if node.constant:
        return ZERO
    if node not in known:
        known[node] = _RULES[node.kind](node, [_slope(part, known) for part in node.parts])
    return known[node]


def _product(node: Node, slopes: list[Node]) -> Node:
    (a, b), (da, db) = node.parts, slopes
    return add(mul(da, b), mul(a, db))


def _quotient(node: Node, slopes: list[Node]) -> Node:
    b, (da, db) = node.parts[1], slopes
    if db == ZERO:
        return div(da, b)
    # (a/b)′ = (a′ − (a/b) b′) / b: no square that could overflow.
    return div(sub(da, mul(node, db)), b)


def _power(node: Node, slopes: list[Node]) -> Node:
    (a, b), (da, db) = node.parts, slopes
    if db == ZERO:
        lower = number(b.number - 1) if b.is_number else sub(b, ONE)
        return mul(mul(b, power(a, lower)), da)
    inner = add(mul(db, call("log", a)), mul(b, div(da, a)))
    return mul(node, inner)


def _larger(node: Node, slopes: list[Node]) -> Node:
    (a, b), (da, db) = node.parts, slopes
    tie = call("min", da, db) if da != db else da
    return call("where", Node("<", (b, a)), da, call("where", Node("<", (a, b)), db, tie))


def _smaller(node: Node, slopes: list[Node]) -> Node:
    (a, b), (da, db) = node.parts, slopes
    tie = call("max", da, db) if da != db else da
    return call("where", Node("<", (a, b)), da, call("where", Node("<", (b, a)), db, tie))


def _relu(node: Node, slopes: list[Node]) -> Node:
    return _larger(call("max", ZERO, node.parts[0]), [ZERO, slopes[0]])


def _abs(node: Node, slopes: list[Node]) -> Node:
    (a,), (da,) = node.parts, slopes
    return _larger(call("max", a, neg(a)), [da, neg(da)])


def _where(node: Node, slopes: list[Node]) -> Node:
    test = node.parts[0]
    _, d_then, d_otherwise = slopes
    if d_then == d_otherwise:
        return d_then
    # At a tie of a and b, on the left of z: a < b holds there if a rises more than b.
    a, b = test.parts
    tie = call("where", Node("<", (slope(b), slope(a))), d_then, d_otherwise)
    below = call("where", Node("<", (b, a)), d_otherwise, tie)
    return call("where", Node("<", (a, b)), d_then, below)


_INNER: dict[str, Callable[[Node, Node], Node]] = {
    "neg": lambda f, a: number(-1.0),
    "exp": lambda f, a: f,
    "log": lambda f, a: div(ONE, a),
    "log1p": lambda f, a: div(ONE, add(ONE, a)),
    "expm1": lambda f, a: call("exp", a),
    "sqrt": lambda f, a: div(number(0.5), f),
    "sin": lambda f, a: call("cos", a),
    "cos": lambda f, a: neg(call("sin", a)),
    "tanh": lambda f, a: sub(ONE, mul(f, f)),
    "sigmoid": lambda f, a: mul(f, call("sigmoid", neg(a))),
    "softplus": lambda f, a: call("sigmoid", a),
    "erf": lambda f, a: mul(_TWO_OVER_ROOT_PI, call("exp", neg(mul(a, a)))),
}
"""f′(a) of functions of one number, given f(a) and a."""


def _chained(node: Node, slopes: list[Node]) -> Node:
    outer = _INNER[node.kind](node, node.parts[0])
    if node.kind in ("sqrt", "log", "log1p") and not slopes[0].constant:
        # Where what is inside does not move, nothing does, though the outer slope be infinite.
        moves = Node("<", (ZERO, call("abs", slopes[0])))
        return call("where", moves, mul(outer, slopes[0]), ZERO)
    return neg(slopes[0]) if node.kind == "neg" else mul(outer, slopes[0])


_RULES: dict[str, Callable[[Node, list[Node]], Node]] = {
    "+": lambda node, slopes: add(*slopes),
    "-": lambda node, slopes: sub(*slopes),
    "*": _product,
    "/": _quotient,
    "**": _power,
    "max": _larger,
    "min": _smaller,
    "abs": _abs,
    "relu": _relu,
    "where": _where,
    "<": lambda node, slopes: ZERO,
    "<=": lambda node, slopes: ZERO,
    **dict.fromkeys(_INNER, _chained),
}
