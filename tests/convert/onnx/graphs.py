"""Small ONNX graphs for tests, and onnxruntime's word on them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from warpviz.model.descriptions import StoredModel

RNG = np.random.default_rng(0)
Sides = Sequence[int | str | None]


def single(values: Any) -> Any:
    return np.array(values, dtype=np.float32)


def node(kind: str, inputs: str, output: str, **given: Any) -> Any:
    """A node; names stand in one word each, "-" for one left out."""
    names = [name if name != "-" else "" for name in inputs.split()]
    return helper.make_node(kind, names, output.split(), **given)


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
