"""What mixes the numbers of a row, or rows, is refused: it only looks like an activation."""

import os
from typing import Any

import numpy as np
import onnx
import pytest
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from torch import nn

import warpviz as wv
from warpviz.convert.onnx.reading import stored_of
from warpviz.errors import WarpvizError

os.environ["KERAS_BACKEND"] = "torch"
import keras
from keras import ops

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:keras")


class Between(nn.Module):  # type: ignore[misc]
    """A step between two layers."""

    def __init__(self, step: Any) -> None:
        super().__init__()
        self.first, self.last, self.step = nn.Linear(2, 3), nn.Linear(3, 2), step

    def forward(self, x: Any) -> Any:
        return self.last(self.step(self.first(x)))


MIXING: dict[str, Any] = {
    "softmax weighs": lambda h: h * F.softmax(h, 1),
    "batch": lambda h: h - h.mean(0), "floor": lambda h: torch.div(h, 2, rounding_mode="floor"),
    "rounded": lambda h: h.to(torch.float16), "whole": lambda h: h.to(torch.int64).float(),
    "bounds": lambda h: h.clamp(min=torch.tensor([0.0, 1.0, 2.0])), "points": lambda h: h.flip(0),
}  # fmt: skip


@pytest.mark.parametrize("name", MIXING)
def test_pytorch_refuses(name: str) -> None:
    with pytest.raises(WarpvizError, match="Cannot translate"):
        wv.to_chain(Between(MIXING[name]))


RIGHT: dict[str, Any] = {
    "alpha": lambda h: torch.add(h, 1.0, alpha=2), "minus": lambda h: -h, "twice": lambda h: h + h,
    "clamp": lambda h: h.clamp(min=0), "silu": lambda h: h * torch.sigmoid(h),
    "from": lambda h: 1.0 - h, "double": lambda h: h.to(torch.float32),
    "square root": lambda h: torch.log(1 + torch.exp(h)),
    # Affine maps of the numbers of a row.
    "centred": lambda h: h - h.mean(1, keepdim=True), "flip": lambda h: h + h.flip(1),
    "cumsum": lambda h: h + h.cumsum(1), "roll": lambda h: torch.roll(h, 1, 1) * 1.0,
    "thirds": lambda h: h[:, [2, 0, 1]] - torch.cat([h[:, 1:], h[:, :1]], dim=1),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_pytorch_translates(name: str) -> None:
    torch.manual_seed(0)
    model, x = Between(RIGHT[name]), torch.randn(40, 2)
    with torch.no_grad():
        np.testing.assert_allclose(wv.to_chain(model)(x), model(x), rtol=1e-5, atol=1e-6)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("make", [nn.utils.weight_norm, nn.utils.spectral_norm])
def test_weights_that_are_made_anew_before_each_pass(make: Any) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(make(nn.Linear(2, 3)), nn.Tanh(), nn.Linear(3, 2))
    optimizer = torch.optim.SGD(model.parameters(), 0.5)
    x = torch.randn(40, 2)
    model(x).square().sum().backward()
    optimizer.step()
    chain = wv.to_chain(model)
    with torch.no_grad():
        np.testing.assert_allclose(chain(x), model.eval()(x), rtol=1e-5, atol=1e-6)


LAYERS: dict[str, Any] = {
    "softmax": lambda: keras.layers.Dense(3, activation=lambda x: ops.softmax(x)),
    "norm": lambda: keras.layers.LayerNormalization(center=False, scale=False),
    "first": lambda: keras.layers.Lambda(lambda x: x[:, :1]),
    "flip": lambda: keras.layers.Lambda(lambda x: ops.flip(x, axis=1)),
    "batch": lambda: keras.layers.Lambda(lambda x: x - ops.mean(x, axis=0)),
}


@pytest.mark.parametrize("name", LAYERS)
def test_keras_refuses(name: str) -> None:
    model = keras.Sequential([keras.Input((3,)), LAYERS[name](), keras.layers.Dense(2)])
    with pytest.raises(WarpvizError, match="Cannot translate"):
        wv.to_chain(model)


def test_keras_with_the_tensor_behind_a_number() -> None:
    start = keras.Input((2,))
    model = keras.Model(start, 2.0 * keras.layers.Dense(3)(start))
    x = np.random.default_rng(0).normal(size=(9, 2)).astype(np.float32)
    expected = ops.convert_to_numpy(model(x))
    np.testing.assert_allclose(wv.to_chain(model)(x), expected, rtol=1e-5, atol=1e-6)


def test_a_softmax_before_flatten_is_of_other_rows() -> None:
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((2, 4)), layers.Softmax(), layers.Flatten(), layers.Dense(3)]
    )
    with pytest.raises(WarpvizError, match="Softmax acts before Flatten"):
        wv.to_chain(model)


def graph(nodes: list[Any], weights: dict[str, Any], side: Any = 2) -> Any:
    kept = [numpy_helper.from_array(np.array(v, dtype=np.float32), k) for k, v in weights.items()]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", width])
        for name, width in (("x", side), ("y", None))
    ]
    made = helper.make_graph(nodes, "g", ends[:1], ends[1:], kept)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])


BROKEN: dict[str, Any] = {
    "no input": [helper.make_node("Identity", [], ["y"])],
    "one input": [helper.make_node("Gemm", ["x"], ["y"])],
    "no output": [helper.make_node("Relu", ["x"], [])],
    "words": [helper.make_node("LeakyRelu", ["x"], ["y"], alpha="abc")],
    "list": [helper.make_node("LeakyRelu", ["x"], ["y"], alpha=[1.0, 2.0])],
    "too wide": [
        helper.make_node("Mul", ["x", "wide"], ["h"]), helper.make_node("Relu", ["h"], ["y"]),
    ],
    "empty": [helper.make_node("Add", ["x", "empty"], ["y"])],
    "column": [helper.make_node("Gemm", ["x", "square", "column"], ["y"])],
}  # fmt: skip
WEIGHTS = {"wide": np.ones(5), "empty": np.ones(0), "square": np.eye(2), "column": np.ones((2, 1))}


@pytest.mark.parametrize("name", BROKEN)
def test_graphs_that_contradict_themselves(name: str) -> None:
    with pytest.raises(WarpvizError) as caught:
        stored_of(graph(BROKEN[name], WEIGHTS))
    assert "\n" not in str(caught.value)


def test_a_small_file_takes_little_memory() -> None:
    nodes, here = [], "x"
    for i in range(20):
        nodes.append(helper.make_node("Mul", [here, "half"], [f"a{i}"]))
        nodes.append(helper.make_node("Relu", [f"a{i}"], [f"b{i}"]))
        here = f"b{i}"
    nodes.append(helper.make_node("Identity", [here], ["y"]))
    with pytest.raises(WarpvizError, match="A scale of 9000 units is a layer of its own"):
        stored_of(graph(nodes, {"half": 0.5}, 9000))


@pytest.mark.filterwarnings("ignore")
def test_views_that_change_nothing(tmp_path: Any) -> None:
    class Viewing(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.Linear(3, 2)

        def forward(self, x: Any) -> Any:
            return self.inner(x.view(x.size(0), -1))

    model, x = Viewing(), torch.randn(7, 3)
    for axes in (None, {"x": {0: "N"}}):
        torch.onnx.export(
            model, (x,), str(tmp_path / "m.onnx"), input_names=["x"], dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        got = wv.load_model(tmp_path / "m.onnx")(x)
        np.testing.assert_allclose(got, model(x).detach(), rtol=1e-5, atol=1e-6)
    assert onnx.load(tmp_path / "m.onnx").graph.node
