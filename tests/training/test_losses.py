import numpy as np
import pytest

from tests.model.differences import differences
from warpviz.training.losses import LOSSES

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("n_out", [1, 2, 3, 5])
def test_slope_matches_differences(name: str, n_out: int) -> None:
    loss = LOSSES[name]
    output = RNG.normal(size=(2, n_out, 7))
    target = np.eye(n_out)[RNG.integers(0, n_out, 7)].T
    slope = np.empty_like(output)
    loss.slope(output, target, slope)
    by = differences(lambda v: float(loss.value(v, target).sum()), output)
    assert np.allclose(slope / 7, by, atol=1e-8)


def test_cross_entropy_is_the_mean_negative_log_probability() -> None:
    logits = RNG.normal(size=(3, 6)) * 3
    y = RNG.integers(0, 3, 6)
    p = np.exp(logits) / np.exp(logits).sum(axis=0)
    value = LOSSES["cross_entropy"].value(logits, np.eye(3)[y].T)
    assert value == pytest.approx(-np.mean(np.log(p[y, np.arange(6)])))


@pytest.mark.parametrize("n_out", [2, 3])
def test_cross_entropy_is_stable(n_out: int) -> None:
    logits = np.zeros((1, n_out, 2))
    logits[0, 0] = [1000.0, -1000.0]
    target = np.eye(n_out)[[1, 1]].T
    slope = np.empty_like(logits)
    assert LOSSES["cross_entropy"].value(logits, target)[0] == pytest.approx(
        (1000.0 + np.log(n_out - 1)) / 2
    )
    with np.errstate(over="ignore"):  # as in training
        LOSSES["cross_entropy"].slope(logits, target, slope)
    assert np.allclose(slope[0, 0], [1.0, 0.0]) and np.isfinite(slope).all()


def test_mean_squared_error_is_a_mean_over_points_and_outputs() -> None:
    value = LOSSES["mean_squared_error"].value(np.array([[1.0, 2.0]]), np.array([[0.0, 4.0]]))
    assert value == pytest.approx((1 + 4) / 2)
