"""Points are chosen, painted, stated and dropped in a real Chromium."""

import pytest

from tests.player.lab.laboratory import Laboratory

pytestmark = pytest.mark.slow


def drop(lab: Laboratory, table: str) -> None:
    """Drop a table on the page."""
    lab.page.evaluate(
        "(text) => { const data = new DataTransfer();"
        " data.items.add(new File([text], 'own.csv', { type: 'text/csv' }));"
        " document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true })); }",
        table,
    )


def test_points_are_chosen_painted_and_dropped(lab: Laboratory) -> None:
    lab.page.locator("[data-set=xor]").click()
    lab.settle()
    assert lab.get("warpviz.lab.setup().data.name") == "xor"
    lab.page.locator("#tab-data").click()
    told = lab.page.locator("#data-told")
    before = told.inner_text()
    lab.page.get_by_label("brush: a new class").click()
    box = lab.page.locator("#picture").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 30, y + 20, steps=4)
    lab.page.wait_for_timeout(150)
    lab.page.mouse.up()
    lab.settle()
    assert told.inner_text() != before and told.inner_text().endswith("in 3 classes")
    assert len(lab.chain[-1]["bias"]) == 3
    lab.page.keyboard.press("Escape")
    field = lab.page.get_by_label("a formula of x and y")
    field.fill("y > sin(3*x)")
    field.press("Enter")
    lab.settle()
    assert lab.get("warpviz.lab.setup().data.source") == "formula"
    table = "\n".join(f"{i}.5,{i % 3},{'ab'[i % 2]}" for i in range(12))
    drop(lab, table)
    lab.until("warpviz.lab.setup().data.source === 'table'")
    assert told.inner_text().startswith("12 points in 2 classes")
    # What Python refuses is refused here in its words, and changes nothing.
    drop(lab, "x,y,t\n1,2,0.5\n2,3,0.7\n3,1,1.2\n")
    lab.until("/got numbers/.test(document.querySelector('#data-told').textContent)")
    assert lab.get("warpviz.lab.setup().data.name") == "own.csv"


def test_points_are_painted_by_keys_alone(lab: Laboratory) -> None:
    lab.page.locator("#tab-data").click()
    lab.page.get_by_label("brush: upper").press("Enter")
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        lab.page.keyboard.press(key)
    lab.settle()
    assert lab.page.locator("#data-told").inner_text() == "64 points in 2 classes"
    lab.page.keyboard.press("Escape")
    assert lab.get("document.activeElement.className") == "brush"


def test_why_points_stay_where_all_are_cleared_is_told(lab: Laboratory) -> None:
    lab.page.locator("#tab-data").click()
    lab.page.get_by_role("button", name="clear").click()
    told = lab.page.locator("#data-told")
    why = "One point of each class stays: without it there is nothing to tell apart"
    assert told.inner_text() == f"2 points in 2 classes. {why}"
    lab.page.get_by_label("brush: 1").press("Enter")
    lab.page.keyboard.press("Enter")
    assert told.inner_text() == f"6 points in 2 classes. {why}"
