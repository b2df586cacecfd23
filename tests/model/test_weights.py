import numpy as np
import pytest
import torch

from warpviz.model.activations import ACTIVATIONS
from warpviz.model.weights import GAINS, first_weight, glorot


def test_glorots_range_is_pytorchs() -> None:
    theirs = torch.nn.init.xavier_uniform_(torch.empty(200, 300)).numpy()
    ours = glorot(200, 300, rng=np.random.default_rng(0))
    assert ours.shape == (200, 300)
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=1e-3)
    assert ours.std() == pytest.approx(theirs.std(), rel=0.01)
    assert abs(ours.mean()) < 1e-3


@pytest.mark.parametrize("name", ["identity", "relu", "sigmoid", "softplus"])
def test_what_is_flat_at_0_begins_wider(name: str) -> None:
    plain = first_weight(3, 4, rng=np.random.default_rng(1))
    weight = first_weight(3, 4, name, rng=np.random.default_rng(1))
    assert weight.shape == (4, 3)
    gain = 4.0 if name in ("sigmoid", "softplus") else 1.0
    np.testing.assert_allclose(weight, gain * plain)


def test_every_gain_is_of_an_activation() -> None:
    assert set(GAINS) <= set(ACTIVATIONS)
    assert GAINS["sigmoid"] == 1 / ACTIVATIONS["sigmoid"].derivative(np.zeros(1))[0]
