"""The formula as an expression: sympy against the chain, and published values."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import warpviz as wv
from tests.explain.formulas.chains import EVERY, X, chain_of
from tests.explain.formulas.reading import values
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.formula import FORMS
from warpviz.explain.formulas.typeset import save_lines
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation, Dense, Layer, Softmax

REFERENCE = json.loads((Path(__file__).parents[2] / "reference.json").read_text())["formula"]


def sine(name: str) -> Chain:
    return chain_of(REFERENCE[name]["weights"], REFERENCE[name]["biases"], "sin")


def test_the_published_values() -> None:
    told = REFERENCE["sine_chain"]
    chain = sine("sine_chain")
    formula = wv.formula(chain)
    (expression,), (x,) = formula.expressions, formula.inputs
    spelled = re.sub(r"(\d) (\w)", r"\1*\2", told["expression"])
    assert sympy.simplify(expression - sympy.sympify(spelled, {"x": x})) == 0
    assert float(expression.subs(x, 0)) == told["value_float64_at_0"]
    for at, value in told["values_float32"].items():
        assert float(expression.subs(x, float(at))) == pytest.approx(value, abs=2e-3)
    assert formula.latex == (
        r"y = 311 \sin{\left(211 x + 21 \right)} + 312 \sin{\left(221 x + 22 \right)} + 31"
    )


def test_other_biases_by_parameters_apart() -> None:
    chain, other = sine("sine_chain"), sine("sine_chain_other_biases")
    changed = chain.with_parameters(other.parameters())
    assert wv.formula(changed).latex == wv.formula(other).latex
    assert "211 x + 221" in wv.formula(changed).latex


def test_weights_by_rule() -> None:
    def layer(i: int, rows: int, columns: int, name: str) -> Dense:
        w = [[100 * i + 10 * j + k for k in range(1, columns + 1)] for j in range(1, rows + 1)]
        b = [10 * i + j for j in range(1, rows + 1)]
        return Dense(np.array(w, float), np.array(b, float), name)

    chain = Chain([layer(1, 4, 2, "sin"), layer(2, 4, 4, "sin"), layer(3, 2, 4, "identity")])
    formula = wv.formula(chain)
    assert formula.latex.count(r"\sin") == 2 * (4 + 16)
    assert r"\sin{\left(111 x_{1} + 112 x_{2} + 11 \right)}" in formula.latex
    np.testing.assert_allclose(formula(X), chain(X), rtol=1e-9, atol=1e-9)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", EVERY)
def test_expressions_equal_the_chain_and_its_derivative(name: str) -> None:
    chain = wv.mlp([2, 3, 2], name, seed=3)
    formula = wv.formula(chain)
    np.testing.assert_allclose(formula(X), chain(X), rtol=1e-12, atol=1e-12)
    first = formula.expressions[0]
    slope = sympy.lambdify(formula.inputs, first.diff(formula.inputs[0]), ["scipy", "numpy"])
    gradient, _ = chain.backward(X, np.tile([1.0, 0.0], (len(X), 1)))
    np.testing.assert_allclose(slope(*X.T), gradient[:, 0], rtol=1e-8, atol=1e-10)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(1, 3), min_size=2, max_size=4),
    st.sampled_from(["relu", "tanh", "gelu", "sin", "elu:0.5"]),
    st.integers(0, 99),
)
def test_random_nets(widths: list[int], name: str, seed: int) -> None:
    chain = wv.mlp(widths, name, seed=seed, softmax=widths[-1] > 1)
    x = np.random.default_rng(seed).normal(size=(20, widths[0]))
    np.testing.assert_allclose(wv.formula(chain)(x), chain(x), rtol=1e-12, atol=1e-12)


def test_letters_with_the_numbers_put_in_are_the_chain() -> None:
    chain = wv.mlp([2, 2, 1], "tanh", seed=1, softmax=False)
    formula = wv.formula(chain, letters=True)
    assert r"w_{21}^{(1)} x_{1}" in formula.latex and r"b_{1}^{(2)}" in formula.latex
    values: dict[Any, float] = {}
    for k, layer in enumerate((layer for layer in chain if isinstance(layer, Dense)), 1):
        for (i, j), w in np.ndenumerate(layer.weight):
            values[sympy.Symbol(f"w_{{{i + 1}{j + 1}}}^{{({k})}}", real=True)] = w
        for i, b in enumerate(layer.bias):
            values[sympy.Symbol(f"b_{{{i + 1}}}^{{({k})}}", real=True)] = b
    expression = formula.expressions[0].subs(values)
    at = dict(zip(formula.inputs, X[0], strict=True))
    assert float(expression.subs(at)) == pytest.approx(chain(X[:1])[0, 0], rel=1e-12)


def test_what_cannot_be_written(tmp_path: Path) -> None:
    wide = wv.mlp([2, 64, 64, 2], "relu")
    with pytest.raises(WarpvizError, match=r"terms; write it layer by layer.*--form layers"):
        _ = wv.formula(wv.mlp([2, 64, 64, 8, 2], "relu")).latex
    assert wv.formula(wide, form="layers", letters=True).lines
    with pytest.raises(WarpvizError, match="did you mean 'nested'"):
        wv.formula(wide, form="nestet")
    with pytest.raises(
        WarpvizError, match="Only chains whose activations are made of straight pieces"
    ):
        _ = wv.formula(wv.mlp([2, 2, 2], "tanh"), form="piecewise").lines
    with pytest.raises(WarpvizError, match=r"written as \.svg"):
        save_lines(["x"], tmp_path / "f.gif", "light")
    assert set(FORMS) == {"nested", "layers", "matrix", "piecewise"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sigmoid", "silu", "softplus", "gelu", "relu"])
def test_deep_and_wide_nets_are_written(name: str) -> None:
    wide = wv.formula(wv.mlp([2, 8, 8, 2], name, seed=1))
    assert wide.latex.count("x_{1}") == 2 * 8 * 8
    assert len(wv.formula(wv.mlp([2, 3, 3, 2], name, seed=1)).expressions) == 2
    deep = wv.mlp([1] * 600, name, seed=1, softmax=False)
    assert len(wv.formula(deep, form="layers").lines) >= 599
    assert wv.formula(deep).lines[0].startswith("y = ")
    try:
        _ = wv.formula(deep).expressions
    except WarpvizError as error:
        assert "layer by layer" in str(error)


def test_large_logits_do_not_overflow() -> None:
    scale = Dense(np.array([[800.0, 0.0], [0.0, -800.0]]), np.zeros(2))
    x = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0], [0.0, 0.0]])
    ends: list[Layer] = [Softmax(), Softmax(log=True)]
    ends += [Activation(name) for name in ("softplus", "sigmoid", "silu")]
    for last in ends:
        chain = Chain([scale, last])
        formula = wv.formula(chain)
        np.testing.assert_allclose(formula(x), chain(x), rtol=1e-12)
        nested = sympy.lambdify(formula.inputs, list(formula.expressions), "numpy")
        np.testing.assert_allclose(np.column_stack(nested(*x.T)), chain(x), rtol=1e-12)
        exact = float(formula.expressions[1].subs(dict(zip(formula.inputs, x[0], strict=True))))
        assert exact == pytest.approx(chain(x)[0, 1], rel=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "silu"])
def test_named_functions_are_their_exponentials(name: str) -> None:
    z = sympy.Symbol("z", real=True)
    chain = Chain([Activation(name), Softmax(log=True)], width=2)
    first = wv.formula(chain).expressions[0]
    plain = first.rewrite(sympy.exp)
    x1, x2 = wv.formula(chain).inputs
    for at in (-2.0, 0.3, 5.0):
        here = {x1: at, x2: 0.4}
        assert float(plain.subs(here)) == pytest.approx(float(first.subs(here)), rel=1e-12)
        slopes = [float(one.diff(x1).subs(here)) for one in (plain, first)]
        assert slopes[0] == pytest.approx(slopes[1], rel=1e-10)
    assert not plain.atoms(sympy.Function) - plain.atoms(sympy.exp, sympy.log), z


def test_units_with_numbers_of_their_own_are_written_each() -> None:
    chain = wv.mlp([2, 3, 2], "prelu:0.1:-0.5:2.0", seed=3).logits()
    formula = wv.formula(chain, form="nested", digits=17)
    known = values(formula.lines, {"x_{1}": X[:, 0], "x_{2}": X[:, 1]})
    told = np.column_stack([known["z_{1}"], known["z_{2}"]]) if "z_{1}" in known else None
    told = np.column_stack([known["y_{1}"], known["y_{2}"]]) if told is None else told
    np.testing.assert_allclose(told, chain(X), rtol=1e-10, atol=1e-12)
    outputs = [sympy.lambdify(formula.inputs, one) for one in formula.expressions]
    there = np.column_stack([[f(*row) for row in X.tolist()] for f in outputs])
    np.testing.assert_allclose(there.astype(float), chain(X), rtol=1e-10, atol=1e-12)
