"""A short film, for players that are driven from outside."""

import pytest

from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp


@pytest.fixture(scope="session")
def film() -> Animation:
    data = make_data("rings", n=60)
    return animate(mlp([2, 3, 2], "tanh", seed=3), data, size=(320, 240), seconds=0.3, hold=0.1)
