"""The player's page in a real Chromium: every key and control does what it says."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.player.opened import Opened
from warpviz.data import load_data, make_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import Chain, mlp
from warpviz.player.page import page as page_of


def chain_of(activation: str = "tanh") -> Chain:
    return mlp([2, 3, 2], activation, seed=3)


@pytest.fixture(scope="module")
def film() -> Animation:
    return animate(chain_of(), make_data("rings", n=80), size=(320, 240), seconds=0.4, hold=0.1)


@pytest.fixture
def opened(page: Any, film: Animation, tmp_path: Path) -> Opened:
    return Opened(page, film, tmp_path)


@pytest.mark.slow
def test_it_stands_at_the_input(opened: Opened, film: Animation) -> None:
    assert (opened.step, opened.playing) == (0, False)
    assert opened.page.title() == film.title
    description = opened.page.get_attribute("meta[name=description]", "content")
    assert description == film.description
    assert opened.page.get_attribute("#picture", "aria-label") == film.description


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
def test_dragging_turns_and_zero_resets(opened: Opened) -> None:
    opened.press("ArrowRight")
    still = opened.get("player.canvas.toDataURL()")
    x, y = opened.at(160, 120)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 60, y + 30, steps=4)
    opened.page.mouse.up()
    opened.settle()
    assert opened.get("player.view.yaw") > 0.3 and opened.get("player.view.pitch") > 0.1
    assert opened.get("player.canvas.toDataURL()") != still
    assert opened.get("player.probes.length") == 0
    opened.page.mouse.move(1, 1)  # What lies under the pointer is marked.
    opened.press("0")
    assert opened.get("player.viewed()") is False
    assert opened.get("player.canvas.toDataURL()") == still
    opened.press("Shift+ArrowRight")
    assert opened.get("player.view.yaw") > 0


@pytest.mark.slow
def test_the_wheel_zooms_about_the_pointer(opened: Opened) -> None:
    place = opened.get("player.film.place(0, [0.5, 0.5], player.now())")
    opened.page.mouse.move(*opened.at(*place))
    opened.page.mouse.wheel(0, -300)
    opened.settle()
    assert opened.get("player.view.zoom") > 1.3
    after = opened.get("player.film.place(0, [0.5, 0.5], player.now())")
    assert np.hypot(after[0] - place[0], after[1] - place[1]) < 1
    opened.press("0", "+")
    assert opened.get("player.view.zoom") == pytest.approx(1.2)


@pytest.mark.slow
def test_a_double_click_resets_and_leaves_no_probe(opened: Opened) -> None:
    opened.press("+")
    opened.page.mouse.dblclick(*opened.at(150, 110))
    opened.settle()
    assert opened.get("player.viewed()") is False
    assert opened.get("player.probes.length") == 0


@pytest.mark.slow
def test_a_dot_tells_its_values_in_this_layer(opened: Opened, film: Animation) -> None:
    opened.press("End")
    dot = opened.get(
        "player.film.pick(...[...Array(320 * 240).keys()].map((i) => [i % 320, i / 320 | 0])"
        ".find(([x, y]) => { const f = player.film.pick(x, y, player.now());"
        " return f && f.kind === 'dot'; }), player.now())"
    )
    opened.page.mouse.move(*opened.at(*dot["at"]))
    opened.settle()
    lines = opened.page.inner_text("#hint").splitlines()
    assert lines[0] == dot["name"] and lines[1].startswith("input (")
    logits = chain_of().logits()(np.array([dot["input"]]))[0]
    told = ", ".join(f"{z:.2f}" for z in logits).replace("-", "−")
    # The net has not learnt, and its last stop says so.
    assert re.fullmatch(rf"logits( · [\d.]+ % right)? \({re.escape(told)}\)", lines[2])


@pytest.mark.slow
def test_a_click_drops_a_probe_that_is_followed_through_all_layers(opened: Opened) -> None:
    opened.page.mouse.click(*opened.at(150, 100))
    opened.settle()
    (probe,) = opened.get("player.probes")
    states = chain_of().logits().split().states(np.array([probe["point"]]))
    rows = opened.page.locator("#numbers tbody tr:not(.last) td").all_inner_texts()
    told = [np.array(row.strip("()").replace("−", "-").split(", "), dtype=float) for row in rows]
    for state, numbers in zip(states, told, strict=True):
        np.testing.assert_allclose(numbers, state[0], atol=0.0051)
    chance = np.exp(states[-1][0]) / np.exp(states[-1][0]).sum()
    predicted = opened.page.inner_text("#numbers tr.last td")
    assert predicted == f"{('inner', 'outer')[int(chance.argmax())]} {100 * chance.max():.1f} %"
    opened.press("ArrowRight")
    assert opened.page.locator("#numbers tbody tr").nth(1).get_attribute("class") == "lit"


@pytest.mark.slow
def test_probes_by_keyboard(opened: Opened) -> None:
    opened.press("p")
    opened.page.wait_for_function("() => document.activeElement.dataset.probe === '0'")
    before = opened.get("player.probes[0].point")
    opened.press("ArrowRight", "ArrowUp")
    after = opened.get("player.probes[0].point")
    np.testing.assert_allclose(np.subtract(after, before), [0.04, 0.04])
    assert opened.step == 0
    opened.press("p", "Delete")
    assert opened.get("player.probes.length") == 1
    opened.page.click("#numbers .drop")
    opened.settle()
    assert opened.get("player.probes.length") == 0
    assert opened.page.is_hidden("#numbers")


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


@pytest.mark.slow
def test_reduced_motion_starts_paused(chromium: Any, film: Animation, tmp_path: Path) -> None:
    calm = chromium.new_page(reduced_motion="reduce")
    lively = chromium.new_page()
    for page, plays in ((calm, False), (lively, True)):
        assert Opened(page, film, tmp_path, "").playing is plays
        page.close()


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
