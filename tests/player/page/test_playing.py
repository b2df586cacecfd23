"""The player's page in a real Chromium: keys and buttons step it, play it and pause it."""

from pathlib import Path
from typing import Any

import pytest

from tests.player.opened import Opened
from warpviz.film.reel.animation import Animation


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "step"),
    [
        (["ArrowRight"], 1), (["ArrowRight", "ArrowRight", "ArrowLeft"], 1), (["End"], 3),
        (["End", "Home"], 0), (["End", "ArrowRight"], 3), (["ArrowLeft"], 0),
    ],
)  # fmt: skip
def test_keys_step(opened: Opened, keys: list[str], step: float) -> None:
    opened.press(*keys)
    assert opened.step == step


@pytest.mark.slow
def test_a_remote_glides(opened: Opened) -> None:
    opened.press("PageDown", "PageDown", "PageUp")
    opened.page.wait_for_function("() => !player.glide")
    assert opened.step == 1


@pytest.mark.slow
def test_space_and_button_play_and_pause(opened: Opened) -> None:
    opened.press(" ")
    assert opened.playing
    assert opened.page.get_attribute("#play", "aria-label") == "Pause"
    opened.page.wait_for_function("() => player.seconds > 0.15")
    opened.page.click("#play")
    opened.settle()
    assert not opened.playing
    assert opened.page.get_attribute("#play", "aria-label") == "Play"


@pytest.mark.slow
def test_enter_plays_one_act(opened: Opened) -> None:
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("() => !player.playing && player.step() === 1")


@pytest.mark.slow
def test_frames_forth_and_back(opened: Opened) -> None:
    opened.press("ArrowRight", ".", ".", ",")
    stop = opened.get("player.film.clock.stop(1)")
    assert opened.get("player.seconds") == pytest.approx(stop + 0.05)


@pytest.mark.slow
def test_buttons_step(opened: Opened) -> None:
    opened.page.click("#next")
    opened.page.click("#next")
    opened.page.click("#previous")
    opened.settle()
    assert opened.step == 1
    assert "Stop 1 of 3" in opened.page.inner_text("#said")


@pytest.mark.slow
def test_the_scrubber_is_a_named_slider(opened: Opened, film: Animation) -> None:
    opened.page.evaluate(
        "() => { const slider = document.getElementById('scrubber');"
        " slider.value = player.film.clock.seconds; slider.dispatchEvent(new Event('input')); }"
    )
    opened.settle()
    assert opened.step == 3
    told = opened.page.get_attribute("#scrubber", "aria-valuetext")
    assert told.startswith("logits")
    assert opened.page.locator("#ticks i").count() == len(film.chapters) == 4


@pytest.mark.slow
def test_speed(opened: Opened) -> None:
    opened.page.select_option("#speed", "2")
    assert opened.get("player.speed") == 2


@pytest.mark.slow
def test_it_ends_at_the_last_stop_where_it_does_not_loop(opened: Opened) -> None:
    opened.open("autoplay=1&loop=0&speed=2")
    opened.page.wait_for_function("() => player.ended")
    assert (opened.step, opened.playing) == (3, False)
    opened.press(" ")
    assert opened.playing and opened.step < 3


@pytest.mark.slow
def test_reduced_motion_starts_paused(chromium: Any, film: Animation, tmp_path: Path) -> None:
    calm = chromium.new_page(reduced_motion="reduce")
    lively = chromium.new_page()
    for page, plays in ((calm, False), (lively, True)):
        assert Opened(page, film, tmp_path, "").playing is plays
        page.close()
