"""Graphs as people export them, against onnxruntime."""

import warnings
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from onnx import helper, numpy_helper
from torch import nn

import warpviz as wv
from tests.convert.onnx.graphs import RNG, TAIL, W, agrees, model, node, run, single, told
from tests.model.residuals import nested
from warpviz.convert.onnx.reading import stored_of
from warpviz.errors import WarpvizError

HEAD = [node("Gemm", "h w b", "g"), node("Relu", "g", "r")]
ONE = [node("Relu", "g", "r"), node("MatMul", "r one", "z")]
RELU = "5-4:relu-3"

# What it is: nodes, declared shape, shape of a tensor of points, in columns?, the chain.
KINDS: dict[str, tuple[list[Any], list[Any], tuple[int, ...], bool, str]] = {
    "subtract, then flatten": (
        [node("Sub", "x mean", "s"), node("Flatten", "s", "h"), *HEAD, *TAIL],
        [1, 1, 1, 5], (1, 1, 1, 5), False, RELU),
    "divide, then flatten": (
        [node("Div", "x spread", "s"), node("Flatten", "s", "h"), *HEAD, *TAIL],
        ["N", 1, 5], (7, 1, 5), False, RELU),
    "a picture": (
        [node("Sub", "x plane", "s"), node("Flatten", "s", "h"), node("MatMul", "h big", "y")],
        ["N", 1, 28, 28], (3, 1, 28, 28), False, "784-3"),
    "one picture, named N": (
        [node("Flatten", "x", "h", axis=0), node("MatMul", "h big", "y")],
        ["N", 28, 28], (1, 28, 28), False, "784-3"),
    "W x of one point": (
        [node("MatMul", "left x", "g"), node("Add", "g b", "s"), node("Relu", "s", "r"),
         node("MatMul", "up r", "y")], [5], (5,), False, RELU),
    "W x of columns": (
        [node("MatMul", "left x", "g"), node("Add", "g column", "s"), node("Relu", "s", "r"),
         node("Gemm", "up r", "y")], [5, "N"], (5, 6), True, RELU),
    "columns, turned": (
        [node("Transpose", "x", "h"), *HEAD, node("Gemm", "r v c", "t"),
         node("Transpose", "t", "y")],
        [5, "N"], (5, 6), True, RELU),
    "x W of one point": (
        [node("MatMul", "x w", "g"), node("Relu", "g", "r"), node("MatMul", "r v", "y")],
        [5], (5,), False, RELU),
    "a point alone, made a row": (
        [node("Unsqueeze", "x front", "h"), *HEAD, *TAIL], [5], (5,), False, RELU),
    "batch of fixed size": (
        [node("Identity", "x", "h"), *HEAD, *TAIL], [8, 5], (8, 5), False, RELU),
    "clip from 0": (
        [node("Gemm", "x w b", "g"), node("Clip", "g zero", "r"), *TAIL],
        ["N", 5], (6, 5), False, RELU),
    "clip from 0 to 6": (
        [node("Gemm", "x w b", "g"), node("Clip", "g zero six", "r"), *TAIL],
        ["N", 5], (6, 5), False, "5-4:relu6-3"),
    "max with 0": (
        [node("Gemm", "x w b", "g"), node("Max", "g zero", "r"), *TAIL],
        ["N", 5], (6, 5), False, RELU),
    "max of zeros": (
        [node("Gemm", "x w b", "g"), node("Max", "zeros g", "r"), *TAIL],
        ["N", 5], (6, 5), False, RELU),
    "min": (
        [node("Gemm", "x w b", "g"), node("Min", "g half", "r"), *TAIL],
        ["N", 5], (6, 5), False, "5-4:min(z, 0.5)-3"),
    "leaky, spelled out": (
        [node("Gemm", "x w b", "g"), node("Mul", "g half", "m"), node("Max", "g m", "r"), *TAIL],
        ["N", 5], (6, 5), False, "5-4:leaky_relu:0.5-3"),
    "one logit, squeezed": (
        [node("Gemm", "x w b", "g"), *ONE, node("Squeeze", "z last", "y")],
        ["N", 5], (6, 5), False, "5-4:relu-1"),
    "one logit, reshaped": (
        [node("Gemm", "x w b", "g"), *ONE, node("Reshape", "z flat", "s"),
         node("Sigmoid", "s", "y")],
        ["N", 5], (6, 5), False, "5-4:relu-1:sigmoid"),
    "one logit, all that is 1": (
        [node("Gemm", "x w b", "g"), *ONE, node("Squeeze", "z", "y")],
        ["N", 5], (6, 5), False, "5-4:relu-1"),
    "softplus with a threshold": (
        [node("Gemm", "x w b", "g"), node("Softplus", "g", "t"), node("Greater", "g six", "big_"),
         node("Where", "big_ g t", "r"), *TAIL],
        ["N", 5], (6, 5), False, "5-4:where(z > 6, z, softplus(z))-3"),
    "view(x.size(0), -1)": (
        [node("Shape", "x", "all"), node("Gather", "all first", "n"),
         node("Unsqueeze", "n front", "m"), node("Concat", "m flat", "s", axis=0),
         node("Reshape", "x s", "h"), *HEAD, *TAIL],
        ["N", 1, 5], (4, 1, 5), False, RELU),
    "sigmoid, spelled out": (
        [node("Gemm", "x w b", "g"), node("Neg", "g", "m"), node("Exp", "m", "e"),
         node("Add", "e unity", "p"), node("Reciprocal", "p", "r"), *TAIL],
        ["N", 5], (6, 5), False, "5-4:sigmoid-3"),
    "hard sigmoid": (
        [node("Gemm", "x w b", "g"), node("HardSigmoid", "g", "r", alpha=0.25), *TAIL],
        ["N", 5], (6, 5), False, "5-4:hardsigmoid:0.25-3"),
    "every row alike": (
        [node("MatMul", "x w", "g"), node("Relu", "g", "r"), node("MatMul", "r v", "y")],
        ["N", 4, 5], (2, 4, 5), False, RELU),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_graph_become_the_chain_that_onnxruntime_runs(kind: str) -> None:
    nodes, sides, shape, turned, expected = KINDS[kind]
    used = {name for one in nodes for name in one.input}
    made = model(nodes, sides, {name: v for name, v in W.items() if name in used})
    stored = stored_of(made)
    agrees(made, stored, shape, turned=turned)
    assert told(stored.chain) == expected


def test_nodes_may_stand_in_any_order() -> None:
    constant = helper.make_node("Constant", [], ["w"], value=numpy_helper.from_array(W["w"]))
    made = model([node("MatMul", "x w", "y"), constant], ["N", 5], {})
    np.testing.assert_allclose(stored_of(made).chain[0].weight, W["w"].T)  # type: ignore[union-attr]
    behind = model([*TAIL, *reversed(HEAD), node("Identity", "x", "h")], ["N", 5],
                   {name: W[name] for name in "wbvc"})  # fmt: skip
    assert told(stored_of(behind).chain) == RELU
    circle = model([node("Add", "x b", "a"), node("Add", "a y", "b"), node("Relu", "b", "y")],
                   ["N", 5], {})  # fmt: skip
    with pytest.raises(WarpvizError, match="in a circle"):
        stored_of(circle)


REFUSED: dict[str, tuple[list[Any], list[Any]]] = {
    "it acts on parts of a point one by one": (
        [node("MatMul", "x w", "g"), node("Flatten", "g", "y")], ["N", 3, 5]),
    "it puts a point's numbers into another order": (
        [node("Transpose", "x", "y", perm=[0, 2, 1])], ["N", 3, 5]),
    "it takes 5 numbers, a point has 6": ([node("MatMul", "x w", "y")], ["N", 6]),
    "it is no function of one number": ([node("Max", "x spread", "y")], ["N", 5]),
    "its constants of shape (5,) do not fit": ([node("Add", "x spread", "y")], ["N", 6]),
    "export it with an input of known shape": ([node("Relu", "x", "y")], ["N", "D"]),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_no_chain_is_refused_in_one_whole_sentence(why: str) -> None:
    nodes, sides = REFUSED[why]
    used = {name for one in nodes for name in one.input}
    with pytest.raises(WarpvizError) as caught:
        stored_of(model(nodes, sides, {name: v for name, v in W.items() if name in used}))
    sentence = str(caught.value)
    assert why in sentence and sentence.endswith(".") and "export" in sentence


@pytest.mark.slow
def test_deep_narrow_networks_agree_to_rounding() -> None:
    # Like the networks of collision avoidance: five features, six layers of 50, in two ways.
    rng = np.random.default_rng(2)
    widths = [5, *[50] * 6, 5]
    by_rows: list[Any] = [node("Sub", "x mean", "s"), node("Flatten", "s", "h0")]
    by_columns: list[Any] = [node("Identity", "x", "h0")]
    weights: dict[str, Any] = {"mean": W["mean"].astype(float)}
    for k, (n, m) in enumerate(pairwise(widths)):
        weights |= {f"w{k}": rng.normal(size=(n, m)) / np.sqrt(n), f"b{k}": rng.normal(size=m)}
        weights[f"t{k}"] = weights[f"w{k}"].T.copy()
        for nodes, product in ((by_rows, f"h{k} w{k}"), (by_columns, f"t{k} h{k}")):
            nodes += [node("MatMul", product, f"m{k}"), node("Add", f"m{k} b{k}", f"a{k}")]
            nodes.append(node("Relu" if k < 6 else "Identity", f"a{k}", f"h{k + 1}"))
    x = rng.uniform(-0.6, 0.6, size=(1, 1, 1, 5))
    for nodes, sides in ((by_rows, [1, 1, 1, 5]), (by_columns, [5])):
        used = {name for one in nodes for name in one.input}
        kept = {name: value for name, value in weights.items() if name in used}
        made = model(nodes, sides, kept, outputs=["h7"], kind=11)
        made.graph.output[0].type.tensor_type.elem_type = 11
        expected = run(made, x.reshape(sides)).reshape(-1)
        chain = stored_of(made).chain
        assert told(chain) == "5-" + "50:relu-" * 6 + "5"
        np.testing.assert_allclose(chain(x.reshape(1, 5))[0], expected, rtol=1e-10)


class Softplus(nn.Module):  # type: ignore[misc]
    """One logit of a softplus net, with the shape asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(2, 3), nn.Linear(3, 1)

    def forward(self, x: Any) -> Any:
        h = self.a(x.view(x.shape[0], -1))
        return self.b(nn.functional.softplus(h)).squeeze(1)


@pytest.mark.slow
def test_what_pytorchs_new_exporter_writes(tmp_path: Path) -> None:
    torch.manual_seed(0)
    module, path = Softplus().eval(), tmp_path / "m.onnx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, (torch.zeros(4, 2),), str(path), dynamo=True, verbose=False,
            dynamic_shapes=({0: torch.export.Dim("n")},), external_data=True,
        )  # fmt: skip
    x = RNG.normal(size=(20, 2))
    with torch.no_grad():
        expected = module(torch.tensor(x, dtype=torch.float32)).numpy()
    chain = wv.load_model(path)
    np.testing.assert_allclose(chain(x)[:, 0], expected, rtol=1e-5, atol=1e-6)
    assert told(chain) == "2-3:softplus-1"


def test_sums_of_what_goes_past_are_residual_layers(tmp_path: Path) -> None:
    for name in ("relu", "gelu"):
        chain = nested(name)
        again = wv.load_model(wv.save_model(chain, tmp_path / "m.onnx"))
        kinds = [type(layer).__name__ for layer in again]
        assert kinds == ["Dense", "Residual", "Residual", "Dense", "Softmax"]
        x = RNG.normal(size=(20, 2))
        np.testing.assert_allclose(again(x), chain(x), rtol=1e-5, atol=1e-6)
    # x + relu(W x + x): one inside another, with the same x.
    nodes = [node("MatMul", "x w", "a"), node("Add", "a x", "b"), node("Relu", "b", "c"),
             node("Add", "x c", "y")]  # fmt: skip
    made = model(nodes, ["n", 2], {"w": single([[1.0, 2.0], [3.0, -4.0]])})
    x = RNG.normal(size=(5, 2)).astype(np.float32)
    found = stored_of(made).chain
    assert [type(layer).__name__ for layer in found] == ["Residual"]
    np.testing.assert_allclose(found(x), run(made, x), rtol=1e-5)


def test_sums_of_two_paths_are_refused() -> None:
    nodes = [node("MatMul", "x w", "a"), node("Tanh", "x", "b"), node("Add", "a b", "y")]
    with pytest.raises(WarpvizError, match="node 1 of 3: the graph branches, it starts a second"):
        stored_of(model(nodes, ["n", 2], {"w": single([[1.0, 2.0], [3.0, -4.0]])}))
