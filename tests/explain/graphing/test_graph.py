"""Graphs as files: graphviz and a reader of DOT are the oracles."""

import json
import re
import subprocess
from pathlib import Path

import pytest

import warpviz as wv
from tests.explain.graphing.trees import NET
from tests.output.decoders import need
from warpviz.errors import WarpvizError
from warpviz.explain.graphing.expression_graph import chain_expression, expression_graph
from warpviz.explain.graphing.graph import Edge, Graph, Node
from warpviz.explain.graphing.layer_graph import network_graph, value_graph
from warpviz.explain.graphing.parsing import parse


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
