"""The unit vectors in the player: the film's numbers, and its picture."""

from pathlib import Path
from typing import Any

import pytest

from tests.film.insets.maps import MAPS
from tests.player.engine_page import BARE, Screening, psnr
from warpviz.data import load_data
from warpviz.film.build import animate

RINGS = load_data("rings", n=200, seed=0)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_same_vectors_and_areas(theme: str, page: Any, tmp_path: Path) -> None:
    film = animate(MAPS, RINGS, size=(480, 360), show=("basis",), hide=BARE, theme=theme)
    screening = Screening(page, film, tmp_path)
    places = [(k, t) for k in range(4) for t in (0.0, 0.05, 0.14, 0.6)]
    for k, t in [*places, (3, 1.0)]:
        ours, theirs = film.frame(k, t).pixels, screening.picture(k, t)
        rows = slice(30, 360)  # without the browser's letters
        assert psnr(ours[rows], theirs[rows]) >= 31, (k, t)
    bare = screening.picture(0, 0.6, show=["sheet", "grid", "dots"])
    assert psnr(bare, screening.picture(0, 0.6)) < 28
