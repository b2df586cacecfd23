"""Formulas of straight pieces hold where they say."""

from pathlib import Path

import numpy as np
import pytest
import sympy

import warpviz as wv
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense


def test_piecewise_formulas_hold_where_they_say() -> None:
    sides = Dense(np.array([[1.0], [-1.0]]), np.zeros(2), "relu")
    fold = Chain([sides, Dense(np.ones((1, 2)), np.zeros(1))])
    assert wv.formula(fold, form="piecewise", limits=(-2, 3)).lines == [
        r"y = - x \quad -2 \leq x \leq 0",
        r"y = x \quad 0 \leq x \leq 3",
    ]
    chain = wv.mlp([2, 3, 1], "relu", seed=4, softmax=False)
    lines = wv.formula(chain, form="piecewise", digits=12).lines
    x1, x2 = sympy.symbols("x_1 x_2")
    for line in lines:
        right, _, place = line.partition(r" \quad \text{between } ")
        text = right.removeprefix("y = ").replace("x_{1}", "*x1").replace("x_{2}", "*x2")
        text = text.replace(" *", "*") if text[0] != "*" else text[1:]
        corners = np.array(eval(f"[{place}]"))
        centre = corners.mean(axis=0)
        value = sympy.sympify(text.replace("- *", "- ").replace("+ *", "+ "), {"x1": x1, "x2": x2})
        told = float(value.subs({x1: centre[0], x2: centre[1]}))
        assert told == pytest.approx(chain(centre[None])[0, 0], abs=1e-9)


def test_regions_of_a_softmax_chain_are_those_of_its_logits(tmp_path: Path) -> None:
    formula = wv.formula(wv.mlp([1, 2, 2], "relu", seed=1), form="piecewise")
    assert formula.lines[0].startswith("z_{1} = ")
    assert formula.lines[-1] == r"\mathbf{y} = \operatorname{softmax}\left(\mathbf{z}\right)"
    assert formula.save(tmp_path / "p.svg").stat().st_size > 1000


def test_slopes_that_are_small_are_slopes() -> None:
    sides = Dense(np.array([[1.0], [1.0]]), np.array([0.0, -0.5]), "relu")
    chain = Chain([sides, Dense(np.array([[1e-9, 3e-9]]), np.zeros(1))])
    assert len(wv.formula(chain, form="piecewise").lines) == 3
