"""What ONNX's operators are by its specification, written in numpy: each is its formula."""

from collections.abc import Callable
from math import erf, sqrt
from typing import Any

import numpy as np
import pytest

from warpviz.model import ACTIVATIONS
from warpviz.model.activations import activation

Z = np.array([-7.0, -3.1, -2.0, -1.0, -0.7, -0.5, -0.2, 0.0, 0.2, 0.5, 0.7, 1.0, 2.0, 3.1, 7.0])
ERF = np.vectorize(erf)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def softplus(z: Any) -> Any:
    return np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0)


def gelu(z: Any, approximate: str) -> Any:
    if approximate == "none":
        return 0.5 * z * (1 + ERF(z / sqrt(2)))
    return 0.5 * z * (1 + np.tanh(sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


def shrink(z: Any, lambd: float, bias: float) -> Any:
    return np.where(z < -lambd, z + bias, np.where(z > lambd, z - bias, 0.0))


def below(z: Any, alpha: float) -> Any:
    return np.where(z >= 0, z, alpha * z)


OPERATORS: dict[str, Callable[..., Any]] = {
    "Identity": lambda z: z,
    "Relu": lambda z: np.maximum(z, 0),
    "LeakyRelu": below,
    "PRelu": lambda z, slope: below(z, slope),
    "Tanh": np.tanh,
    "Sigmoid": sigmoid,
    "Gelu": gelu,
    "Sin": np.sin,
    "Mish": lambda z: z * np.tanh(softplus(z)),
    "Elu": lambda z, alpha: np.where(z < 0, alpha * np.expm1(z), z),
    "Celu": lambda z, alpha: np.maximum(0, z) + np.minimum(0, alpha * np.expm1(z / alpha)),
    "Selu": lambda z, alpha, gamma: gamma * np.where(z > 0, z, alpha * np.expm1(z)),
    "Softplus": softplus,
    "Softsign": lambda z: z / (1 + np.abs(z)),
    "Erf": ERF,
    "Clip": lambda z, min, max: np.clip(z, min, max),
    "HardSigmoid": lambda z, alpha, beta: np.clip(alpha * z + beta, 0, 1),
    "HardSwish": lambda z: z * np.clip(z / 6 + 0.5, 0, 1),
    "Shrink": shrink,
    "ThresholdedRelu": lambda z, alpha: np.where(z > alpha, z, 0),
    "Abs": np.abs,
}
NUMBERS = ("leaky_relu:0.2", "leaky_relu:-0.5", "leaky_relu:3", "prelu:0.4", "elu:0.5", "celu:2",
           "hardtanh:-2:0.5", "hardsigmoid:0.2:0.4", "softshrink:1", "hardshrink:0.2",
           "threshold:0.5", "threshold:-1:0")  # fmt: skip


@pytest.mark.parametrize("name", [*ACTIVATIONS, *NUMBERS])
def test_an_operator_is_the_function(name: str) -> None:
    function = activation(name)
    if function.onnx is not None:
        operator, attributes = function.onnx
        found = OPERATORS[operator](Z, **attributes)
        np.testing.assert_allclose(found, function.f(Z), rtol=1e-7, atol=1e-12)


def test_only_what_onnx_can_say_is_said() -> None:
    for name in ("threshold:1:2", "softplus:2", "step", "square", "silu", "erf"):
        assert (activation(name).onnx is None) == (name != "erf")
    assert activation("hardsigmoid:0.2:0.5").torch is None
    assert activation("hardsigmoid").torch == ("Hardsigmoid", {})
    units = activation("prelu:0.1:-0.5")
    assert units.onnx is not None
    z = np.column_stack([Z, Z])
    np.testing.assert_allclose(
        OPERATORS["PRelu"](z, **units.onnx[1]), np.column_stack([below(Z, 0.1), below(Z, -0.5)])
    )
    np.testing.assert_allclose(units.f(z), np.column_stack([below(Z, 0.1), below(Z, -0.5)]))
    assert "bends" in activation("prelu:0.1:0.2").does and "folds" in units.does
    assert "folds" in activation("prelu:0:0.2").does and "folds" in activation("leaky_relu:0").does


def test_gains_are_of_what_is_flat_at_zero() -> None:
    gains = {name: function.gain for name, function in ACTIVATIONS.items() if function.gain != 1}
    assert gains == {"sigmoid": 4, "softplus": 4, "logsigmoid": 4, "hardsigmoid": 6}
    for name, gain in gains.items():
        # A signal keeps its size where the slope at 0 is 1: a half of ¼ is made up for by 4.
        assert gain >= 1 / (2 * float(ACTIVATIONS[name].derivative(0.0)))


def test_a_label_has_four_parts_at_most() -> None:
    assert activation("prelu:1:2:3").label == "prelu:1:2:3"
    assert activation("prelu:1:2:3:4").label == "prelu:1:2:…"
    assert activation("wave=sin(2*z)").label == "wave"


def test_straight_pieces_are_those_of_the_formula() -> None:
    told: list[tuple[str, list[float], list[float]]] = [
        ("relu", [0, 1], [0, 0]), ("hardtanh:-2:3", [0, 1, 0], [-2, 0, 3]), ("identity", [1], [0]),
        ("softshrink:1", [1, 0, 1], [1, 0, -1]), ("abs(z - 1)", [-1, 1], [1, -1]),
        ("2*z", [2], [0]),
    ]  # fmt: skip
    for name, slopes, values in told:
        found = activation(name).pieces
        np.testing.assert_allclose(found[0], slopes, atol=1e-12)
        np.testing.assert_allclose(found[1], values, atol=1e-12)
    slope, value = activation("prelu:0.1:-0.5").pieces
    np.testing.assert_allclose(slope, np.array([[0.1, -0.5], [1.0, 1.0]]))
    assert not value.any()
