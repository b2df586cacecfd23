"""Expressions as people type them, and as attackers do."""

from pathlib import Path

import pytest
import sympy

from tests.explain.graphing.trees import tree_size
from warpviz.errors import WarpvizError
from warpviz.explain.graphing.parsing import parse

ATTACKS = [
    "__import__('os').system('touch exploded')", "9**9**9**9", "10^64^10", "2^1000", "1e400",
    "exp(1e9)", "1/0", "0^-1", "(" * 300 + "1" + ")" * 300, "sin(" * 60 + "x" + ")" * 60,
    "x.__class__.__mro__", "(lambda: 1)()", "[1,2]", "{1}", "'a'*9", "x if x else 1", "f(x)",
    "open('/etc/passwd')", "x; y", "x = 1", "", " ", "\x00", "x" * 501, "1j", "True", "x @ y",
    "1" * 400, "-" + "9" * 490, "((((1/10^4)^64)^64)^64)^64*x", "(((2/3)^64)^64)^64*x",
    "(10^4)^64*(10^4)^64*x",
    "exp(sqrt(-1))", "sinh(log(-1))", "sqrt(-1)*x", "max(sqrt(-1), x)", "(-8)^(1/3)",
    "asin(2)*x", "x[0]", "sin()", "sin(x, y)", "sin(x=1)", "+" * 200 + "1", "f'{x}'", "x < 1",
]  # fmt: skip


@pytest.mark.many(quick=29)
@pytest.mark.parametrize("evaluate", [True, False])
@pytest.mark.parametrize("text", ATTACKS)
def test_expressions_under_attack(
    text: str, evaluate: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WarpvizError) as caught:
        parse(text, evaluate=evaluate)
    assert len(str(caught.value)) < 300 and not list(tmp_path.iterdir())


def test_expressions_mean_what_they_say() -> None:
    x, a, b = sympy.symbols("x a b", real=True)
    assert parse("2*x^2 - sin(x)/3", ("x",)) == 2 * x**2 - sympy.sin(x) / 3
    assert parse("exp(-x**2) + pi*e", ("x",)) == sympy.exp(-(x**2)) + sympy.pi * sympy.E
    assert parse("+".join("x" * 60), ("x",)) == 60 * x
    assert parse("max(a, b) + abs(-a)") == sympy.Max(a, b) + sympy.Abs(a)
    assert tree_size(parse("a + a + a", evaluate=False)) == 5
    assert tree_size(parse("a + a + a")) == 3
    with pytest.raises(WarpvizError, match="Unknown name 'y'"):
        parse("x + y", ("x",))
