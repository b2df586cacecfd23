"""Levels of contours: round, rising, and around all values."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.figures.levels import round_decades, round_levels, told_levels


def digits(value: float) -> int:
    """How many digits a number takes."""
    return len(f"{abs(value):.11e}".split("e")[0].rstrip("0").replace(".", ""))


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-2, 1e6))
def test_even_levels(low: float, width: float) -> None:
    levels = round_levels(low, low + width)
    assert levels[0] <= low + 1e-7 * width and levels[-1] >= low + width * (1 - 1e-7)
    steps = np.diff(levels)
    assert 3 <= len(levels) <= 26 and np.allclose(steps, steps[0])
    assert digits(float(f"{steps[0]:.6g}")) <= 2
    # All are whole multiples of the step.
    np.testing.assert_allclose(levels / steps[0], np.round(levels / steps[0]), atol=1e-5)
    told = told_levels(levels)
    assert 1 <= len(told) <= 9 and set(told) <= set(levels)


@settings(deadline=None)
@given(st.floats(-12, 6), st.floats(0.0, 12))
def test_levels_on_a_logarithm(low: float, decades: float) -> None:
    bottom, top = 10.0**low, 10.0 ** (low + decades)
    levels = round_decades(bottom, top)
    assert levels[0] <= bottom * (1 + 1e-8) and levels[-1] >= top * (1 - 1e-8)
    assert (np.diff(levels) > 0).all() and levels[0] > 0 and 2 <= len(levels) <= 26
    if decades > 0.5:
        assert len(levels) >= 7 and max(digits(level) for level in levels) <= 2
        told = told_levels(levels)
        assert 2 <= len(told) <= 9 and set(told) <= set(levels)


def test_ticks_are_powers_of_ten_over_many_decades() -> None:
    assert told_levels(round_decades(2e-4, 8.0)).tolist() == [0.001, 0.01, 0.1, 1.0, 10.0]
    assert told_levels(round_decades(0.03, 12.0)).tolist()[0] == 0.05


def test_one_value_everywhere_has_levels_too() -> None:
    for value in (0.0, 3.0, -1e-9, 1e6):
        levels = round_levels(value, value)
        assert levels[0] < value < levels[-1]
    assert (np.diff(round_decades(1e-3, 1e-3)) > 0).all()
