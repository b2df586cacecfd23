from typing import Any

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.model import init
from warpviz.model.init import mlp, reinitialised
from warpviz.model.layers import Dense, Softmax
from warpviz.model.weights import glorot


def test_mlp_has_the_layers_that_were_asked_for() -> None:
    chain = mlp([2, 3, 4, 2], ["relu", "leaky_relu:0.2"], seed=3)
    names = [layer.activation for layer in chain if isinstance(layer, Dense)]
    assert names == ["relu", "leaky_relu:0.2", "identity"] and chain[-1] == Softmax()
    assert len(mlp([2, 2], softmax=False)) == 1
    assert all((bias == 0).all() for bias in chain.parameters()[1::2])


def test_one_output_is_closed_by_no_softmax_which_would_be_1_throughout() -> None:
    assert len(mlp([1, 2, 1])) == 2 and mlp([2, 1])([[3.0, 1.0]]) != 1.0
    assert mlp([2, 2, 2])[-1] == Softmax()


def test_same_seed_same_weights() -> None:
    weights = [mlp([2, 3, 2], seed=seed).parameters()[0] for seed in (0, 0, 1)]
    assert np.array_equal(weights[0], weights[1]) and not np.array_equal(weights[0], weights[2])


def test_glorot_fills_its_interval() -> None:
    weight = glorot(100, 200, rng=np.random.default_rng(0))
    limit = np.sqrt(6 / 300)
    assert 0.99 * limit < np.abs(weight).max() <= limit
    assert weight.var() == pytest.approx(limit**2 / 3, rel=0.03)


def test_reinitialised_keeps_the_shape() -> None:
    chain = mlp([2, 3, 2], "tanh")
    fresh = reinitialised(chain, rng=np.random.default_rng(1))
    assert list(map(str, fresh)) == list(map(str, chain))
    assert not np.array_equal(fresh.parameters()[0], chain.parameters()[0])


@pytest.mark.parametrize(
    ("widths", "activation", "message"),
    [
        ([2], "relu", "at least an input and an output"),
        ([2, 0, 2], "relu", "whole numbers from 1, got 0"),
        ([2, -3, 2], "relu", "whole numbers from 1, got -3"),
        ([2, 1.5, 2], "relu", "widths to be a list of whole numbers, got"),
        ([2, 10**6, 10**6, 2], "relu", "at most 10,000,000 parameters"),
        ([2, 3, 3, 2], ["relu"], "one activation for each of 2 hidden layers, got 1"),
        ([2, 3, 2], "relo", "did you mean 'relu'"),
    ],
)
def test_errors(widths: list[int], activation: str, message: str) -> None:
    with pytest.raises(WarpvizError, match=message):
        mlp(widths, activation)


@pytest.mark.parametrize("name", ["sigmoid", "softplus"])
def test_flat_activations_begin_wider(name: str) -> None:
    usual, wide = mlp([2, 30, 2], "tanh"), mlp([2, 30, 2], name)
    assert np.array_equal(4.0 * usual.parameters()[0], wide.parameters()[0])
    assert np.array_equal(usual.parameters()[2], wide.parameters()[2])
    # Fresh weights are as wide, be the activation in the layer or behind it.
    for chain in (wide, wide.split()):
        fresh = reinitialised(chain, rng=np.random.default_rng(1))
        limit = np.sqrt(6 / 32)
        assert np.abs(fresh.parameters()[0]).max() > 3.5 * limit
        assert np.abs(fresh.parameters()[2]).max() <= limit


def test_ten_million_parameters_are_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "LARGEST", 17)
    assert mlp([2, 3, 2]).n_parameters == 17
    with pytest.raises(WarpvizError, match="at most 17 parameters, got 18"):
        mlp([2, 2, 2, 2])
    for width in (True, np.float64(2)):
        with pytest.raises(WarpvizError):
            mlp([2, width, 2])  # type: ignore[list-item]
    int_one: Any = np.int64(1)
    assert mlp([2, int_one], softmax=False).widths == (2, 1)
    with pytest.raises(WarpvizError, match="got -1"):
        mlp([2, 2], seed=-1)
