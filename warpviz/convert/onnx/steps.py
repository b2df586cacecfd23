"""What one node of an ONNX graph does, as steps of a chain.

Source: the operators of https://onnx.ai/onnx/operators/, versions 7 to the newest.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.convert.elementwise import with_parameter
from warpviz.convert.onnx.tensors import attributes
from warpviz.convert.parts import Part, normalisation, scale
from warpviz.errors import WarpvizError
from warpviz.model.layers import Dense, Softmax

Constants = Sequence[npt.NDArray[Any] | None]


class Place:
    """Where on the path through a graph we are.

    Attributes:
        name: of the tensor.
        sides: its declared shape, 0 for an unknown side.
        width: numbers in a row; 0 where it is unknown.
        rank: axes of the tensor; 0 where it is unknown.
        started: whether a step has changed the numbers yet.
    """

    def __init__(self, name: str, sides: Sequence[int]) -> None:
        self.name = name
        self.sides = list(sides)
        self.rank = len(self.sides)
        self.width = self.sides[-1] if self.rank > 1 else 0
        self.started = False

    def moved_to(self, name: str) -> None:
        """Go on to the next tensor."""
        self.name = name

    def flattened(self) -> None:
        """Take all axes but the first as one."""
        if self.rank > 2:
            if self.started:
                raise WarpvizError("it makes rows of other numbers than the layers before it")
            self.width = int(np.prod(self.sides[1:])) if all(self.sides[1:]) else 0
            self.rank = 2


Step: TypeAlias = Callable[[Mapping[str, Any], Constants, Place, int], list[Part]]


def step_of(node: Any, constants: Constants, place: Place, version: int) -> list[Part]:
    """The steps of a node.

    Args:
        node: with one input that carries data.
        constants: its inputs, None for that one and for those left out.
        place: the data's.
        version: of the operator set.

    Raises:
        WarpvizError: it has no counterpart; the message is the reason alone.
    """
    given = attributes(node)
    kind = node.op_type
    if kind not in STEPS:
        raise WarpvizError("no layer of a chain does what it does")
    parts = STEPS[kind](given, constants, place, version)
    place.started = place.started or bool(parts)
    return parts


def _matrix(value: npt.NDArray[Any] | None) -> Floats:
    if value is None or value.ndim != 2 or 0 in value.shape:
        raise WarpvizError("only rows times a matrix of constants are an affine map")
    return np.asarray(value, dtype=np.float64)


def _gemm(given: Mapping[str, Any], constants: Constants, place: Place, version: int) -> list[Part]:
    if constants[0] is not None or given.get("transA", 0):
        raise WarpvizError("only rows times a matrix of constants are an affine map")
    matrix = _matrix(constants[1])
    weight = float(given.get("alpha", 1.0)) * (matrix if given.get("transB", 0) else matrix.T)
    bias = np.zeros(len(weight))
    if len(constants) > 2 and constants[2] is not None:
        shift = np.asarray(constants[2], dtype=np.float64)
        if shift.size not in (1, len(weight)) or (shift.ndim > 1 and shift.shape[-1] != shift.size):
            raise WarpvizError("its C is not one row")
        bias = bias + float(given.get("beta", 1.0)) * shift.reshape(-1)
    return [Dense(weight, bias)]


def _matmul(
    given: Mapping[str, Any], constants: Constants, place: Place, version: int
) -> list[Part]:
    weight = _matrix(constants[1] if constants[0] is None else None).T
    return [Dense(weight, np.zeros(len(weight)))]


def _arithmetic(
    kind: str,
) -> Step:
    def step(
        given: Mapping[str, Any], constants: Constants, place: Place, version: int
    ) -> list[Part]:
        first = constants[0] is None
        value = np.asarray(constants[1] if first else constants[0], dtype=np.float64)
        if kind == "Add":
            return [scale(1.0, value)]
        if kind == "Sub":
            return [scale(1.0, -value) if first else scale(-1.0, value)]
        if kind == "Mul":
            return [scale(value)]
        if not first or not value.all():
            raise WarpvizError("only a division by constants other than 0 is an affine map")
        return [scale(1.0 / value)]

    return step


def _batch_norm(
    given: Mapping[str, Any], constants: Constants, place: Place, version: int
) -> list[Part]:
    if given.get("training_mode", 0):
        raise WarpvizError("it is in training mode, where its map depends on the batch")
    if place.rank > 2:
        raise WarpvizError("it normalises channels, which rows have not")
    if len(constants) != 5 or any(value is None for value in constants[1:]):
        raise WarpvizError("its statistics are no constants")
    weight, bias, mean, variance = (np.asarray(v, dtype=np.float64) for v in constants[1:])
    if not (variance >= 0).all():
        raise WarpvizError("its variance is negative or no number")
    return [normalisation(mean, variance, weight, bias, float(given.get("epsilon", 1e-5)))]


def _softmax(log: bool) -> Step:
    def step(
        given: Mapping[str, Any], constants: Constants, place: Place, version: int
    ) -> list[Part]:
        # Until version 13 everything from the axis on was one row.
        axis = given.get("axis", -1 if version >= 13 else 1)
        if axis not in (-1, (place.rank or 2) - 1):
            raise WarpvizError(f"it runs along axis {axis}, not over the numbers of a row")
        return [Softmax(log)]

    return step


def _flatten(
    given: Mapping[str, Any], constants: Constants, place: Place, version: int
) -> list[Part]:
    if given.get("axis", 1) not in (1, 1 - (place.rank or 2)):
        raise WarpvizError(f"it flattens from axis {given['axis']}, which mixes points")
    place.flattened()
    return []


def _reshape(
    given: Mapping[str, Any], constants: Constants, place: Place, version: int
) -> list[Part]:
    shape = given.get("shape") if len(constants) < 2 else constants[1]
    sides = [] if shape is None else [int(side) for side in np.asarray(shape).reshape(-1)]
    batch = place.sides[0] if place.sides else 0
    rows_kept = len(sides) == 2 and (sides[0] in (0, -1) or sides[0] == batch > 0)
    if not rows_kept or sides[1] not in (-1, place.width or sides[1]) or sides == [-1, -1]:
        raise WarpvizError(f"it reshapes to {sides}, which may mix points")
    place.flattened()
    return []


def _prelu(
    given: Mapping[str, Any], constants: Constants, place: Place, version: int
) -> list[Part]:
    slope = constants[1] if len(constants) > 1 else None
    if slope is None or len(np.unique(slope)) != 1:
        raise WarpvizError("it has a slope for each unit; a chain's units share one function")
    return [with_parameter("leaky_relu", float(slope.flat[0]))]


def _plain(
    name: str,
) -> Step:
    return lambda given, constants, place, version: [name]


def _with_alpha(name: str, otherwise: float) -> Step:
    return lambda given, constants, place, version: [
        with_parameter(name, float(given.get("alpha", otherwise)))
    ]


def _gelu(given: Mapping[str, Any], constants: Constants, place: Place, version: int) -> list[Part]:
    return ["gelu_tanh" if given.get("approximate", b"none") == b"tanh" else "gelu"]


def _cast(given: Mapping[str, Any], constants: Constants, place: Place, version: int) -> list[Part]:
    if given.get("to") not in (1, 11):
        raise WarpvizError("it rounds numbers")
    return []


def _dropout(
    given: Mapping[str, Any], constants: Constants, place: Place, version: int
) -> list[Part]:
    training = constants[2] if len(constants) > 2 else None
    if training is not None and bool(np.any(training)):
        raise WarpvizError("it is in training mode, where its map is chance")
    return []


STEPS: dict[str, Step] = {
    "Gemm": _gemm,
    "MatMul": _matmul,
    **{kind: _arithmetic(kind) for kind in ("Add", "Sub", "Mul", "Div")},
    "BatchNormalization": _batch_norm,
    "Relu": _plain("relu"),
    "Tanh": _plain("tanh"),
    "Sigmoid": _plain("sigmoid"),
    "Sin": _plain("sin"),
    "Softplus": _plain("softplus"),
    "Swish": lambda given, constants, place, version: _swish(given),
    "LeakyRelu": _with_alpha("leaky_relu", 0.01),
    "Elu": _with_alpha("elu", 1.0),
    "PRelu": _prelu,
    "Gelu": _gelu,
    "Softmax": _softmax(False),
    "LogSoftmax": _softmax(True),
    "Flatten": _flatten,
    "Reshape": _reshape,
    "Identity": lambda given, constants, place, version: [],
    "Dropout": _dropout,
    "Cast": _cast,
}
"""Operator → what its node does."""


def _swish(given: Mapping[str, Any]) -> list[Part]:
    if given.get("alpha", 1.0) != 1.0:
        raise WarpvizError(f"its alpha is {given['alpha']:g}, a chain's silu has 1")
    return ["silu"]
