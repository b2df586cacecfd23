"""It is for everybody: any window, any reader."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.player.lab.laboratory import CELL, Laboratory

pytestmark = pytest.mark.slow


def test_it_fits_a_phone_and_a_small_window(lab: Laboratory) -> None:
    for width, height in ((390, 844), (320, 640), (1024, 768)):
        lab.page.set_viewport_size({"width": width, "height": height})
        lab.settle()
        assert lab.get("document.documentElement.scrollWidth") <= width
        for name in ("network", "learning", "data", "measures", "lessons", "share"):
            lab.page.locator(f"#tab-{name}").click()
            assert lab.page.locator(f"#panel-{name}").is_visible()
            assert lab.get(f"document.getElementById('panel-{name}').scrollWidth") <= width
        box = lab.page.locator("#picture").bounding_box()
        assert box["height"] > 150 and box["x"] >= 0 and box["x"] + box["width"] <= width + 1


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_axe_finds_nothing(chromium: Any, address: str, theme: str) -> None:
    bought = Path(os.environ.get("WARPVIZ_NODE_MODULES", "")) / "axe-core" / "axe.min.js"
    if not bought.is_file():
        pytest.skip("needs WARPVIZ_NODE_MODULES, where npm put axe-core")
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    lab = Laboratory(context.new_page(), address)
    lab.open(f"theme={theme}")
    lab.page.add_script_tag(path=str(bought))
    for size in ((1440, 900), (390, 844)):
        lab.page.set_viewport_size({"width": size[0], "height": size[1]})
        for name in ("network", "learning", "data", "measures", "lessons", "share"):
            if lab.page.locator(f"#tab-{name}").is_visible():
                lab.page.locator(f"#tab-{name}").click()
            found = lab.page.evaluate(
                "axe.run().then((all) => all.violations.map(({ id, nodes }) =>"
                " [id, nodes[0].html.slice(0, 120)]))"
            )
            assert not found, (theme, size, name)
    context.close()


def test_fingers_drag_numbers_and_tips_and_paint(chromium: Any, address: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
        reduced_motion="reduce",
    )  # fmt: skip
    lab = Laboratory(context.new_page(), address)
    lab.open()
    touch = context.new_cdp_session(lab.page)

    def drag(locator: Any, across: float, down: float) -> None:
        box = locator.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for step in range(6):
            place = {"x": x + across * step / 5, "y": y + down * step / 5}
            kind = "touchMove" if step else "touchStart"
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
            lab.page.wait_for_timeout(20)
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        lab.settle()

    before = lab.chain
    drag(lab.page.locator(CELL.format(1, 1)), 60, 0)
    number = lab.chain[0]["weight"][0][0]
    assert number == pytest.approx(before[0]["weight"][0][0] + 0.6, abs=2e-3)
    drag(lab.page.locator(CELL.format(1, 1)), 0, -150)  # that is to scroll
    assert lab.chain[0]["weight"][0][0] == number
    assert lab.get("document.querySelector('#panel-network').scrollTop") > 50
    drag(lab.page.get_by_label("where layer 1 puts the unit vector 2"), 15, 15)
    assert lab.chain[0]["weight"][0][1] != before[0]["weight"][0][1]
    lab.page.locator("#tab-data").tap()
    lab.page.get_by_label("brush: upper").tap()
    drag(lab.page.locator("#picture"), 40, 10)
    told = lab.page.locator("#data-told").inner_text()
    assert int(told.split()[0]) > 60 and told.endswith("in 2 classes")
    assert lab.get("scrollY") == 0 and not lab.trouble
    context.close()
