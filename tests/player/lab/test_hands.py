"""The laboratory in a real Chromium: what is taken hold of does what it says."""

import base64
import json
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.player.lab.fuzz import fuzzed
from warpviz.laboratory.handed import SIZE, layers_of
from warpviz.training.recipe import EVENNESS, PENALTY

pytestmark = pytest.mark.slow
CHAIN = wv.mlp([2, 3, 2], "tanh", seed=1)
DATA = wv.load_data("moons", n=60, seed=0)
SETTLE = (
    "() => new Promise((done) => { const look = () => player.sharp ? done() : setTimeout(look, 20);"
    " setTimeout(look, 150); })"
)
CELL = "[aria-label='weight of layer 1, unit {}, input {}']"


class Laboratory:
    """A laboratory's page, opened anew for each test."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.trouble: list[str] = []
        page.on("console", lambda told: self.trouble.append(told.text))
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def open(self, words: str = "theme=dark") -> None:
        """Open it with words behind the #."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#{words}")
        self.page.wait_for_selector("body[data-ready]")

    def get(self, expression: str) -> Any:
        """What an expression comes to."""
        return self.page.evaluate(f"() => {expression}")

    def until(self, expression: str) -> None:
        """Wait until an expression is true; the page's policy lets nothing poll in it."""
        for _ in range(400):
            if self.get(expression):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(expression)

    def settle(self) -> None:
        """Wait until the exact sheet is drawn."""
        self.page.evaluate(SETTLE)

    @property
    def chain(self) -> list[dict[str, Any]]:
        """The layers that are taken hold of."""
        return list(self.get("warpviz.lab.chain()"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return wv.lab(CHAIN, DATA).save(tmp_path_factory.mktemp("lab") / "lab.html").as_uri()


@pytest.fixture(scope="module")
def opened(chromium: Any, address: str) -> Iterator[Laboratory]:
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, accept_downloads=True, bypass_csp=False
    )
    yield Laboratory(context.new_page(), address)
    context.close()


@pytest.fixture
def lab(opened: Laboratory) -> Iterator[Laboratory]:
    opened.page.set_viewport_size({"width": 1440, "height": 900})
    opened.open()
    opened.trouble.clear()
    yield opened
    assert not opened.trouble


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


def test_the_last_stop_tells_how_many_are_right_now(lab: Laboratory) -> None:
    lab.until("/right/.test(player.film.stops.at(-1))")
    bias = lab.page.locator("[aria-label='bias of output, unit 1']")
    bias.fill("-99")
    bias.press("Enter")
    lab.settle()
    assert lab.get("player.film.stops.at(-1)") == "logits · 50.0 % right"
    last = lab.get("document.querySelector('#ticks i:last-of-type').title")
    assert last == "logits · 50.0 % right"


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
    table = "\\n".join(f"{i},{i % 3},{'ab'[i % 2]}" for i in range(12))
    lab.page.evaluate(
        "(text) => { const data = new DataTransfer();"
        " data.items.add(new File([text], 'own.csv', { type: 'text/csv' }));"
        " document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true })); }",
        table.replace("\\n", "\n"),
    )
    lab.until("warpviz.lab.setup().data.source === 'table'")
    assert told.inner_text().startswith("12 points in 2 classes")


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


def test_a_link_holds_all_of_it(lab: Laboratory) -> None:
    lab.page.locator("[data-set=spirals]").click()
    lab.get("warpviz.lab.set(0, 0, 0, 0.123456789012345)")
    lab.page.locator("#tab-share").click()
    lab.page.locator("#copy-link").click()
    lab.until("location.hash.includes('lab=')")
    words, chain = lab.get("location.hash.slice(1)"), lab.chain
    lab.open(words)
    assert lab.chain == chain
    assert lab.get("warpviz.lab.setup().data.name") == "spirals"
    lab.open("lab=nonsense")
    assert lab.chain == layers_of(CHAIN)


def test_files_are_what_the_command_line_takes(lab: Laboratory, tmp_path: Path) -> None:
    lab.get("warpviz.lab.set(1, 0, 0, 0.25)")
    lab.page.locator("#tab-share").click()
    for button, name in (("#save-model", "model.json"), ("#save-data", "data.csv")):
        with lab.page.expect_download() as loading:
            lab.page.locator(button).click()
        loading.value.save_as(tmp_path / name)
    model = wv.load_model(tmp_path / "model.json")
    assert layers_of(model) == lab.chain
    data = wv.load_data(str(tmp_path / "data.csv"))
    assert np.allclose(data.x, DATA.x) and len(set(data.y.tolist())) == 2
    command = lab.page.locator("#command").inner_text()
    assert command == "warpviz render --model model.json --data moons -o fold.gif"


def test_pictures_at_stops_are_the_films(lab: Laboratory, page: Any, tmp_path: Path) -> None:
    film = wv.animate(CHAIN, DATA, size=SIZE, hide=("track",))
    page.goto(film.save(tmp_path / "fold.html")[0].path.as_uri() + "#autoplay=0")
    page.wait_for_selector("body[data-ready]")
    paint = """(k) => { const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = player.film.size;
      const show = new Set(player.show);
      player.film.paint(canvas.getContext("2d"), { ...player.film.moment(k), scale: 1, show });
      return canvas.toDataURL().split(",")[1]; }"""
    for stop in range(4):
        mine, theirs = (
            np.asarray(Image.open(BytesIO(base64.b64decode(each.evaluate(paint, stop)))), dtype=int)
            for each in (lab.page, page)
        )
        assert mine.shape == theirs.shape
        assert np.abs(mine - theirs).mean() < 0.5, stop


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


def test_tabs_and_panels_take_their_own_keys(lab: Laboratory) -> None:
    step = lab.get("player.step()")
    lab.page.locator("#tab-learning").focus()
    lab.page.keyboard.press("ArrowRight")
    assert lab.get("document.activeElement.id") == "tab-data"
    lab.page.locator(CELL.format(1, 1)).focus()
    for key in ("ArrowLeft", "Home", "t", " "):
        lab.page.keyboard.press(key)
    assert lab.get("player.step()") == step and lab.get("player.theme") == "dark"


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


def test_random_hands_leave_no_error(chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    assert not fuzzed(page, 60, 5, 30)
    page.close()


def test_points_are_painted_by_keys_alone(lab: Laboratory) -> None:
    lab.page.locator("#tab-data").click()
    lab.page.get_by_label("brush: upper").press("Enter")
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        lab.page.keyboard.press(key)
    lab.settle()
    assert lab.page.locator("#data-told").inner_text() == "64 points in 2 classes"
    lab.page.keyboard.press("Escape")
    assert lab.get("document.activeElement.className") == "brush"
