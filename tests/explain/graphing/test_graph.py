"""sympy's own trees, graphviz and a reader of DOT are the oracles."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

import warpviz as wv
from tests.output.decoders import need
from warpviz.errors import WarpvizError
from warpviz.explain.graphing.expression_graph import (
    chain_expression,
    expression_graph,
    letters_of,
    signs_of,
)
from warpviz.explain.graphing.graph import Edge, Graph, Node
from warpviz.explain.graphing.layer_graph import network_graph, value_graph
from warpviz.explain.graphing.parsing import parse
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense

REFERENCE = json.loads((Path(__file__).parents[2] / "reference.json").read_text())["graph"]
RNG = np.random.default_rng(0)
NET = Chain(
    [Dense(RNG.normal(size=(2, 2)), RNG.normal(size=2), "tanh"),
     Dense(RNG.normal(size=(1, 2)), RNG.normal(size=1), "tanh")]
)  # fmt: skip


def drawn(number: str) -> str:
    """As it stands in a drawing: U+2212 is the minus sign, U+002D a hyphen."""
    return number.replace("\u002d", "\u2212")


def tree_size(expression: Any) -> int:
    return sum(1 for _ in sympy.preorder_traversal(expression))


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


def read_dot(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    nodes = dict(re.findall(r'^  (n\d+) \[label="((?:[^"\\]|\\.)*)"', text, re.MULTILINE))
    return nodes, re.findall(r"^  (n\d+) -> (n\d+)", text, re.MULTILINE)


def test_graphviz_reads_and_draws_it(tmp_path: Path) -> None:
    need("dot")
    graph = expression_graph(chain_expression(NET, gradient="w111"))
    nodes, edges = read_dot(graph.dot())
    assert len(nodes) == len(graph.nodes) and len(edges) == len(graph.edges)
    done = subprocess.run(["dot", "-Tjson0"], input=graph.dot().encode(), capture_output=True)
    tree = json.loads(done.stdout)
    assert len(tree["objects"]) == len(graph.nodes) and len(tree["edges"]) == len(graph.edges)
    for name in ("g.svg", "g.pdf", "g.png", "g.dot"):
        assert graph.save(tmp_path / name, theme="dark").stat().st_size > 200
    assert (tmp_path / "g.svg").read_text().count('class="node"') == len(graph.nodes)


def test_without_graphviz_dot_files_still_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    graph = expression_graph(parse("a + b"))
    assert graph.save(tmp_path / "g.dot").exists()
    with pytest.raises(WarpvizError, match=r"apt install graphviz\); or write a \.dot"):
        graph.save(tmp_path / "g.svg")


def test_labels_are_quoted() -> None:
    graph = Graph()
    graph.add('a "b" \\ c')
    assert r'label="a \"b\" \\ c"' in graph.dot()


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


def test_what_there_is_not() -> None:
    for call, told in (
        (lambda: chain_expression(NET, gradient="w999"), "no weight 'w999'"),
        (lambda: chain_expression(NET, gradient="W1[0]"), r"no weight 'W1\[0\]'"),
        (lambda: chain_expression(NET, output=2), "output expects 1 to 1, got 2"),
        (lambda: value_graph(NET, [1.0]), "takes 2 numbers"),
    ):
        with pytest.raises(WarpvizError, match=told):
            call()


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


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_every_drawn_number_has_a_real_minus(seed: int, tmp_path: Path) -> None:
    need("dot")
    chain = wv.mlp([2, 3, 1], "leaky_relu:-0.5" if seed else "tanh", seed=seed, softmax=False)
    expression = chain_expression(chain, gradient="w121", target=-1.5, numbers=True)
    graphs = [
        value_graph(chain, [0.3, -2e-9], target=-1.0), value_graph(chain, [-3.0, 0.5]),
        network_graph(chain), expression_graph(expression),
        expression_graph(parse("-x/3 - 2.5*y + 1e-9", evaluate=False)),
    ]  # fmt: skip
    for graph in graphs:
        said = [each for node in graph.nodes for each in (node.label, node.note)]
        said += [each for edge in graph.edges for each in (edge.label, edge.note)]
        said += [remark.text for remark in graph.remarks]
        assert any("\u2212" in each for each in said)
        # A record's name is no number: leaky_relu:-0.5 is what one types.
        assert not [each for each in said if "-" in each.replace("leaky_relu:-0.5", "")]
        svg = graph.save(tmp_path / "g.svg").read_text(encoding="utf-8")
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
        assert texts and not [
            each
            for each in texts
            if re.search(r"(?<!:)-\d|e-\d|&#45;\d", each) and "leaky" not in each
        ]


@pytest.mark.slow
def test_a_pdf_does_not_tell_the_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("dot")
    graph = Graph([Node("a"), Node("b")], [Edge(0, 1)])
    graph.save(tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF") and b"(D:20" not in data
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    monkeypatch.setenv("TZ", "XYZ+13:37")
    graph.save(tmp_path / "b.pdf")
    assert (tmp_path / "b.pdf").read_bytes() == data
