"""The laboratory in a real Chromium: what is taken hold of does what it says."""

from typing import Any

import numpy as np
import pytest

from tests.player.lab.fuzz import fuzzed
from tests.player.lab.laboratory import CELL, CHAIN, Laboratory
from warpviz.laboratory.handed import layers_of

pytestmark = pytest.mark.slow


def test_it_begins_with_what_python_gave(lab: Laboratory) -> None:
    assert lab.chain == layers_of(CHAIN)
    states = lab.get("warpviz.lab.states([[0.3, -0.2]])")[0]
    expected = CHAIN.logits().split().states(np.array([[0.3, -0.2]]))
    assert np.allclose(np.concatenate(states), np.concatenate([each[0] for each in expected]))
    assert lab.get("warpviz.state().step") == 1


def test_a_number_is_typed_moved_and_dragged_and_all_of_it_undone(lab: Laboratory) -> None:
    before = lab.chain
    cell = lab.page.locator(CELL.format(2, 1))
    cell.fill("-1,5")
    cell.press("Enter")
    assert lab.chain[0]["weight"][1][0] == -1.5
    cell.press("ArrowUp")
    assert lab.chain[0]["weight"][1][0] == pytest.approx(-1.45)
    cell.press("Tab")
    box = lab.page.locator(CELL.format(1, 2)).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 50, y, steps=5)
    lab.page.mouse.up()
    assert lab.chain[0]["weight"][0][1] == pytest.approx(before[0]["weight"][0][1] + 0.5, abs=2e-3)
    lab.settle()
    lab.page.keyboard.press("Control+z")
    assert lab.chain[0]["weight"][0][1] == before[0]["weight"][0][1]
    while lab.page.locator("#undo").is_enabled():
        lab.page.locator("#undo").click()
    assert lab.chain == before
    lab.page.locator("#redo").click()
    assert lab.chain[0]["weight"][1][0] != before[0]["weight"][1][0]


def test_what_is_no_number_in_the_end_changes_nothing(lab: Laboratory) -> None:
    before = lab.chain
    cell = lab.page.locator(CELL.format(2, 1))
    cell.click()
    lab.page.keyboard.type("1/3")  # on the way it is 1
    assert lab.chain[0]["weight"][1][0] == 1
    cell.press("Enter")
    assert lab.chain == before
    for text in ("1/3", "abc", "1e6"):
        cell.fill(text)
        cell.press("Enter")
        assert cell.get_attribute("aria-invalid") == "true" and lab.chain == before
        said = f"“{text}” is no number between −10⁶ and 10⁶; {cell.input_value()} stays"
        assert lab.page.locator("#said").text_content() == said
    cell.fill("2")
    cell.press("Enter")
    assert cell.get_attribute("aria-invalid") != "true" and lab.chain != before


def test_numbers_of_eight_inputs_have_room(lab: Laboratory) -> None:
    for _ in range(5):
        lab.page.get_by_label("add a unit to layer 1").click()
    cell = lab.page.get_by_label("weight of output, unit 1, input 8")
    cell.fill("-0.55")
    cell.press("Enter")
    assert cell.input_value() == "−.55"
    assert cell.get_attribute("aria-valuetext") == "−0.55"
    narrow = "every((one) => one.scrollWidth <= one.clientWidth)"
    assert lab.get(f"[...document.querySelectorAll('.many .cell')].{narrow}")


def test_units_and_layers_come_and_go_and_the_others_keep_their_numbers(lab: Laboratory) -> None:
    before = lab.chain
    lab.page.get_by_label("add a unit to layer 1").click()
    assert lab.chain[0]["weight"][:3] == before[0]["weight"] and len(lab.chain[0]["bias"]) == 4
    assert [row[:3] for row in lab.chain[1]["weight"]] == before[1]["weight"]
    lab.page.get_by_label("remove a unit of layer 1").click()
    assert lab.chain == before
    lab.page.get_by_label("add a layer behind layer 1").click()
    assert [len(layer["bias"]) for layer in lab.chain] == [3, 3, 2]
    lab.page.get_by_label("activation of layer 2").select_option("relu")
    lab.page.get_by_label("move layer 2 up").click()
    assert [layer["activation"] for layer in lab.chain] == ["relu", "tanh", "identity"]
    lab.page.get_by_label("remove layer 1").click()
    assert [layer["activation"] for layer in lab.chain] == ["tanh", "identity"]
    lab.until("player.film.stops.length === 4")


