"""Panels of a comparison stand in other rows where the window is narrow."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.engine_page import BARE, Screening
from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

RINGS = make_data("rings", n=60)


def film(size: tuple[int, int] = (720, 240), **options: Any) -> Animation:
    names = ("relu", "tanh", "gelu")
    return compare(
        {name: mlp([2, 3, 2], name, seed=3) for name in names}, RINGS, size=size, **options
    )


@pytest.mark.slow
def test_a_moved_panel_is_the_same_picture(page: Any, tmp_path: Path) -> None:
    screening = Screening(page, film(hide=BARE), tmp_path)
    row = screening.picture(1, 0.5)
    for columns, starts in ((1, [(0, 0), (0, 240), (0, 480)]), (2, [(0, 0), (240, 0), (120, 240)])):
        screening.ask("film.arrange(...values)", columns)
        moved = screening.picture(1, 0.5)
        assert moved.shape[:2] == ((720, 240) if columns == 1 else (480, 480))
        for i, (x, y) in enumerate(starts):
            panel = row[:, 240 * i : 240 * (i + 1)]
            np.testing.assert_array_equal(panel, moved[y : y + 240, x : x + 240])
    screening.ask("film.arrange(0)")
    np.testing.assert_array_equal(row, screening.picture(1, 0.5))


@pytest.mark.slow
def test_a_phone_held_upright_has_the_panels_below_each_other(page: Any, tmp_path: Path) -> None:
    opened = Opened(page, film(), tmp_path)
    assert opened.get("player.film.columns") == 3
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("() => player.film.columns === 1")
    opened.settle()
    boxes = opened.get("player.film.panels.map(({ box }) => box)")
    assert [box[1] for box in boxes] == [0, 240, 480] and {box[0] for box in boxes} == {0}
    canvas = page.locator("#picture").bounding_box()
    assert canvas["height"] > 2.5 * canvas["width"] and canvas["width"] > 200
    # A click is taken by the panel that stands there now.
    ratio = canvas["width"] / 240
    page.mouse.click(canvas["x"] + 120 * ratio, canvas["y"] + 360 * ratio)
    opened.settle()
    assert [probe["panel"] for probe in opened.get("player.probes")] == [1]
    # What the pointer is on is told, by its letter, until it stands elsewhere.
    hint = page.locator("#hint")
    canvas = page.locator("#picture").bounding_box()
    ratio = canvas["width"] / 240
    x, y = opened.get("player.film.place(1, player.probes[0].point, player.now())")
    page.mouse.move(canvas["x"] + x * ratio + 1, canvas["y"] + y * ratio)
    opened.settle()
    assert hint.inner_text().startswith("probe A\n")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.wait_for_function("() => player.film.columns === 3")
    assert hint.is_hidden()
