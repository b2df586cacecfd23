"""Fits of three networks, made once."""

import pytest

import warpviz as wv
from tests.film.training.shown import DATA


@pytest.fixture(scope="session")
def fits() -> dict[str, wv.Fit]:
    return {
        name: wv.train(wv.mlp([2, 3, 2], name, seed=0), DATA, epochs=epochs, snapshots=8)
        for name, epochs in (("relu", 30), ("gelu", 12), ("tanh", 21))
    }
