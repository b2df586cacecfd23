import numpy as np
import pytest

from warpviz.measure.networks.units import dead_units, total_norm, weight_norms
from warpviz.model import Activation, Chain, Dense, Residual

POINTS = np.linspace(-1, 1, 20)[:, None]


@pytest.mark.parametrize(
    ("activation", "dead"),
    [("relu", 1), ("tanh", 2), ("hardtanh", 2), ("leaky_relu", 0), ("identity", 0), ("step", 3)],
)
def test_units_that_no_gradient_passes(activation: str, dead: int) -> None:
    layer = Dense(np.ones((3, 1)), np.array([0.0, 50.0, -50.0]), activation)
    chain = Chain([layer, Dense(np.zeros((1, 3)), np.zeros(1))])
    assert dead_units(chain, POINTS) == dead_units(chain.split(), POINTS) == dead


def test_dead_units_within_residual_layers() -> None:
    inner = Chain([Dense(np.eye(1), np.array([-9.0]), "relu")])
    assert dead_units(Chain([Residual(inner), Activation("relu")]), POINTS) == 1
    # A second layer sees what the first one adds to.
    lifted = Chain([Dense(np.eye(1), np.array([9.0])), Residual(inner)])
    assert dead_units(lifted, POINTS) == 0


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
def test_norms(unit: float) -> None:
    rng = np.random.default_rng(0)
    chain = Chain([Dense.of(2, 3, "relu"), Residual(Chain([Dense.of(3, 3)])), Dense.of(3, 2)])
    chain = chain.with_parameters([rng.normal(size=p.shape) * unit for p in chain.parameters()])
    weights = chain.parameters()[::2]
    expected = [unit * float(np.linalg.norm(weight / unit)) for weight in weights]
    assert weight_norms(chain) == pytest.approx(expected)
    everything = np.concatenate([array.ravel() / unit for array in chain.parameters()])
    assert total_norm(chain) == pytest.approx(unit * float(np.linalg.norm(everything)))
    assert total_norm(Chain([Dense(np.zeros((1, 1)), np.zeros(1))])) == 0.0
