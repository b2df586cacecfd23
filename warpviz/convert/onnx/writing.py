"""Chains to ONNX files, in single precision, as every runtime takes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    onnx = _onnx()
    graph = _Graph(onnx.helper, onnx.numpy_helper)
    _write(graph, chain)
    sides = chain.widths[0], chain.widths[-1]
    ends = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", side])
        for name, side in zip("xy", sides, strict=True)
    ]
    made = onnx.helper.make_graph(graph.nodes, "chain", ends[:1], ends[1:], graph.weights)
    model = onnx.helper.make_model(
        made,
        producer_name="warpviz",
        producer_version=__version__,
        opset_imports=[onnx.helper.make_opsetid("", OPERATORS)],
        ir_version=FORMAT,
    )
    notes = {
        "data_name": visible(data_name or ""),
        "class_names": "\n".join(map(visible, class_names)),
    }
    onnx.helper.set_model_props(model, {key: text for key, text in notes.items() if text})
    onnx.checker.check_model(model)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def _onnx() -> Any:
    try:
        import onnx
    except ImportError:
        raise WarpvizError(
            "ONNX files need the onnx package; install it with: pip install 'warpviz[onnx]'."
        ) from None
    return onnx


@dataclass(frozen=True, eq=False)
class _Graph:
    """A graph that is being written.

    Attributes:
        helper: onnx.helper.
        numpy_helper: onnx.numpy_helper.
        nodes: in order.
        weights: tensors by name.
        numbers: constants, each once, and their names.
    """

    helper: Any
    numpy_helper: Any
    nodes: list[Any] = field(default_factory=list)
    weights: list[Any] = field(default_factory=list)
    numbers: dict[float, str] = field(default_factory=dict)

    def add(self, kind: str, *inputs: str, **given: Any) -> str:
        """A node; the name of its output."""
        output = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(self.helper.make_node(kind, inputs, [output], name=output, **given))
        return output

    def known(self, value: float) -> str:
        """The name of a number."""
        return self.numbers.setdefault(_single_number(value), f"number_{len(self.numbers)}")

    def tensor(self, value: Any, name: str = "") -> str:
        """The name of an array."""
        name = name or f"array_{len(self.weights)}"
        self.weights.append(self.numpy_helper.from_array(value, name))
        return name

    def activated(self, name: str, x: str) -> str:
        """An activation of what has a name; the name of what comes of it."""
        record = ACTIVATIONS[name]
        if name == "identity":
            return x
        if record.onnx is None:
            return operators(record.node("ONNX"), x, self.add, self.known)
        kind, given = record.onnx
        arrays = {word: one for word, one in given.items() if isinstance(one, np.ndarray)}
        names = [self.tensor(one.astype(np.float32)) for one in arrays.values()]
        words = {word: one for word, one in given.items() if word not in arrays}
        return self.add(kind, x, *names, **words)


def _write(graph: _Graph, chain: Chain) -> None:
    """The layers of a chain, from x to y."""
    here = "x"
    kept: list[str] = []
    for k, layer in enumerate(steps_of(chain)):
        if isinstance(layer, Keep):
            kept.append(here)
        elif isinstance(layer, Add):
            here = graph.add("Add", kept.pop(), here)
        elif isinstance(layer, Dense):
            names = [
                graph.tensor(_single(array, k), name)
                for name, array in ((f"weight_{k}", layer.weight), (f"bias_{k}", layer.bias))
            ]
            here = graph.activated(layer.activation, graph.add("Gemm", here, *names, transB=1))
        elif isinstance(layer, Softmax):
            here = graph.add("LogSoftmax" if layer.log else "Softmax", here, axis=-1)
        else:
            here = graph.activated(layer.name, here)
    for value, name in graph.numbers.items():
        graph.tensor(np.float32(value).reshape(()), name)
    graph.add("Identity", here)
    graph.nodes[-1].output[0] = "y"


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
