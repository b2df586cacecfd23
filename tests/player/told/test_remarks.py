"""A remark on a state stands below the caption in the browser, where Python draws it."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.player.opened import Opened
from warpviz.data import Dataset, make_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.picture.scene import Scene

RINGS = make_data("rings", n=60)
CHAINS = {name: mlp([2, 3, 2], name, seed=3) for name in ("relu", "tanh")}


def rows_with_words(pixels: np.ndarray, film: Animation, panel: int) -> np.ndarray:
    """Which rows from the caption's to the sheet's have letters, in the left part of a panel."""
    assert isinstance(film.scene, Scene)
    layout = film.scene.panels[panel].layout
    left, top = (round(each) for each in layout.caption)
    part = pixels[top : int(layout.safe.y0), left : left + 150].astype(float)
    background = np.array(film.scene.theme.background)
    return np.asarray(np.abs(part - background).max(axis=(1, 2)) > 60)


@pytest.mark.slow
def test_remarks_stand_below_captions(page: Any, tmp_path: Path) -> None:
    for film, panel in (
        (animate(CHAINS["relu"], RINGS, size=(480, 360), caption="why"), 0),
        (compare(CHAINS, RINGS, size=(720, 360), caption="why"), 1),
    ):
        opened = Opened(page, film, tmp_path)
        page.set_viewport_size({"width": 1280, "height": 900})
        opened.press("ArrowRight")
        opened.settle()
        width, height = film.size
        box = page.locator("#picture").bounding_box()
        shot = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB")
        seen = rows_with_words(np.asarray(shot.resize((width, height))), film, panel)
        drawn = rows_with_words(film.frame(1, 0.0).pixels, film, panel)
        assert drawn.sum() > 15
        # Letters differ by a row of grey, lines of text by many.
        assert np.count_nonzero(seen != drawn) <= 8


@pytest.mark.slow
def test_axes_have_the_tables_own_numbers(page: Any, tmp_path: Path) -> None:
    own = np.random.default_rng(0).normal(size=(80, 2)) * [1e-3, 1e2] + [7.0, 5e3]
    data = Dataset(own, np.arange(80) % 2, feature_names=("thickness (mm)", "load (N)"))
    film = animate(CHAINS["relu"], data.standardised(), size=(480, 360))
    assert isinstance(film.scene, Scene)
    opened = Opened(page, film, tmp_path)
    page.set_viewport_size({"width": 1280, "height": 900})
    opened.settle()
    box = page.locator("#picture").bounding_box()
    shot = Image.open(io.BytesIO(page.screenshot(clip=box))).convert("RGB").resize(film.size)
    layout = film.scene.panels[0].layout
    background = np.array(film.scene.theme.background)

    def columns_with_words(pixels: np.ndarray) -> np.ndarray:
        top = round(layout.safe.y1 + 0.4 * layout.small)
        part = pixels[top : top + round(1.1 * layout.small)].astype(float)
        return np.asarray(np.abs(part - background).max(axis=(0, 2)) > 50)

    seen, drawn = columns_with_words(np.asarray(shot)), columns_with_words(film.frame(0, 0).pixels)
    assert drawn.sum() > 100
    # Letters differ by a pixel or two; a label at another place, or another one, by many.
    for one, other in ((seen, drawn), (drawn, seen)):
        near = np.convolve(other, np.ones(5), mode="same") > 0
        assert np.mean(near[one]) > 0.95
