"""Numbers in ONNX files: attributes of nodes, and tensors, whose claims are checked first."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.errors import WarpvizError

LARGEST_TENSOR = 2**25
"""Numbers in one tensor."""


def attributes(node: Any) -> dict[str, Any]:
    """The attributes of a node as Python values."""
    from onnx import helper

    return {one.name: helper.get_attribute_value(one) for one in node.attribute}


def array_of(tensor: Any, folder: Path | None = None) -> npt.NDArray[Any]:
    """The numbers of a tensor, no more of them than the file holds.

    Args:
        tensor: an `onnx.TensorProto`.
        folder: of the model's file; weights in other files must be there too.

    Raises:
        WarpvizError: they are kept where they cannot be read, are too many or too few, or are no
            numbers.
    """
    from onnx import TensorProto, helper, numpy_helper

    called = f"tensor '{tensor.name}'"
    kinds = {
        TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16, TensorProto.BFLOAT16,
        TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL,
    }  # fmt: skip
    if tensor.data_type not in kinds:
        raise WarpvizError(
            f"{called} holds other things than plain numbers; export the model with float weights."
        )
    count = 1
    for side in tensor.dims:  # plain integers: numpy's own product could overflow
        count *= int(side)
    if min(tensor.dims, default=1) < 0 or count > LARGEST_TENSOR:
        raise WarpvizError(
            f"{called} claims {count:,} numbers, {LARGEST_TENSOR:,} are read; export a smaller "
            "model."
        )
    size = np.dtype(helper.tensor_dtype_to_np_dtype(tensor.data_type)).itemsize
    if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
        data = _kept_beside(tensor, folder, count * size)
        tensor = TensorProto(data_type=tensor.data_type, dims=tensor.dims, raw_data=data)
    elif tensor.HasField("raw_data"):
        _check_count(called, count, len(tensor.raw_data) / size)
    else:
        lists = (tensor.float_data, tensor.double_data, tensor.int32_data, tensor.int64_data)
        _check_count(called, count, max(map(len, lists)))
    array: npt.NDArray[Any] = numpy_helper.to_array(tensor)
    return array if array.dtype.kind in "iub" else array.astype(np.float64)


def _check_count(called: str, claimed: int, there: float) -> None:
    if there != claimed:
        raise WarpvizError(
            f"{called} claims {claimed:,} numbers and holds {there:g}; export the model again."
        )


def _kept_beside(tensor: Any, folder: Path | None, size: int) -> bytes:
    """The bytes of a tensor from the file that holds its weights, in the same folder."""
    called = f"tensor '{tensor.name}'"
    told = {entry.key: entry.value for entry in tensor.external_data}
    name = told.get("location", "")
    if folder is None:
        raise WarpvizError(
            f"{called} is kept in another file, '{name}', and the model came from none; read it "
            "with load_model from its file."
        )
    place = folder / name
    plain = name not in ("", ".", "..") and not {"/", "\\", ":", "\0"} & set(name)
    if not plain or place.resolve().parent != folder.resolve():
        raise WarpvizError(
            f"{called} is kept in '{name}', and only files in the model's own folder are opened; "
            "put the weights beside the model, or save it in one file."
        )
    if not place.is_file():
        raise WarpvizError(
            f"{called} is kept in '{name}', which is not there; put that file beside the model."
        )
    begin, length = (told.get(key, usual) for key, usual in (("offset", "0"), ("length", "")))
    whole = place.stat().st_size
    left = whole - int(begin) if begin.isdecimal() else -1
    if left < size or (length and not (length.isdecimal() and int(length) == size)):
        raise WarpvizError(
            f"{called} claims {size:,} bytes of '{name}' from byte {begin} on, which has "
            f"{whole:,}; export the model again, with its weights."
        )
    with place.open("rb") as file:
        file.seek(int(begin))
        data: bytes = file.read(size)
    return data


def constant_of(node: Any, folder: Path | None = None) -> npt.NDArray[Any]:
    """The value of a Constant node."""
    (attribute,) = node.attribute
    if attribute.name == "value":
        return array_of(attribute.t, folder)
    if attribute.name in ("value_float", "value_int"):
        return np.array(attribute.f if attribute.name == "value_float" else attribute.i)
    if attribute.name in ("value_floats", "value_ints"):
        return np.array(attribute.floats if attribute.name == "value_floats" else attribute.ints)
    raise WarpvizError(
        f"a Constant of kind {attribute.name} is no number; export the model with plain constants."
    )
