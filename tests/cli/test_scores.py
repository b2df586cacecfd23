import numpy as np
import pytest
from sklearn.metrics import accuracy_score, r2_score  # type: ignore[import-untyped]

from warpviz.cli.scores import accuracy, score
from warpviz.data import Dataset
from warpviz.model import Chain, Dense, mlp

X = np.random.default_rng(0).normal(size=(60, 2))


def test_classes_are_right_or_wrong_and_numbers_are_near() -> None:
    data = Dataset(X, (X[:, 0] > 0).astype(int))
    chain = mlp([2, 3, 2], "tanh", seed=1)
    assert accuracy(chain, data) == accuracy_score(data.y, chain(X).argmax(axis=1))
    numbers = Dataset.with_targets(X, X[:, 0] + 0.1 * X[:, 1])
    line = Chain([Dense(np.array([[1.0, 0.0]]), np.zeros(1))])
    assert accuracy(line, numbers) == pytest.approx(r2_score(numbers.targets, line(X)[:, 0]))
    assert (score(0.9999, data), score(0.9999, numbers)) == ("99.9 %", "R² 0.999")
