"""Twelve panels in one page, which steps them together."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.player.opened import Opened
from tests.scenes import scene_of


@pytest.mark.slow
def test_twelve_panels_step_together(page: Any, tmp_path: Path) -> None:
    data = wv.load_data("rings", n=60)
    chains = {f"net {i}": wv.mlp([2, 3, 2], "tanh", seed=i) for i in range(12)}
    film = wv.compare(chains, data, size=(960, 600), hide=("track",), jobs=1)
    page.set_viewport_size({"width": 1000, "height": 720})
    opened = Opened(page, film, tmp_path)
    assert opened.get("player.film.panels.length") == 12

    def seen() -> np.ndarray:
        shot = Image.open(io.BytesIO(page.locator("#picture").screenshot())).convert("RGB")
        return np.asarray(shot.resize(film.size, Image.Resampling.BOX), dtype=float)

    opened.settle()
    before = seen()
    opened.press("ArrowRight")
    assert opened.step == 1
    after, wanted = seen(), film.frame(1, 0.0).pixels.astype(float)
    boxes = [panel.layout.box for panel in scene_of(film).panels]
    assert len({(box.x0, box.y0) for box in boxes}) == 12
    for box in boxes:
        part = slice(int(box.y0), int(box.y1)), slice(int(box.x0), int(box.x1))
        off, moved = (np.abs(each[part] - after[part]).mean() for each in (wanted, before))
        assert moved > 2 and off < 0.6 * moved
