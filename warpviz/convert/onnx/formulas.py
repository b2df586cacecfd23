"""Activations that an ONNX graph spells out in simpler operators, as older exporters do."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.convert.elementwise import PROBES, recognised
from warpviz.convert.onnx.tensors import attributes, constant_of
from warpviz.convert.parts import Part
from warpviz.functions.normal import lower_tail
from warpviz.model.activations import ACTIVATIONS

LONGEST = 16
"""Operators that the formula of one activation has at most."""
OPENING = ("Exp", "Neg", "Abs")
"""Operators that begin a formula although nothing else takes their input."""


def spelled_out(
    nodes: Sequence[Any],
    start: int,
    name: str,
    users: Mapping[str, int],
    constant: Callable[[str], npt.NDArray[Any] | None],
) -> tuple[Part, int] | None:
    """The activation that a graph's nodes make up from one on, told from its values on a line.

    Args:
        nodes: of the graph, in order.
        start: where the formula would begin.
        name: the tensor that it is a function of.
        users: how many nodes take each tensor.
        constant: gives the numbers of tensors that do not depend on data.

    Returns:
        What it is, and the place behind its last node; None where there is no formula.
    """
    first = nodes[start].op_type
    if first not in ELEMENTWISE or (users.get(name, 0) < 2 and first not in OPENING):
        return None
    values: dict[str, npt.NDArray[Any]] = {name: PROBES}
    made: dict[str, npt.NDArray[Any]] = {}
    left = dict(users)
    for at in range(start, min(start + LONGEST, len(nodes))):
        node = nodes[at]
        if node.op_type == "Constant" and len(node.attribute) == 1:
            made[node.output[0]] = constant_of(node)
            continue
        taken: list[Any] = []
        for one in node.input:
            value = values[one] if one in values else made.get(one, constant(one))
            if value is None or (one not in values and value.size != 1):
                return None
            taken.append(value if one in values else value.reshape(()).astype(np.float64))
            left[one] -= 1
        if node.op_type not in ELEMENTWISE or node.domain not in ("", "ai.onnx"):
            return None
        try:
            with np.errstate(all="ignore"):
                result = ELEMENTWISE[node.op_type](*taken, **attributes(node))
        except TypeError:  # other inputs or attributes than a formula has
            return None
        values[node.output[0]] = result
        if [one for one in values if left.get(one, 0) > 0] == [node.output[0]]:
            found = recognised(result)
            if found is not None:
                return found, at + 1
    return None


def _elementwise(name: str) -> Callable[..., Floats]:
    return lambda x: ACTIVATIONS[name].f(x)


ELEMENTWISE: dict[str, Callable[..., Any]] = {
    "Add": lambda a, b: a + b,
    "Sub": lambda a, b: a - b,
    "Mul": lambda a, b: a * b,
    "Div": lambda a, b: a / b,
    "Pow": lambda a, b: np.power(a, b),
    "Exp": np.exp,
    "Log": np.log,
    "Neg": np.negative,
    "Abs": np.abs,
    "Sqrt": np.sqrt,
    "Reciprocal": lambda a: 1 / a,
    "Max": np.maximum,
    "Min": np.minimum,
    "Erf": lambda a: 2 * lower_tail(a * np.sqrt(2))[0] - 1,
    "Tanh": np.tanh,
    "Sigmoid": _elementwise("sigmoid"),
    "Relu": _elementwise("relu"),
    "Softplus": _elementwise("softplus"),
    "Sin": np.sin,
}
"""Operators of which frameworks make up activations, as functions of arrays."""
