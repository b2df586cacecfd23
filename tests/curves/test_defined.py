"""Formulas that end, have holes or grow wildly, against closed forms and mpmath."""

import math
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest

from tests.curves.known import facts


@pytest.mark.parametrize(
    ("formula", "lowest", "highest", "zeros", "turns", "undefined"),
    [
        ("z**1000", 0, None, (0,), (0,), ()),
        ("(z - 0.3)**999", None, None, (0.3,), (), ()),
        ("exp(-z**4)", 0, 1, (), (0,), ()),
        ("z*exp(-z**4)", -(E14 := (4 * math.e) ** -0.25), E14, (0,), (-(2**-0.5), 2**-0.5), ()),
        # z**z falls from 1 at 0 to e^(−1/e) at 1/e; its slope begins at −∞.
        ("z**z", math.exp(-1 / math.e), None, (), (1 / math.e,), ((None, 0),)),
        ("where(z > 0, log(z), z)", None, None, (0, 1), (), ()),
        ("log(z - 0.3)", None, None, (1.3,), (), ((None, 0.3),)),
        ("log(log(z))", None, None, (math.e,), (), ((None, 1),)),
        ("sqrt(1 - z**2)", 0, 1, (-1, 1), (0,), ((None, -1), (1, None))),
        ("1/z", None, None, (), (), ((0, 0),)),
        ("1/(z - 0.3)**2", 0, None, (), (), ((0.3, 0.3),)),
        ("(exp(z) - 1)/z", 0, None, (), (), ((0, 0),)),
        ("log(z)/(z - 1)", 0, None, (), (), ((None, 0), (1, 1))),
        ("sqrt(z**2 - 1)", 0, None, (-1, 1), (), ((-1, 1),)),
        ("sqrt(-1 - z**2)", None, None, (), (), ((None, None),)),
    ],
)
def test_wild_formulas(
    formula: str, lowest: object, highest: object, zeros: tuple[float, ...],
    turns: tuple[float, ...], undefined: tuple[tuple[float | None, float | None], ...],
) -> None:  # fmt: skip
    found = facts(formula)
    for value, known in ((found.lowest, lowest), (found.highest, highest)):
        assert value is None if known is None else value == pytest.approx(known, abs=1e-9)
    assert found.zeros == pytest.approx(zeros, abs=1e-9)
    assert found.fold_points == pytest.approx(turns, abs=1e-9)
    assert [[end is None for end in piece] for piece in found.undefined] == [
        [end is None for end in piece] for piece in undefined
    ]
    ends = [end for piece in found.undefined for end in piece if end is not None]
    wanted = [end for piece in undefined for end in piece if end is not None]
    assert ends == pytest.approx(wanted, abs=1e-9)


def test_slopes_that_end_or_have_no_bound() -> None:
    root, power = facts("sqrt(z)"), facts("z**z")
    assert (root.smallest_slope, root.largest_slope, root.breakpoints) == (0.0, None, ())
    assert power.smallest_slope is power.lipschitz is None and power.folds_from == 0.0
    assert (power.breakpoints, facts("z**1000").breakpoints) == ((), ())
    assert facts("sqrt(z**2 - 1)").slopes_at_0 == (None, None)
    ramp = facts("(exp(z) - 1)/z")  # rises throughout; at the hole it is rounding alone
    assert ramp.monotone and not ramp.folds and ramp.smallest_slope == 0.0


@pytest.mark.parametrize("formula", ["sin(z)/cos(z)", "1/sin(z)", "log(sin(z))", "log(1 + cos(z))"])
def test_where_it_is_undefined_mpmath_has_no_real_number(formula: str) -> None:
    pieces = facts(formula).undefined
    places = np.random.default_rng(0).uniform(-12, 12, 400)
    inside = [any((a is None or a < z) and (b is None or z < b) for a, b in pieces) for z in places]
    known = [isinstance(mp_value(formula, z), mpmath.mpc) for z in places]
    assert inside == known
    for a, b in pieces:
        if a is not None and a == b and abs(a) < 12:
            assert abs(mp_value(formula, a + 1e-13)) > (20 if "log" in formula else 1e9)


def mp_value(formula: str, z: float) -> Any:
    """What mpmath makes of it, in 60 digits."""
    with mpmath.workdps(60):
        names = {name: getattr(mpmath, name) for name in ("sin", "cos", "log", "exp", "sqrt")}
        return eval(formula, names, {"z": mpmath.mpf(float(z))})
