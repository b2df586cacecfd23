import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.differences import differences
from warpviz.training.penalties import norm, unevenness

RNG = np.random.default_rng(2)


def test_norm_is_numpys_and_its_gradient_the_differences() -> None:
    theta = RNG.normal(size=(3, 7))
    value, slope = norm(theta)
    assert np.allclose(value, np.linalg.norm(theta, axis=1))
    assert np.allclose(slope, differences(lambda v: float(norm(v)[0].sum()), theta), atol=1e-8)
    assert np.array_equal(norm(np.zeros((1, 4)))[1], np.zeros((1, 4)))


@pytest.mark.parametrize("shape", [(3, 3), (3, 2), (2, 5), (1, 4)])
def test_unevenness_is_that_of_the_singular_values(shape: tuple[int, int]) -> None:
    weight = RNG.normal(size=(4, *shape))
    value, slope = unevenness(weight)
    s = np.linalg.svd(weight, compute_uv=False)
    k = min(shape)
    assert np.allclose(value, k * (s**4).sum(axis=1) / (s**2).sum(axis=1) ** 2 - 1)
    by = differences(lambda v: float(unevenness(v)[0].sum()), weight)
    assert np.allclose(slope, by, atol=1e-7)


@settings(derandomize=True, deadline=None)
@given(st.floats(0.01, 100.0), st.integers(0, 1000))
def test_rotations_of_any_size_are_even_and_lines_are_not(size: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    line = np.outer(q[0], q[1])
    value, _ = unevenness(size * np.stack([q, line]))
    assert np.allclose(value, [0.0, 2.0])


def test_a_zero_matrix_does_no_harm() -> None:
    value, slope = unevenness(np.zeros((1, 3, 3)))
    assert np.isfinite(value).all() and np.array_equal(slope, np.zeros((1, 3, 3)))
