"""A film's page in Chromium."""

from pathlib import Path
from typing import Any

import pytest

from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain, mlp


def chain_of(activation: str = "tanh") -> Chain:
    return mlp([2, 3, 2], activation, seed=3)


@pytest.fixture(scope="session")
def film() -> Animation:
    return animate(chain_of(), make_data("rings", n=80), size=(320, 240), seconds=0.4, hold=0.1)


@pytest.fixture
def opened(page: Any, film: Animation, tmp_path: Path) -> Opened:
    return Opened(page, film, tmp_path)
