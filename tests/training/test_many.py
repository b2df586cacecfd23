import numpy as np
import pytest

from warpviz.data import load_data
from warpviz.model import mlp
from warpviz.training import Recipe, train
from warpviz.training.engine import flatten
from warpviz.training.many import train_many

DATA = load_data("moons", n=60)


@pytest.mark.parametrize("optimizer", ["adam", "descent", "lbfgs"])
@pytest.mark.parametrize("activation", ["relu", "gelu"])
def test_each_chain_ends_as_it_would_alone(optimizer: str, activation: str) -> None:
    chains = [mlp([2, 3, 2], activation, seed=seed) for seed in range(3)]
    recipe = Recipe(optimizer=optimizer, epochs=40, penalty=0.0, evenness=0.0)
    found = list(train_many(chains, DATA, recipe, (0, 7, 40)))
    assert [each.epoch for each in found] == [0, 7, 40]
    for k, chain in enumerate(chains):
        alone = train(
            chain, DATA, optimizer=optimizer, epochs=40, penalty=0.0, evenness=0.0, snapshots=41
        )
        np.testing.assert_array_equal(found[0].parameters[k], flatten(chain))
        np.testing.assert_array_equal(found[1].parameters[k], alone.history.parameters[7])
        np.testing.assert_array_equal(found[2].parameters[k], flatten(alone.chain))


def test_one_that_diverges_holds_up_no_other() -> None:
    tame = mlp([2, 3, 2], "relu", seed=0)
    wild = tame.with_parameters([1e200 * array for array in tame.parameters()])
    recipe = Recipe(optimizer="descent", epochs=30, penalty=0.0, evenness=0.0)
    last = list(train_many([wild, tame], DATA, recipe, (30,)))[-1].parameters
    alone = list(train_many([tame], DATA, recipe, (30,)))[-1].parameters
    assert not np.isfinite(last[0]).all()
    np.testing.assert_array_equal(last[1:], alone)
