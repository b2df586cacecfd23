"""On paper: all stops of a film, alone or in a frame; in a deck the stop of the fragment."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.programs import STILL, reveal_deck, snippet
from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.page import frame_of

RINGS = make_data("rings", n=60)


@pytest.fixture(scope="module")
def film() -> Animation:
    return animate(mlp([2, 3, 3, 2], "tanh", seed=3), RINGS, size=(320, 240))


def long() -> Animation:
    return animate(mlp([2, 6, 6, 2], "relu", seed=3), RINGS, size=(320, 240), one_by_one=True)


def wide() -> Animation:
    chains = {name: mlp([2, 3, 2], name, seed=3) for name in ("relu", "tanh", "gelu")}
    return compare(chains, RINGS, size=(720, 240))


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "pages"), [("film", 1), ("wide", 1), ("long", 2)])
@pytest.mark.parametrize("landscape", [False, True])
def test_alone_it_fills_its_leaves_and_leaves_no_orphan(
    page: Any, film: Animation, tmp_path: Path, name: str, pages: int, landscape: bool
) -> None:
    shown = {"film": lambda: film, "wide": wide, "long": long}[name]()
    opened = Opened(page, shown, tmp_path)
    for size in ("A4", "Letter"):
        margin = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
        data = opened.page.pdf(format=size, landscape=landscape, margin=margin)
        assert pages_of(data) == pages
    opened.page.emulate_media(media="print")
    opened.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    captions = opened.page.locator("#strip figcaption").all_text_contents()
    assert captions == [f"{i} · {stop}" for i, stop in enumerate(opened.get("player.film.stops"))]
    each = opened.get(
        "[...document.querySelectorAll('#strip section')]"
        ".map((one) => one.querySelectorAll('figure').length)"
    )
    assert len(each) == pages and max(each) - min(each) <= 1


SEEN = """() => [...document.querySelectorAll('#strip figure')].map((figure) => {
  const picture = figure.querySelector('canvas').getBoundingClientRect();
  const words = figure.querySelector('figcaption').getBoundingClientRect();
  return [Math.min(picture.left, words.left), picture.top, Math.max(picture.right, words.right),
          words.bottom, picture.width, picture.height, innerWidth, innerHeight];
})"""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(640, 560), (300, 240), (260, 700)])
@pytest.mark.parametrize("kind", ["frame", "notebook"])
def test_in_a_frame_all_stops_are_within_it(
    page: Any, film: Animation, tmp_path: Path, size: tuple[int, int], kind: str
) -> None:
    shown = film if kind == "frame" else long()
    style = f"width: {size[0]}px; height: {size[1]}px; max-width: none; aspect-ratio: auto"
    if kind == "frame":
        shown.save(tmp_path / "fold.html")
        frame = f'<iframe src="fold.html#autoplay=0" style="{style}"></iframe>'
    else:
        frame = re.sub(r' style="[^"]*"></iframe>', f' style="{style}"></iframe>', frame_of(shown))
    (tmp_path / "around.html").write_text(f'<!doctype html><meta charset="utf-8">{frame}')
    page.goto((tmp_path / "around.html").as_uri())
    inner = page.frames[1]
    inner.wait_for_selector("body[data-ready]")
    page.emulate_media(media="print")
    inner.wait_for_selector("#strip figure")
    boxes = inner.evaluate(SEEN)
    assert len(boxes) == len(shown.chapters)
    for left, top, right, bottom, width, height, room, tall in boxes:
        assert left >= 0 and top >= 0 and right <= room and bottom <= tall
        assert width > 20 and height > 15
        assert width / height == pytest.approx(4 / 3, rel=0.1)


@pytest.mark.slow
def test_a_printed_deck_has_the_stop_of_each_fragment(
    chromium: Any, film: Animation, tmp_path: Path, served: str
) -> None:
    path = film.save(tmp_path / "fold.html")[0].path
    code = snippet("reveal", tmp_path, path.name)
    reveal_deck(tmp_path, "deck.html", code, STILL)
    page = chromium.new_page()
    page.goto(f"{served}/deck.html?print-pdf")
    stops = len(film.chapters)
    page.wait_for_function(
        "(stops) => { const frames = [...document.querySelectorAll('.pdf-page iframe')];"
        " return frames.length === stops && frames.every((frame, i) => {"
        " const { player } = frame.contentWindow;"
        " return player && player.step && player.step() === i && !player.playing; }); }",
        arg=stops,
    )
    page.emulate_media(media="print")
    for frame in page.frames[1:]:
        frame.wait_for_selector("#strip > canvas")
        assert frame.locator("#strip figure").count() == 0
        box = frame.locator("#strip > canvas").bounding_box()
        assert box["width"] > 200
    page.close()
