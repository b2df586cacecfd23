"""Activations with numbers of their own, which stand behind a colon: `leaky_relu:0.2`.

A maker takes the numbers in the order of that text, and has their usual values as defaults. What
its record says of PyTorch and ONNX names them in the same order.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from warpviz.model.activations import fills
from warpviz.model.activations.function import ActivationFunction


def name_of(stem: str, *numbers: float) -> str:
    """A name with its numbers: leaky_relu:0.2, hardtanh:-2:2."""
    return ":".join((stem, *(repr(float(number)).removesuffix(".0") for number in numbers)))


def leaky_relu(alpha: float = 0.01) -> ActivationFunction:
    """z, or α z below 0."""
    bent = 0 <= alpha <= 1
    return ActivationFunction(
        name_of("leaky_relu", alpha),
        rf"\max({alpha:g}\,z, z)"
        if bent
        else rf"\begin{{cases}} z & z > 0 \\ {alpha:g}\,z & z \le 0 \end{{cases}}",
        (0.0,),
        fills.leaky_relu(alpha),
        formula=f"max({alpha!r}*z, z)" if bent else f"max(0, z) + {alpha!r}*min(0, z)",
        meaning="z, or 0.01 z below 0: creases it; leaky_relu:0.2 takes another slope",
        effect="bends the sheet sharply along straight lines" if alpha > 0 else "",
        forms={
            "python": f"np.where(z > 0, z, {alpha!r} * z)",
            "c": f"z > 0 ? z : {alpha!r} * z",
            "javascript": f"z > 0 ? z : {alpha!r} * z",
        },
        onnx=("LeakyRelu", {"alpha": alpha}),
        torch=("LeakyReLU", {"negative_slope": alpha}),
    )


def elu(alpha: float = 1.0) -> ActivationFunction:
    """z, or α (e^z − 1) below 0. Source: arXiv:1511.07289."""
    factor = "" if alpha == 1 else f"{alpha:g}"
    return ActivationFunction(
        name_of("elu", alpha),
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
        torch=("ELU", {"alpha": alpha}),
    )


def prelu(*slopes: float) -> ActivationFunction:
    """z, or α z below 0, with an α of its own for each unit. Source: arXiv:1502.01852.

    The slopes are numbers of the chain, which its training here leaves as they are.
    """
    alphas = slopes or (0.25,)
    if len(alphas) == 1:
        alpha = alphas[0]
        return replace(
            leaky_relu(alpha),
            name=name_of("prelu", alpha),
            meaning="leaky relu of slope 0.25, or with one slope a unit: prelu:0.1:0.25:-0.5",
            onnx=("PRelu", {"slope": np.array([alpha])}),
            torch=("PReLU", {"init": alpha}),
        )
    listed = ", ".join(repr(float(alpha)) for alpha in alphas)
    return ActivationFunction(
        name_of("prelu", *alphas),
        r"\max(0, z_i) + a_i\,\min(0, z_i)",
        (0.0,),
        fills.leaky_relu(np.array(alphas)),
        caption="max(0, {z}) + a·min(0, {z})",
        meaning="z, or below 0 z times a number of each unit's own",
        effect="bends the sheet sharply along straight lines"
        if min(alphas) > 0
        else "folds the sheet along straight lines",
        forms={
            "python": f"np.where(z > 0, z, np.array([{listed}]) * z)",
            "c": f"z > 0 ? z : ((const double[]){{{listed}}})[i] * z",
            "javascript": f"z > 0 ? z : [{listed}][i] * z",
        },
        onnx=("PRelu", {"slope": np.array(alphas)}),
        units=tuple(leaky_relu(alpha) for alpha in alphas),
    )


def celu(alpha: float = 1.0) -> ActivationFunction:
    """z, or α (e^(z/α) − 1) below 0. Source: arXiv:1704.07483."""
    return ActivationFunction(
        name_of("celu", alpha),
        formula=f"max(0, z) + {alpha!r}*expm1(min(0, z)/{alpha!r})",
        meaning="z, or α (e^(z/α) - 1) below 0 with α 1: elu without a crease; celu:2",
        onnx=("Celu", {"alpha": alpha}),
        torch=("CELU", {"alpha": alpha}),
    )


def softplus(beta: float = 1.0) -> ActivationFunction:
    """ln(1 + e^(β z))/β."""
    usual: dict[str, Any] = {
        "latex": r"\ln(1 + e^{z})",
        "fill": fills.softplus,
        "caption": "ln(1 + exp({z}))",
        "forms": {
            "python": "np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0.0)",
            "c": "log1p(exp(-fabs(z))) + (z > 0 ? z : 0.0)",
        },
        "onnx": ("Softplus", {}),
    }
    return ActivationFunction(
        name_of("softplus", beta),
        formula="log(1 + exp(z))" if beta == 1 else f"softplus({beta!r}*z)/{beta!r}",
        meaning="ln(1 + e^z): a relu without a crease; softplus:2 is nearer to it",
        effect="bends the sheet",
        torch=("Softplus", {"beta": beta}),
        gain=4.0,
        **(usual if beta == 1 else {}),
    )


def hardtanh(low: float = -1.0, high: float = 1.0) -> ActivationFunction:
    """Z between two levels, else the nearer one."""
    return ActivationFunction(
        name_of("hardtanh", low, high),
        formula=f"min(max({low!r}, z), {high!r})",
        meaning="z between -1 and 1, else the nearer one; hardtanh:-2:2 takes other levels",
        onnx=("Clip", {"min": np.array(low), "max": np.array(high)}),
        torch=("Hardtanh", {"min_val": low, "max_val": high}),
    )


def hardsigmoid(alpha: float = 1 / 6, beta: float = 0.5) -> ActivationFunction:
    """α z + β between 0 and 1."""
    usual = (alpha, beta) == (1 / 6, 0.5)
    line = "z/6 + 1/2" if usual else f"{alpha!r}*z + {beta!r}"
    return ActivationFunction(
        name_of("hardsigmoid", alpha, beta),
        formula=f"clip({line}, 0, 1)",
        meaning="z/6 + 1/2 between 0 and 1; hardsigmoid:0.2:0.5 takes another line",
        onnx=("HardSigmoid", {"alpha": alpha, "beta": beta}),
        torch=("Hardsigmoid", {}) if usual else None,
        gain=6.0,
    )


def softshrink(part: float = 0.5) -> ActivationFunction:
    """z, nearer to 0 by λ, but not beyond."""
    return ActivationFunction(
        name_of("softshrink", part),
        formula=f"z - clip(z, -{part!r}, {part!r})",
        meaning="z, nearer to 0 by 0.5: presses a strip flat; softshrink:1 takes more",
        onnx=("Shrink", {"lambd": part, "bias": part}),
        torch=("Softshrink", {"lambd": part}),
    )


def hardshrink(part: float = 0.5) -> ActivationFunction:
    """z, or 0 where |z| ≤ λ."""
    return ActivationFunction(
        name_of("hardshrink", part),
        formula=f"where(abs(z) > {part!r}, z, 0)",
        meaning="z, or 0 within 0.5 of it: tears a strip out; hardshrink:1 a wider one",
        onnx=("Shrink", {"lambd": part, "bias": 0.0}),
        torch=("Hardshrink", {"lambd": part}),
    )


def threshold(least: float = 1.0, otherwise: float = 0.0) -> ActivationFunction:
    """Z above θ, else a value."""
    return ActivationFunction(
        name_of("threshold", least, otherwise),
        formula=f"where(z > {least!r}, z, {otherwise!r})",
        meaning="z above 1, else 0: tears it along a line; threshold:0.5:-1 takes other numbers",
        onnx=("ThresholdedRelu", {"alpha": least}) if otherwise == 0 else None,
        torch=("Threshold", {"threshold": least, "value": otherwise}),
    )
