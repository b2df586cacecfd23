"""Chains to ONNX files, in single precision, as every runtime takes them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from warpviz.atomic import replacing
from warpviz.convert.onnx.operators import operators
from warpviz.errors import WarpvizError, visible
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax, steps_of
from warpviz.model.residual import Add, Keep
from warpviz.version import __version__

OPERATORS = 20
"""Version of the operator set: the first with Gelu."""
FORMAT = 9
"""Version of the file format that came with it."""


def onnx_bytes(
    chain: Chain, *, data_name: str | None = None, class_names: Sequence[str] = ()
) -> bytes:
    """A chain as the bytes of an ONNX file: input (N, n_in) and output (N, n_out), float32.

    Args:
        chain: the model.
        data_name: what it was trained on; kept in the file's metadata, as are
        class_names: the names of its classes.

    Raises:
        WarpvizError: the onnx package is missing, or the chain's width is unknown.
    """
    try:
        from onnx import TensorProto, checker, helper, numpy_helper
    except ImportError:
        raise WarpvizError(
            "ONNX files need the onnx package; install it with: pip install 'warpviz[onnx]'."
        ) from None
    nodes: list[Any] = []
    weights: list[Any] = []
    numbers: dict[float, str] = {}

    def add(kind: str, *inputs: str, **given: Any) -> str:
        output = f"{kind.lower()}_{len(nodes)}"
        nodes.append(helper.make_node(kind, inputs, [output], name=output, **given))
        return output

    def known(value: float) -> str:
        name = f"number_{len(numbers)}"
        name = numbers.setdefault(_single_number(value), name)
        return name

    def tensor(value: Any) -> str:
        name = f"array_{len(weights)}"
        weights.append(numpy_helper.from_array(value.astype(np.float32), name))
        return name

    def activated(name: str, x: str) -> str:
        record = ACTIVATIONS[name]
        if name == "identity":
            return x
        if record.onnx is not None:
            kind, given = record.onnx
            arrays = [tensor(value) for value in given.values() if isinstance(value, np.ndarray)]
            words = {word: one for word, one in given.items() if not isinstance(one, np.ndarray)}
            return add(kind, x, *arrays, **words)
        return operators(record.node("ONNX"), x, add, known)

    here = "x"
    kept: list[str] = []
    for k, layer in enumerate(steps_of(chain)):
        if isinstance(layer, Keep):
            kept.append(here)
        elif isinstance(layer, Add):
            here = add("Add", kept.pop(), here)
        elif isinstance(layer, Dense):
            names = f"weight_{k}", f"bias_{k}"
            for name, array in zip(names, (layer.weight, layer.bias), strict=True):
                weights.append(numpy_helper.from_array(_single(array, k), name))
            here = activated(layer.activation, add("Gemm", here, *names, transB=1))
        elif isinstance(layer, Softmax):
            here = add("LogSoftmax" if layer.log else "Softmax", here, axis=-1)
        else:
            here = activated(layer.name, here)
    weights += [
        numpy_helper.from_array(np.float32(value).reshape(()), name)
        for value, name in numbers.items()
    ]
    add("Identity", here)
    nodes[-1].output[0] = "y"
    sides = chain.widths[0], chain.widths[-1]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", side])
        for name, side in zip("xy", sides, strict=True)
    ]
    graph = helper.make_graph(nodes, "chain", ends[:1], ends[1:], weights)
    model = helper.make_model(
        graph,
        producer_name="warpviz",
        producer_version=__version__,
        opset_imports=[helper.make_opsetid("", OPERATORS)],
        ir_version=FORMAT,
    )
    notes = {
        "data_name": visible(data_name or ""),
        "class_names": "\n".join(map(visible, class_names)),
    }
    helper.set_model_props(model, {key: text for key, text in notes.items() if text})
    checker.check_model(model)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def write_onnx(chain: Chain, path: Path, **names: Any) -> Path:
    """Write a chain; a file that is there stays whole until the new one is.

    Raises:
        WarpvizError: as `onnx_bytes`, or where the file cannot be written.
    """
    data = onnx_bytes(chain, **names)
    with replacing(path) as draft:
        draft.write_bytes(data)
    return path


def _single(array: Any, k: int) -> Any:
    with np.errstate(over="ignore"):
        single = np.asarray(array, dtype=np.float32)
    if not np.isfinite(single).all():
        raise WarpvizError(f"Layer {k} has weights beyond single precision, which ONNX files hold.")
    return single


def _single_number(value: float) -> float:
    return float(np.float32(value))
