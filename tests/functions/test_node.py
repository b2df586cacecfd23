"""What is left out changes no value; Python's own arithmetic is the oracle."""

import operator
from collections.abc import Callable

import numpy as np
import pytest

from warpviz.functions import value
from warpviz.functions.node import (
    ARITY,
    FUNCTIONS,
    ONE,
    ZERO,
    Node,
    Z,
    add,
    call,
    div,
    mul,
    neg,
    number,
    power,
    sub,
)  # fmt: skip

AT = np.array([0.3, 1.7, 2.5])
PARTS = [ZERO, ONE, number(-2.0), number(0.5), Z, neg(Z), call("sin", Z), add(Z, ONE)]
JOINS: dict[str, tuple[Callable[[Node, Node], Node], Callable[..., np.ndarray]]] = {
    "add": (add, operator.add), "sub": (sub, operator.sub), "mul": (mul, operator.mul),
    "div": (div, operator.truediv),
}  # fmt: skip


def at(node: Node) -> np.ndarray:
    return np.broadcast_to(np.asarray(value(node, AT), dtype=float), AT.shape)


@pytest.mark.parametrize("name", JOINS)
def test_short_forms_have_the_value_of_the_long_ones(name: str) -> None:
    join, oracle = JOINS[name]
    for a in PARTS:
        for b in PARTS:
            if name == "div" and b == ZERO:
                continue
            joined = join(a, b)
            np.testing.assert_allclose(at(joined), oracle(at(a), at(b)), atol=1e-15)
            assert joined.size <= a.size + b.size + 1
            assert joined.constant == (a.constant and b.constant) or ZERO in (a, b) or a == b
            if a.is_number and b.is_number and name != "div":
                assert joined.is_number


def test_what_changes_nothing_is_left_out() -> None:
    assert add(Z, ZERO) is Z and add(ZERO, Z) is Z and sub(Z, ZERO) is Z
    assert mul(Z, ONE) is Z and mul(ONE, Z) is Z and div(Z, ONE) is Z and power(Z, ONE) is Z
    assert mul(Z, ZERO) == ZERO == mul(ZERO, Z) == div(ZERO, Z)
    assert power(Z, ZERO) == ONE and power(Z, number(2)) == Node("**", (Z, number(2)))
    assert sub(ZERO, Z) == neg(Z) and neg(neg(Z)) is Z and add(ONE, neg(Z)) == sub(ONE, Z)
    assert neg(ZERO) == ZERO and str(neg(ZERO).number) == "0.0"


@pytest.mark.parametrize("turned", [False, True])
def test_patterns_that_overflow_are_functions_of_their_own(turned: bool) -> None:
    grown, fallen = call("exp", Z), call("exp", neg(Z))

    def one_and(e: Node) -> Node:
        return add(e, ONE) if turned else add(ONE, e)

    assert div(ONE, one_and(fallen)) == call("sigmoid", Z)
    assert div(Z, one_and(fallen)) == mul(Z, call("sigmoid", Z))
    assert div(ONE, one_and(grown)) == call("sigmoid", neg(Z))
    double = call("exp", mul(number(-2), Z))
    assert div(ONE, one_and(double)) == call("sigmoid", mul(number(2), Z))
    assert call("log", one_and(grown)) == call("softplus", Z) == call("log1p", grown)
    assert call("log", Z).kind == "log" and call("log1p", Z).kind == "log1p"
    assert div(ONE, add(number(2), fallen)).kind == "/"


def test_nodes_are_values() -> None:
    assert hash(add(Z, ONE)) == hash(add(Z, ONE)) and add(Z, ONE) == add(Z, ONE)
    assert add(Z, ONE) != add(ONE, Z) and number(1) != number(2)
    assert (Z.constant, ONE.constant, add(Z, ONE).constant) == (False, True, False)
    assert (Z.size, add(Z, ONE).size, call("where", Z, ONE, ZERO).size) == (1, 3, 4)
    assert set(FUNCTIONS) == {kind for kind, n in ARITY.items() if n == 1} - {"neg"}
