"""The player's page: what it holds before and after its scripts ran, its size and its speed."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.player.opened import Opened
from tests.player.page.conftest import chain_of
from warpviz.data import load_data, make_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.page import page as page_of


@pytest.mark.slow
def test_it_stands_at_the_input(opened: Opened, film: Animation) -> None:
    assert (opened.step, opened.playing) == (0, False)
    assert opened.page.title() == film.title
    description = opened.page.get_attribute("meta[name=description]", "content")
    assert description == film.description
    assert opened.page.get_attribute("#picture", "aria-label") == film.description


@pytest.mark.slow
def test_panels_share_one_clock(page: Any, tmp_path: Path) -> None:
    data = make_data("rings", n=60)
    chains = {"relu": chain_of("relu"), "deep": mlp([2, 3, 3, 2], "tanh", seed=1)}
    opened = Opened(page, compare(chains, data, size=(480, 240)), tmp_path, "step=2.5&autoplay=0")
    assert opened.step == pytest.approx(2.5)
    assert opened.page.locator("#scrubber").count() == 1
    opened.page.mouse.click(*opened.at(360, 120))
    opened.settle()
    assert opened.get("player.film.panels.length") == 2


@pytest.mark.parametrize("theme", ["dark", "light", {"extends": "light", "background": "#0a0b0c"}])
def test_a_page_has_its_films_colours_before_any_script_ran(theme: Any) -> None:
    film = animate(chain_of("relu"), make_data("rings", n=60), size=(320, 240), theme=theme)
    told = re.search(r"<style>\n:root { ([^}]*) }", page_of(film))
    assert told
    words = dict(each.split(": ") for each in told[1].split("; "))
    colours = film.scene.theme
    for name in ("text", "muted"):
        assert words[f"--{name}"] == "#" + bytes(getattr(colours, name)).hex()
    assert words["--ground"] == "#" + bytes(colours.background).hex()
    assert words["color-scheme"] == ("light" if max(colours.background) > 128 else "dark")


@pytest.mark.slow
def test_sizes(film: Animation, tmp_path: Path) -> None:
    data = load_data("rings", seed=0)
    default = animate(mlp([2, 3, 3, 3, 2], ["identity", "tanh", "tanh"], seed=0), data)
    chains = {name: mlp([2, 3, 3, 3, 2], name, seed=0) for name in ("relu", "tanh", "gelu")}
    assert default.save(tmp_path / "a.html")[0].bytes <= 300_000
    assert compare(chains, data).save(tmp_path / "b.html")[0].bytes <= 1_500_000


@pytest.mark.slow
@pytest.mark.parametrize("dots", [700, 10_000])
def test_frames_a_second(page: Any, tmp_path: Path, dots: int, record_property: Any) -> None:
    from warpviz.film import panel

    data = make_data("checkerboard", n=dots)
    kept, panel.ALL_DRAWN = panel.ALL_DRAWN, dots
    try:
        opened = Opened(page, animate(chain_of("relu"), data), tmp_path, "autoplay=1")
    finally:
        panel.ALL_DRAWN = kept
    fps = opened.page.evaluate(
        "() => new Promise((done) => { let n = 0; const start = performance.now();"
        " const next = (now) => { n++; if (now - start < 1500) requestAnimationFrame(next);"
        " else done(n / (now - start) * 1000); }; requestAnimationFrame(next); })"
    )
    record_property("fps", fps)
    print(f"{dots} dots: {fps:.0f} frames a second, detail {opened.get('player.coarse'):.2f}")
    assert fps > 0
