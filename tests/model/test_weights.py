import numpy as np
import pytest
import torch

from warpviz.model.activations import ACTIVATIONS
from warpviz.model.weights import first_weight, glorot


def test_glorots_range_is_pytorchs() -> None:
    theirs = torch.nn.init.xavier_uniform_(torch.empty(200, 300)).numpy()
    ours = glorot(200, 300, rng=np.random.default_rng(0))
    assert ours.shape == (200, 300)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=1e-3)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.01)
    assert abs(ours.mean()) < 1e-3


GAINS = {"sigmoid": 4.0, "softplus": 4.0, "softplus:3": 4.0, "logsigmoid": 4.0, "hardsigmoid": 6.0}


@pytest.mark.parametrize("name", [*ACTIVATIONS, "softplus:3"])
def test_what_is_flat_at_0_begins_wider(name: str) -> None:
    plain = first_weight(3, 4, rng=np.random.default_rng(1))
    weight = first_weight(3, 4, name, rng=np.random.default_rng(1))
    assert weight.shape == (4, 3)
    np.testing.assert_allclose(weight, GAINS.get(name, 1.0) * plain)


def test_a_gain_is_for_a_small_slope_at_0() -> None:
    for name, gain in GAINS.items():
        slope = float(ACTIVATIONS[name].derivative(0.0))
        assert slope <= 0.5 and gain >= 1 / slope - 1e-12
