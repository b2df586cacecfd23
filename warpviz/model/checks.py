"""What layers expect of arrays: rows, gradients and parameters of the right shape."""

from collections.abc import Sequence
from typing import Any, TypeGuard

import numpy as np
import numpy.typing as npt

from warpviz.arguments import check_kind, numbers
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError


def rows(x: npt.ArrayLike, name: str, width: int | None = None) -> Floats:
    """Read x as rows of float64, (N, width), or raise naming who expected it."""
    array = x if _is_plain(x) else _read(x, name)
    if array.ndim != 2 or (width is not None and array.shape[1] != width):
        expected = "D" if width is None else width
        raise WarpvizError(f"{name} expects x of shape (N, {expected}), got {array.shape}.")
    return array


def _is_plain(x: Any) -> TypeGuard[Floats]:
    """Whether x is what numpy computes with as it is."""
    return type(x) is np.ndarray and x.dtype == np.float64


def _read(x: npt.ArrayLike, name: str) -> Floats:
    check_kind(name, "x", x, Floats)
    return numbers(x)


def is_finite(state: Floats) -> bool:
    """Whether all numbers are: then mostly their sum is, which is found sooner."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(state.sum())) or bool(np.isfinite(state).all())


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


def overflow(k: int, layer: Any, x: Floats) -> WarpvizError:
    """Make (not raise) the error for a layer whose output at x (N, n_in) is not finite.

    Args:
        k: its number as films and formulas have it, counted by the weights; 0 before any.
        layer: what it is.
        x: what came to it.

    >>> from warpviz.model.layers import Dense
    >>> str(overflow(1, Dense([[2.0]], [0.0], "log(z)"), np.array([[1.0], [-0.5]])))[:66]
    'Layer 1 (Dense 1→1 log(z)) is not defined at z = -1, where unit 1 '
    """
    with np.errstate(all="ignore"):
        sums = layer.affine(x) if hasattr(layer, "affine") else x
        if hasattr(layer, "function") and np.isfinite(sums).all():
            values = layer.function.f(sums)
            row, unit = np.argwhere(~np.isfinite(values))[0]
            what = "is not defined" if np.isnan(values[row, unit]) else "overflows"
            return WarpvizError(
                f"{who(k, layer)} {what} at z = {sums[row, unit]:.6g}, where unit {unit + 1} "
                "comes; take another activation, or keep what is inside it in bounds, as in "
                "log(max(z, 0.01))."
            )
    return WarpvizError(
        f"{who(k, layer)} overflows: its output is not finite; scale its weights or its input down."
    )


def who(k: int, layer: Any) -> str:
    """The start of a sentence about layer k, counted by the weights; 0 is before any."""
    return f"Layer {k} ({layer})" if k else f"Activation {layer} of the input"


def no_slope(k: int, layer: Any, x: Floats) -> WarpvizError | None:
    """The error for layer k, counted likewise, if its activation has no finite slope at x."""
    if not hasattr(layer, "function"):
        return None
    sums = layer.affine(x) if hasattr(layer, "affine") else x
    with np.errstate(all="ignore"):
        wrong = np.argwhere(~np.isfinite(layer.function.derivative(sums)))
    if not len(wrong):
        return None
    row, unit = wrong[0]
    return WarpvizError(
        f"{who(k, layer)} has no finite slope at z = {sums[row, unit]:.6g}, where unit "
        f"{unit + 1} comes, so that it cannot be trained; take another activation."
    )
