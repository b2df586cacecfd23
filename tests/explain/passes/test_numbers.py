import pytest

from warpviz.explain.passes.numbers import decimals


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1.25, 1, "1.2"), (1.2001, 3, "1.2"), (100.0, 4, "100"), (-0.0004, 3, "0"), (0.0, 0, "0"),
     (10.0, 0, "10"), (-2.5, 2, "-2.5"), (1e-9, 8, "0")],
)  # fmt: skip
def test_zeros_at_the_end_say_nothing(value: float, digits: int, text: str) -> None:
    assert decimals(value, digits) == text
    assert float(text) == pytest.approx(value, abs=0.5 * 10.0**-digits + 1e-12)
