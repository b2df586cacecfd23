"""Snippets in the real hosts that build within a second or two; `python -m tests.hosts` has all."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.building import HOSTS
from tests.hosts.pages import latex
from tests.hosts.programs import PLAYER
from tests.hosts.watching import player_of, serving, stopped, walk_waiting, watch
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp


@pytest.fixture(scope="module")
def film() -> Animation:
    """Its title would leave its place where it could."""
    return animate(
        mlp([2, 3, 2], "tanh", seed=3), make_data("rings", n=60), size=(320, 240), seconds=0.3,
        hold=0.1, title="a ``` {{x}} </iframe> \"'",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "host", ["quarto-revealjs", "marp", "sphinx", "jupyterbook", "mkdocs", "moodle"]
)
def test_a_film_plays_in_its_host(
    host: str, chromium: Any, film: Animation, tmp_path: Path
) -> None:
    film.save(tmp_path / PLAYER)
    built = HOSTS[host](tmp_path, name="left")
    tab = chromium.new_page(viewport={"width": 960, "height": 700})
    with serving(tmp_path) as address:
        tab.goto(f"{address}/{built.page}")
        watch(tab, built)
        frame = tab.query_selector("#left")
        assert frame.get_attribute("title") == film.title
        assert frame.content_frame().evaluate("() => warpviz.state().name") == "left"
        tab.close()


@pytest.mark.slow
def test_a_film_of_marp_waits_for_the_first_click(
    chromium: Any, film: Animation, tmp_path: Path
) -> None:
    film.save(tmp_path / PLAYER)
    built = HOSTS["marp"](tmp_path, autoplay="0")
    tab = chromium.new_page(viewport={"width": 960, "height": 700})
    with serving(tmp_path) as address:
        tab.goto(f"{address}/{built.page}")
        walk_waiting(tab, player_of(tab))
        tab.close()


@pytest.mark.slow
def test_latex_makes_an_animation_of_the_frames(film: Animation, tmp_path: Path) -> None:
    film.save_frames(tmp_path / "frames")
    last = len(film) - 1
    stops = [n for n, moment in enumerate(film.timeline) if moment.t in (0.0, 1.0)]
    for autoplay, waits in (("seen", []), ("0", stops[1:-1])):
        pdf, _ = latex(tmp_path, tmp_path / "frames", autoplay)
        assert stopped(pdf) == waits
        assert set(re.findall(r"_pause\(true\);\w+_seekFrame\((\d+)\)", pdf)) == {"0", str(last)}
