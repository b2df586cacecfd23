"""numpy's own product is the oracle."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError

RNG = np.random.default_rng(0)
W1, B1, W2, B2 = RNG.normal(size=(3, 2)), RNG.normal(size=3), RNG.normal(size=(2, 3)), np.ones(2)
X = RNG.normal(size=(9, 2))


@pytest.mark.parametrize("turned", [False, True])
def test_matrices_of_either_side(turned: bool) -> None:
    pairs: list[Any] = [(W1, B1), "tanh", (W2, B2), "softmax"]
    if turned:
        pairs = [(W1.T, B1), "tanh", (W2.T, B2), "softmax"]
    z = np.tanh(X @ W1.T + B1) @ W2.T + B2
    expected = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(wv.to_chain(pairs)(X), expected, rtol=1e-12)
    film = wv.animate(pairs, X, (X[:, 0] > 0).astype(int), size=(240, 180))
    assert "2-3-2" in film.description


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ([(W1, B1), (W2, B2)], "write the activations between, as in .*'relu'"),
        ([(W1, B1), "tanh", (W1, B1)], r"got \(3, 2\) with \(3,\), \(3, 2\) with \(3,\)"),
        ([(W1, B1), "tnah", (W2, B2)], "Unknown activation 'tnah'"),
        ([(W1, B1), "tanh", W2], "got ndarray as number 2"),
        ([(np.eye(2), np.ones(2)), "relu", (np.eye(2), np.ones(2))], "square matrices"),
    ],
)
def test_what_is_not_plain_is_asked_for(pairs: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        wv.to_chain(pairs)
