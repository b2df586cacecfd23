"""A zoomed, panned, turned picture is the unzoomed one seen closer: there are no holes in it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.engine.chains import net
from tests.player.engine_page import Screening
from tests.scenes import panel_of, scene_of
from warpviz.data import load_data
from warpviz.film.build import animate, compare

RINGS = load_data("rings", n=200, seed=0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_window_on_the_sheet_shows_what_the_whole_picture_has_there(
    seed: int, page: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(seed)
    name = ("relu", "tanh", "gelu")[seed]
    width, height = 320, 240
    film = animate(net([2, 3, 3, 2], name, seed), RINGS, size=(width, height))
    screening = Screening(page, film, tmp_path)
    middle = np.array(screening.ask("film.panels[0].centre"))
    for _ in range(4):
        k, t = int(rng.integers(film.timeline.acts)), float(rng.choice([0.0, 0.5, 1.0]))
        zoom = int(rng.integers(2, 6))
        turn = {"yaw": float(rng.normal(0, 0.7)), "pitch": float(rng.normal(0, 0.5))}
        whole = screening.picture(k, t, scale=zoom, show=["sheet"], view=turn)
        x, y = (int(rng.integers((zoom - 1) * side)) for side in (width, height))
        # The pixel p is seen at middle + (p − middle)·zoom + pan.
        pan = middle * (zoom - 1) - (x, y)
        view = {**turn, "zoom": zoom, "panX": float(pan[0]), "panY": float(pan[1])}
        window = screening.picture(k, t, show=["sheet"], view=view)
        expected = whole[y : y + height, x : x + width]
        different = np.abs(window.astype(int) - expected).max(axis=-1) > 3
        # At the border of the window the edges' pixels are cut differently.
        assert different[1:-1, 1:-1].mean() < 1e-3, (k, t, view)


@pytest.mark.slow
def test_panels_do_not_run_into_each_other(page: Any, tmp_path: Path) -> None:
    chains = {"a": net([2, 3, 2]), "b": net([2, 3, 2], "tanh", 1)}
    film = compare(chains, RINGS, size=(480, 240))
    screening = Screening(page, film, tmp_path)
    # A zoom at which the input's sheet covers both panels whole.
    covered = screening.picture(0, 0.0, show=["sheet"], view={"zoom": 6})
    ground = np.array(scene_of(film).theme.background)
    assert (np.abs(covered.astype(int) - ground).max(axis=-1) > 3).all()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axes_of_a_zoomed_view_stand_on_ground(theme: str, page: Any, tmp_path: Path) -> None:
    film = animate(net([2, 3, 2]), RINGS, size=(320, 240), theme=theme)
    screening = Screening(page, film, tmp_path)
    safe = panel_of(film).layout.safe
    background = np.array(scene_of(film).theme.background)
    for k, t, view in ((0, 0.0, {"zoom": 6}), (1, 0.0, {"zoom": 8, "yaw": 0.4})):
        shown = screening.picture(k, t, view=view, show=["sheet", "grid", "axes"]).astype(int)
        inside = shown[int(safe.y0) + 40 : int(safe.y1) - 40, int(safe.x0) + 60 : int(safe.x1)]
        assert np.abs(inside - background).max() > 40
        # Left of the axis and below it, where the numbers are, words apart all is almost ground.
        for strip in (shown[:, : int(safe.x0) - 8], shown[int(safe.y1) + 2 :]):
            away = np.abs(strip - background).max(axis=-1)
            assert np.median(away) <= 20 and (away > 40).mean() < 0.2
