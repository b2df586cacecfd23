# mypy: disable-error-code="import-untyped"
"""What skorch itself predicts is the oracle."""

from typing import Any

import numpy as np
import pytest
import torch
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from skorch import NeuralNetBinaryClassifier, NeuralNetClassifier, NeuralNetRegressor
from torch import nn

import warpviz as wv
from warpviz.errors import WarpvizError

X = np.random.default_rng(0).normal(size=(60, 2)).astype(np.float32)
Y = (X[:, 0] > 0).astype(np.int64)


class Net(nn.Module):  # type: ignore[misc]
    def __init__(self, outputs: int = 2) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, outputs))

    def forward(self, X: Any) -> Any:
        return self.layers(X)


def test_a_classifier_alone_and_at_the_end_of_a_pipeline() -> None:
    torch.manual_seed(0)
    net = NeuralNetClassifier(Net, criterion=nn.CrossEntropyLoss, max_epochs=2, verbose=0)
    pipeline = make_pipeline(StandardScaler(), net).fit(X, Y)
    chain = wv.to_chain(pipeline)
    assert chain.widths == (2, 2, 4, 2)
    probabilities = np.exp(chain(X)) / np.exp(chain(X)).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(probabilities, pipeline.predict_proba(X), atol=1e-6)
    alone = wv.to_chain(pipeline[-1])
    np.testing.assert_array_equal(alone(X).argmax(axis=1), pipeline[-1].predict(X))
    film = wv.animate(pipeline, X, Y, size=(240, 180))
    assert film.scene.class_names == ("0", "1")


def test_one_output_and_numbers() -> None:
    torch.manual_seed(0)
    binary = NeuralNetBinaryClassifier(Net, module__outputs=1, max_epochs=1, verbose=0)
    binary.fit(X, Y.astype(np.float32))
    given = wv.to_chain(binary)(X)[:, 0]
    np.testing.assert_allclose(1 / (1 + np.exp(-given)), binary.predict_proba(X)[:, 1], atol=1e-6)
    number = NeuralNetRegressor(Net, module__outputs=1, max_epochs=1, verbose=0)
    number.fit(X, X[:, :1] * 2)
    np.testing.assert_allclose(wv.to_chain(number)(X), number.predict(X), atol=1e-6)


def test_a_net_that_is_not_fitted_says_so() -> None:
    with pytest.raises(WarpvizError, match="fitted NeuralNetClassifier; call its fit"):
        wv.to_chain(NeuralNetClassifier(Net))
