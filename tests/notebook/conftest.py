"""A short film for notebooks."""

from typing import Any

import pytest

from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

CHAIN = mlp([2, 3, 2], "tanh", seed=3)


@pytest.fixture(scope="session")
def film() -> Animation:
    data = make_data("rings", n=60)
    return animate(CHAIN, data, size=(320, 240), seconds=0.5, hold=0.1)


def vars_of(made: Any) -> dict[str, Any]:
    """What is sent to the page."""
    told: dict[str, Any] = made.get_state()
    return told
