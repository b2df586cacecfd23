"""Grounds of losses on the page: the film's, turned by hand, beside their key."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from tests.player.charts.compared import ENOUGH, WORDS, least, quarter
from tests.player.engine_page import BARE, Screening, psnr
from tests.player.films import RINGS
from tests.player.modules import node, write_modules
from tests.player.opened import Opened
from tests.scenes import figure_of
from warpviz.landscapes.film import animate_landscape
from warpviz.picture.marks.still import Shape


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
    (chart,) = figure_of(film).charts
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
    np.testing.assert_array_equal(turned[0, 0], figure_of(film).theme.background)
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
    (chart,) = figure_of(film).charts
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
