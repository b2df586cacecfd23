"""Graphs of networks: their numbers are the chain's, their places graphviz's."""

import json
import subprocess
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.explain.graphing.trees import NET
from tests.output.decoders import need
from warpviz.explain.graphing.expression_graph import chain_expression, expression_graph, signs_of
from warpviz.explain.graphing.graph import Graph
from warpviz.explain.graphing.layer_graph import network_graph, value_graph
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense


def drawn(number: str) -> str:
    """As it stands in a drawing: U+2212 is the minus sign, U+002D a hyphen."""
    return number.replace("\u002d", "\u2212")


def test_values_and_gradients_at_a_point() -> None:
    graph = value_graph(NET, [0.3, -0.2], digits=6)
    labels = [node.label for node in graph.nodes]
    states = NET.states(np.array([[0.3, -0.2]]))
    for value in (*states[0][0], *states[1][0], *states[2][0]):
        assert any(drawn(f"{value:.6g}") in label for label in labels)
    gradient, parameters = NET.backward(np.array([[0.3, -0.2]]), np.ones((1, 1)))
    for slope in gradient[0]:
        assert any(drawn(f"∂ = {slope:.6g}") in label for label in labels)
    told = [edge.label for edge in graph.edges]
    for weight, slope in zip(NET.parameters()[0].ravel(), parameters[0].ravel(), strict=True):
        assert any(each.endswith(drawn(f" = {weight:.6g}\n∂ = {slope:.6g}")) for each in told)
    assert len(graph.edges) == 6 and len(graph.nodes) == 5


def test_the_network_has_a_line_for_every_weight() -> None:
    chain = wv.mlp([2, 3, 4, 2], "relu", seed=1)
    graph = network_graph(chain)
    weights = [w for layer in chain if isinstance(layer, Dense) for w in layer.weight.ravel()]
    assert len(graph.edges) == len(weights) and len(graph.nodes) == 11
    assert [np.sign(edge.weight or 0) for edge in graph.edges] == np.sign(weights).tolist()


def placed(graph: Graph, kind: str = "-Tjson0") -> dict[str, Any]:
    """What graphviz makes of a graph."""
    need("dot")
    done = subprocess.run(["dot", kind], input=graph.dot().encode(), capture_output=True)
    tree: dict[str, Any] = json.loads(done.stdout)
    return tree


@pytest.mark.parametrize("widths", [[1, 16, 32, 1], [2, 3, 2], [4, 2, 9, 3]])
def test_units_of_a_network_stand_in_order_and_apart(widths: list[int]) -> None:
    chain = wv.mlp(widths, "tanh", seed=1, softmax=False)
    tree = placed(network_graph(chain))
    units = [one for one in tree["objects"] if one["name"].startswith("n")]
    assert len(units) == sum(widths)
    places = np.array([[float(v) for v in one["pos"].split(",")] for one in units])
    size = 72 * max(float(one["width"]) for one in units)
    start = 0
    for depth, width in enumerate(widths):
        own = places[start : start + width]
        assert np.ptp(own[:, 0]) < 0.1
        assert (np.diff(own[:, 1]) < -1.05 * size).all()
        sign = "x" if depth == 0 else "y" if depth == len(widths) - 1 else f"h{depth}"
        labels = [one["label"] for one in units[start : start + width]]
        assert all(label[0] == sign[0] for label in labels) and len(set(labels)) == width
        start += width
    columns = np.unique(places[:, 0].round())
    assert len(columns) == len(widths) and np.diff(columns).min() > 3 * size
    remarks = [one for one in tree["objects"] if one["name"].startswith("r")]
    boxes = np.array(
        [
            [float(v) for v in one["pos"].split(",")]
            + [36 * float(one["width"]), 36 * float(one["height"])]
            for one in remarks
        ]
    )
    for i, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[:i]:
            assert abs(x - x2) >= 0.95 * (w + w2) or abs(y - y2) >= 0.95 * (h + h2)


def test_weights_and_biases_are_named_as_formulas_name_them() -> None:
    small, large = (wv.mlp(widths, "tanh", seed=1) for widths in ([2, 3, 2], [2, 12, 2]))
    told = " ".join(remark.text for remark in network_graph(small).remarks)
    assert all(sign in told for sign in ("w₂₁⁽¹⁾ = ", "b₃⁽¹⁾ = ", "w₁₃⁽²⁾ = ", "softmax"))
    notes = [edge.note for edge in network_graph(large).edges]
    assert any(note.startswith("w₁₂,₁⁽¹⁾ = ") for note in notes)
    dot = expression_graph(chain_expression(NET, gradient="w111"), signs=signs_of(NET)).dot()
    assert 'label="w₁₁⁽¹⁾", shape=ellipse, tooltip="w111"' in dot and 'label="x₁"' in dot
    twelve = signs_of(wv.mlp([2, 12, 1], "relu"))
    assert twelve["w1_12_1"] == "w₁₂,₁⁽¹⁾" and twelve["b1_12"] == "b₁₂⁽¹⁾"


@pytest.mark.parametrize("loss", [None, "squared"])
def test_a_target_has_its_loss(loss: str | None) -> None:
    graph = value_graph(NET, [0.3, -0.2], target=[1.0], loss=loss, digits=6)
    passed = wv.trace(NET, [0.3, -0.2], 1.0, loss=loss or "half-squared")
    text = "\n".join(node.label for node in graph.nodes)
    assert passed.value is not None and f"= {passed.value:.6g}" in text and "t = 1" in text
    formula = "E = Σ (y − t)²" if loss else "E = Σ (y − t)² / 2"
    assert graph.title == f"∂ is the derivative of {formula} by what stands above it"
    for depth, step in enumerate(passed.steps, 1):
        assert step.bias is not None and step.d_bias is not None and step.d_sums is not None
        for u, (bias, slope) in enumerate(zip(step.bias, step.d_bias, strict=True), 1):
            sign = f"b{'₀₁₂'[u]}⁽{'⁰¹²'[depth]}⁾"
            assert drawn(f"{sign} = {bias:.6g}\n∂ = {slope:.6g}") in text
    assert len(graph.nodes) == 7 and len(graph.edges) == 8
    assert chain_expression(NET, target=1.0) == chain_expression(
        NET, target=1.0, loss="half-squared"
    )
    assert value_graph(NET, [0.3, -0.2]).title == "∂ is the derivative of y by what stands above it"


def test_values_of_any_chain_are_told() -> None:
    chain = Chain([*wv.mlp([2, 3, 3], "relu", seed=2).split()])
    graph = value_graph(chain, [0.3, -0.2], target=[1], loss="cross-entropy")
    labels = [node.label for node in graph.nodes]
    assert any(label.startswith("y₁ = softmax = ") for label in labels)
    assert any(label.startswith("h₁⁽¹⁾ = relu = ") for label in labels)
    placed(graph)
