"""Small ONNX graphs for tests, and onnxruntime's word on them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import warpviz as wv
from warpviz.model.descriptions import StoredModel

RNG = np.random.default_rng(0)
Sides = Sequence[int | str | None]


def single(values: Any) -> Any:
    return np.array(values, dtype=np.float32)


def node(kind: str, inputs: str, output: str, **given: Any) -> Any:
    """A node; names stand in one word each, "-" for one left out."""
    names = [name if name != "-" else "" for name in inputs.split()]
    return helper.make_node(kind, names, output.split(), **given)


DRAWS = np.random.default_rng(0)
W = {
    "mean": single(DRAWS.normal(size=(1, 1, 1, 5))), "spread": single([0.5, 2, 3, 1, 0.25]),
    "w": single(DRAWS.normal(size=(5, 4))), "b": single(DRAWS.normal(size=4)),
    "v": single(DRAWS.normal(size=(4, 3))), "c": single(DRAWS.normal(size=3)),
    "left": single(DRAWS.normal(size=(4, 5))), "column": single(DRAWS.normal(size=(4, 1))),
    "up": single(DRAWS.normal(size=(3, 4))), "one": single(DRAWS.normal(size=(4, 1))),
    "big": single(DRAWS.normal(size=(784, 3))), "plane": single(DRAWS.normal(size=(28, 28))),
    "zero": single(0), "six": single(6), "zeros": single(np.zeros(4)), "half": single(0.5),
    "unity": single(1), "flat": np.array([-1]), "rows": np.array([0, -1]), "last": np.array([1]),
    "first": np.array(0), "five": np.array([5]), "front": np.array([0]),
}  # fmt: skip
"""Weights by the names that nodes have for them."""
TAIL = [node("Gemm", "r v c", "y")]


EYE = np.eye(2, dtype=np.float32)
ONE_LAYER = [helper.make_node("MatMul", ["x", "w"], ["h"], name="first")]


def model(
    nodes: Sequence[Any],
    sides: Sides | None,
    weights: Mapping[str, Any],
    *,
    outputs: Sequence[str] = ("y",),
    version: int = 17,
    kind: int = TensorProto.FLOAT,
) -> Any:
    """A model from "x" to its outputs, whose shapes it does not tell."""
    kept = [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
    start = helper.make_tensor_value_info("x", kind, sides)
    graph = helper.make_graph(list(nodes), "g", [start], ends, kept)
    domains = [helper.make_opsetid("", version), helper.make_opsetid("ai.onnx.ml", 1)]
    return helper.make_model(graph, opset_imports=domains, ir_version=9)


def run(made: Any, x: Any, output: int = 0) -> Any:
    """What onnxruntime gives; of a model or of its file."""
    source = made.SerializeToString() if isinstance(made, onnx.ModelProto) else str(made)
    session = onnxruntime.InferenceSession(source, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {session.get_inputs()[0].name: x})[output])


def agrees(made: Any, stored: StoredModel, shape: Sequence[int], *, turned: bool = False) -> None:
    """Hold a chain against onnxruntime on random points.

    Args:
        made: the model or its file.
        stored: what was read of it.
        shape: of the tensor that holds points.
        turned: whether it holds them in columns.
    """
    x = np.random.default_rng(1).uniform(-2, 2, size=shape).astype(np.float32)
    expected = run(made, x)
    got = stored.chain((x.T if turned else x).reshape(-1, stored.chain.widths[0]).astype(float))
    expected = (expected.T if turned else expected).reshape(got.shape)
    np.testing.assert_allclose(got, expected, rtol=1e-5, atol=1e-6 * np.abs(expected).max())


def path_of(made: Any, folder: Path) -> Path:
    """A model as a file."""
    path = folder / "m.onnx"
    path.write_bytes(made.SerializeToString())
    return path


def told(chain: wv.Chain) -> str:
    """5-4:relu-3, say: widths and activations, scales of single numbers left out."""
    words = [str(chain.widths[0])]
    for layer in chain:
        words.append(str(layer.n_out) if isinstance(layer, wv.Dense) else "?")
        name = getattr(layer, "activation", "identity")
        words[-1] += "" if name == "identity" else f":{name}"
    return "-".join(words)


def graph(*nodes: Any, weights: dict[str, np.ndarray] | None = None, width: int = 2) -> Any:
    """A model x → y."""
    return model(nodes, ("N", width), weights or {})
