"""Statements about points, beside Python's own arithmetic of single numbers."""

import math

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.functions.statements import sides, where_it_holds

RNG = np.random.default_rng(0)
POINTS = {"x": RNG.normal(size=200) * 3, "y": RNG.normal(size=200) * 3}


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("y > sin(x)", "y > math.sin(x)"),
        ("x**2 + y**2 <= 4", "x*x + y*y <= 4"),
        ("x² + y² ≤ 4", "x*x + y*y <= 4"),
        ("x^3 >= y", "x**3 >= y"),
        ("0 < x < 1 or y < -1", "0 < x < 1 or y < -1"),
        ("not (x > 0 and y > 0)", "not (x > 0 and y > 0)"),
        ("(x > 0) & ~(y > 0) | (x < -2)", "(x > 0 and not y > 0) or x < -2"),
        ("(x > 0) == (y > 0)", "(x > 0) == (y > 0)"),
        ("(x > 0) != (y > 0)", "(x > 0) != (y > 0)"),
        ("max(abs(x), abs(y)) < pi/2", "max(abs(x), abs(y)) < math.pi/2"),
        ("where(x > 0, y, -y) > 1", "(y if x > 0 else -y) > 1"),
    ],
)
def test_they_hold_where_python_says(text: str, python: str) -> None:
    holds, defined = where_it_holds(text, POINTS)
    right = [
        eval(python, {"math": math, "max": max, "abs": abs}, {"x": x, "y": y})
        for x, y in zip(POINTS["x"].tolist(), POINTS["y"].tolist(), strict=True)
    ]
    assert holds.tolist() == right and defined.all()


def test_values_and_where_they_are_defined() -> None:
    values, defined = where_it_holds("log(x)*y", POINTS)
    positive = POINTS["x"] > 0
    assert (defined == positive).all()
    right = np.log(POINTS["x"][positive]) * POINTS["y"][positive]
    np.testing.assert_allclose(values[positive], right, rtol=1e-14)
    holds, defined = where_it_holds("not y < log(x)", POINTS)
    assert not holds[~defined].any() or (defined == positive).all()


def test_names_of_both_sides() -> None:
    for sign, opposite in (
        ("<", "≥"),
        ("<=", ">"),
        (">", "≤"),
        (">=", "<"),
        ("==", "≠"),
        ("!=", "="),
    ):
        assert sides(f"y {sign} x")[1] == f"y {opposite} x"
    assert sides(" x>0  and y>0") == ("x>0 and y>0", "elsewhere")


NONE = ["x is y", "x in y", "[x] < y", "x.real > 0", "lambda: 1", "f(x) > 0", "x < y < 'a'"]
NONE += ["(" * 60 + "x" + ")" * 60 + " > " + "-" * 60 + "y", "x" * 500]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_is_told(text: str) -> None:
    with pytest.raises(WarpvizError):
        where_it_holds(text, POINTS)


@pytest.mark.parametrize("joined", ["({})==x", "not({})", "({})&x"])
def test_what_is_nested_too_deep_is_refused(joined: str) -> None:
    text = "x>0"
    for _ in range(60):
        text = joined.format(text)
    with pytest.raises(WarpvizError, match="nested more than"):
        where_it_holds(text, POINTS)
