"""Graphs of expressions: sympy's own trees are the oracle."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

import warpviz as wv
from tests.explain.graphing.trees import NET, tree_size
from warpviz.errors import WarpvizError
from warpviz.explain.graphing.expression_graph import chain_expression, expression_graph, letters_of
from warpviz.explain.graphing.layer_graph import value_graph

REFERENCE = json.loads((Path(__file__).parents[2] / "reference.json").read_text())["graph"]


def by_hand() -> tuple[Any, Any]:
    """The reference's network, written by hand, and the weight that is differentiated by."""
    names = "i1 i2 w111 w112 w121 w122 b11 b12 w211 w212 b21"
    i1, i2, w111, w112, w121, w122, b11, b12, w211, w212, b21 = sympy.symbols(names, real=True)
    h1 = sympy.tanh(w111 * i1 + w112 * i2 + b11)
    h2 = sympy.tanh(w121 * i1 + w122 * i2 + b12)
    return sympy.tanh(w211 * h1 + w212 * h2 + b21), w111


def test_the_references_expression_and_its_derivative() -> None:
    output, weight = by_hand()
    assert chain_expression(NET) == output
    for name in ("w111", "W1[0,0]"):
        assert chain_expression(NET, gradient=name) == sympy.diff(output, weight)
    graph = expression_graph(chain_expression(NET, gradient="w111"))
    assert {"Mul", "Add", "Pow", "tanh"} <= {node.label for node in graph.nodes}
    assert set(REFERENCE["node_labels"][:4]) <= {node.label for node in graph.nodes}


@pytest.mark.parametrize("gradient", [None, "w111", "w212", "b11", "b21", "i2", "W2[0,1]", "b1[1]"])
@pytest.mark.parametrize("loss", [None, "half-squared", "squared"])
def test_counts_are_those_of_sympys_tree(gradient: str | None, loss: str | None) -> None:
    expression = chain_expression(NET, gradient=gradient, loss=loss)
    graph = expression_graph(expression)
    assert len(graph.nodes) == tree_size(expression)
    assert len(graph.edges) == len(graph.nodes) - 1
    shared = expression_graph(expression, share=True)
    assert len(shared.nodes) == len(set(sympy.preorder_traversal(expression)))


@pytest.mark.slow
def test_numbers_put_in_give_the_chains_own_gradient() -> None:
    x = np.array([[0.3, -0.2]])
    value = chain_expression(NET, gradient="w121", loss="half-squared", target=1.0, numbers=True)
    symbols, _ = letters_of(NET)
    got = float(value.subs(dict(zip(symbols, x[0], strict=True))))
    step = wv.trace(NET, x[0].tolist(), 1.0).steps[0]
    assert step.d_weight is not None
    assert got == pytest.approx(step.d_weight[1, 0], rel=1e-12)


def test_what_there_is_not() -> None:
    for call, told in (
        (lambda: chain_expression(NET, gradient="w999"), "no weight 'w999'"),
        (lambda: chain_expression(NET, gradient="W1[0]"), r"no weight 'W1\[0\]'"),
        (lambda: chain_expression(NET, output=2), "output expects 1 to 1, got 2"),
        (lambda: value_graph(NET, [1.0]), "takes 2 numbers"),
    ):
        with pytest.raises(WarpvizError, match=told):
            call()
