"""The player's page in a real Chromium: what its controls show, name and tell."""

import pytest

from tests.player.opened import Opened
from warpviz.film.reel.animation import Animation


@pytest.mark.slow
def test_parts_are_toggled(opened: Opened) -> None:
    before = opened.get("player.canvas.toDataURL()")
    opened.page.click("#parts summary")
    opened.page.uncheck("[data-part=dots]")
    opened.settle()
    assert opened.get("player.show.has('dots')") is False
    assert opened.get("player.canvas.toDataURL()") != before
    opened.press("Escape")
    assert opened.page.is_hidden("[data-part=dots]")


@pytest.mark.slow
def test_the_theme_is_switched(opened: Opened) -> None:
    opened.press("t")
    assert opened.get("document.documentElement.dataset.theme") == "light"
    assert opened.get("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    opened.page.click("#theme")
    opened.settle()
    assert opened.get("player.theme") == "dark"


@pytest.mark.slow
def test_the_keys_are_told(opened: Opened) -> None:
    opened.press("?")
    assert opened.page.is_visible("#keys")
    opened.press("Escape")
    assert opened.page.is_hidden("#keys")
    opened.page.click("#help")
    opened.page.click("#keys .close")
    assert opened.page.is_hidden("#keys")


@pytest.mark.slow
def test_full_screen(opened: Opened) -> None:
    opened.press("f")
    opened.page.wait_for_function("() => document.fullscreenElement")
    opened.press("f")
    opened.page.wait_for_function("() => !document.fullscreenElement")


@pytest.mark.slow
def test_what_happens_is_told_in_words(opened: Opened, film: Animation) -> None:
    opened.page.click("#words summary")
    items = opened.page.locator("#story li").all_inner_texts()
    assert len(items) == 4
    assert items[0].startswith("input") and "logits" in items[-1]


@pytest.mark.slow
def test_controls_stay_within_narrow_frames(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 320, "height": 300})
    opened.settle()
    assert opened.get("document.documentElement.scrollWidth") <= 320
    for control in ("#previous", "#play", "#next", "#scrubber"):
        box = opened.page.locator(control).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320
        assert box["y"] + box["height"] <= 300


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_no_violation(opened: Opened, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe")
    opened.open(f"autoplay=0&theme={theme}")
    opened.press("p")
    opened.page.click("#words summary")
    results = axe.Axe().run(opened.page)
    assert results.violations_count == 0, results.generate_report()
    opened.press("Escape", "?")
    results = axe.Axe().run(opened.page)
    assert results.violations_count == 0, results.generate_report()
