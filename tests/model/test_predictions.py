import numpy as np
from scipy.special import softmax  # type: ignore[import-untyped]

from warpviz.data import Dataset
from warpviz.model import Chain, Dense, mlp
from warpviz.model.predictions import predicted, tints

X = np.random.default_rng(0).normal(size=(40, 2))


def test_chances_are_the_softmax_whether_or_not_the_chain_ends_in_one() -> None:
    chain = mlp([2, 3, 3], "tanh", seed=1)
    for part in (chain, chain.logits()):
        np.testing.assert_allclose(predicted(part, X), softmax(chain.logits()(X), axis=1))
    data = Dataset(X, np.arange(40) % 3)
    np.testing.assert_array_equal(tints(chain, X, data), predicted(chain, X))


def test_one_output_says_nothing_of_classes() -> None:
    np.testing.assert_array_equal(predicted(mlp([2, 3, 1], seed=1), X), np.full((40, 2), 0.5))


def test_numbers_are_shares_of_levels() -> None:
    data = Dataset.with_targets(X, X[:, 0], levels=5)
    chain = Chain([Dense(np.array([[1.0, 0.0]]), np.zeros(1))])
    shares = tints(chain, X, data)
    np.testing.assert_allclose(shares @ np.linspace(X[:, 0].min(), X[:, 0].max(), 5), X[:, 0])
