import mpmath as mp  # type: ignore[import-untyped]
import numpy as np
import pytest

from tests.functions.formulas import FORMULAS, POINTS
from warpviz.functions import read, value


@pytest.mark.many(quick=5)
@pytest.mark.parametrize("text", FORMULAS)
def test_values_are_those_of_mpmath(text: str) -> None:
    exact = FORMULAS[text]
    for z, found in zip(POINTS, value(read(text), POINTS), strict=True):
        expected = exact(mp.mpf(float(z)))
        # Of a difference, as good as its terms are.
        assert abs(found - expected) <= 1e-12 * abs(expected) + 4e-15 * (1 + abs(z)), z


def test_precision_and_shape_are_kept() -> None:
    z = np.linspace(-2, 2, 12, dtype=np.float32).reshape(3, 4)
    found = value(read("z*sigmoid(z) + 1"), z)  # type: ignore[arg-type]
    assert found.dtype == np.float32 and found.shape == (3, 4)
    assert value(read("1/2"), np.zeros((2, 3))).tolist() == [[0.5] * 3] * 2


def test_patterns_do_not_overflow() -> None:
    z = np.array([-800.0, 800.0])
    assert value(read("log(1 + exp(z))"), z).tolist() == [0.0, 800.0]
    assert value(read("z*tanh(log(exp(z) + 1))"), z).tolist() == [0.0, 800.0]
    assert value(read("3/(1 + exp(-z))"), z).tolist() == [0.0, 3.0]


def test_what_is_undefined_is_nan_without_a_warning() -> None:
    assert np.isnan(value(read("log(z)"), np.array([-1.0]))).all()
    assert np.isnan(value(read("z**0.5"), np.array([-1.0]))).all()
