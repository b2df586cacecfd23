"""What moves may be drawn coarser where the machine is slow; what rests is drawn in full."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.engine_page import BARE, Screening, psnr
from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

RINGS = make_data("rings", n=60)

SLOW = """() => {
  globalThis.drawn = [];
  const paint = player.film.paint;
  player.film.paint = (context, options) => {
    paint(context, options);
    const { k, t, detail, scale } = options;
    drawn.push([k + t, t === 0 || t === 1, detail / scale]);
    return { raster: 100, total: 100 };
  };
}"""


@pytest.fixture(scope="module")
def film() -> Animation:
    return animate(mlp([2, 3, 2], "tanh", seed=3), RINGS, size=(320, 240), seconds=0.4, hold=0.4)


@pytest.mark.slow
def test_a_slow_machine_has_sharp_stops(page: Any, film: Animation, tmp_path: Path) -> None:
    opened = Opened(page, film, tmp_path, "autoplay=0&loop=0")
    page.evaluate(SLOW)
    opened.press(" ")
    page.wait_for_function("() => player.ended && player.sharp")
    drawn = page.evaluate("() => drawn")
    resting = {step: part for step, rests, part in drawn if rests}  # the last of each stop
    assert min(part for _, rests, part in drawn if not rests) < 0.6
    assert [resting[stop] for stop in (1, 2, 3)] == [1, 1, 1]
    # Nothing is drawn again that did not change.
    count = len(drawn)
    page.evaluate("() => { for (let i = 0; i < 3; i++) player.redraw(); }")
    opened.settle()
    assert page.evaluate("() => drawn.length") == count


@pytest.mark.slow
def test_a_view_that_is_turned_is_sharp_when_it_rests(
    page: Any, film: Animation, tmp_path: Path
) -> None:
    opened = Opened(page, film, tmp_path, "autoplay=0&step=1")
    page.evaluate(SLOW)
    page.evaluate(
        "() => new Promise((done) => { let left = 12; const next = () => {"
        " player.turn(0.05, 0); if (left--) requestAnimationFrame(next); else done(); };"
        " next(); })"
    )
    page.wait_for_function("() => player.sharp && drawn.length > 3")
    opened.settle()
    parts = [part for _, _, part in page.evaluate("() => drawn")]
    assert min(parts) < 0.8 and parts[-1] == 1


@pytest.mark.slow
def test_the_canvas_has_the_screens_own_pixels(
    chromium: Any, film: Animation, tmp_path: Path
) -> None:
    path = film.save(tmp_path / "fold.html")[0].path
    for width, height, ratio in ((1920, 1080, 2), (3840, 2160, 1)):
        page = chromium.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=ratio
        )
        page.goto(f"{path.as_uri()}#autoplay=0")
        page.wait_for_selector("body[data-ready]")
        canvas, css = page.evaluate(
            "() => [player.canvas.height, player.canvas.getBoundingClientRect().height]"
        )
        assert canvas == pytest.approx(ratio * css, abs=1) and css > 0.85 * height
        page.close()


@pytest.mark.slow
def test_a_large_picture_is_drawn_in_bands_without_seams(page: Any, tmp_path: Path) -> None:
    film = animate(mlp([2, 3, 2], "relu", seed=3), RINGS, size=(320, 240))
    screening = Screening(page, film, tmp_path)
    middle = np.array(screening.ask("film.panels[0].centre"))
    for k, t in ((0, 0.5), (1, 1.0)):
        whole = screening.picture(k, t, scale=4, show=["sheet"])  # 1280 × 960: three bands
        # Through the window of a small picture, of one band, where two bands meet.
        for y in (200, 520):
            pan = middle * 3 - (480, y)
            view = {"zoom": 4.0, "panX": float(pan[0]), "panY": float(pan[1])}
            window = screening.picture(k, t, show=["sheet"], view=view)
            away = np.abs(window.astype(int) - whole[y : y + 240, 480:800]).max(axis=-1) > 3
            assert away[1:-1, 1:-1].mean() < 1e-3


@pytest.mark.slow
def test_lines_and_dots_have_no_seams_either(page: Any, tmp_path: Path) -> None:
    film = animate(mlp([2, 3, 2], "relu", seed=3), RINGS, size=(1280, 960), hide=BARE)
    screening = Screening(page, film, tmp_path)
    assert psnr(film.frame(1, 0.5).pixels, screening.picture(1, 0.5)) > 50
