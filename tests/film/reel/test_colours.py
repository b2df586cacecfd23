"""Colours that a film's palette must have."""

from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.picture.marks.written import DARK
from warpviz.film.reel import colours
from warpviz.film.reel.colours import palette_of
from warpviz.theme import signs_of

RINGS = wv.load_data("rings", n=20)
NET = wv.mlp([2, 2], seed=0)


@pytest.mark.parametrize(
    ("show", "many", "signs"),
    [((), 80, False), (("basis",), 80, True), (("basis",), 24, True), (("basis",), 23, False)],
)
def test_signs_have_shades_where_there_is_room(
    show: tuple[str, ...], many: int, signs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(
        colours, "build_palette",
        lambda pictures, colours, keep: asked.append((list(pictures), colours, keep)),
    )  # fmt: skip
    scene = wv.animate(NET, RINGS, size=(240, 180), show=show).scene
    times: list[tuple[int, float]] = []

    class Paints:
        def paint(self, k: int, t: float) -> Any:
            times.append((k, t))
            return np.zeros((1, 1, 4), dtype=np.uint8)

    painter: Any = Paints()
    palette_of(scene, 5, painter, many)
    ((pictures, asked_for, keep),) = asked
    assert times == [(0, 0.0), (1, 0.0), (2, 0.0), (3, 0.0), (4, 0.0), (2, 0.5), (4, 1.0)]
    assert asked_for == many and all(each.shape == (1, 1, 3) for each in pictures)
    assert keep[:4] == (DARK.background, DARK.text, *DARK.classes[:2])
    ground = np.array(DARK.background)
    shades = [
        tuple(np.rint((1 - share) * ground + share * np.array(colour)).astype(int).tolist())
        for colour in signs_of(DARK) for share in (0.2, 0.4, 0.7, 1.0)
    ]  # fmt: skip
    assert list(keep[4:]) == (shades if signs else [])
