"""The player's pictures are the film's: pixels of a real browser against `Animation.frame`."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.engine.chains import many_classes, many_features, net, numbers
from tests.player.engine_page import BARE, Screening, psnr
from tests.scenes import scene_of
from warpviz.data import Dataset, load_data, make_data
from warpviz.film.build import animate, compare
from warpviz.film.classic import classic_film
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain, mlp
from warpviz.training import train
from warpviz.training.classic import classic_start

ENOUGH = 50.0
"""Decibels; nobody sees a difference from about 40 on."""
EXACT = 58.0
"""What the films below reach: a slip in the look that hardly anybody sees costs more."""
RINGS = load_data("rings", seed=0)


def three_classes() -> Dataset:
    return make_data("blobs:3", n=240)


def trained(widths: list[int], name: str) -> Chain:
    """A chain that tells the rings apart: its cloth has all colours."""
    return train(mlp(widths, name, seed=0), RINGS, epochs=300).chain


def film_of(chain: Chain, data: Dataset = RINGS, **options: Any) -> Animation:
    return animate(chain, data, **{"size": (320, 240), "hide": BARE, **options})


FILMS: dict[str, Callable[[], Animation]] = {
    "relu": lambda: film_of(trained([2, 3, 3, 3, 2], "relu"), size=(640, 480)),
    "tanh": lambda: film_of(trained([2, 3, 3, 2], "tanh")),
    "gelu": lambda: film_of(net([2, 3, 3, 2], "gelu", gain=2.5)),
    "sin": lambda: film_of(net([2, 3, 2], "sin", gain=2.5)),
    "wide": lambda: film_of(net([2, 16, 16, 2])),
    "crowded": lambda: film_of(net([2, 48, 2])),
    "one by one": lambda: film_of(net([2, 3, 2]), one_by_one=True),
    "reflection": lambda: film_of(net([2, 2, 2], seed=3)),
    "lerp": lambda: film_of(net([2, 3, 3, 2]), motion="lerp", whole_layers=True),
    "softmax": lambda: film_of(net([2, 3, 2]), softmax=True, whole_layers=True),
    "three classes": lambda: film_of(net([2, 4, 3]), three_classes()),
    "many classes": lambda: film_of(net([2, 6, 20]), many_classes()),
    "many features": lambda: film_of(net([64, 8, 10], gain=0.7), many_features()),
    "always in space": lambda: film_of(net([2, 3, 2]), view="3d"),
    "principal axes": lambda: film_of(net([2, 3, 2]), view="pca"),
    "light": lambda: film_of(net([2, 3, 2]), theme="light"),
    "numbers": lambda: film_of(mlp([2, 3, 1], "tanh", seed=1, softmax=False), numbers()),
    "regions": lambda: film_of(net([2, 4, 2]), show=("regions",)),
    "comparison": lambda: compare(
        {"": net([2, 3, 2]), " ": net([2, 3, 3, 2], "tanh"), "  ": net([2, 2], "gelu")},
        RINGS, size=(720, 300), hide=BARE,
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", FILMS)
def test_every_stop_and_the_middle_of_every_act(
    name: str, page: Any, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    screening = Screening(page, FILMS[name](), tmp_path)
    worst = screening.worst()
    record_property("psnr", round(worst, 1))
    print(f"{name}: {worst:.1f} dB, {len(screening.payload) / 1000:.0f} kB")
    assert worst >= (ENOUGH if name == "many features" else EXACT)


@pytest.mark.slow
def test_large_models_come_as_keyframes(page: Any, tmp_path: Path) -> None:
    film = film_of(net([2, 256, 256, 2], "tanh", gain=1.0), view="2d")
    screening = Screening(page, film, tmp_path)
    assert screening.ask("film.panels[0].hasChain") is False
    assert screening.ask("film.states(0, [0, 0])") is None
    assert screening.worst() >= ENOUGH


@pytest.mark.slow
def test_the_classic_film(page: Any, tmp_path: Path) -> None:
    film = classic_film(classic_start("tanh"), rounds=2)
    screening = Screening(page, film, tmp_path)
    plot = (slice(40, 360), slice(60, 575))  # without the browser's text
    for k, t in ((0, 0.0), (1, 0.5), (4, 1.0)):
        ours, theirs = film.frame(k, t).pixels, screening.picture(k, t)
        assert psnr(ours[plot], theirs[plot]) >= 35


@pytest.mark.slow
def test_text_and_axes_stand_where_the_film_has_them(page: Any, tmp_path: Path) -> None:
    film = animate(net([2, 3, 2]), RINGS, title="Folding", show=("measures",))
    screening = Screening(page, film, tmp_path)
    # Glyphs are drawn by other hands: compared at a quarter of the size.
    for k, t in ((0, 0.0), (0, 0.5), (1, 0.4), (2, 1.0)):
        small = [
            picture.reshape(120, 4, 160, 4, 3).mean(axis=(1, 3)).astype(np.uint8)
            for picture in (film.frame(k, t).pixels, screening.picture(k, t))
        ]
        assert psnr(*small) >= 30


@pytest.mark.slow
def test_a_theme_may_be_chosen_later(page: Any, tmp_path: Path) -> None:
    chain = net([2, 3, 2])
    screening = Screening(page, film_of(chain, theme="dark"), tmp_path)
    light = film_of(chain, theme="light")
    assert psnr(light.frame(1, 0.5).pixels, screening.picture(1, 0.5, theme="light")) >= ENOUGH
    assert psnr(light.frame(1, 0.5).pixels, screening.picture(1, 0.5)) < 15


@pytest.mark.slow
def test_parts_may_be_taken_away(page: Any, tmp_path: Path) -> None:
    film = film_of(net([2, 3, 3, 2]))
    screening = Screening(page, film, tmp_path)
    whole = screening.picture(2, 1.0)
    for part in ("sheet", "grid", "dots", "creases", "boundary"):
        rest = scene_of(film).show - {part}
        scene = replace(scene_of(film), show=rest)
        without = Animation(scene, film.timeline).frame(2, 1.0).pixels
        assert psnr(without, screening.picture(2, 1.0, show=sorted(rest))) >= ENOUGH, part
        assert psnr(without, whole) < 99, part


@pytest.mark.slow
def test_a_finer_picture_is_the_same_picture(page: Any, tmp_path: Path) -> None:
    chain = net([2, 3, 2])
    screening = Screening(page, film_of(chain, size=(320, 240)), tmp_path)
    fine = film_of(chain, size=(640, 480)).frame(1, 0.5).pixels
    assert psnr(fine, screening.picture(1, 0.5, scale=2)) >= 30
    # A coarse raster is magnified onto a fine canvas.
    coarse = screening.picture(1, 0.5, scale=2, detail=1)
    assert 20 < psnr(fine, coarse) < psnr(fine, screening.picture(1, 0.5, scale=2))


@pytest.mark.slow
def test_nothing_of_one_picture_is_left_in_the_next(page: Any, tmp_path: Path) -> None:
    screening = Screening(page, film_of(net([2, 3, 3, 2])), tmp_path)
    first = screening.picture(1, 0.3)
    screening.picture(4, 1.0, view={"zoom": 30, "panX": 900, "panY": -400, "yaw": 1, "pitch": 2})
    screening.picture(0, 0.0, view={"zoom": 0.02})
    np.testing.assert_array_equal(first, screening.picture(1, 0.3))
