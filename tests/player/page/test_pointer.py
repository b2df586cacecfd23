"""The pointer in a real Chromium: what it tells and carries, and what it leaves to the page."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

RINGS = make_data("rings", n=60)


@pytest.fixture(scope="module")
def film() -> Animation:
    return animate(mlp([2, 3, 2], "tanh", seed=3), RINGS, size=(320, 240), seconds=0.5)


DOT = """(() => { for (let i = 0; i < 320 * 240; i++) {
  const found = player.film.pick(i % 320, Math.floor(i / 320), player.now());
  if (found && found.kind === "dot") return found; } })()"""


@pytest.mark.slow
def test_what_is_told_of_a_dot_is_of_this_stop(opened: Opened) -> None:
    opened.page.mouse.move(*opened.at(*opened.get(DOT)["at"]))
    opened.settle()
    assert opened.page.is_visible("#hint")
    for key in ("ArrowRight", "ArrowRight", "End", "Home"):
        opened.press(key)
        opened.settle()
        # Whatever lies under the pointer now is what is told, and at this stop.
        x, y = opened.get("[player.hover?.at[0] ?? -1, player.hover?.at[1] ?? -1]")
        if opened.page.is_hidden("#hint"):
            assert x == -1
            continue
        found = opened.page.evaluate("(at) => player.film.pick(...at, player.now())", [x, y])
        lines = opened.page.inner_text("#hint").splitlines()
        stop = int(opened.step)
        assert lines[0] == found["name"]
        if stop:
            told = lines[2][lines[2].rindex("(") + 1 : -1].replace("\u2212", "-").split(", ")
            np.testing.assert_allclose(np.array(told, float), found["values"][stop], atol=0.0051)
    opened.press("Home")
    opened.page.mouse.move(*opened.at(*opened.get(DOT)["at"]))
    opened.settle()
    assert opened.page.is_visible("#hint")
    opened.press(" ")
    opened.page.wait_for_function("() => player.step() > 0.1")
    assert opened.page.is_hidden("#hint")


@pytest.mark.slow
def test_a_probe_is_carried_by_its_letter(opened: Opened) -> None:
    opened.page.mouse.click(*opened.at(150, 100))
    opened.settle()
    unit, small = 0.5, opened.get("player.film.panels[0].box[3]") * 0.034
    x, y = opened.get("player.film.place(0, player.probes[0].point, player.now())")
    letter = opened.at(x + 8.5 * unit + 0.3 * small, y - 5 * unit - 0.3 * small)
    opened.page.mouse.move(*letter)
    opened.page.mouse.down()
    opened.page.mouse.move(letter[0] + 40, letter[1] + 30, steps=5)
    opened.page.mouse.move(*opened.at(190, 140), steps=3)
    opened.page.mouse.up()
    opened.settle()
    assert len(opened.get("player.probes")) == 1
    place = opened.get("player.film.place(0, player.probes[0].point, player.now())")
    np.testing.assert_allclose(place, [190, 140], atol=1.0)
    assert opened.get("player.viewed()") is False
    assert "Probe A at" in opened.page.inner_text("#said")


@pytest.mark.slow
def test_the_picture_is_moved_by_keys_and_this_is_told(opened: Opened) -> None:
    opened.press("+", "d", "d", "w")
    assert opened.get("[player.view.panX < -20, player.view.panY > 10]") == [True, True]
    opened.press("0", "?")
    keys = opened.page.inner_text("#keys")
    assert "move the picture" in keys and "drag" in keys


_AROUND = """<!doctype html><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<body style="margin: 0"><iframe src="fold.html#autoplay=0"
 style="width: 360px; height: 330px; border: 0; display: block"></iframe>
<div style="height: 3000px">text</div>"""


Places = list[tuple[float, float]]


def touch(hand: Any, starts: Places, ends: Places, steps: int = 12) -> None:
    """Fingers that go down together, move straight, and are lifted."""
    send = "Input.dispatchTouchEvent"

    def points(part: float) -> list[dict[str, float]]:
        return [
            {"x": a + part * (c - a), "y": b + part * (d - b), "id": i}
            for i, ((a, b), (c, d)) in enumerate(zip(starts, ends, strict=True))
        ]

    hand.send(send, {"type": "touchStart", "touchPoints": points(0)})
    for i in range(1, steps + 1):
        hand.send(send, {"type": "touchMove", "touchPoints": points(i / steps)})
    hand.send(send, {"type": "touchEnd", "touchPoints": []})


@pytest.mark.slow
def test_a_finger_scrolls_the_page_and_two_are_the_films(
    chromium: Any, film: Animation, tmp_path: Path
) -> None:
    film.save(tmp_path / "fold.html")
    (tmp_path / "around.html").write_text(_AROUND)
    context = chromium.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 360, "height": 640}
    )
    page = context.new_page()
    page.goto((tmp_path / "around.html").as_uri())
    inner = page.frames[1]
    inner.wait_for_selector("body[data-ready]")
    hand = context.new_cdp_session(page)
    # What is touched is known once frame and page have been shown.
    for one in (inner, page):
        one.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))"
        )
    touch(hand, [(160, 150), (200, 150)], [(110, 150), (250, 150)])
    inner.wait_for_function("() => player.view.zoom > 1.3")
    assert page.evaluate("() => [scrollY, visualViewport.scale]") == [0, 1]
    inner.evaluate("() => player.reset()")
    # On a probe the finger carries it.
    inner.evaluate("() => document.getElementById('probe').click()")
    inner.wait_for_function("() => player.probes.length === 1")
    at = inner.evaluate("() => player.film.place(0, player.probes[0].point, player.now())")
    box = inner.locator("#picture").bounding_box()
    ratio = box["width"] / 320
    x, y = box["x"] + at[0] * ratio, box["y"] + at[1] * ratio
    touch(hand, [(x, y)], [(x + 40, y + 40)])
    inner.wait_for_function(
        "(at) => { const now = player.film.place(0, player.probes[0].point, player.now());"
        " return Math.hypot(now[0] - at[0], now[1] - at[1]) > 20; }",
        arg=at,
    )
    assert page.evaluate("() => scrollY") == 0
    # Elsewhere it scrolls the page.
    touch(hand, [(300, 280)], [(300, 130)])
    page.wait_for_function("() => scrollY > 60")
    assert inner.evaluate("() => [player.viewed(), player.probes.length]") == [False, 1]
    context.close()


@pytest.mark.slow
def test_full_screen_hides_nothing_of_a_paused_film(opened: Opened) -> None:
    opened.press("End", "f")
    opened.page.wait_for_function("() => document.fullscreenElement")
    opened.settle()
    picture = opened.page.locator("#picture").bounding_box()
    bar = opened.page.locator("#bar").bounding_box()
    assert picture["y"] + picture["height"] <= bar["y"] + 0.5
    opened.press("f")
