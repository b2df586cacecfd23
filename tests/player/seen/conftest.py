"""A film, its player in a folder, and a page around it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp


@pytest.fixture(scope="session")
def film() -> Animation:
    """Some 3 seconds, again and again."""
    data = make_data("rings", n=60)
    return animate(mlp([2, 3, 2], "tanh", seed=3), data, size=(320, 240), seconds=0.7, hold=0.2)


@pytest.fixture
def folder(film: Animation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pages are, beside a player."""
    monkeypatch.chdir(tmp_path)
    film.save("fold.html")
    return tmp_path


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A page that must not throw."""
    page = chromium.new_page(viewport={"width": 960, "height": 700})
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    page.close()
    assert not trouble
