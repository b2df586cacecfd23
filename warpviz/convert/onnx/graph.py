"""The part of an ONNX graph that leads from its input to the output that a chain has.

Exports of scikit-learn give a label and chances: the chances are taken. Nodes come in an order in
which none stands before what it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warpviz.errors import WarpvizError

FLOATS = frozenset({1, 10, 11, 16})
"""ONNX's numbers of float, float16, double and bfloat16."""
CLASSES = ("classlabels_strings", "classlabels_int64s")
"""Attributes of ZipMap that name classes."""


@dataclass(frozen=True)
class Path:
    """What is to be walked.

    Attributes:
        input: name of the tensor that carries the data.
        output: name of the tensor at the end.
        nodes: in an order that works, those that the output needs.
        class_names: of a model that says them.
        two_of_one: whether the graph goes on to (1 − p, p) of its one output p.
    """

    input: Any
    output: str
    nodes: tuple[Any, ...]
    class_names: tuple[str, ...] = ()
    two_of_one: bool = False


def path_through(graph: Any) -> Path:
    """The path from a graph's one input to its output of numbers.

    Raises:
        WarpvizError: there are several inputs or outputs, or nodes wait for each other.
    """
    kept = {tensor.name for tensor in graph.initializer}
    maker = {name: node for node in graph.node for name in node.output if name}
    ends = [_unzipped(one, maker) for one in graph.output if _may_be_numbers(one, maker)]
    needed = [_sorted(name, maker) for name, _ in ends]
    made = [{name, *(out for node in nodes for out in node.output)}
            for (name, _), nodes in zip(ends, needed, strict=True)]  # fmt: skip
    last = [k for k, names in enumerate(made) if all(name in names for name, _ in ends)]
    if not last:
        told = ", ".join(one.name for one in graph.output) or "none"
        if not ends:
            raise WarpvizError(
                f"the graph gives no rows of floats (its outputs: {told}), a chain does; export "
                "the part of the model that does."
            )
        raise WarpvizError(
            f"the graph has {len(graph.output)} outputs ({told}) of which none comes last, a chain "
            "has one; export the model with one output."
        )
    (output, names), nodes = ends[last[0]], needed[last[0]]
    used = {name for node in nodes for name in node.input} | {output}
    inputs = [one for one in graph.input if one.name not in kept and one.name in used]
    if len(inputs) != 1:
        if not inputs:
            raise WarpvizError(
                f"its output '{output}' does not depend on its input; export the model again."
            )
        told = ", ".join(one.name for one in inputs)
        raise WarpvizError(
            f"the graph has {len(inputs)} inputs ({told}), a chain has one; export the part of the "
            "model that has."
        )
    chance = _chance(maker.get(output), maker)
    if chance is not None:
        output, nodes = chance, _sorted(chance, maker)
    return Path(inputs[0], output, tuple(nodes), names, chance is not None)


def _may_be_numbers(output: Any, maker: dict[str, Any]) -> bool:
    kind = output.type.WhichOneof("value")
    node = maker.get(output.name)
    if kind == "tensor_type" and output.type.tensor_type.elem_type:
        return output.type.tensor_type.elem_type in FLOATS
    return node is None or node.op_type not in ("ArgMax", "ArrayFeatureExtractor")


def _unzipped(output: Any, maker: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """An output's name and the classes it tells; of a list of tables its numbers as rows."""
    node = maker.get(output.name)
    if node is None or node.op_type != "ZipMap":
        return output.name, ()
    from onnx import helper

    for attribute in node.attribute:
        if attribute.name in CLASSES:
            values = helper.get_attribute_value(attribute)
            words = (v.decode() if isinstance(v, bytes) else str(v) for v in values)
            return node.input[0], tuple(words)
    return node.input[0], ()


def _chance(node: Any, maker: dict[str, Any]) -> str | None:
    """The p of a node that joins 1 − p and p."""
    if node is None or node.op_type != "Concat" or len(node.input) != 2:
        return None
    other, chance = node.input
    less = maker.get(other)
    if less is None or less.op_type != "Sub" or less.input[1] != chance:
        return None
    return str(chance)


def _sorted(name: str, maker: dict[str, Any]) -> list[Any]:
    """The nodes that make a tensor, each behind those whose output it takes."""
    order: list[Any] = []
    state: dict[str, int] = {}
    todo = [name]
    while todo:
        at = todo[-1]
        node = maker.get(at)
        if node is None or state.get(at) == 2:
            todo.pop()
            continue
        waiting = [one for one in node.input if state.get(one) != 2 and one in maker]
        if state.get(at) == 1 and any(state.get(one) == 1 for one in waiting):
            raise WarpvizError(
                f"the graph goes in a circle at '{at}'; a chain leads from input to output, export "
                "the model without a loop."
            )
        state[at] = 1
        if waiting:
            todo += waiting
            continue
        order.append(node)
        state.update(dict.fromkeys(node.output, 2))
        todo.pop()
    return order


def described(node: Any, nodes: Sequence[Any]) -> str:
    """A node as a sentence names it: its operator, name and place."""
    called = f" '{node.name}'" if node.name else ""
    return f"{node.op_type}{called}, node {list(nodes).index(node) + 1} of {len(nodes)}"
