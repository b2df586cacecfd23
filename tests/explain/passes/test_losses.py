"""PyTorch is the oracle of values, differences of slopes."""

import numpy as np
import pytest
import torch

from warpviz.explain.passes.losses import LOSSES

Y, T = np.array([0.2, 0.5, 0.3]), np.array([0.0, 1.0, 0.0])
OTHERS = {
    "half-squared": lambda y, t: torch.nn.functional.mse_loss(y, t, reduction="sum") / 2,
    "squared": lambda y, t: torch.nn.functional.mse_loss(y, t, reduction="sum"),
    "cross-entropy": lambda y, t: torch.nn.functional.cross_entropy(y.log(), t),
}


@pytest.mark.parametrize("name", LOSSES)
def test_values_and_slopes(name: str) -> None:
    value, slope = LOSSES[name][1](Y, T)
    assert value == pytest.approx(float(OTHERS[name](torch.tensor(Y), torch.tensor(T))))
    step = 1e-6
    for i, unit in enumerate(np.eye(3) * step):
        rise = LOSSES[name][1](Y + unit, T)[0] - LOSSES[name][1](Y - unit, T)[0]
        assert slope[i] == pytest.approx(rise / (2 * step), abs=1e-7)


def test_what_is_surely_wrong_costs_without_end_but_not_where_it_does_not_count() -> None:
    value, slope = LOSSES["cross-entropy"][1](np.array([0.5, 0.5]), np.array([0.0, 1.0]))
    assert value == pytest.approx(np.log(2)) and slope.tolist() == [0.0, -2.0]
    with np.errstate(divide="ignore", invalid="ignore"):
        assert LOSSES["cross-entropy"][1](np.array([1.0, 0.0]), np.array([0.0, 1.0]))[0] == np.inf
