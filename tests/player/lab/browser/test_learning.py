"""It trains in a real Chromium, columns beside each other, and lessons look on."""

import json

import numpy as np
import pytest

import warpviz as wv
from tests.player.lab.laboratory import CHAIN, DATA, Laboratory
from warpviz.laboratory.handed import layers_of
from warpviz.training.recipe import EVENNESS, PENALTY

pytestmark = pytest.mark.slow


def test_a_run_of_adam_in_the_page_is_pythons(lab: Laboratory) -> None:
    told = lab.get("warpviz.lab.train(200)")
    fit = wv.train(CHAIN, DATA, optimizer="adam", epochs=200, penalty=PENALTY, evenness=EVENNESS)
    for mine, theirs in zip(layers_of(fit.chain), lab.chain, strict=True):
        assert np.abs(np.array(mine["weight"]) - theirs["weight"]).max() < 1e-6
    assert told["loss"] == pytest.approx(float(fit.history.losses[-1]), abs=1e-6)


def test_it_plays_and_rests_and_shows_where_it_is(lab: Laboratory) -> None:
    lab.page.locator("#train").click()
    lab.until("Number(document.getElementById('epoch').textContent) > 9")
    lab.page.locator("#train").click()
    epoch = lab.page.locator("#epoch").inner_text()
    lab.settle()
    assert lab.page.locator("#epoch").inner_text() == epoch
    assert "epoch" in lab.page.locator("#curves").get_attribute("aria-label")
    # One step back is what was before all of it.
    lab.page.locator("#undo").click()
    assert lab.chain == layers_of(CHAIN)


def test_the_last_stop_tells_how_many_are_right_now(lab: Laboratory) -> None:
    lab.until("/right/.test(player.film.stops.at(-1))")
    bias = lab.page.locator("[aria-label='bias of output, unit 1']")
    bias.fill("-99")
    bias.press("Enter")
    lab.settle()
    assert lab.get("player.film.stops.at(-1)") == "logits · 50.0 % right"
    last = lab.get("document.querySelector('#ticks i:last-of-type').title")
    assert last == "logits · 50.0 % right"


def test_columns_learn_together(lab: Laboratory) -> None:
    for name in ("relu", "gelu", "sin"):
        lab.page.get_by_label("compare with").select_option(name)
    lab.settle()
    assert lab.get("player.film.panels.map((panel) => panel.title)") == [
        "tanh",
        "relu",
        "gelu",
        "sin",
    ]
    lab.get("warpviz.lab.train(20)")
    lab.settle()
    ends = [lab.get(f"player.film.states({i}, [0.2, 0.1]).at(-1)") for i in range(4)]
    assert len({json.dumps(end) for end in ends}) == 4
    lab.page.get_by_label("remove column sin").click()
    lab.settle()
    assert len(lab.get("player.film.panels")) == 3


def test_a_dead_unit_of_its_lesson_does_not_move(lab: Laboratory) -> None:
    lab.page.locator("#tab-lessons").click()
    lab.page.get_by_role("button", name="A dead relu").click()
    bias = lab.page.get_by_label("bias of layer 1, unit 1")
    bias.fill("-9")
    bias.press("Enter")
    before = lab.chain[0]
    for _ in range(2):
        lab.page.get_by_label("One epoch").click()
    lab.until("document.querySelector('#epoch').textContent === '2'")
    after = lab.chain[0]
    assert (after["weight"][0], after["bias"][0]) == (before["weight"][0], -9)
    assert after["weight"][1] != before["weight"][1]


def test_a_lesson_tells_when_it_is_done(lab: Laboratory) -> None:
    lab.page.locator("#tab-lessons").click()
    lab.page.get_by_text("The half-turn").click()
    lab.settle()
    assert "Step 1 of 2" in lab.page.locator("#task").inner_text()
    for weight, says in (([0, -1, 1, 0], "Step 2 of 2"), ([-1, 0, 0, -1], "Well folded")):
        for place, value in enumerate(weight):
            lab.get(f"warpviz.lab.set(0, {place // 2}, {place % 2}, {value})")
        lab.settle()
        assert says in lab.page.locator("#task").inner_text()


def test_a_lesson_looks_on_while_it_trains(lab: Laboratory) -> None:
    lab.page.locator("#tab-lessons").click()
    lab.page.get_by_text("Two tanh cannot close a ring").click()
    lab.settle()
    for task, more in (("Step 2 of 2", True), ("Well folded", False)):
        lab.page.locator("#train").click()
        lab.until(f"document.querySelector('#task').innerText.includes('{task}')")
        assert lab.get("document.querySelector('#train').classList.contains('on')")
        assert "Done" in lab.page.locator("#said").text_content()
        lab.page.locator("#train").click()
        if more:
            lab.page.get_by_label("add a unit to layer 1").click()


def test_who_is_ahead_of_a_lesson_need_not_go_back(lab: Laboratory) -> None:
    lab.page.locator("#tab-lessons").click()
    lab.page.get_by_text("Two tanh cannot close a ring").click()
    lab.settle()
    lab.page.get_by_label("add a unit to layer 1").click()
    lab.settle()
    lab.get("warpviz.lab.train(2000)")
    lab.settle()
    assert "Well folded" in lab.page.locator("#task").text_content()


def test_epochs_belong_to_the_weights(lab: Laboratory) -> None:
    epoch, curve = lab.page.locator("#epoch"), lab.page.locator("#curves")
    lab.get("warpviz.lab.train(100)")
    lab.settle()
    trained = curve.get_attribute("aria-label")
    assert epoch.inner_text() == "100" and "epoch 100" in trained
    lab.page.locator("#train-again").click()
    lab.settle()
    assert epoch.inner_text() == "0" and "epoch 0" in curve.get_attribute("aria-label")
    lab.page.locator("#undo").click()
    lab.settle()
    assert epoch.inner_text() == "100" and curve.get_attribute("aria-label") == trained
    lab.page.locator("#undo").click()
    lab.settle()
    assert epoch.inner_text() == "0"
    lab.page.locator("#redo").click()
    lab.settle()
    assert epoch.inner_text() == "100"


def test_a_formula_without_a_value_is_told_and_not_trained(lab: Laboratory) -> None:
    lab.page.get_by_label("activation of layer 1").select_option("formula")
    field = lab.page.locator("input.formula[aria-label='activation of layer 1']")
    field.fill("constructor")
    field.press("Enter")
    assert "has more in it than numbers" in lab.page.locator("#told").inner_text()
    field.fill("sqrt(z)")
    field.press("Enter")
    lab.settle()
    assert lab.page.locator("#noticed").inner_text().startswith("Layer 1 (sqrt(z)) is not defined")
    assert lab.page.locator("#loss").inner_text() == "–"
    lab.page.locator("#train").click()
    lab.page.locator("#train-step").click()
    assert lab.get("document.querySelector('#epoch').textContent") == "0"
    assert lab.page.locator("#train-word").inner_text() == "Train"
    assert "NaN" not in lab.page.locator("body").inner_text()
    lab.page.keyboard.press("Control+z")
    lab.settle()
    assert lab.page.locator("#noticed").is_hidden()
    assert lab.page.locator("#loss").inner_text() != "–"
