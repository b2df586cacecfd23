"""The built-in activations: a new one is one more record here, or a formula.

Each has its formula, from which all its forms follow; what stands beside it is better than that: a
faster function, a form that keeps more digits, an operator that other libraries have.
"""

import math

import numpy as np

from warpviz.model.activations import fills
from warpviz.model.activations.families import (
    celu,
    elu,
    hardshrink,
    hardsigmoid,
    hardtanh,
    leaky_relu,
    prelu,
    softplus,
    softshrink,
    threshold,
)
from warpviz.model.activations.function import ActivationFunction

FAMILIES = {
    make.__name__: make
    for make in (
        leaky_relu, prelu, elu, celu, softplus, hardtanh, hardsigmoid, softshrink, hardshrink,
        threshold,
    )
}  # fmt: skip
"""What may stand before a colon, as in `leaky_relu:0.2`: the makers, with their defaults."""

RECORDS = (
    ActivationFunction(
        "identity",
        "z",
        (),
        fills.identity,
        formula="z",
        meaning="z, as it is: the layer stays affine",
        effect="leaves the sheet as it is",
        onnx=("Identity", {}),
        torch=("Identity", {}),
    ),
    ActivationFunction(
        "relu",
        r"\max(0, z)",
        (0.0,),
        fills.relu,
        formula="max(0, z)",
        meaning="max(0, z): folds the plane along a line",
        effect="folds the sheet along straight lines",
        forms={
            "python": "np.maximum(z, 0.0)",
            "c": "z > 0 ? z : 0.0",
            "javascript": "z > 0 ? z : 0",
        },
        onnx=("Relu", {}),
        torch=("ReLU", {}),
    ),
    leaky_relu(),
    prelu(),
    ActivationFunction(
        "tanh",
        r"\tanh(z)",
        None,
        fills.tanh,
        formula="tanh(z)",
        meaning="squashes the plane into a cube",
        effect="squashes the sheet into a box",
        onnx=("Tanh", {}),
        torch=("Tanh", {}),
    ),
    ActivationFunction(
        "sigmoid",
        r"\frac{1}{1 + e^{-z}}",
        None,
        fills.sigmoid,
        formula="1/(1 + exp(-z))",
        meaning="1 / (1 + e^-z): squashes it into a cube from 0 to 1",
        effect="squashes the sheet into a box",
        caption="1/(1 + exp(−{z}))",
        forms={"python": "np.exp(-np.logaddexp(0.0, -z))", "c": "1.0 / (1.0 + exp(-z))"},
        onnx=("Sigmoid", {}),
        torch=("Sigmoid", {}),
        gain=4.0,
    ),
    ActivationFunction(  # arXiv:1606.08415
        "gelu",
        r"\frac{z}{2}\left(1 + \operatorname{erf}\frac{z}{\sqrt{2}}\right)",
        None,
        fills.gelu,
        formula="z*(1 + erf(z/sqrt(2)))/2",
        meaning="z times the normal distribution at z: bends it smoothly, with a small fold",
        effect="bends the sheet and folds it softly",
        caption="{z}·Φ({z})",
        forms={
            "python": "0.5 * z * np.vectorize(math.erfc)(z / -math.sqrt(2.0))",
            "c": "0.5 * z * erfc(z * -0.70710678118654752440)",
            "javascript": "z * lowerTail(z)",
        },
        onnx=("Gelu", {"approximate": "none"}),
        torch=("GELU", {"approximate": "none"}),
    ),
    ActivationFunction(
        "gelu_tanh",
        r"\frac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^{3})\right)\right)",
        None,
        fills.gelu_tanh,
        formula="z*(1 + tanh(sqrt(2/pi)*(z + 0.044715*z**3)))/2",
        meaning="gelu as approximated with tanh",
        effect="bends the sheet and folds it softly",
        caption="½·{z}·(1 + tanh(√(2/π)·({z} + 0.044715·{z}³)))",
        forms={
            "python": "z * np.exp(-np.logaddexp(0.0, -math.sqrt(8.0 / math.pi) * "
            "(z + 0.044715 * z**3)))",
            "c": "z / (1.0 + exp(-1.5957691216057307118 * (z + 0.044715 * z * z * z)))",
            "javascript": f"z / (1 + Math.exp(-{math.sqrt(8 / math.pi)!r} * "
            "(z + 0.044715 * z * z * z)))",
        },
        onnx=("Gelu", {"approximate": "tanh"}),
        torch=("GELU", {"approximate": "tanh"}),
    ),
    ActivationFunction(
        "sin",
        r"\sin(z)",
        None,
        fills.sin,
        formula="sin(z)",
        meaning="waves: folds it again and again",
        effect="folds the sheet into waves",
        onnx=("Sin", {}),
    ),
    ActivationFunction(
        "silu",
        r"\frac{z}{1 + e^{-z}}",
        None,
        fills.silu,
        formula="z/(1 + exp(-z))",
        meaning="z times sigmoid of z: bends it smoothly, with a small fold; also called swish",
        effect="bends the sheet and folds it softly",
        caption="{z}/(1 + exp(−{z}))",
        forms={"python": "z * np.exp(-np.logaddexp(0.0, -z))", "c": "z / (1.0 + exp(-z))"},
        torch=("SiLU", {}),
    ),
    ActivationFunction(  # arXiv:1908.08681
        "mish",
        formula="z*tanh(softplus(z))",
        meaning="z tanh(ln(1 + e^z)): bends it smoothly, with a small fold",
        onnx=("Mish", {}),
        torch=("Mish", {}),
    ),
    elu(),
    celu(),
    ActivationFunction(  # arXiv:1706.02515
        "selu",
        formula="1.0507009873554805*(max(0, z) + 1.6732632423543772*expm1(min(0, z)))",
        meaning="elu with the two numbers that keep mean 0 and variance 1",
        onnx=("Selu", {"alpha": 1.6732632423543772, "gamma": 1.0507009873554805}),
        torch=("SELU", {}),
    ),
    softplus(),
    ActivationFunction(
        "logsigmoid",
        formula="-softplus(-z)",
        meaning="ln of sigmoid of z: softplus, turned by half a turn",
        torch=("LogSigmoid", {}),
        gain=4.0,
    ),
    ActivationFunction(
        "softsign",
        formula="z/(1 + abs(z))",
        meaning="z / (1 + |z|): squashes it into a cube, slowly",
        onnx=("Softsign", {}),
        torch=("Softsign", {}),
    ),
    ActivationFunction(
        "erf",
        formula="erf(z)",
        meaning="the error function: squashes it into a cube, quickly",
        onnx=("Erf", {}),
    ),
    ActivationFunction(
        "relu6",
        formula="min(max(0, z), 6)",
        meaning="relu that ends at 6",
        onnx=("Clip", {"min": np.array(0.0), "max": np.array(6.0)}),
        torch=("ReLU6", {}),
    ),
    hardtanh(),
    hardsigmoid(),
    ActivationFunction(  # arXiv:1905.02244
        "hardswish",
        formula="z*clip(z/6 + 1/2, 0, 1)",
        meaning="silu in pieces of parabolas and lines",
        onnx=("HardSwish", {}),
        torch=("Hardswish", {}),
    ),
    softshrink(),
    hardshrink(),
    ActivationFunction(
        "tanhshrink",
        formula="z - tanh(z)",
        meaning="z - tanh(z): flattens the middle",
        torch=("Tanhshrink", {}),
    ),
    threshold(),
    ActivationFunction(
        "step",
        formula="where(z > 0, 1, 0)",
        meaning="1 above 0, else 0: tears it along a line into two flat levels; nothing learns "
        "through it",
    ),
    ActivationFunction(
        "abs", formula="abs(z)", meaning="|z|: folds it along a line", onnx=("Abs", {})
    ),
    ActivationFunction("square", formula="z**2", meaning="z²: folds it smoothly along a line"),
)
