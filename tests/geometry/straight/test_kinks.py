"""Bends of chains of one input; straight pieces and exact fractions are the oracle."""

from fractions import Fraction

import numpy as np
import pytest

import warpviz as wv
from warpviz.geometry.straight.kinks import kinks
from warpviz.model.layers import Activation, Dense


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("activation", ["relu", "leaky_relu:0.2"])
def test_between_neighbours_the_chain_is_straight(seed: int, activation: str) -> None:
    rng = np.random.default_rng(seed)
    chain = wv.Chain([
        Dense(rng.normal(size=(7, 1)), rng.normal(size=7), activation),
        Dense(rng.normal(size=(6, 7)), rng.normal(size=6)),
        Activation(activation),
        Dense(rng.normal(size=(2, 6)), rng.normal(size=2), activation),
    ])  # fmt: skip
    x = kinks(chain, -3.0, 3.0)
    assert x is not None and x[0] == -3 and x[-1] == 3 and (np.diff(x) > 0).all()
    y = chain(x[:, None])
    for part in (0.25, 0.7):
        inside = x[:-1] + part * np.diff(x)
        straight = y[:-1] + part * np.diff(y, axis=0)
        np.testing.assert_allclose(chain(inside[:, None]), straight, atol=1e-12)
    # And none is missing: a thousand even points see no bend that is not among them.
    even = np.linspace(-3, 3, 1001)
    bent = np.abs(np.diff(chain(even[:, None]), 2, axis=0)).max(axis=1) > 1e-9
    near = np.abs(even[1:-1, None] - x).min(axis=1) <= even[1] - even[0]
    assert near[bent].all()


def test_one_layer_bends_where_its_sums_are_zero() -> None:
    weights, biases = [3, -7, 1, 5], [1, 2, 9, 0]
    chain = wv.Chain([Dense(np.array(weights)[:, None], np.array(biases), "relu")])
    true = sorted({Fraction(-b, w) for w, b in zip(weights, biases, strict=True)})
    inside = [float(x) for x in true if -2 < x < 2]
    found = kinks(chain, -2.0, 2.0)
    assert found is not None
    np.testing.assert_allclose(found, [-2, *inside, 2], rtol=1e-15)


def test_curved_chains_have_none_to_name() -> None:
    assert kinks(wv.mlp([1, 3, 1], "tanh", softmax=False), -1, 1) is None
    straight = kinks(wv.mlp([1, 3, 1], "identity", softmax=False), -1, 1)
    assert straight is not None and straight.tolist() == [-1, 1]


def test_huge_weights() -> None:
    chain = wv.Chain([
        Dense(np.array([[1e308]]), np.array([-1e307]), "relu"),
        Dense(np.array([[1e-308]]), np.zeros(1)),
    ])  # fmt: skip
    found = kinks(chain, -1.0, 1.0)
    assert found is not None
    np.testing.assert_allclose(found, [-1, 0.1, 1])
