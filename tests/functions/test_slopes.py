import mpmath as mp  # type: ignore[import-untyped]
import numpy as np
import pytest

from tests.functions.formulas import FORMULAS, KINKS
from warpviz.functions import read, slope, value

SMOOTH_POINTS = np.concatenate([np.linspace(-12.003, 12, 97), [-37.51, 37.51]])


@pytest.mark.parametrize("text", FORMULAS)
def test_slopes_are_those_of_mpmath(text: str) -> None:
    found = value(slope(read(text)), SMOOTH_POINTS)
    for z, rise in zip(SMOOTH_POINTS, found, strict=True):
        expected = mp.diff(FORMULAS[text], mp.mpf(float(z)))
        assert abs(rise - expected) <= 1e-11 * abs(expected) + 1e-13, z


@pytest.mark.many(quick=34)
@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("at", KINKS)
def test_at_a_kink_it_is_the_slope_on_the_left(text: str, at: float) -> None:
    exact, tiny = FORMULAS[text], mp.mpf(10) ** -12
    left = (exact(mp.mpf(at) - tiny) - exact(mp.mpf(at) - 2 * tiny)) / tiny
    found = value(slope(read(text)), np.array([at]))[0]
    assert abs(found - left) <= 1e-9 * (1 + abs(left))


def test_slopes_of_slopes() -> None:
    twice = slope(slope(read("sin(2*z)")))
    z = np.linspace(-3, 3, 13)
    np.testing.assert_allclose(value(twice, z), -4 * np.sin(2 * z), atol=1e-14)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("min(z, -0.5*z)", 1.0), ("min(-0.5*z, z)", 1.0), ("max(z, -0.5*z)", -0.5),
        ("max(-0.5*z, z)", -0.5), ("min(min(3*z, z), 2*z)", 3.0), ("max(2*z, max(z, 3*z))", 1.0),
    ],
)  # fmt: skip
def test_at_a_tie_the_order_of_what_is_compared_does_not_matter(text: str, left: float) -> None:
    assert value(slope(read(text)), np.array([0.0]))[0] == left
