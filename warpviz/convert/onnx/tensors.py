"""Numbers in ONNX files: attributes of nodes, and tensors, whose claims are checked first."""

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


def array_of(tensor: Any) -> npt.NDArray[Any]:
    """The numbers of a tensor, no more of them than the file holds.

    Raises:
        WarpvizError: they are kept in another file, are too many or too few, or are no numbers.
    """
    from onnx import TensorProto, helper, numpy_helper

    called = f"tensor '{tensor.name}'"
    if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
        raise WarpvizError(
            f"{called} is kept in another file, which is not opened; save the model in one file."
        )
    kinds = {
        TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16, TensorProto.BFLOAT16,
        TensorProto.INT64, TensorProto.INT32,
    }  # fmt: skip
    if tensor.data_type not in kinds:
        raise WarpvizError(f"{called} holds other things than plain numbers.")
    count = 1
    for side in tensor.dims:  # plain integers: numpy's own product could overflow
        count *= int(side)
    if min(tensor.dims, default=1) < 0 or count > LARGEST_TENSOR:
        raise WarpvizError(f"{called} claims {count:,} numbers; {LARGEST_TENSOR:,} are read.")
    if tensor.HasField("raw_data"):
        size = np.dtype(helper.tensor_dtype_to_np_dtype(tensor.data_type)).itemsize
        there = len(tensor.raw_data) / size
    else:
        lists = (tensor.float_data, tensor.double_data, tensor.int32_data, tensor.int64_data)
        there = max(map(len, lists))
    if there != count:
        raise WarpvizError(f"{called} claims {count:,} numbers and holds {there:g}.")
    array: npt.NDArray[Any] = numpy_helper.to_array(tensor)
    return array if array.dtype.kind in "iu" else array.astype(np.float64)


def constant_of(node: Any) -> npt.NDArray[Any]:
    """The value of a Constant node."""
    (attribute,) = node.attribute
    if attribute.name == "value":
        return array_of(attribute.t)
    if attribute.name in ("value_float", "value_int"):
        return np.array(attribute.f if attribute.name == "value_float" else attribute.i)
    if attribute.name in ("value_floats", "value_ints"):
        return np.array(attribute.floats if attribute.name == "value_floats" else attribute.ints)
    raise WarpvizError(f"a Constant of kind {attribute.name} is no number.")
