"""Activations that are operators of ONNX, with the numbers that a node gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy.typing as npt

from warpviz.convert.elementwise import called, clipped
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS

ACTING = frozenset(record.onnx[0] for record in ACTIVATIONS.values() if record.onnx is not None)
"""Operators that an activation has for itself."""
ENDLESS = 3e38
"""From such a number on there is no end, in single precision."""


def acting(kind: str, given: Mapping[str, Any]) -> str:
    """The activation that an operator of `ACTING` is.

    Args:
        kind: the operator.
        given: the attributes of its node; what is not among them is as usual.

    Raises:
        WarpvizError: no activation has these numbers; the message is the reason alone.
    """
    from onnx import defs, helper

    def value(word: str) -> Any:
        usual = defs.get_schema(kind).attributes[word].default_value
        return given.get(word, helper.get_attribute_value(usual))

    known = called("onnx", kind, value)
    if known is None:
        raise WarpvizError("no activation of a chain has these numbers")
    return known


def ended(given: Mapping[str, Any], constants: Sequence[npt.NDArray[Any] | None]) -> str:
    """What ends at two numbers: attributes until version 11, then inputs behind the first."""
    ends = [given.get("min"), given.get("max")]
    for k, value in enumerate(constants[1:]):
        ends[k] = None if value is None else value.reshape(()).item()
    return clipped(*(None if end is None or abs(end) > ENDLESS else float(end) for end in ends))
