"""Pages of films that have dots and no sheet."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv

DATA = wv.load_data("xor", n=80)
STATES = wv.mlp([2, 3, 5, 2], "relu", seed=1).logits().split().states(DATA.x)


@pytest.mark.slow
@pytest.mark.many(quick=1)
@pytest.mark.parametrize("theme", wv.THEMES)
def test_the_player_shows_what_frames_show(page: Any, tmp_path: Path, theme: str) -> None:
    film = wv.animate(STATES, DATA, theme=theme, size=(320, 240))
    file = tmp_path / "film.html"
    film.save(file)
    page.goto(file.as_uri())
    page.wait_for_timeout(300)
    canvas = Image.open(io.BytesIO(page.locator("canvas").first.screenshot())).convert("RGB")
    shown = np.asarray(canvas.resize((320, 240)), dtype=float)
    colours = np.array(film.scene.theme.classes[:2], dtype=float)
    for colour in colours:  # the dots of both classes are there
        assert (np.abs(shown - colour).max(axis=2) < 40).any()
