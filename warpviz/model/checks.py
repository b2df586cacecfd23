"""What layers expect of arrays: rows, gradients and parameters of the right shape."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_kind, numbers
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError


def rows(x: npt.ArrayLike, name: str, width: int | None = None) -> Floats:
    """Read x as rows of float64, (N, width), or raise naming who expected it."""
    check_kind(name, "x", x, Floats)
    array = numbers(x)
    if array.ndim != 2 or (width is not None and array.shape[1] != width):
        expected = "D" if width is None else width
        raise WarpvizError(f"{name} expects x of shape (N, {expected}), got {array.shape}.")
    return array


def fitting(gradient: npt.ArrayLike, shape: tuple[int, ...]) -> Floats:
    """A gradient that has the shape of what it is of."""
    array = numbers(gradient)
    if array.shape != shape:
        raise WarpvizError(
            f"backward expects a gradient of shape {shape}, that of the output, got {array.shape}."
        )
    return array


def parameter(name: str, value: npt.ArrayLike | Sequence[float], ndim: int) -> Floats:
    """Copy a parameter into a read-only float64 array, or raise."""
    check_kind("Dense", name, value, Floats)
    array = np.array(numbers(value), order="C")
    if array.ndim != ndim or 0 in array.shape:
        expected = "(n_out, n_in)" if ndim == 2 else "(n_out,)"
        raise WarpvizError(f"Dense expects a {name} of shape {expected}, got {array.shape}.")
    if not np.isfinite(array).all():
        raise WarpvizError(f"Dense expects a finite {name}, got NaN or infinity in it.")
    array.setflags(write=False)
    return array
