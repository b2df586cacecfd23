"""Signs and places of formulas, against mpmath: its exponents have no end."""

from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest

from warpviz.functions import edges, read, roots, sign

PLACES = (-1e9, -40.0, -3.0, -1.5, -1.0, -0.3, -1e-3, 0.0, 1e-9, 0.1, 0.3, 0.5, 1.0, 2.0, 33.0, 1e5)
NAMES: dict[str, Any] = {
    **{name: getattr(mpmath, name) for name in ("exp", "sqrt", "sin", "cos", "tanh", "erf")},
    "expm1": mpmath.expm1, "log": mpmath.log, "log1p": mpmath.log1p, "abs": abs,
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "softplus": lambda z: mpmath.log1p(mpmath.exp(z)),
    "relu": lambda z: max(z, mpmath.mpf(0)), "max": max, "min": min,
}  # fmt: skip
FORMULAS = (
    "z**1000", "(z - 0.3)**999", "-z**1001", "z**-800", "0.1**(1000*z)", "exp(-z**4)",
    "z*exp(-z**4)", "exp(-exp(-z))", "exp(exp(z))", "exp(z) - exp(2*z)", "exp(3*z) + exp(-3*z)",
    "exp(900*z)/exp(901*z)",
    "sigmoid(40*z)*softplus(90*z)", "tanh(z**99)", "erf(exp(-9*abs(z)))",
    "expm1(z**301)", "log(z)", "log1p(z)", "sqrt(z)", "sqrt(z**401)", "z**0.5",
    "z**z", "1/z", "1/(z - 0.3)**601", "abs(z)**0.001", "relu(z)**700", "relu(z)",
    "max(z**333, -z)",
    "min(exp(-999*z), 1)", "where(z > 0.3, z**999, -exp(-999*z))", "where(z <= 0, z, 1/z)",
    "max(exp(800*z), exp(900*z)) - exp(800*z)", "cos(z) - 2", "0.5*z - z/2",
)  # fmt: skip


def exact(formula: str, z: float) -> float:
    """The sign of what mpmath makes of it, NaN for what is no real number."""
    text = formula
    if text.startswith("where("):
        test, one, other = text[6:-1].split(", ")
        text = f"({one}) if {test} else ({other})"
    with mpmath.workdps(40):
        try:
            value = eval(text, NAMES, {"z": mpmath.mpf(z)})
        except ZeroDivisionError:
            return np.nan
        if isinstance(value, mpmath.mpc) or not mpmath.isfinite(value):
            return np.nan
        return float(mpmath.sign(value))


@pytest.mark.parametrize("formula", FORMULAS)
def test_signs_are_those_of_mpmath(formula: str) -> None:
    # Its exponents end where its numbers do not fit into memory: exp(exp(1e5)).
    places = [z for z in PLACES if "exp(exp" not in formula or z < 40]
    places = [z for z in places if formula != "exp(-exp(-z))" or z > -40.1]
    wanted = [exact(formula, z) for z in places]
    np.testing.assert_array_equal(sign(read(formula), np.array(places)), wanted)


def test_roots_of_any_order_are_found_and_ends_too() -> None:
    assert roots(read("(z - 0.3)**1000*(z + 2)/exp(z)")) == (-2.0, 0.3)
    assert roots(read("tanh(sqrt(abs(z - 1)))**2 - 0")) == (1.0,)
    assert roots(read("exp(z)")) == () and roots(read("z**2 + 1")) == ()
    assert edges(read("log1p(z) + sqrt(4 - z)")) == (-1.0, 4.0)
    assert edges(read("z**-2 + (z - 3)**0.5 + (z + 3)**2")) == (0.0, 3.0)
    assert edges(read("exp(z)/(1 + z**2)")) == ()
