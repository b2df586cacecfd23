"""Models there and back, against onnxruntime and PyTorch's exporter."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from onnx import helper
from torch import nn

import warpviz as wv
from tests.convert.onnx.graphs import EYE, ONE_LAYER, graph, run, single
from tests.convert.torch.states import outputs, points, settled
from warpviz.convert.onnx.reading import stored_of
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS

X = single(np.random.default_rng(0).normal(size=(50, 3)))


@pytest.mark.parametrize("name", [*ACTIVATIONS, "leaky_relu:0.2", "elu:0.5"])
def test_there_and_back(tmp_path: Path, name: str) -> None:
    chain = wv.mlp([3, 5, 4, 2], name, seed=1)
    path = wv.save_model(chain, tmp_path / "m.onnx", data_name="rings", class_names=("a b", "c"))
    onnx.checker.check_model(path, full_check=True)
    np.testing.assert_allclose(run(path, X), chain(X), rtol=1e-5, atol=1e-6)
    again = wv.load_model(path)
    assert repr(again) == repr(chain)
    np.testing.assert_allclose(again(X), chain(X), rtol=1e-5, atol=1e-6)
    assert wv.save_model(chain, tmp_path / "n.onnx").read_bytes() != path.read_bytes()
    model = stored_of(onnx.load(path))
    assert (model.data_name, model.class_names) == ("rings", ("a b", "c"))


def test_a_number_for_each_unit_goes_there_and_back(tmp_path: Path) -> None:
    chain = wv.mlp([3, 3, 3, 2], "prelu:0.125:-0.5:2", seed=1)
    path = wv.save_model(chain, tmp_path / "m.onnx")
    onnx.checker.check_model(path, full_check=True)
    np.testing.assert_allclose(run(path, X), chain(X), rtol=1e-5, atol=1e-6)
    assert repr(wv.load_model(path)) == repr(chain)


def test_standardised_features_go_into_the_first_layer(tmp_path: Path) -> None:
    chain = wv.mlp([3, 4, 2], "tanh", seed=1)
    mean, scale = np.array([1.0, -2.0, 30.0]), np.array([0.5, 2.0, 10.0])
    path = wv.save_model(chain, tmp_path / "m.onnx", mean=mean, scale=scale)
    np.testing.assert_allclose(run(path, X), chain((X - mean) / scale), rtol=1e-4, atol=1e-5)


EXPORTED: dict[str, Any] = {
    "all": lambda: nn.Sequential(
        nn.Linear(3, 4), nn.GELU(), nn.Linear(4, 4), nn.SiLU(), nn.BatchNorm1d(4), nn.Linear(4, 4),
        nn.GELU("tanh"), nn.Linear(4, 3), nn.Softplus(), nn.Linear(3, 3), nn.LogSoftmax(-1),
    ),
    "flat": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4), nn.PReLU(), nn.Dropout(),
        nn.Linear(4, 2), nn.ELU(0.3), nn.LeakyReLU(0.2), nn.Softmax(1),
    ),
    "squash": lambda: nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1), nn.Sigmoid()),
}  # fmt: skip


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("version", [11, 13, 17, 20])
@pytest.mark.parametrize("name", EXPORTED)
def test_what_pytorch_exports(tmp_path: Path, name: str, version: int) -> None:
    torch.manual_seed(0)
    model, x = settled(EXPORTED[name]()), points(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, (x,), str(tmp_path / "m.onnx"), opset_version=version, dynamo=False
        )
    states = wv.load_model(tmp_path / "m.onnx").split().states(x.numpy())
    own = outputs(model, x)
    for state in states:
        assert any(
            state.shape == other.shape and np.allclose(state, other, rtol=1e-5, atol=2e-6)
            for other in own
        )
    np.testing.assert_allclose(states[-1], own[-1], rtol=1e-5, atol=2e-6)


def test_products_and_sums_become_layers() -> None:
    added = helper.make_node("Add", ["b", "h"], ["s"])
    nodes = [*ONE_LAYER, added, helper.make_node("Relu", ["s"], ["y"])]
    weights = {"w": single([[1, 2], [3, 4]]), "b": single([[0.5, -1]])}
    chain = stored_of(graph(*nodes, weights=weights)).chain
    assert repr(chain) == "Chain([Dense([[1.0, 3.0], [2.0, 4.0]], [0.5, -1.0], 'relu')])"
    assert chain([[1.0, -1.0]]).tolist() == [[0.0, 0.0]]
    assert chain([[1.0, 1.0]]).tolist() == [[4.5, 5.0]]


BRANCH = [*ONE_LAYER, helper.make_node("Mul", ["x", "h"], ["y"], name="join")]
REFUSED = [
    (
        graph(*BRANCH, weights={"w": EYE}),
        "Mul 'join', node 2 of 2: the graph branches, it joins two",
    ),
    (graph(helper.make_node("Ceil", ["x"], ["y"])), "Ceil, node 1 of 1: no layer"),
    (graph(helper.make_node("Softmax", ["x"], ["y"], axis=0)), "Softmax.*axis 0"),
    (graph(helper.make_node("Relu", ["x"], ["z"])), "its output 'y' does not depend on its input"),
    (graph(helper.make_node("Relu", ["x"], ["y"], domain="my.own")), "domain my.own"),
    (
        graph(helper.make_node("MatMul", ["x", "w"], ["y"]), weights={"w": single(EYE * np.nan)}),
        "finite weight",
    ),
    (
        graph(helper.make_node("Div", ["x", "w"], ["y"]), weights={"w": 0 * EYE[0]}),
        "constants other",
    ),
]


@pytest.mark.parametrize(("model", "told"), REFUSED, ids=[told[:14] for _, told in REFUSED])
def test_what_is_no_chain_is_named(model: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        stored_of(model)


@pytest.mark.parametrize("dynamic", [False, True])
def test_refusals_of_files_are_whole_true_sentences(tmp_path: Path, dynamic: bool) -> None:
    path = tmp_path / "m.onnx"
    model = nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2), nn.Linear(2, 2))
    axes = {"x": {0: "n"}} if dynamic else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model, (torch.zeros(4, 2),), str(path), dynamo=False, input_names=["x"],
            dynamic_axes=axes,
        )  # fmt: skip
    onnx.checker.check_model(path, full_check=True)
    with pytest.raises(WarpvizError) as told:
        wv.load_model(path)
    # The file is valid, and nothing says that it is not.
    assert str(told.value) == (
        f"'{path}' cannot become a chain: cannot translate LayerNormalization "
        "'/1/LayerNormalization', node 2 of 3: no layer of a chain does what it does; a chain is "
        "made of Gemm, MatMul with Add, BatchNormalization, activations, Softmax and sums x + "
        "f(x) of these; export the part of the model that is."
    )
