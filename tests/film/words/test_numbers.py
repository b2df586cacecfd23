"""Python's decimals are the oracle of rounding."""

from decimal import ROUND_FLOOR, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.film.words.numbers import percent, rounded_down, short_number


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.integers(-(10**6), 10**6), st.integers(1, 10**5), st.integers(0, 4))
def test_nothing_is_rounded_up(count: int, of: int, digits: int) -> None:
    told = Decimal(rounded_down(count / of, digits).replace("−", "-"))
    assert told == (Decimal(count) / Decimal(of)).quantize(Decimal(1).scaleb(-digits), ROUND_FLOOR)


@pytest.mark.parametrize("of", [3, 7, 30, 1800])
def test_all_is_100_percent_and_less_is_less(of: int) -> None:
    assert percent(of / of) == "100.0 %" and percent(0.0) == "0.0 %"
    assert percent((of * 1000 - 1) / (of * 1000)) == "99.9 %"
    for count in range(of + 1):
        assert float(percent(count / of).split()[0]) <= 100 * count / of + 1e-9


@pytest.mark.parametrize(
    "value", [*np.geomspace(1.1e-9, 9.1e9, 37), 0.0, 1.0, 999_999.0, 1e6, 1e-4]
)
@pytest.mark.parametrize("sign", [1, -1])
def test_short_numbers_are_within_half_of_their_second_digit(value: float, sign: int) -> None:
    text = short_number(sign * value)
    assert "-" not in text and len(text) <= 8
    told = float(text.replace("−", "-"))
    assert told == pytest.approx(sign * value, rel=0.05 + 1e-9)
    assert ("e" in text) == (value != 0 and not 1e-4 <= value < 1e6)
