"""onnxruntime, PyTorch's exporter and ONNX's own node tests are the oracles."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases
from torch import nn

import warpviz as wv
from tests.convert.test_from_torch import outputs, points, settled
from warpviz.convert.onnx.reading import stored_of
from warpviz.convert.onnx.steps import STEPS
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS

X = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)


def single(values: Any) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def run(path: Path, x: np.ndarray = X) -> np.ndarray:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: x})[0])


@pytest.mark.parametrize("name", [*ACTIVATIONS, "leaky_relu:0.2", "elu:0.5"])
def test_there_and_back(tmp_path: Path, name: str) -> None:
    chain = wv.mlp([3, 5, 4, 2], name, seed=1)
    path = wv.save_model(chain, tmp_path / "m.onnx", data_name="rings", class_names=("a b", "c"))
    onnx.checker.check_model(path, full_check=True)
    np.testing.assert_allclose(run(path), chain(X), rtol=1e-5, atol=1e-6)
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
    np.testing.assert_allclose(run(path), chain(X), rtol=1e-5, atol=1e-6)
    assert repr(wv.load_model(path)) == repr(chain)


def test_standardised_features_go_into_the_first_layer(tmp_path: Path) -> None:
    chain = wv.mlp([3, 4, 2], "tanh", seed=1)
    mean, scale = np.array([1.0, -2.0, 30.0]), np.array([0.5, 2.0, 10.0])
    path = wv.save_model(chain, tmp_path / "m.onnx", mean=mean, scale=scale)
    np.testing.assert_allclose(run(path), chain((X - mean) / scale), rtol=1e-4, atol=1e-5)


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


IN_GRAPHS = {"Transpose", "Scaler", "LinearClassifier", "LinearRegressor"}
"""Operators that are tested in whole graphs: test_walk, test_graph."""


def node_tests() -> list[Any]:
    """ONNX's own tests of single nodes, of the operators that are claimed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cases = collect_testcases()
    return [
        case
        for case in cases
        if case.model is not None
        and case.data_sets is not None
        and len(case.model.graph.node) == 1
        and case.model.graph.node[0].op_type in set(STEPS) - IN_GRAPHS
        and case.model.graph.node[0].domain == ""
        and "cast" not in case.name  # of number formats that NumPy has not
    ]


def translated(case: Any) -> str:
    """Check one of ONNX's own tests; the operator, or "" where its model is refused."""
    model = onnx.ModelProto()
    model.CopyFrom(case.model)
    inputs, expected = case.data_sets[0]
    x, y = np.asarray(inputs[0]), np.asarray(expected[0])
    try:
        for one, value in zip(list(model.graph.input)[1:], inputs[1:], strict=True):
            model.graph.initializer.append(numpy_helper.from_array(np.asarray(value), one.name))
        chain = stored_of(model).chain
    except (WarpvizError, AttributeError, TypeError) as error:
        # What is not rows of numbers, or takes sequences: most of what is tested there.
        assert isinstance(error, WarpvizError) or x.dtype == object or len(inputs) > 1, case.name
        return ""
    turned = any(one.name == "transA" and one.i for one in model.graph.node[0].attribute)
    got = chain((x.T if turned else x).reshape(-1, chain.widths[0]).astype(float))
    close = 1e-3 if np.float16 in (x.dtype, y.dtype) else 1e-5
    close = 1e-2 if "bfloat16" in case.name else close
    np.testing.assert_allclose(got, y.reshape(got.shape), rtol=close, atol=1e-6, err_msg=case.name)
    return str(model.graph.node[0].op_type)


# One test of them all: to ask ONNX for their names takes as long as to run them.
@pytest.mark.slow
def test_the_operators_own_tests_come_out_right_or_are_refused() -> None:
    cases = node_tests()
    assert len(cases) > 50
    # Their own tests of the others are of channels and of constants that are no rows: ours below.
    assert set(STEPS) - {translated(case) for case in cases} <= set(IN_ROWS) | IN_GRAPHS


ROW = single([0.5, -2.0, 3.0])
IN_ROWS: dict[str, list[tuple[list[str], dict[str, Any]]]] = {
    "Add": [(["x", "row"], {}), (["row", "x"], {}), (["x", "one"], {})],
    "Sub": [(["x", "row"], {}), (["row", "x"], {}), (["one", "x"], {})],
    "Mul": [(["x", "row"], {}), (["one", "x"], {})],
    "Div": [(["x", "row"], {}), (["x", "one"], {})],
    "MatMul": [(["x", "matrix"], {})],
    "PRelu": [(["x", "one"], {})],
    "Reshape": [(["x", "shape"], {})],
    "Cast": [(["x"], {"to": TensorProto.FLOAT})],
    "BatchNormalization": [(["x", "row", "row", "row", "positive"], {"epsilon": 0.1})],
}