def test_a_formula_is_an_activation_and_what_is_none_is_told(lab: Laboratory) -> None:
    lab.page.get_by_label("activation of layer 1").select_option("formula")
    field = lab.page.locator("#cards input.formula")
    field.fill("sin(2*z")
    field.press("Enter")
    assert field.get_attribute("aria-invalid") == "true"
    assert "cannot be read" in lab.page.locator("#said").inner_text()
    field.fill("sin(2*z)/2 + z/2")
    field.press("Enter")
    lab.settle()
    states = lab.get("warpviz.lab.states([[0.3, -0.2]])")[0]
    z = np.array(states[1])
    assert np.allclose(states[2], np.sin(2 * z) / 2 + z / 2)


def test_basis_vectors_are_dragged_on_the_sheet(lab: Laboratory) -> None:
    lab.get("player.go(1)")
    lab.settle()
    grip = lab.page.get_by_label("where layer 1 puts the unit vector 1")
    box = grip.bounding_box()
    before = np.array(lab.chain[0]["weight"])
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 20, y - 10, steps=3)
    lab.page.mouse.up()
    lab.settle()
    after = np.array(lab.chain[0]["weight"])
    assert np.abs(after - before)[:, 0].max() > 0.01 and np.array_equal(after[:, 1], before[:, 1])
    grip.press("ArrowRight")
    assert np.array(lab.chain[0]["weight"])[0, 0] == pytest.approx(after[0, 0] + 0.05, abs=1e-3)


def test_the_sheet_goes_with_the_hand_that_holds_its_origin(lab: Laboratory) -> None:
    lab.get("player.go(1)")
    lab.settle()
    grip = lab.page.get_by_label("where layer 1 puts the origin")
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    ways = []
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for way in (20, 40, 60):
        lab.page.mouse.move(x + way, y)
        lab.page.wait_for_timeout(120)
        now = grip.bounding_box()
        assert now["x"] + now["width"] / 2 == pytest.approx(x + way, abs=1)
        ways.append(np.array(lab.chain[0]["bias"]))
    lab.page.mouse.up()
    # As far each time, however long the hand rests between.
    assert np.allclose(ways[1] - ways[0], ways[2] - ways[1], atol=2e-3)
    assert np.abs(ways[2]).max() > 0.05


@pytest.mark.parametrize(
    ("grip", "planar"), [("the unit vector 1", True), ("the unit vector 2", False)]
)
def test_a_tip_stays_under_the_hand_and_the_view_where_it_is(
    lab: Laboratory, grip: str, planar: bool
) -> None:
    if planar:
        lab.page.locator("#tab-lessons").click()
        lab.page.get_by_text("The half-turn").click()
        lab.settle()
    lab.get("player.go(1)")
    lab.settle()
    tip = lab.page.get_by_label(f"where layer 1 puts {grip}")
    column = int(grip[-1]) - 1
    box = tip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    origin = lab.page.get_by_label("where layer 1 puts the origin")
    foot = origin.bounding_box()
    numbers = [np.array(lab.chain[0]["weight"])[:, column]]
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    for way in range(30, 181, 30):
        lab.page.mouse.move(x + way, y, steps=4)
        lab.page.wait_for_timeout(100)
        now = tip.bounding_box()
        assert now["x"] + now["width"] / 2 == pytest.approx(x + way, abs=1)
        assert now["y"] + now["height"] / 2 == pytest.approx(y, abs=1)
        numbers.append(np.array(lab.chain[0]["weight"])[:, column])
    assert origin.bounding_box() == pytest.approx(foot, abs=0.1)
    steps = np.linalg.norm(np.diff(numbers, axis=0), axis=1)
    assert steps.max() < 1.3 * steps.min()
    assert np.abs(numbers).max() < 3
    # In another window it goes on from where it is.
    lab.page.set_viewport_size({"width": 1300, "height": 800})
    lab.page.wait_for_timeout(200)
    lab.page.mouse.move(x + 181, y)
    lab.page.wait_for_timeout(100)
    last = np.array(lab.chain[0]["weight"])[:, column]
    assert np.linalg.norm(last - numbers[-1]) < 0.2 * steps.max()
    foot = origin.bounding_box()
    lab.page.mouse.up()
    lab.settle()
    assert origin.bounding_box() != pytest.approx(foot, abs=1)


def test_tabs_and_panels_take_their_own_keys(lab: Laboratory) -> None:
    step = lab.get("player.step()")
    lab.page.locator("#tab-learning").focus()
    lab.page.keyboard.press("ArrowRight")
    assert lab.get("document.activeElement.id") == "tab-data"
    lab.page.locator(CELL.format(1, 1)).focus()
    for key in ("ArrowLeft", "Home", "t", " "):
        lab.page.keyboard.press(key)
    assert lab.get("player.step()") == step and lab.get("player.theme") == "dark"


def test_random_hands_leave_no_error(chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    assert not fuzzed(page, 60, 5, 30)
    page.close()
