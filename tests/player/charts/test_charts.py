"""Players of films with charts: what is shipped, and that the page's pictures are the film's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import warpviz as wv
from tests.player.charts.compared import WORDS, least
from tests.player.engine_page import Screening, psnr
from tests.player.films import learning, strayed
from tests.scenes import figure_of
from warpviz.approximation.film import animate_approximation
from warpviz.curves.film import animate_activations
from warpviz.player.charts import ink
from warpviz.player.engine import engine_source, kinds_of
from warpviz.theme import THEMES


def test_a_page_has_the_modules_of_its_film_alone() -> None:
    film = learning(strayed([2, 3, 2], snapshots=3))
    assert kinds_of(film.scene) == ["figure", "cloth"]
    whole, some = engine_source(["relu"]), engine_source(["relu"], kinds_of(film.scene))
    assert "function classicScene" in whole and "function classicScene" not in some
    assert "function figureScene" in some and "function clothScene" in some
    alone = engine_source(["relu"], ["cloth"])
    assert "figureScene" not in alone and len(alone) < len(whole)


def test_a_colour_of_the_theme_is_shipped_by_name() -> None:
    dark = THEMES["dark"]
    assert ink(dark.text, dark) == "text" and ink(dark.creases[1], dark) == "creases 1"
    assert ink((1, 2, 3), dark) == [1, 2, 3]


@pytest.mark.slow
def test_another_theme_is_chosen_in_the_page(page: Any, tmp_path: Path) -> None:
    record = strayed([2, 3, 2], snapshots=4)
    dark, light = learning(record), learning(record, theme="light")
    screening = Screening(page, dark, tmp_path)
    assert min(least(light, screening, theme="light")) >= WORDS


def approximated(target: str, **options: Any) -> Any:
    return wv.approximate(target, layers=(6, 5), steps=150, every=10, **options)


CURVES: dict[str, Callable[[], wv.Animation]] = {
    "a function": lambda: animate_approximation(approximated("exp")),
    "one that jumps, light": lambda: animate_approximation(
        approximated("step", activation="tanh"), theme="light"
    ),
    "several": lambda: animate_approximation(
        [approximated("abs", name=name, activation=name) for name in ("relu", "tanh")]
    ),
    "activations": lambda: animate_activations("relu", "gelu", seconds=2.0),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CURVES)
def test_curves_are_the_films(name: str, page: Any, tmp_path: Path) -> None:
    film = CURVES[name]()
    screening = Screening(page, film, tmp_path)
    assert least(film, screening)[1] >= WORDS
    # Where curves run there are no words: the middles of the axes.
    (inside,) = {chart.inside for chart in figure_of(film).charts[:1]}
    assert inside is not None
    rows, columns = (
        slice(int(a) + 20, int(b) - 20) for a, b in ((inside.y0, inside.y1), (inside.x0, inside.x1))
    )
    k = film.timeline.acts // 2
    ours, theirs = film.frame(k, 0.5).pixels, screening.picture(k, 0.5)
    assert psnr(ours[rows, columns], theirs[rows, columns]) >= 30
