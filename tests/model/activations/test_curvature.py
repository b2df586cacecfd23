import numpy as np
import pytest

from warpviz.model import ACTIVATIONS
from warpviz.model.activations import ActivationFunction, activation
from warpviz.model.activations.curvature import curvature


@pytest.mark.many(quick=4)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_curvature_is_the_slope_of_the_slope(name: str) -> None:
    function = ACTIVATIONS[name]
    z = np.linspace(-8, 8, 801)[:, None] + 0.00123
    step = 1e-5
    expected = (function.derivative(z + step) - function.derivative(z - step)) / (2 * step)
    found = curvature(function, z)
    assert found is not None
    np.testing.assert_allclose(found, expected, atol=1e-8)
    far = curvature(function, np.array([[-900.0], [900.0], [0.0]]))
    assert far is not None and np.isfinite(far).all()


def test_curvature_of_units_that_differ() -> None:
    both = activation("prelu:0.1:0.3") if "prelu" in ACTIVATIONS else ACTIVATIONS["relu"]
    z = np.array([[1.0, -1.0]])
    found = curvature(both, z)
    assert found is not None and found.tolist() == [[0.0, 0.0]]


def test_a_function_without_a_formula_has_none() -> None:
    def fill(z: np.ndarray, value: np.ndarray, slope: np.ndarray) -> None:
        value[...], slope[...] = z**3, 3 * z**2

    assert curvature(ActivationFunction("own", fill=fill), np.ones((2, 1))) is None
