"""Activation functions: value and slope of each, written once.

Every function is one `fill(z, value, slope)`, which writes f(z) and f'(z) into arrays that
the caller owns. Training calls it on preallocated buffers in float32 or float64; everything
else calls `f` and `derivative`, which allocate and delegate. Value and slope share what is
dear (the exponential, the error function), and cannot disagree.

    ACTIVATIONS["relu"].f(z)        ACTIVATIONS["leaky_relu:0.2"].derivative(z)
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model.normal import lower_tail
from warpviz.names import unknown_name

Reals: TypeAlias = npt.NDArray[np.floating[Any]]
Fill: TypeAlias = Callable[[Reals, Reals, Reals], object]


@dataclass(frozen=True, eq=False)
class ActivationFunction:
    """A function applied to every entry of a state, with its derivative.

    Attributes:
        name: The name that finds it again: `activation(name)`.
        latex: LaTeX of f(z); the letter z occurs in it only as the variable.
        breakpoints: Where a piecewise linear function bends, `()` for a straight one; None
            for a function with curved parts.
        fill: `fill(z, value, slope)` writes f(z) and f'(z) into arrays of the shape and
            dtype of z. Right for |z| up to 1000 at least, though an exponential may overflow
            on the way: call it where numpy keeps quiet about that, as `f` and training do.

    >>> ACTIVATIONS["relu"].f([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    >>> ACTIVATIONS["leaky_relu:0.2"].derivative([-2.0, 3.0])
    array([0.2, 1. ])
    """

    name: str
    latex: str
    breakpoints: tuple[float, ...] | None
    fill: Fill

    def f(self, z: npt.ArrayLike) -> Floats:
        """The value at z, in the shape of z; float32 stays float32, all else becomes float64."""
        return self.value_and_slope(z)[0]

    def derivative(self, z: npt.ArrayLike) -> Floats:
        """The slope at z, in the shape of z; at a bend, the slope on the left (0 for relu)."""
        return self.value_and_slope(z)[1]

    def value_and_slope(self, z: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Both f(z) and f'(z), in the shape of z."""
        given: Any = np.asarray(z)
        if given.dtype != np.float32:
            given = given.astype(np.float64)
        rows = np.atleast_1d(given)  # of a single number numpy makes a scalar, not an array
        value, slope = np.empty_like(rows), np.empty_like(rows)
        with np.errstate(over="ignore"):
            self.fill(rows, value, slope)
        return value.reshape(given.shape), slope.reshape(given.shape)


def _identity(z: Reals, value: Reals, slope: Reals) -> None:
    value[...] = z
    slope.fill(1.0)


def _relu(z: Reals, value: Reals, slope: Reals) -> None:
    slope.fill(0.0)  # numpy's fast loop for a maximum wants two arrays
    np.maximum(z, slope, out=value)
    np.sign(value, out=slope)


def _tanh(z: Reals, value: Reals, slope: Reals) -> None:
    np.tanh(z, out=value)
    np.multiply(value, value, out=slope)
    np.subtract(1.0, slope, out=slope)


def _sin(z: Reals, value: Reals, slope: Reals) -> None:
    np.sin(z, out=value)
    np.cos(z, out=slope)


def _sigmoid(z: Reals, value: Reals, slope: Reals) -> None:
    # exp(−|z|) cannot overflow, and keeps both tails exact: σ(−z) = e/(1+e), σ(z) = 1/(1+e).
    e = np.exp(-np.abs(z))
    np.divide(np.where(z < 0, e, 1.0), 1.0 + e, out=value)
    np.divide(e, np.square(1.0 + e), out=slope)


def _silu(z: Reals, value: Reals, slope: Reals) -> None:
    # f = z σ and f' = σ + z σ'.
    sigma = np.empty_like(z)
    _sigmoid(z, sigma, slope)
    np.multiply(z, sigma, out=value)
    slope *= z
    slope += sigma


def _softplus(z: Reals, value: Reals, slope: Reals) -> None:
    # ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|), and f' = σ.
    _sigmoid(z, slope, value)
    np.log1p(np.exp(-np.abs(z)), out=value)
    value += np.maximum(z, 0.0)


def _gelu(z: Reals, value: Reals, slope: Reals) -> None:
    # f = z Φ and f' = Φ + z φ, with the normal distribution Φ and its density φ.
    tail, density = lower_tail(z)
    np.multiply(z, tail, out=value)
    np.multiply(z, density, out=slope)
    slope += tail


def _gelu_tanh(z: Reals, value: Reals, slope: Reals) -> None:
    # ½ (1 + tanh u) = σ(2u) = 1 / (1 + exp(−2u)) =: s with 2u = a z + b z³, so f = z s and
    # f' = s + z s (1 − s) (a + 3 b z²) = s + (1 − s) f (a + 3 b z²).
    # Where the exponential overflows, s is 0, as it should be.
    a, b = math.sqrt(8.0 / math.pi), 0.044715 * math.sqrt(8.0 / math.pi)
    square = z * z
    s = np.multiply(square, -b, out=slope)
    s -= a
    s *= z
    np.exp(s, out=s)
    s += 1.0
    np.reciprocal(s, out=s)
    np.multiply(z, s, out=value)
    square *= 3.0 * b
    square += a
    square *= value
    square *= 1.0 - s
    slope += square


def _leaky_relu(alpha: float) -> ActivationFunction:
    def fill(z: Reals, value: Reals, slope: Reals) -> None:
        slope[...] = np.where(z > 0, 1.0, alpha)
        np.multiply(z, slope, out=value)

    latex = (
        rf"\max({alpha:g}\,z, z)"
        if 0 <= alpha <= 1
        else rf"\begin{{cases}} z & z > 0 \\ {alpha:g}\,z & z \le 0 \end{{cases}}"
    )
    return ActivationFunction(f"leaky_relu:{alpha!r}", latex, (0.0,), fill)


def _elu(alpha: float) -> ActivationFunction:
    def fill(z: Reals, value: Reals, slope: Reals) -> None:
        below = np.minimum(z, 0.0)
        np.multiply(np.expm1(below), alpha, out=value)
        value += np.maximum(z, 0.0)
        slope[...] = np.where(z > 0, 1.0, alpha * np.exp(below))

    factor = "" if alpha == 1 else f"{alpha:g}"
    latex = rf"\begin{{cases}} z & z > 0 \\ {factor}(e^{{z}} - 1) & z \le 0 \end{{cases}}"
    return ActivationFunction(f"elu:{alpha!r}", latex, None, fill)


# What may stand after a colon, as in `leaky_relu:0.2`: the maker and the default.
PARAMETERISED: dict[str, tuple[Callable[[float], ActivationFunction], float]] = {
    "leaky_relu": (_leaky_relu, 0.01),
    "elu": (_elu, 1.0),
}


class _Activations(dict[str, ActivationFunction]):
    """The table, which also makes parameterised functions: `ACTIVATIONS["elu:0.5"]`."""

    def __missing__(self, name: str) -> ActivationFunction:
        stem, colon, text = str(name).partition(":")
        if not colon or stem not in self:
            raise unknown_name("activation", name, self)
        if stem not in PARAMETERISED:
            raise WarpvizError(f"Activation '{stem}' takes no parameter, got {name!r}.")
        make, default = PARAMETERISED[stem]
        try:
            parameter = float(text)
        except ValueError:
            parameter = math.nan
        if not math.isfinite(parameter):
            raise WarpvizError(
                f"Activation '{stem}' expects a finite number after the colon, "
                f"as in '{stem}:{default:g}', got {name!r}."
            )
        return make(parameter)


def _named(name: str, made: ActivationFunction) -> ActivationFunction:
    return ActivationFunction(name, made.latex, made.breakpoints, made.fill)


_GELU = r"\frac{z}{2}\left(1 + \operatorname{erf}\frac{z}{\sqrt{2}}\right)"
_GELU_TANH = r"\frac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^{3})\right)\right)"

ACTIVATIONS = _Activations(
    (function.name, function)
    for function in (
        ActivationFunction("identity", "z", (), _identity),
        ActivationFunction("relu", r"\max(0, z)", (0.0,), _relu),
        _named("leaky_relu", _leaky_relu(0.01)),
        ActivationFunction("tanh", r"\tanh(z)", None, _tanh),
        ActivationFunction("sigmoid", r"\frac{1}{1 + e^{-z}}", None, _sigmoid),
        ActivationFunction("gelu", _GELU, None, _gelu),  # arXiv:1606.08415
        ActivationFunction("gelu_tanh", _GELU_TANH, None, _gelu_tanh),
        ActivationFunction("sin", r"\sin(z)", None, _sin),
        ActivationFunction("silu", r"\frac{z}{1 + e^{-z}}", None, _silu),
        _named("elu", _elu(1.0)),
        ActivationFunction("softplus", r"\ln(1 + e^{z})", None, _softplus),
    )
)


def activation(name: str) -> ActivationFunction:
    """Find an activation by name; `leaky_relu` and `elu` take a number after a colon.

    Raises:
        WarpvizError: for a name that no activation has.

    >>> activation("leaky_relu:0.2").f([-1.0])
    array([-0.2])
    >>> activation("rellu")
    Traceback (most recent call last):
    warpviz.errors.WarpvizError: Unknown activation 'rellu'; did you mean 'relu'?
    """
    return ACTIVATIONS[name]
