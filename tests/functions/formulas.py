"""Formulas that the tests of this room go over, with what mpmath says of them."""

from collections.abc import Callable
from typing import Any

import mpmath as mp  # type: ignore[import-untyped]
import numpy as np

mp.mp.dps = 40


def _sigma(z: Any) -> Any:
    return 1 / (1 + mp.exp(-z))


def _plus(z: Any) -> Any:
    return mp.log1p(mp.exp(z))


FORMULAS: dict[str, Callable[[Any], Any]] = {
    "z": lambda z: z,
    "z**2": lambda z: z**2,
    "2*z - 3/4": lambda z: 2 * z - mp.mpf(3) / 4,
    "max(z, -0.3*z)": lambda z: max(z, -mp.mpf(0.3) * z),
    "min(max(z, -1), 2)": lambda z: min(max(z, -1), 2),
    "clip(z, -0.5, 0.5)": lambda z: min(max(z, mp.mpf(-0.5)), mp.mpf(0.5)),
    "abs(z - 1) - abs(z + 1)": lambda z: abs(z - 1) - abs(z + 1),
    "where(z > 0, z, 0.1*z)": lambda z: z if z > 0 else mp.mpf(0.1) * z,
    "where(z <= 1, 0, 1)": lambda z: mp.mpf(0 if z <= 1 else 1),
    "relu(z)**2/2": lambda z: max(z, 0) ** 2 / 2,
    "z*tanh(log(1 + exp(z)))": lambda z: z * mp.tanh(_plus(z)),
    "sin(2*z)/2 + z/2": lambda z: mp.sin(2 * z) / 2 + z / 2,
    "z*sigmoid(1.702*z)": lambda z: z * _sigma(mp.mpf(1.702) * z),
    "1/(1 + exp(-2*z))": lambda z: _sigma(2 * z),
    "z/(1 + abs(z))": lambda z: z / (1 + abs(z)),
    "exp(-z**2)": lambda z: mp.exp(-(z**2)),
    "erf(z)": mp.erf,
    "z - tanh(z)": lambda z: z - mp.tanh(z),
    "sqrt(1 + z^2)": lambda z: mp.sqrt(1 + z**2),
    "log1p(abs(z)) + expm1(min(z, 0))": lambda z: mp.log1p(abs(z)) + mp.expm1(min(z, 0)),
    "-cos(z) - -z": lambda z: -mp.cos(z) + z,
    "2**z/(2**z + 1)": lambda z: mp.mpf(2) ** z / (mp.mpf(2) ** z + 1),
    "(z - 1)*(z + 1)/(z*z + 1)": lambda z: (z - 1) * (z + 1) / (z * z + 1),
    "z - (2 - (z - 1))": lambda z: z - (2 - (z - 1)),
    "sqrt(relu(z))": lambda z: mp.sqrt(max(z, 0)),
    "softplus(3*z)/3": lambda z: _plus(3 * z) / 3,
}
STRAIGHT = [
    "z", "2*z - 3/4", "max(z, -0.3*z)", "min(max(z, -1), 2)", "clip(z, -0.5, 0.5)",
    "abs(z - 1) - abs(z + 1)", "where(z > 0, z, 0.1*z)", "where(z <= 1, 0, 1)",
    "z - (2 - (z - 1))",
]  # fmt: skip
"""Those that are made of straight pieces."""
KINKS = (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
POINTS = np.concatenate([np.linspace(-40, 40, 801), np.linspace(-1.003, 1.0, 200), KINKS, [-0.0]])
