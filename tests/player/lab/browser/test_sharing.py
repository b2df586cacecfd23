"""What goes out of the page: links, files, pictures."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import warpviz as wv
from tests.player.engine_page import psnr
from tests.player.lab.laboratory import CHAIN, DATA, Laboratory
from warpviz.laboratory.handed import SIZE, layers_of

pytestmark = pytest.mark.slow


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
    for wrong in ("lab=nonsense", words[:-9]):
        lab.open(wrong)
        assert lab.chain == layers_of(CHAIN)
        assert "cut short or damaged" in lab.page.locator("#told").inner_text()


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
    assert command == "warpviz render --model model.json --data data.csv --raw -o fold.gif"


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
            np.asarray(
                Image.open(BytesIO(base64.b64decode(each.evaluate(paint, stop)))).convert("RGB")
            )
            for each in (lab.page, page)
        )
        assert mine.shape == theirs.shape
        assert np.abs(mine.astype(int) - theirs).mean() < 0.5, stop
        # What a GIF is made of: letters are drawn by another hand there, the cloth is not.
        drawn = film.frame(min(stop, 2), 1.0 if stop == 3 else 0.0).pixels
        safe = film.scene.panels[0].layout.safe  # type: ignore[union-attr]
        box = slice(int(safe.y0), int(safe.y1)), slice(int(safe.x0), int(safe.x1))
        assert psnr(mine[box], drawn[box]) > 30, stop


def test_painted_points_come_back_with_the_link(lab: Laboratory) -> None:
    lab.page.locator("#tab-data").click()
    lab.page.get_by_label("brush: upper").press("Enter")
    for key in ("ArrowRight", "ArrowUp", "Enter", "Escape"):
        lab.page.keyboard.press(key)
    lab.settle()
    told = lab.page.locator("#data-told").inner_text()
    assert told == "64 points in 2 classes"
    assert lab.page.get_by_label("number of points").input_value() == "64"
    lab.page.locator("#tab-share").click()
    lab.page.locator("#copy-link").click()
    lab.until("location.hash.includes('lab=')")
    words, state = lab.get("location.hash.slice(1)"), lab.get("warpviz.lab.measures()")
    lab.open(words)
    assert lab.get("document.querySelector('#data-told').textContent") == told
    # Places have so many digits that a picture shows no difference.
    for ours, theirs in zip(lab.get("warpviz.lab.measures()"), state, strict=True):
        assert ours["probe"] == theirs["probe"]
        assert ours["fisher"] == pytest.approx(theirs["fisher"], rel=1e-3)


def test_the_picture_is_saved(lab: Laboratory) -> None:
    lab.page.locator("#tab-share").click()
    for button, kind in (("#save-png", b"\x89PNG"), ("#save-svg", b"<svg")):
        with lab.page.expect_download() as loading:
            lab.page.locator(button).click()
        assert Path(loading.value.path()).read_bytes().lstrip().startswith(kind)
