"""Players of films with charts: what is shipped, and that the page's pictures are the film's."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.engine_page import BARE, Screening, psnr
from tests.player.films import RINGS, learning, strayed
from tests.player.modules import node, write_modules
from tests.player.opened import Opened
from tests.player.test_engine_pixels import many_features, numbers
from warpviz.approximation.film import animate_approximation
from warpviz.arrays import Pixels
from warpviz.curves.film import animate_activations
from warpviz.landscapes.film import animate_landscape
from warpviz.picture.figure import FigureScene
from warpviz.picture.marks.still import Shape
from warpviz.player.charts import ink
from warpviz.player.engine import engine_source, kinds_of
from warpviz.player.hosts.embed import embed
from warpviz.player.packing import unpack
from warpviz.player.payload import payload, timeline_tree
from warpviz.theme import THEMES

ENOUGH = 55.0
"""Decibels of the cloth; nobody sees a difference from about 40 on."""
WORDS = 30.0
"""Of charts at a quarter of their size: letters and strokes are drawn by another hand."""


def figure(film: wv.Animation) -> FigureScene:
    assert isinstance(film.scene, FigureScene)
    return film.scene


def quarter(picture: Pixels) -> Pixels:
    """A picture at a quarter of its size."""
    height, width = (side // 4 * 4 for side in picture.shape[:2])
    parts = picture[:height, :width].reshape(height // 4, 4, width // 4, 4, 3)
    means: Pixels = parts.mean(axis=(1, 3)).astype(np.uint8)
    return means


def moments(film: wv.Animation) -> list[tuple[int, float]]:
    """The ends of a film, and places between its stops."""
    last = film.timeline.acts - 1
    return [(0, 0.0), (1, 0.5), (last // 2, 0.25), (last, 0.9), (last, 1.0)]


def least(film: wv.Animation, screening: Screening, **options: Any) -> tuple[float, float]:
    """How far the page's cloth and its charts are from the film's, in decibels."""
    cloth = figure(film).cloth
    width, height = (0, 0) if cloth is None else cloth.size
    told = []
    for k, t in moments(film):
        ours, theirs = film.frame(k, t).pixels, screening.picture(k, t, **options)
        same = psnr(ours[:height, :width], theirs[:height, :width]) if width else np.inf
        told.append((same, psnr(quarter(ours), quarter(theirs))))
    worst = tuple(min(column) for column in zip(*told, strict=True))
    print(f"{worst[0]:.1f} dB, charts {worst[1]:.1f} dB, {len(screening.payload) / 1000:.0f} kB")
    return worst[0], worst[1]


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


def test_a_page_has_the_modules_of_its_film_alone() -> None:
    film = learning(strayed([2, 3, 2], snapshots=3))
    assert kinds_of(film.scene) == ["figure", "cloth"]
    whole, some = engine_source(["relu"]), engine_source(["relu"], kinds_of(film.scene))
    assert "function classicScene" in whole and "function classicScene" not in some
    assert "function figureScene" in some and "function clothScene" in some
    alone = engine_source(["relu"], ["cloth"])
    assert "figureScene" not in alone and len(alone) < len(whole)


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


def test_a_colour_of_the_theme_is_shipped_by_name() -> None:
    dark = THEMES["dark"]
    assert ink(dark.text, dark) == "text" and ink(dark.creases[1], dark) == "creases 1"
    assert ink((1, 2, 3), dark) == [1, 2, 3]


@pytest.mark.slow
def test_another_theme_is_chosen_in_the_page(page: Any, tmp_path: Path) -> None:
    record = strayed([2, 3, 2], snapshots=4)
    dark, light = learning(record), learning(record, theme="light")
    screening = Screening(page, dark, tmp_path)
    assert min(least(light, screening, theme="light")) >= WORDS


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


def approximated(target: str, **options: Any) -> Any:
    return wv.approximate(target, layers=(6, 5), steps=150, every=10, **options)


CURVES: dict[str, Callable[[], wv.Animation]] = {
    "a function": lambda: animate_approximation(approximated("exp")),
    "one that jumps, light": lambda: animate_approximation(
        approximated("step", activation="tanh"), theme="light"
    ),
    "several": lambda: animate_approximation(
        [approximated("abs", name=name, activation=name) for name in ("relu", "tanh")]
    ),
    "activations": lambda: animate_activations("relu", "gelu", seconds=2.0),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CURVES)
def test_curves_are_the_films(name: str, page: Any, tmp_path: Path) -> None:
    film = CURVES[name]()
    screening = Screening(page, film, tmp_path)
    assert least(film, screening)[1] >= WORDS
    # Where curves run there are no words: the middles of the axes.
    (inside,) = {chart.inside for chart in figure(film).charts[:1]}
    assert inside is not None
    rows, columns = (
        slice(int(a) + 20, int(b) - 20) for a, b in ((inside.y0, inside.y1), (inside.x0, inside.x1))
    )
    k = film.timeline.acts // 2
    ours, theirs = film.frame(k, 0.5).pixels, screening.picture(k, 0.5)
    assert psnr(ours[rows, columns], theirs[rows, columns]) >= 30


def landscape() -> tuple[wv.Animation, wv.Landscape]:
    chain = wv.mlp([2, 3, 2], "tanh", seed=0)
    fits = {name: wv.train(chain, RINGS, optimizer=name, epochs=40) for name in ("adam", "lbfgs")}
    land = wv.loss_landscape(fits, RINGS, grid=41)
    return animate_landscape(land, fits, RINGS, size=(960, 480), hide=BARE), land


@pytest.mark.slow
def test_a_ground_is_the_films_and_turns(page: Any, tmp_path: Path) -> None:
    film, land = landscape()
    screening = Screening(page, film, tmp_path)
    cloth, charts = least(film, screening)
    assert charts >= WORDS and cloth >= ENOUGH
    (chart,) = figure(film).charts
    inside = chart.inside
    assert inside is not None
    part = (
        slice(round(inside.y0) + 4, round(inside.y1) - 4),
        slice(round(inside.x0) + 4, round(inside.x1) - 4),
    )
    ours, theirs = film.frame(0, 0.0).pixels[part], screening.picture(0, 0.0)[part]
    # A band's border runs through a pixel, or beside it; elsewhere all is equal.
    apart = np.abs(ours.astype(int) - theirs).max(axis=-1) > 2
    assert apart.mean() < 0.12
    # A whole turn leads back to the map, by way of the triangles.
    whole = screening.picture(0, 0.0, view={"yaw": 2 * np.pi})[part]
    assert psnr(quarter(theirs), quarter(whole)) > 24
    turned = screening.picture(0, 0.0, view={"pitch": 0.9, "yaw": 0.4})[part]
    assert psnr(quarter(theirs), quarter(turned)) < 18
    # What was the map's corner is the ground behind the surface now.
    np.testing.assert_array_equal(turned[0, 0], figure(film).theme.background)
    near = screening.picture(0, 0.0, view={"zoom": 2.0})[part]
    assert psnr(near, theirs) < 25
    ends = screening.ask("film.tell({ k: film.acts - 1, t: 1 })")
    told = [f"{name} {float(f'{losses[-1]:.3g}'):g}" for name, losses in land.losses.items()]
    assert ends == ", ".join(told)
    # By hand in its page: arrows with Shift turn it, 0 leads back.
    opened = Opened(page, film, tmp_path)
    opened.press("Shift+ArrowDown", "Shift+ArrowRight")
    assert opened.get("player.viewed()") and page.locator("canvas.turns").count() == 1
    opened.press("0")
    assert not opened.get("player.viewed()")


@pytest.mark.slow
def test_a_turned_ground_leaves_the_key_alone(page: Any, tmp_path: Path) -> None:
    film, land = landscape()
    screening = Screening(page, film, tmp_path)
    (chart,) = figure(film).charts
    assert chart.still is not None
    frame = next(m for m in chart.still.marks if isinstance(m, Shape) and m.part == "key")
    (x0, y0), (x1, y1) = frame.points.min(axis=0) + 1, frame.points.max(axis=0) - 1
    key = slice(int(y0), int(y1)), slice(int(x0), int(x1))
    views = [{"pitch": -0.9, "yaw": 0.4}, {"pitch": -0.6, "yaw": 2.5}, {"pitch": 0.9, "yaw": -1.2}]
    seen = [screening.picture(0, 0.0, view=view) for view in views]
    # Behind it there is only the page; and it stands where the film has it.
    for each in seen[1:]:
        np.testing.assert_array_equal(each[key], seen[0][key])
    assert psnr(quarter(seen[0][key]), quarter(film.frame(0, 0.0).pixels[key])) > 12
    # Below each other all rows of it have their words.
    screening.ask("film.arrange(1)")
    words = screening.ask(SAID)
    assert {each.split()[0] for each in words} >= {"start", "loss", *land.paths}
    # Axes are named in full, however short they are seen.
    for view in views:
        told = " ".join(screening.ask(SAID, view))
        assert "…" not in told
        assert chart.ground is not None and all(name in told for name in chart.ground.names)


def test_words_of_a_key_stay_where_others_make_room(tmp_path: Path) -> None:
    def word(part: str, x: float) -> dict[str, Any]:
        return {"part": part, "text": part, "at": [x, 20], "align": 0, "size": 10, "angle": 0}

    box = {"x0": 0, "y0": 0, "x1": 200, "y1": 100}
    marks = [word("tick", 195), word("axis", 150), word("key", 120)]
    chart = {"box": box, "inside": {**box, "x0": 20, "x1": 180}, "marks": marks, "curves": []}
    code = (
        'import { stacked } from "./charts/relaid.js";'
        "told(stacked([given[0]], 200, 0).charts[0].marks.map(({ part }) => part));"
    )
    # All are in one row; the key's word came last, as it is drawn.
    assert node(code, write_modules(tmp_path), chart) == ["tick", "key"]


SAID = """(() => {
  const said = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...at) { said.push(text); };
  const context = document.querySelector("canvas").getContext("2d");
  film.paint(context, { k: 0, t: 0, view: values[0] || null });
  CanvasRenderingContext2D.prototype.fillText = fillText;
  return said;
})()"""


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
    loss = figure(film).charts[0].curves[0]
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
