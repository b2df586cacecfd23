"""A film as slides, written once for all tests."""

from pathlib import Path
from typing import Any

import pytest

from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

LOOK: dict[str, Any] = {"size": (322, 242), "fps": 10.0, "seconds": 0.5, "hold": 0.3, "jobs": 1}


def film_of(**look: Any) -> Animation:
    data = make_data("rings", n=80)
    return animate(mlp([2, 3, 2], "relu", seed=3), data, **{**LOOK, **look})


@pytest.fixture(scope="package")
def film() -> Animation:
    return film_of()


@pytest.fixture(scope="package")
def written(film: Animation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film.save(tmp_path_factory.mktemp("slides") / "fold.pptx")[0].path


@pytest.fixture(scope="package")
def deck(written: Path) -> Any:
    """The same, as python-pptx reads it."""
    pptx: Any = pytest.importorskip("pptx")
    return pptx.Presentation(str(written))


@pytest.fixture
def template(tmp_path: Path) -> Any:
    """A lecturer's deck of two slides with numbers at their feet: the path, and the deck."""
    from copy import deepcopy

    pptx: Any = pytest.importorskip("pptx")
    deck = pptx.Presentation()
    deck.core_properties.author = "A. Lecturer"
    for number in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Old {number}"
        foot = next(
            each
            for each in slide.slide_layout.placeholders
            if each.placeholder_format.type.name == "SLIDE_NUMBER"
        )
        slide.shapes._spTree.append(deepcopy(foot._element))
    path = tmp_path / "template.pptx"
    deck.save(str(path))
    return path, deck
