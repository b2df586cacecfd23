"""Fast values and slopes of activations: f(z) and f′(z) written into arrays of the caller.

They work in float32 and float64 alike, share what is dear (the exponential, the error function),
and are right for |z| up to 1000 at least; an exponential may overflow on the way. A test holds
each to the formula of its activation.
"""

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.functions import Node, slope, values
from warpviz.functions.normal import lower_tail

Reals: TypeAlias = npt.NDArray[np.floating[Any]]
Fill: TypeAlias = Callable[[Reals, Reals, Reals], object]

BLOCK = 8192
"""Numbers that are worked out at once."""


def of_formula(node: Node) -> Fill:
    """Values and slopes of any formula; what both have in common is worked out once."""
    both = node, slope(node)

    def fill(z: Any, out: Reals, rise: Reals) -> None:
        out[...], rise[...] = values(both, z)

    return fill


def in_blocks(fill: Fill, z: Reals, value: Reals, slopes: bool, whole: bool) -> Reals:
    """Fill values, so much at once that what a fill works with stays in the processor's cache.

    Args:
        fill: what fills.
        z: where.
        value: in the shape of z.
        slopes: whether they are wanted too.
        whole: columns differ, so that z has to be left in its shape.

    Returns:
        The slopes; where they are not wanted, an array without meaning.
    """
    if whole or z.size <= BLOCK or not z.flags.c_contiguous:
        slope = np.empty_like(z)
        fill(z, value, slope)
        return slope
    flat, out = z.reshape(-1), value.reshape(-1)
    slope = np.empty(z.size if slopes else BLOCK, z.dtype)
    fill = fill if slopes else VALUES.get(fill, fill)
    for begin in range(0, z.size, BLOCK):
        size = min(BLOCK, z.size - begin)
        at = begin if slopes else 0
        fill(flat[begin : begin + size], out[begin : begin + size], slope[at : at + size])
    return slope


def identity(z: Reals, value: Reals, slope: Reals) -> None:
    """Z."""
    value[...] = z
    slope.fill(1.0)


def relu(z: Reals, value: Reals, slope: Reals) -> None:
    """max(z, 0)."""
    slope.fill(0.0)  # numpy's fast loop for a maximum wants two arrays
    np.maximum(z, slope, out=value)
    np.sign(value, out=slope)


def tanh(z: Reals, value: Reals, slope: Reals) -> None:
    """The hyperbolic tangent."""
    np.tanh(z, out=value)
    np.multiply(value, value, out=slope)
    np.subtract(1.0, slope, out=slope)


def sin(z: Reals, value: Reals, slope: Reals) -> None:
    """The sine."""
    np.sin(z, out=value)
    np.cos(z, out=slope)


def sigmoid(z: Reals, value: Reals, slope: Reals) -> None:
    """1/(1 + e^−z)."""
    # exp(−|z|) cannot overflow, and keeps both tails exact: σ(−z) = e/(1+e), σ(z) = 1/(1+e).
    e = np.exp(-np.abs(z))
    np.divide(np.where(z < 0, e, 1.0), 1.0 + e, out=value)
    np.divide(e, np.square(1.0 + e), out=slope)


def silu(z: Reals, value: Reals, slope: Reals) -> None:
    """z/(1 + e^−z)."""
    # f = z σ and f' = σ + z σ'.
    sigma = np.empty_like(z)
    sigmoid(z, sigma, slope)
    np.multiply(z, sigma, out=value)
    slope *= z
    slope += sigma


def softplus(z: Reals, value: Reals, slope: Reals) -> None:
    """ln(1 + e^z)."""
    # ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|), and f' = σ.
    sigmoid(z, slope, value)
    np.log1p(np.exp(-np.abs(z)), out=value)
    value += np.maximum(z, 0.0)


def gelu(z: Reals, value: Reals, slope: Reals) -> None:
    """Z Φ(z), with the normal distribution Φ."""
    # f = z Φ and f' = Φ + z φ, with the normal distribution Φ and its density φ.
    tail, density = lower_tail(z)
    np.multiply(z, tail, out=value)
    np.multiply(z, density, out=slope)
    slope += tail


def gelu_tanh(z: Reals, value: Reals, slope: Reals) -> None:
    """Gelu as approximated with tanh."""
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


def leaky_relu(alpha: float | Reals) -> Fill:
    """z, or α z below 0; α is a number, or one for each column."""

    def fill(z: Reals, value: Reals, slope: Reals) -> None:
        slope[...] = np.where(z > 0, 1.0, alpha)
        np.multiply(z, slope, out=value)

    return fill


def elu(alpha: float) -> Fill:
    """z, or α (e^z − 1) below 0."""

    def fill(z: Reals, value: Reals, slope: Reals) -> None:
        below = np.minimum(z, 0.0)
        np.multiply(np.expm1(below), alpha, out=value)
        value += np.maximum(z, 0.0)
        slope[...] = np.where(z > 0, 1.0, alpha * np.exp(below))

    return fill


def relu_value(z: Reals, value: Reals, slope: Reals) -> None:
    """The value of relu alone; `slope` is left at zero."""
    slope.fill(0.0)
    np.maximum(z, slope, out=value)


def tanh_value(z: Reals, value: Reals, slope: Reals) -> None:
    """The value of tanh alone."""
    np.tanh(z, out=value)


def sin_value(z: Reals, value: Reals, slope: Reals) -> None:
    """The value of sin alone."""
    np.sin(z, out=value)


VALUES: dict[Fill, Fill] = {relu: relu_value, tanh: tanh_value, sin: sin_value}
"""What fills values alone, where that is much less work."""
