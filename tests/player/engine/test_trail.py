"""Followed points: the player begins with them, and draws the film's picture."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.engine_page import BARE, Screening, psnr
from tests.player.opened import Opened
from warpviz.player.page import page as page_of

RINGS = wv.load_data("rings", n=200, seed=0)
NET = wv.mlp([2, 3, 2], "tanh", seed=3)
TRAIL = ((0.5, -0.5), 12)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_same_ways(theme: str, page: Any, tmp_path: Path) -> None:
    film = wv.animate(NET, RINGS, size=(480, 360), trail=TRAIL, hide=BARE, theme=theme)
    bare = wv.animate(NET, RINGS, size=(480, 360), hide=BARE, theme=theme)
    screening = Screening(page, film, tmp_path)
    points = [[0.5, -0.5], RINGS.x[12].tolist()]
    probes = [{"point": point, "label": label} for point, label in zip(points, "AB", strict=True)]
    for k, t in [(0, 0.0), (0, 0.4), (1, 0.3), (2, 0.7), (2, 1.0)]:
        ours, theirs = film.frame(k, t).pixels, screening.picture(k, t, probes=probes)
        without = bare.frame(k, t).pixels
        assert psnr(ours, theirs) >= 40, (k, t)
        # Where ways and rings are, and nowhere else.
        drawn = (ours != without).any(axis=2)
        same = np.abs(ours[drawn].astype(int) - theirs[drawn]).mean()
        moved = np.abs(ours[drawn].astype(int) - without[drawn]).mean()
        assert same < moved / 4, (k, t, same, moved)


@pytest.mark.slow
def test_a_player_begins_with_the_films_points(page: Any, tmp_path: Path) -> None:
    film = wv.compare({"a": NET, "b": NET}, RINGS, size=(640, 240), trail=TRAIL)
    opened = Opened(page, film, tmp_path)
    probes = opened.get("player.probes")
    assert [probe["label"] for probe in probes] == ["A", "B"]
    for probe, point in zip(probes, [(0.5, -0.5), RINGS.x[12]], strict=True):
        np.testing.assert_array_equal(probe["point"], point)


def test_a_page_tells_points_only_where_a_film_follows_some() -> None:
    small: dict[str, Any] = {"size": (240, 180), "seconds": 0.2}
    assert "data-probes" not in page_of(wv.animate(NET, RINGS, **small)).split("<script")[0]
    told = page_of(wv.animate(NET, RINGS, trail=[(0.5, -0.5)], **small))
    assert 'data-probes="0:0.5,-0.5"' in told
