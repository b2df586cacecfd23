"""The player's page in a real Chromium: dragging and the wheel turn it, dots and probes tell."""

import re

import numpy as np
import pytest

from tests.player.opened import Opened
from tests.player.page.conftest import chain_of
from warpviz.film.reel.animation import Animation


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
