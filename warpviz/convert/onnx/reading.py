"""ONNX files to chains. A file may come from anyone: nothing in it is run, sizes are checked.

Rows are what a chain takes, so an input of shape (…, D) is read as rows of D numbers.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.convert.onnx.formulas import spelled_out
from warpviz.convert.onnx.steps import Place, step_of
from warpviz.convert.onnx.tensors import array_of, attributes, constant_of
from warpviz.convert.parts import LARGEST_WIDTH, Part, with_help
from warpviz.convert.parts import chain_of as chain_of_parts
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.store import StoredModel

LARGEST_FILE = 256 * 2**20
MOST_NODES = 10_000
ON_CONSTANTS = ("Identity", "Transpose")
"""Operators that exporters leave on weights."""
FLOATS = frozenset({1, 10, 11, 16})
"""ONNX's numbers of float, float16, double and bfloat16."""
HELP = (
    "a chain is made of Gemm, MatMul with Add, BatchNormalization, activations of "
    "`warpviz list activations` and Softmax; export the part of the model that is"
)


def read_onnx(path: Path) -> StoredModel:
    """Read a model.

    Raises:
        WarpvizError: ONNX is not installed; the file is missing, damaged, too large, keeps its
            weights elsewhere, or holds no chain.
    """
    try:
        import onnx
    except ImportError:
        raise WarpvizError(
            f"Cannot read {path}: ONNX files need the onnx package; install it with: "
            "pip install 'warpviz[onnx]'."
        ) from None
    from google.protobuf.message import DecodeError

    try:
        if path.stat().st_size > LARGEST_FILE:
            raise WarpvizError(f"File '{path}' expects at most 256 MB, got more.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise WarpvizError(f"File '{path}' does not exist.") from None
    except OSError as error:
        raise WarpvizError(f"File '{path}' cannot be read: {error.strerror or error}.") from None
    model = onnx.ModelProto()
    try:
        model.ParseFromString(data)
        whole = bool(data) and len(model.graph.node) > 0
    except (DecodeError, RecursionError, MemoryError, UnicodeDecodeError):
        whole = False
    if not whole:
        raise WarpvizError(
            f"File '{path}' expects an ONNX model, got a file that is cut short, damaged or of "
            "another kind."
        )
    try:
        return stored_of(model)
    except WarpvizError as error:
        raise WarpvizError(f"'{path}' cannot become a chain: {error}") from None


def stored_of(model: Any) -> StoredModel:
    """A model that is read already (`onnx.ModelProto`) as a chain, with what it says of itself."""
    try:
        chain = _Walk(model).chain()
    except WarpvizError:
        raise
    except (ValueError, TypeError, IndexError, KeyError, OverflowError, MemoryError) as error:
        # Of the many ways in which a graph can contradict itself.
        first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise WarpvizError(
            f"the graph contradicts itself ({first}); export the model again, and look at it with "
            "onnx.checker.check_model."
        ) from None
    notes = {entry.key: entry.value for entry in model.metadata_props}
    names = notes.get("class_names")
    return StoredModel(
        chain, notes.get("data_name") or None, tuple(names.split("\n")) if names else ()
    )


class _Walk:
    """From input to output along a graph."""

    def __init__(self, model: Any) -> None:
        graph = model.graph
        self.nodes = list(graph.node)
        if len(self.nodes) > MOST_NODES:
            raise WarpvizError(
                f"the graph has {len(self.nodes)} nodes, {MOST_NODES} are read; export a smaller "
                "part of the model."
            )
        if graph.sparse_initializer:
            raise WarpvizError(
                "the graph has sparse weights, which a chain cannot hold; export it with dense "
                "ones."
            )
        self.version = max(
            (entry.version for entry in model.opset_import if entry.domain in ("", "ai.onnx")),
            default=1,
        )
        self.tensors = {tensor.name: tensor for tensor in graph.initializer}
        self.values: dict[str, npt.NDArray[Any]] = {}
        """Constants that nodes make, and those read so far."""
        inputs = [one for one in graph.input if one.name not in self.tensors]
        if len(inputs) != 1 or len(graph.output) != 1:
            raise WarpvizError(
                f"the graph has {len(inputs)} input{'s' * (len(inputs) != 1)} and "
                f"{len(graph.output)} output{'s' * (len(graph.output) != 1)}, a chain has one of "
                "each; export the part of the model that has."
            )
        self.shapes: set[str] = set()
        """Tensors that speak of shapes alone."""
        self.output = graph.output[0].name
        self.users: dict[str, int] = {self.output: 1}
        for node in self.nodes:
            for name in node.input:
                self.users[name] = self.users.get(name, 0) + 1
        kind = inputs[0].type.tensor_type.elem_type
        if kind not in FLOATS:
            raise WarpvizError(
                "the input is of whole numbers or words, a chain takes numbers of all kinds; "
                "export the part of the model that begins with floats."
            )
        sides = [side.dim_value for side in inputs[0].type.tensor_type.shape.dim]
        self.place = Place(inputs[0].name, sides)

    def chain(self) -> Chain:
        """The chain of the whole graph."""
        parts = list(self._parts())
        if self.place.name != self.output:
            raise WarpvizError(
                "the output is not what the last layer gives; export the model up to there."
            )
        told = next((part.n_in for part in parts if hasattr(part, "n_in") and part.n_in), None)
        return chain_of_parts(parts, told or self.place.width or None)

    def constant(self, name: str) -> npt.NDArray[Any] | None:
        """The numbers of a tensor that does not depend on the input, None for one that does."""
        if name not in self.values and name in self.tensors:
            self.values[name] = array_of(self.tensors[name])
        return self.values.get(name)

    def _parts(self) -> Iterator[Part]:
        at = 0
        while at < len(self.nodes):
            node = self.nodes[at]
            if node.op_type == "Constant" and len(node.attribute) == 1:
                self.values[node.output[0]] = constant_of(node)
                at += 1
                continue
            if node.op_type in ON_CONSTANTS and self.constant(node.input[0]) is not None:
                kept = self.values[node.input[0]]
                axes = attributes(node).get("perm")
                kept = kept.transpose(axes) if node.op_type == "Transpose" else kept
                self.values[node.output[0]] = kept
                at += 1
                continue
            if self._about_shapes(node):
                at += 1
                continue
            formula = spelled_out(self.nodes, at, self.place.name, self.users, self.constant)
            if formula is not None:
                part, at = formula
                self.place.moved_to(self.nodes[at - 1].output[0])
                yield part
                continue
            yield from self._step(node)
            at += 1

    def _about_shapes(self, node: Any) -> bool:
        """Whether a node speaks of the shape of the data, as x.view(x.size(0), -1) is written.

        What comes of it is the shape (rows, all else), or none that is known.
        """
        if node.op_type != "Shape" and not any(name in self.shapes for name in node.input):
            return False
        if node.op_type not in ("Shape", "Gather", "Unsqueeze", "Squeeze", "Concat", "Cast"):
            return False
        if node.op_type == "Concat":
            values = [self.constant(name) for name in node.input]
            last = values[-1]
            if len(values) != 2 or last is None or last.size != 1 or values[0] is not None:
                return False
            self.values[node.output[0]] = np.array([-1, int(last.reshape(-1)[0])])
            if self.values[node.output[0]].tolist() == [-1, -1]:
                self.values[node.output[0]] = np.array([0, -1])
            return True
        self.shapes.add(node.output[0])
        return True

    def _step(self, node: Any) -> Iterator[Part]:
        moving = [name for name in node.input if name and self.constant(name) is None]
        if node.domain not in ("", "ai.onnx"):
            raise self._refusal(node, f"the domain {node.domain} is not known")
        if moving != [self.place.name]:
            where = "joins two paths" if len(moving) > 1 else "starts a second path"
            raise self._refusal(node, f"the graph branches, it {where}")
        constants = [self.constant(name) if name else None for name in node.input]
        try:
            parts = step_of(node, constants, self.place, self.version)
        except WarpvizError as error:
            raise self._refusal(node, str(error)) from None
        for part in parts:
            self.place.width = getattr(part, "n_out", None) or self.place.width
            if self.place.width and self.place.width > LARGEST_WIDTH:
                raise self._refusal(node, f"it has {self.place.width} units, {LARGEST_WIDTH} go")
            yield part
        self.place.moved_to(node.output[0])

    def _refusal(self, node: Any, why: str) -> WarpvizError:
        place = f"node {self.nodes.index(node) + 1} of {len(self.nodes)}"
        called = f" '{node.name}'" if node.name else ""
        reason = with_help(why, HELP)
        return WarpvizError(f"cannot translate {node.op_type}{called}, {place}: {reason}.")
