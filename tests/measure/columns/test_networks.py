import numpy as np
import pytest

from warpviz.data import load_data
from warpviz.measure.columns import NETWORK_COLUMNS
from warpviz.measure.known import Network
from warpviz.model import Chain, mlp
from warpviz.training import train

DATA = load_data("moons", n=60)


def imbalance(chain: Chain) -> float:
    """‖W₂‖² − ‖(W₁, b₁)‖²."""
    first = chain.parameters()[1]
    norms = NETWORK_COLUMNS["weight_norms"].value(Network.of(chain, DATA))
    assert isinstance(norms, list)
    return norms[1] ** 2 - norms[0] ** 2 - float(first @ first)


def drift(activation: str, rate: float) -> float:
    """How far that has moved after so many epochs of plain descent that rate × epochs is 20."""
    start = mlp([2, 6, 2], activation, seed=0)
    fit = train(
        start,
        DATA,
        optimizer="descent",
        learning_rate=rate,
        epochs=round(20 / rate),
        penalty=0.0,
        evenness=0.0,
        precision="float64",
    )
    return imbalance(fit.chain) - imbalance(start)


def test_descent_keeps_the_balance_of_relu_layers_but_for_its_rate() -> None:
    # Gradient flow keeps ‖W_{l+1}‖² − ‖(W_l, b_l)‖² where f(z) = f'(z) z (Du, Hu & Lee 2018,
    # arXiv:1806.00900); steps of size η move it by Σ η² …, in the same time half as far at η / 2.
    wide, narrow = drift("relu", 0.1), drift("relu", 0.05)
    assert wide / narrow == pytest.approx(2.0, rel=0.1)
    # The slope of tanh is not f(z) / z: there it moves by itself, at any rate.
    wide, narrow = drift("tanh", 0.1), drift("tanh", 0.05)
    assert wide / narrow == pytest.approx(1.0, rel=0.05) and abs(narrow) > 0.1


def test_what_training_leaves_of_a_network() -> None:
    chain = mlp([2, 6, 2], "relu", seed=0)
    known = Network.of(chain, DATA)
    found = {name: column.value(known) for name, column in NETWORK_COLUMNS.items()}
    flat = np.concatenate([array.ravel() for array in chain.parameters()])
    assert found["weight_norm"] == pytest.approx(float(np.linalg.norm(flat)))
    assert found["dead_units"] == 0 and found["sharpness"] is not None
