import numpy as np
import pytest

from warpviz.measure.classes.likeness import linear_cka


def hsic(k: np.ndarray, other: np.ndarray) -> float:
    """tr(K H L H), with the centring matrix H: the definition of Kornblith et al."""
    h = np.eye(len(k)) - 1 / len(k)
    return float(np.trace(k @ h @ other @ h))


@pytest.mark.parametrize(("first", "second"), [(3, 5), (40, 2), (60, 70)])
def test_alignment_is_that_of_the_kernels(first: int, second: int) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(30, first)) + 4.0
    y = np.tanh(x[:, :1]) + rng.normal(size=(30, second))
    k, other = x @ x.T, y @ y.T
    expected = hsic(k, other) / np.sqrt(hsic(k, k) * hsic(other, other))
    assert linear_cka(x, y) == pytest.approx(expected, rel=1e-10)
    turn = np.linalg.qr(rng.normal(size=(first, first)))[0]
    assert linear_cka(1e200 * x @ turn, y * 1e-200) == pytest.approx(expected, rel=1e-9)


def test_alignment_with_one_point_is_none() -> None:
    x = np.random.default_rng(0).normal(size=(10, 2))
    assert linear_cka(x, np.ones((10, 3))) is None
    assert linear_cka(np.full((10, 3), 0.1), x) is None
    assert linear_cka(x[:1], x[:1]) is None
