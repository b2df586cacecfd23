"""What a graph works out of constants and of shapes alone, before any data comes."""

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.convert.onnx.place import POINTS, Place
from warpviz.convert.onnx.tensors import LARGEST_TENSOR
from warpviz.errors import WarpvizError

Array = npt.NDArray[Any]


def shape_of(place: Place, given: Mapping[str, Any]) -> Array:
    """The shape of a tensor as a graph asks for it; `POINTS`, and -1 for another unknown side."""
    sides = [
        POINTS if side is None and place.start <= axis < place.stop else side or -1
        for axis, side in enumerate(place.sides)
    ]
    return np.array(sides[given.get("start", 0) : given.get("end", len(sides))], dtype=np.int64)


def folded(kind: str, given: Mapping[str, Any], inputs: Sequence[Array | None]) -> Array | None:
    """What an operator gives of constants; None for one that is not worked out here.

    Args:
        kind: of the operator.
        given: its attributes.
        inputs: its constants, None for those left out.
    """
    if kind not in FOLDED or not inputs or inputs[0] is None:
        return None
    if kind in ARITHMETIC:
        if any(value is None or _unknown(value) for value in inputs):
            return None
        _check_size(prod(np.broadcast_shapes(*(v.shape for v in inputs if v is not None))))
    with np.errstate(all="ignore"):
        return np.asarray(FOLDED[kind](given, *inputs))


def _unknown(value: Array) -> bool:
    """Whether numbers of a shape are not known: what is worked out of them is not known either."""
    return value.dtype.kind == "i" and bool((value < 0).any())


def axes_of(given: Mapping[str, Any], inputs: Sequence[Array | None], rank: int) -> list[int]:
    """The axes that Squeeze and Unsqueeze name, from 0; as input, or as attribute of old."""
    named = inputs[1] if len(inputs) > 1 and inputs[1] is not None else given.get("axes", ())
    axes = [int(axis) + rank * (int(axis) < 0) for axis in np.asarray(named).reshape(-1)]
    if len(set(axes)) < len(axes) or not all(0 <= axis < rank for axis in axes):
        raise WarpvizError(f"its axes {axes} are not of a tensor of {rank} axes")
    return axes


def _unsqueeze(given: Mapping[str, Any], x: Array, axes: Array | None = None) -> Array:
    many = len(np.reshape(given.get("axes", ()) if axes is None else axes, -1))
    return np.expand_dims(x, tuple(axes_of(given, (x, axes), x.ndim + many)))


def _squeeze(given: Mapping[str, Any], x: Array, axes: Array | None = None) -> Array:
    named = tuple(axes_of(given, (x, axes), x.ndim))
    return np.squeeze(x, named or None)


def _slice(given: Mapping[str, Any], x: Array, *inputs: Array | None) -> Array:
    names = ("starts", "ends", "axes", "steps")
    told = {name: given[name] for name in names if name in given}
    told |= {name: v for name, v in zip(names, inputs, strict=False) if v is not None}
    starts, ends = (np.reshape(told[name], -1).tolist() for name in names[:2])
    axes = np.reshape(told.get("axes", range(len(starts))), -1).tolist()
    steps = np.reshape(told.get("steps", [1] * len(starts)), -1).tolist()
    cut = [slice(None)] * x.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        cut[axis] = slice(start, end, step)
    return x[tuple(cut)]


def _reshape(given: Mapping[str, Any], x: Array, shape: Array | None = None) -> Array:
    sides = np.reshape(given["shape"] if shape is None else shape, -1).tolist()
    copies = not given.get("allowzero", 0)
    return x.reshape([x.shape[a] if s == 0 and copies else s for a, s in enumerate(sides)])


def _cast(given: Mapping[str, Any], x: Array) -> Array:
    from onnx import helper

    kind = np.dtype(helper.tensor_dtype_to_np_dtype(given["to"]))
    return x.astype(kind if kind.kind in "iub" else np.float64)


def _product(given: Mapping[str, Any], a: Array, b: Array) -> Array:
    _check_size(a.size * b.size // max(b.shape[0], 1) ** 2)
    return a @ b


def _gather(given: Mapping[str, Any], x: Array, index: Array) -> Array:
    axis = given.get("axis", 0)
    _check_size(index.size * x.size // max(x.shape[axis], 1))
    return np.take(x, index.astype(np.int64), axis=axis)


def _check_size(count: int) -> None:
    if count > LARGEST_TENSOR:
        raise WarpvizError("its constants are too many; export a smaller model")


ARITHMETIC: dict[str, Callable[..., Any]] = {
    "Add": lambda given, a, b: a + b,
    "Sub": lambda given, a, b: a - b,
    "Mul": lambda given, a, b: a * b,
    "Div": lambda given, a, b: a // b if a.dtype.kind in "iu" else a / b,
    "Neg": lambda given, a: -a,
    "Sqrt": lambda given, a: np.sqrt(a),
    "Reciprocal": lambda given, a: 1 / a,
}
"""Operators that calculate with numbers, one by one."""
FOLDED: dict[str, Callable[..., Any]] = {
    **ARITHMETIC,
    "MatMul": _product,
    "Identity": lambda given, x: x,
    "Flatten": lambda given, x: x.reshape(prod(x.shape[: given.get("axis", 1)]), -1),
    "Transpose": lambda given, x: x.transpose(given.get("perm")),
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Slice": _slice,
    "Gather": _gather,
    "Concat": lambda given, *x: np.concatenate(x, axis=given["axis"]),
    "Cast": _cast,
}
"""Operator → what it gives of its attributes and constants."""
