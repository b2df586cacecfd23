"""What one node of an ONNX graph does, as steps of a chain.

Source: the operators of https://onnx.ai/onnx/operators/, versions 7 to the newest.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.convert.elementwise import with_numbers
from warpviz.convert.onnx.acting import ACTING, acting, ended
from warpviz.convert.onnx.constants import axes_of
from warpviz.convert.onnx.linear_models import linear_classifier, linear_regressor, scaler
from warpviz.convert.onnx.place import Place
from warpviz.convert.onnx.tensors import attributes
from warpviz.convert.parts import Part, normalisation, scale
from warpviz.errors import WarpvizError
from warpviz.model.layers import Dense, Softmax

Given: TypeAlias = Mapping[str, Any]
Constants: TypeAlias = Sequence[npt.NDArray[Any] | None]
Answer: TypeAlias = tuple[list[Part], Place]
Step: TypeAlias = Callable[[Given, Constants, Place, int], Answer]
AFFINE = "only a point's numbers times a matrix of constants are an affine map"
DOMAINS = ("", "ai.onnx", "ai.onnx.ml")
"""Where operators come from that are known here."""


def step_of(node: Any, constants: Constants, place: Place, version: int) -> Answer:
    """The steps of a node, and the place behind it.

    Args:
        node: with one input that carries data.
        constants: its inputs, None for that one and for those left out.
        place: the data's.
        version: of the operator set.

    Raises:
        WarpvizError: it has no counterpart; the message is the reason alone.
    """
    if node.domain not in DOMAINS:
        raise WarpvizError(f"the domain {node.domain} is not known")
    if node.op_type not in STEPS:
        raise WarpvizError("no layer of a chain does what it does")
    return STEPS[node.op_type](attributes(node), constants, place, version)


def _matrix(value: npt.NDArray[Any] | None) -> Floats:
    if value is None or value.ndim != 2 or 0 in value.shape:
        raise WarpvizError(AFFINE)
    return np.asarray(value, dtype=np.float64)


def _dense(weight: Floats, place: Place, axis: int) -> Dense:
    """A map of the numbers along an axis."""
    if place.sides[axis] is None:
        place = place.with_side(axis, weight.shape[1])
    place.along(axis)
    if place.width != weight.shape[1]:
        raise WarpvizError(f"it takes {weight.shape[1]} numbers, a point has {place.width}")
    return Dense(weight, np.zeros(len(weight)))


def _gemm(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    if len(place.sides) != 2 or (constants[0] is None) == (constants[1] is None):
        raise WarpvizError(AFFINE)
    first = constants[0] is None
    matrix = _matrix(constants[1] if first else constants[0])
    turned = given.get("transB" if first else "transA", 0)
    # Rows times a matrix as W x: W is B turned, or A itself.
    weight = float(given.get("alpha", 1.0)) * (matrix if bool(turned) == first else matrix.T)
    data_turned = bool(given.get("transA" if first else "transB", 0))
    axis = int(first != data_turned)
    parts: list[Part] = [_dense(weight, place, axis)]
    place = place.with_side(axis, len(weight))
    place = place.turned([1, 0]) if data_turned else place
    if len(constants) > 2 and constants[2] is not None:
        shift, place = place.spread(float(given.get("beta", 1.0)) * constants[2])
        parts.append(scale(1.0, shift))
    return parts, place


def _matmul(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    first = constants[0] is None
    value = constants[1] if first else constants[0]
    if value is None or value.ndim == 0:
        raise WarpvizError(AFFINE)
    lone = value.ndim == 1
    if any(side != 1 for side in value.shape[:-2]):
        raise WarpvizError(AFFINE)
    if len(place.sides) > 1:
        place = place.with_ones(range(value.ndim - len(place.sides)))
    matrix = _matrix(value.reshape(1, -1) if lone else value.reshape(value.shape[-2:]))
    weight = matrix if lone or not first else matrix.T
    axis = len(place.sides) - (1 if first or len(place.sides) == 1 else 2)
    layer = _dense(weight, place, axis)
    place = place.with_side(axis, len(weight))
    return [layer], place.without([axis]) if lone else place


def _arithmetic(kind: str) -> Step:
    def step(given: Given, constants: Constants, place: Place, version: int) -> Answer:
        first = constants[0] is None
        value, place = place.spread(constants[1] if first else constants[0])  # type: ignore[arg-type]
        if kind == "Add":
            return [scale(1.0, value)], place
        if kind == "Sub":
            return [scale(1.0, -value) if first else scale(-1.0, value)], place
        if kind == "Mul":
            return [scale(value)], place
        if not first or not value.all():
            raise WarpvizError("only a division by constants other than 0 is an affine map")
        return [scale(1.0 / value)], place

    return step


def _batch_norm(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    if given.get("training_mode", 0):
        raise WarpvizError("it is in training mode, where its map depends on the batch")
    if len(constants) != 5 or any(value is None for value in constants[1:]):
        raise WarpvizError("its statistics are no constants")
    behind = (1,) * max(len(place.sides) - 2, 0)
    numbers = []
    for value in constants[1:]:
        spread, place = place.spread(np.reshape(value, (-1, *behind)))  # type: ignore[arg-type]
        numbers.append(spread)
    weight, bias, mean, variance = numbers
    if not (variance >= 0).all():
        raise WarpvizError("its variance is negative or no number")
    return [normalisation(mean, variance, weight, bias, float(given.get("epsilon", 1e-5)))], place


def _softmax(log: bool) -> Step:
    def step(given: Given, constants: Constants, place: Place, version: int) -> Answer:
        rank = len(place.sides)
        axis = given.get("axis", -1 if version >= 13 else 1)
        at = axis + rank * (axis < 0)
        try:
            # Until version 13 everything from the axis on was one row.
            behind = place if version >= 13 else place.grouped(at)
            behind.along(at if version >= 13 else 1)
        except WarpvizError:
            raise WarpvizError(f"its axis {axis:.3g} is not that of a point") from None
        return [Softmax(log)], place

    return step


def _flatten(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    axis = given.get("axis", 1)
    at = axis + len(place.sides) * (axis < 0)
    try:
        return [], place.grouped(at)
    except WarpvizError:
        raise WarpvizError(f"it flattens from axis {axis}, which mixes points") from None


def _reshape(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    shape = given.get("shape") if len(constants) < 2 else constants[1]
    if shape is None:
        raise WarpvizError("its shape depends on the data")
    sides = [int(side) for side in np.asarray(shape).reshape(-1)]
    return [], place.reshaped(sides, not given.get("allowzero", 0))


def _squeeze(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    axes = axes_of(given, constants, len(place.sides))
    every = [axis for axis, side in enumerate(place.sides) if side == 1]
    return [], place.without(axes or every)


def _unsqueeze(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    named = constants[1] if len(constants) > 1 else given.get("axes", ())
    many = 0 if named is None else len(np.reshape(named, -1))
    return [], place.with_ones(axes_of(given, constants, len(place.sides) + many))


def _transpose(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    return [], place.turned(given.get("perm", range(len(place.sides))[::-1]))


def _prelu(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    slope = constants[1] if len(constants) > 1 else None
    if slope is None:
        raise WarpvizError("its slopes are no constants")
    numbers, place = place.spread(slope)
    same = len(np.unique(numbers)) == 1
    return [with_numbers("prelu", *(numbers[:1] if same else numbers).tolist())], place


def _acting(kind: str) -> Step:
    return lambda given, constants, place, version: ([acting(kind, given)], place)


def _cast(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    if given.get("to") not in (1, 11):
        raise WarpvizError("it rounds numbers")
    return [], place


def _dropout(given: Given, constants: Constants, place: Place, version: int) -> Answer:
    training = constants[2] if len(constants) > 2 else None
    if training is not None and bool(np.any(training)):
        raise WarpvizError("it is in training mode, where its map is chance")
    return [], place


STEPS: dict[str, Step] = {
    "Gemm": _gemm,
    "MatMul": _matmul,
    **{kind: _arithmetic(kind) for kind in ("Add", "Sub", "Mul", "Div")},
    "BatchNormalization": _batch_norm,
    **{kind: _acting(kind) for kind in ACTING},
    "PRelu": _prelu,
    "Clip": lambda given, constants, place, version: ([ended(given, constants)], place),
    "Softmax": _softmax(False),
    "LogSoftmax": _softmax(True),
    "Flatten": _flatten,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Transpose": _transpose,
    "Identity": lambda given, constants, place, version: ([], place),
    "Dropout": _dropout,
    "Cast": _cast,
    "Scaler": lambda given, constants, place, version: scaler(given, place),
    "LinearClassifier": lambda given, constants, place, version: linear_classifier(given, place),
    "LinearRegressor": lambda given, constants, place, version: linear_regressor(given, place),
}
"""Operator → what its node does."""
