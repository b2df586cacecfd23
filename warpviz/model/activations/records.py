"""The built-in activations: a new one is one more record here, or a formula.

Each has its formula, from which all its forms follow; what stands beside it is better than that: a
faster function, a form that keeps more digits, an operator that other libraries have.
"""

import math
from collections.abc import Callable

from warpviz.model.activations import fills
from warpviz.model.activations.function import ActivationFunction


def leaky_relu(alpha: float) -> ActivationFunction:
    """z, or α z below 0."""
    bent = 0 <= alpha <= 1
    return ActivationFunction(
        f"leaky_relu:{alpha!r}",
        rf"\max({alpha:g}\,z, z)"
        if bent
        else rf"\begin{{cases}} z & z > 0 \\ {alpha:g}\,z & z \le 0 \end{{cases}}",
        (0.0,),
        fills.leaky_relu(alpha),
        formula=f"max({alpha!r}*z, z)" if bent else f"max(0, z) + {alpha!r}*min(0, z)",
        meaning="z, or 0.01 z below 0: creases it; leaky_relu:0.2 takes another slope",
        effect="bends the sheet sharply along straight lines",
        forms={
            "python": f"np.where(z > 0, z, {alpha!r} * z)",
            "c": f"z > 0 ? z : {alpha!r} * z",
            "javascript": f"z > 0 ? z : {alpha!r} * z",
        },
        onnx=("LeakyRelu", {"alpha": alpha}),
        torch=("LeakyReLU", (alpha,)),
    )


def elu(alpha: float) -> ActivationFunction:
    """z, or α (e^z − 1) below 0."""
    factor = "" if alpha == 1 else f"{alpha:g}"
    return ActivationFunction(
        f"elu:{alpha!r}",
        rf"\begin{{cases}} z & z > 0 \\ {factor}(e^{{z}} - 1) & z \le 0 \end{{cases}}",
        None,
        fills.elu(alpha),
        formula=f"max(0, z) + {alpha!r}*(exp(min(0, z)) - 1)",
        meaning="z, or e^z - 1 below 0: bends it; elu:0.5 takes another factor",
        effect="bends the sheet",
        forms={
            "python": f"np.where(z > 0, z, {alpha!r} * np.expm1(np.minimum(z, 0.0)))",
            "c": f"z > 0 ? z : {alpha!r} * expm1(z)",
            "javascript": f"z > 0 ? z : {alpha!r} * Math.expm1(z)",
        },
        onnx=("Elu", {"alpha": alpha}),
        torch=("ELU", (alpha,)),
    )


# What may stand after a colon, as in `leaky_relu:0.2`: the maker and the default.
PARAMETERISED: dict[str, tuple[Callable[[float], ActivationFunction], float]] = {
    "leaky_relu": (leaky_relu, 0.01),
    "elu": (elu, 1.0),
}

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
        torch=("Identity", ()),
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
        torch=("ReLU", ()),
    ),
    leaky_relu(0.01),
    ActivationFunction(
        "tanh",
        r"\tanh(z)",
        None,
        fills.tanh,
        formula="tanh(z)",
        meaning="squashes the plane into a cube",
        effect="squashes the sheet into a box",
        onnx=("Tanh", {}),
        torch=("Tanh", ()),
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
        forms={"python": "0.5 * (1.0 + np.tanh(0.5 * z))", "c": "1.0 / (1.0 + exp(-z))"},
        onnx=("Sigmoid", {}),
        torch=("Sigmoid", ()),
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
            "python": "0.5 * z * (1.0 + np.vectorize(math.erf)(z / math.sqrt(2.0)))",
            "c": "0.5 * z * (1.0 + erf(z * 0.70710678118654752440))",
            "javascript": "z * lowerTail(z)",
        },
        onnx=("Gelu", {}),
        torch=("GELU", ()),
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
            "python": "0.5 * z * (1.0 + np.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3)))",
            "c": "0.5 * z * (1.0 + tanh(0.79788456080286535588 * (z + 0.044715 * z * z * z)))",
            "javascript": f"z / (1 + Math.exp(-{math.sqrt(8 / math.pi)!r} * "
            "(z + 0.044715 * z * z * z)))",
        },
        onnx=("Gelu", {"approximate": "tanh"}),
        torch=("GELU", ("tanh",)),
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
        meaning="z times sigmoid of z: bends it smoothly, with a small fold",
        effect="bends the sheet and folds it softly",
        caption="{z}/(1 + exp(−{z}))",
        forms={"python": "0.5 * z * (1.0 + np.tanh(0.5 * z))", "c": "z / (1.0 + exp(-z))"},
        torch=("SiLU", ()),
    ),
    elu(1.0),
    ActivationFunction(
        "softplus",
        r"\ln(1 + e^{z})",
        None,
        fills.softplus,
        formula="log(1 + exp(z))",
        meaning="ln(1 + e^z): a relu without a crease",
        effect="bends the sheet",
        caption="ln(1 + exp({z}))",
        forms={
            "python": "np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0.0)",
            "c": "log1p(exp(-fabs(z))) + (z > 0 ? z : 0.0)",
        },
        onnx=("Softplus", {}),
        torch=("Softplus", ()),
    ),
)
