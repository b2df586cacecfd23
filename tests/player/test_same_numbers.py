"""Python and JavaScript draw by the same numbers: what one lays down, the other does."""

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.compared import FILMS, MOMENTS, RINGS, film_of
from tests.player.engine_page import psnr
from tests.player.laid_down import PAINT, Mark, Recorder, assert_same, nothing, ours, theirs, wide
from tests.player.modules import node
from tests.scenes import scene_of
from warpviz.film.build import animate
from warpviz.film.classic import classic_film
from warpviz.model import mlp
from warpviz.picture import classic
from warpviz.picture.classic import ClassicPainter, ClassicScene, limits
from warpviz.player.payload import payload
from warpviz.training.classic import classic_start


@pytest.mark.many(quick=2)
@pytest.mark.usefixtures("same_letters")
@pytest.mark.parametrize("name", FILMS)
def test_words_and_strokes_stand_where_pythons_do(name: str, modules: Path) -> None:
    film = film_of(name)
    moments = [(k, t) for k, t in MOMENTS if k < film.timeline.acts]
    for (k, t), there in zip(moments, theirs(film, moments, modules), strict=True):
        assert_same(ours(film, k, t), there)
        assert {kind for kind, _, _ in there} >= {"text", "stroke", "marker"}


def test_the_classic_pictures_frame_legend_and_ticks_are_pythons(
    modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = classic_film(classic_start("tanh"))
    scene = film.scene
    assert isinstance(scene, ClassicScene)
    painter = ClassicPainter.of(scene)
    bars: list[Mark] = []

    def bar(canvas: Any, x0: float, y0: float, x1: float, y1: float, colour: Any) -> None:
        bars.append(("bar", tuple(colour), [x0, y0, x1 - x0, y1 - y0]))

    monkeypatch.setattr(classic, "text_width", wide)
    monkeypatch.setattr(classic, "paint_bar", bar)
    monkeypatch.setattr(classic, "paint_outlined", nothing)
    canvas: Any = Recorder()
    moment = (1, 0.3)
    low, high = limits(scene.path.at(*moment).T, painter.least)
    recording = ClassicPainter(scene, painter.box, painter.least, canvas)
    recording._frame_and_legend()
    recording._ticks(canvas, low, high)
    (there,) = theirs(film, [moment], modules)
    # Its keyframes are shipped in 65,536 steps.
    there = [mark for mark in there if mark[0] != "marker"]
    assert_same([*canvas.marks, *bars], there, within=0.01)


def test_cloth_lines_and_dots_are_pythons(modules: Path) -> None:
    film = animate(
        mlp([2, 3, 3, 2], "relu", seed=1), RINGS, size=(320, 240),
        hide=("axes", "caption", "track", "legend", "scale"),
    )  # fmt: skip
    moments = [(0, 0.0), (1, 0.5), (4, 0.4)]
    shown = sorted(scene_of(film).show)
    painted = node(PAINT, modules, payload(film), moments, shown)
    for (k, t), told in zip(moments, painted, strict=True):
        raw = np.frombuffer(base64.b64decode("".join(told["pixels"])), np.uint8)
        assert psnr(film.frame(k, t).pixels, raw.reshape(240, 320, 4)[..., :3]) > 45