@pytest.mark.parametrize("kind", IN_ROWS)
def test_operators_on_rows_as_onnxruntime_has_them(kind: str, tmp_path: Path) -> None:
    weights = {
        "row": ROW, "one": single([1.5]), "positive": ROW**2,
        "shape": np.array([-1, 3], dtype=np.int64),
        "matrix": single([[1, 2], [3, 4], [5, -6]]),
    }  # fmt: skip
    for inputs, given in IN_ROWS[kind]:
        node = helper.make_node(kind, inputs, ["y"], **given)
        used = {name: value for name, value in weights.items() if name in inputs}
        model = graph(node, weights=used, width=3)
        model.ir_version = 9
        model.graph.output[0].type.tensor_type.ClearField("shape")
        (tmp_path / "m.onnx").write_bytes(model.SerializeToString())
        got = wv.load_model(tmp_path / "m.onnx")(X)
        np.testing.assert_allclose(got, run(tmp_path / "m.onnx"), rtol=1e-5, atol=1e-6)


def graph(*nodes: Any, weights: dict[str, np.ndarray] | None = None, width: int = 2) -> Any:
    """A model x → y."""
    kept = [numpy_helper.from_array(value, name) for name, value in (weights or {}).items()]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", side])
        for name, side in (("x", width), ("y", None))
    ]
    made = helper.make_graph(list(nodes), "g", ends[:1], ends[1:], kept)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)])


W = np.eye(2, dtype=np.float32)
ONE_LAYER = [helper.make_node("MatMul", ["x", "w"], ["h"], name="first")]


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
    (graph(*BRANCH, weights={"w": W}), "Mul 'join', node 2 of 2: the graph branches, it joins two"),
    (graph(helper.make_node("Ceil", ["x"], ["y"])), "Ceil, node 1 of 1: no layer"),
    (graph(helper.make_node("Softmax", ["x"], ["y"], axis=0)), "Softmax.*axis 0"),
    (graph(helper.make_node("Relu", ["x"], ["z"])), "its output 'y' does not depend on its input"),
    (graph(helper.make_node("Relu", ["x"], ["y"], domain="my.own")), "domain my.own"),
    (
        graph(helper.make_node("MatMul", ["x", "w"], ["y"]), weights={"w": single(W * np.nan)}),
        "finite weight",
    ),
    (graph(helper.make_node("Div", ["x", "w"], ["y"]), weights={"w": 0 * W[0]}), "constants other"),
]


@pytest.mark.parametrize(("model", "told"), REFUSED, ids=[told[:14] for _, told in REFUSED])
def test_what_is_no_chain_is_named(model: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        stored_of(model)


def hostile(tensor: Any) -> bytes:
    model = graph(*ONE_LAYER, helper.make_node("Relu", ["h"], ["y"]), weights={"w": W})
    tensor.name = "w"
    model.graph.initializer[0].CopyFrom(tensor)
    return bytes(model.SerializeToString())


def elsewhere() -> Any:
    tensor = TensorProto(data_type=TensorProto.FLOAT, dims=[2, 2])
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    return tensor


GOOD = graph(*ONE_LAYER, helper.make_node("Relu", ["h"], ["y"]), weights={"w": W})
FILES = {
    "empty": (b"", "cut short, damaged or of another kind"),
    "text": (b"hello, this is no model" * 9, "cut short, damaged or of another kind"),
    "half": (GOOD.SerializeToString()[:-30], "damaged|inputs|not"),
    "elsewhere": (hostile(elsewhere()), "only files in the model's own folder are opened"),
    "gigantic": (
        hostile(TensorProto(data_type=1, dims=[2**40, 2**40], raw_data=b"1234")),
        "claims 1,208,925,819,614,629,174,706,176 numbers",
    ),
    "lying": (
        hostile(TensorProto(data_type=1, dims=[2000, 2000], raw_data=b"1234")),
        "claims 4,000,000 numbers and holds 1",
    ),
    "negative": (hostile(TensorProto(data_type=1, dims=[-1, -1], float_data=[1.0])), "claims 1 "),
    "words": (
        hostile(TensorProto(data_type=TensorProto.STRING, dims=[1], string_data=[b"a"])),
        "other things than plain numbers",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_hostile_files_end_in_one_sentence(tmp_path: Path, name: str) -> None:
    data, told = FILES[name]
    path = tmp_path / f"{name}.onnx"
    path.write_bytes(data)
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.load_model(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.slow
def test_every_cut_and_many_flips_are_refused_or_read(tmp_path: Path) -> None:
    whole = GOOD.SerializeToString()
    rng = np.random.default_rng(0)
    damaged = [whole[:cut] for cut in range(len(whole))]
    for _ in range(300):
        data = bytearray(whole)
        for place in rng.integers(0, len(data), 3):
            data[place] = rng.integers(0, 256)
        damaged.append(bytes(data))
    path = tmp_path / "m.onnx"
    for data in damaged:
        path.write_bytes(data)
        try:
            wv.load_model(path)
        except WarpvizError as error:
            assert "\n" not in str(error)


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
