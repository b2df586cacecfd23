"""Pictures without a background, laid on one: they are the film's own on it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.picture.raster.test_kernels import KERNELS
from tests.scenes import panel_of
from warpviz import compiled
from warpviz.arrays import Pixels
from warpviz.colour import Colour
from warpviz.data.synthetic import make_data
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.workers import FEWEST
from warpviz.picture.figure import FigureScene
from warpviz.picture.kinds import on_ground

DATA = make_data("rings", n=80)
CHAIN = wv.mlp([2, 3, 3, 2], ["relu", "tanh"], seed=1)
GROUNDS: list[Colour] = [(255, 255, 255), (13, 17, 26), (200, 60, 120)]
LOOK: dict[str, Any] = {"size": (320, 240), "theme": "light", "jobs": 1, "show": ("measures",)}


def film(ground: Colour | None, kind: str = "cloth") -> Animation:
    look = {**LOOK, "theme": {"extends": "light", **({"background": ground} if ground else {})}}
    look["transparent"] = ground is None
    if kind == "cloth":
        return wv.animate(CHAIN, DATA, title="A film", **look)
    if kind == "training":
        fit = wv.train(CHAIN, DATA, epochs=6, snapshots=3)
        return wv.animate_training(fit, DATA, **{**look, "size": (480, 240)})
    del look["show"]
    return wv.animate_activations("gelu", **{**look, "size": (480, 320)})


def by_pillow(pixels: Pixels, ground: Colour) -> Pixels:
    top = Image.fromarray(np.ascontiguousarray(pixels))
    below = Image.new("RGBA", top.size, (*ground, 255))
    return np.asarray(Image.alpha_composite(below, top).convert("RGB")).astype(int)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("ground", GROUNDS)
def test_laid_on_a_ground_it_is_the_film_on_that_ground(ground: Colour) -> None:
    clear, own = film(None), film(ground)
    for k, t in ((0, 0.0), (1, 0.4), (3, 1.0)):
        pixels = clear.frame(k, t).pixels
        assert pixels.shape == (240, 320, 4)
        apart = np.abs(by_pillow(pixels, ground) - own.frame(k, t).pixels)
        assert apart.max() <= 2
        assert np.abs(on_ground(pixels, ground) - by_pillow(pixels, ground)).max() <= 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["training", "activations"])
def test_charts_are_clear_too(kind: str) -> None:
    clear, own = film(None, kind), film(GROUNDS[0], kind)
    assert isinstance(clear.scene, FigureScene)
    pixels = clear.frame(0, 0.5).pixels
    assert pixels[0, 0].tolist() == [0, 0, 0, 0] and (pixels[..., 3] == 255).any()
    apart = np.abs(by_pillow(pixels, GROUNDS[0]) - own.frame(0, 0.5).pixels)
    # Agg blends translucent lines over each other in steps of a level each.
    assert apart.max() <= 6 and np.percentile(apart, 99.9) <= 2


def test_edges_are_not_darkened_and_what_is_hollow_is() -> None:
    pixels = film(None).frame(0, 0.0).pixels
    assert set(np.unique(pixels[pixels[..., 3] == 0, :3])) == {0}
    # The white outlines of dots are white however faint they are.
    rims = pixels[(pixels[..., 3] > 40) & (pixels[..., :3].min(axis=2) > 250)]
    assert len(rims) > 5
    # The last stop of the track is a ring that nothing fills.
    large = wv.animate(CHAIN, DATA, theme="light", transparent=True)
    x0, x1, y = panel_of(large).layout.track
    row = large.frame(0, 0.0).pixels[int(y), :, 3]
    assert row[int(x1)] <= 8 and row[int(x0)] >= 250


if KERNELS is not None:

    def test_kernels_and_numpy_give_equal_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
        fast = film(None).frame(1, 0.4).pixels
        monkeypatch.setattr(compiled, "KERNELS", None)
        np.testing.assert_array_equal(film(None).frame(1, 0.4).pixels, fast)


@pytest.mark.slow
def test_several_processes_draw_the_same() -> None:
    # As many pictures as a second process is worth.
    one, two = (replace(film(None), jobs=jobs) for jobs in (1, 2))
    assert len(one) >= 2 * FEWEST
    for a, b in zip(one.shots(), two.shots(), strict=True):
        np.testing.assert_array_equal(a.pixels, b.pixels)
