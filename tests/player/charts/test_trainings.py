"""Pages of trainings: what is shipped of them, and that their pictures are the film's."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.charts.compared import ENOUGH, WORDS, least
from tests.player.engine.chains import many_features, numbers
from tests.player.engine_page import Screening
from tests.player.films import RINGS, learning, strayed
from tests.player.modules import node, write_modules
from tests.player.opened import Opened
from tests.scenes import figure_of
from warpviz.player.hosts.embed import embed
from warpviz.player.packing import unpack
from warpviz.player.payload import payload, timeline_tree

TRAININGS: dict[str, Callable[[], wv.Animation]] = {
    "a state": lambda: learning(strayed([2, 3, 3, 2])),
    "the input, light": lambda: learning(strayed([2, 4, 2]), layer=0, theme="light"),
    "smooth folds": lambda: learning(strayed([2, 4, 2], "gelu"), layer=1),
    "numbers": lambda: learning(strayed([2, 4, 1], "tanh", softmax=False), numbers()),
    "a plane among features": lambda: learning(strayed([64, 8, 10]), many_features(), layer=0),
    "too wide for its weights": lambda: learning(strayed([2, 130, 130, 2], "tanh", 3)),
    "several": lambda: learning(
        {"": strayed([2, 3, 2]), " ": strayed([2, 3, 3, 2], "tanh", 5)}, size=(640, 480)
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAININGS)
def test_what_learns_is_the_films(name: str, page: Any, tmp_path: Path) -> None:
    film = TRAININGS[name]()
    cloth, charts = least(film, Screening(page, film, tmp_path))
    assert cloth >= (50 if name == "too wide for its weights" else ENOUGH)
    assert charts >= WORDS


def test_weights_are_shipped_and_not_what_they_make() -> None:
    record = strayed([2, 3, 2])
    film = learning(record)
    shipped = unpack(payload(film))["cloth"]["panels"][0]
    assert shipped["keyframes"] is None and shipped["sheet"]["chances"] is None
    layers = shipped["origin"]["layers"]
    assert shipped["origin"]["snapshots"] == len(record) and shipped["origin"]["shown"] == 1
    for number, layer in enumerate(layers):
        weights = np.stack([chain.parameters()[2 * number] for chain in record.chains])
        np.testing.assert_array_equal(layer["weight"], weights)


def test_losses_are_told_as_they_were(tmp_path: Path) -> None:
    record = strayed([2, 3, 2], snapshots=5)
    record.losses = [4.0, 1.0, 0.5, 0.25, 0.125]
    film = learning(record)
    code = 'import { filmOf } from "./film.js";\nimport { unpack } from "./payload.js";\n'
    code += "const film = filmOf(await unpack(given[0]));\n"
    code += "told(given[1].map(([k, t]) => film.tell({ k, t })));"
    asked = [(0, 0.0), (2, 0.0), (3, 1.0), (2, 0.5)]
    told = node(code, write_modules(tmp_path), payload(film), asked)
    # Half-way on a logarithmic axis is the geometric mean.
    assert told == ["loss 4", "loss 0.5", "loss 0.125", "loss 0.354"]


def test_what_moves_evenly_does_not_rest_at_each_snapshot() -> None:
    film = learning(strayed([2, 3, 2]))
    tree = timeline_tree(film.timeline)
    assert tree["holds"][1:-1] == pytest.approx([0.0] * (len(tree["holds"]) - 2))
    begins, seconds = [], 0.0
    for k, t, stays in film.timeline:
        if 0 < k and t < 1:
            begins.append((seconds, k + t))
        seconds += stays
    # Each picture's time in the page is when the film shows it.
    starts = np.cumsum([0.0, *(h + m for h, m in zip(tree["holds"], tree["moving"], strict=False))])
    for at, place in begins:
        k = int(place)
        assert starts[k] + (place - k) * tree["moving"][k] == pytest.approx(at)


@pytest.mark.slow
def test_charts_stand_below_the_cloth_where_that_is_larger(page: Any, tmp_path: Path) -> None:
    film = learning(strayed([2, 3, 2], snapshots=3), hide=())
    screening = Screening(page, film, tmp_path)
    wide, tall = screening.ask("[film.bestIn(1280, 700), film.bestIn(390, 740)]")
    assert wide == {"columns": 2, "size": [640, 320]}
    assert tall["columns"] == 1 and tall["size"] == [371, 640]
    before = screening.picture(0, 0.5)
    screening.ask("film.arrange(1)")
    below = screening.picture(0, 0.5)
    assert below.shape == (640, 371, 3)
    np.testing.assert_array_equal(below[:320], before[:, :371])
    assert below[320:].std() > 5
    screening.ask("film.arrange(0)")
    np.testing.assert_array_equal(screening.picture(0, 0.5), before)


DRAWN = """async () => {
  const made = new Promise((done) => {
    URL.createObjectURL = (blob) => { done(blob.text()); return "#"; };
  });
  document.getElementById("svg").click();
  return made;
}"""


@pytest.mark.slow
def test_a_page_of_a_training_has_the_players_manners(page: Any, tmp_path: Path) -> None:
    film = wv.animate_training(strayed([2, 3, 2], snapshots=20), RINGS, size=(640, 320))
    opened = Opened(page, film, tmp_path)
    assert len(opened.file.read_bytes()) < 300_000
    opened.press("ArrowRight", "ArrowRight")
    loss = figure_of(film).charts[0].curves[0]
    assert opened.step == 2 and loss.progress is not None
    now = page.locator("#now").text_content()
    assert now.startswith("layer 1 · epoch ") and " · loss " in now
    assert page.locator("#scrubber").get_attribute("aria-valuetext").startswith(now)
    assert page.locator("#said").text_content() == f"Stop 2 of 19: {now}"
    opened.press("t")
    assert opened.get("warpviz.state().theme") == "light"
    opened.press("p")
    rows = page.locator("#numbers tbody tr")
    assert rows.count() == 20 and page.locator("#numbers tr.lit").count() == 1
    # No act has numbers to show: their key does nothing, so the list of keys does not have it.
    opened.press("n", "?")
    assert opened.get("player.matrices") is False
    keys = page.locator("#keys dt:visible kbd", has_text=re.compile("^[np]$"))
    assert keys.all_inner_texts() == ["p"]
    opened.press("Escape", "End")
    page.mouse.move(*opened.at(*loss.points[-1]))
    assert page.locator("#hint").text_content().startswith("loss\n(19, ")
    svg = page.evaluate(DRAWN)
    assert ">loss</text>" in svg and "clip-path" in svg
    opened.open("autoplay=0&step=19&view=0.3,0.2,1.5,0,0")
    assert opened.step == 19 and opened.get("player.viewed()")
    # Many stops are played by one click of a deck.
    assert embed(opened.file, "reveal").count("data-warpviz-step=") == 1
