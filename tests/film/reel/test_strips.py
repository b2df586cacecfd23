"""Films on paper, read by pdftotext, by a parser of XML and as pixels."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate, compare
from warpviz.film.classic import classic_film
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.strips import moment_at
from warpviz.model import mlp
from warpviz.training.classic import classic_start

STOPS = ("input (x₁, x₂)", "layer 1 · affine 2→3", "layer 1 · relu", "logits")


@pytest.fixture(scope="module")
def film() -> Animation:
    data = make_data("rings", n=80)
    return animate(mlp([2, 3, 2], "relu", seed=3), data, size=(480, 360), theme="light")


def words_of(path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext")
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def pixels_of(path: Path, width: int) -> np.ndarray:
    if shutil.which("pdftoppm") is None:
        pytest.skip("needs pdftoppm")
    base = path.with_suffix("")
    command = ["pdftoppm", "-png", "-scale-to-x", str(width), "-scale-to-y", "-1"]
    subprocess.run([*command, "-singlefile", str(path), str(base) + "-shown"], check=True)
    with Image.open(f"{base}-shown.png") as picture:
        return np.asarray(picture.convert("RGB")).astype(float)


def test_places_are_counted_in_stops(film: Animation) -> None:
    assert moment_at(film, 0) == (0, 0.0)
    assert moment_at(film, 2.5) == (2, 0.5)
    assert moment_at(film, 3) == (2, 1.0)
    with pytest.raises(WarpvizError, match=r"at expects 0 to 3, the film's stops, got 3\.5"):
        moment_at(film, 3.5)


def test_a_png_of_a_moment_is_that_frame(film: Animation, tmp_path: Path) -> None:
    (written,) = film.save(tmp_path / "x.png", at=1.5)
    with Image.open(written.path) as picture:
        assert picture.info["Description"] == film.description
        np.testing.assert_array_equal(np.asarray(picture), film.frame(1, 0.5).pixels)


def test_several_moments_are_numbered_files(film: Animation, tmp_path: Path) -> None:
    written = film.save(tmp_path / "x.png", tmp_path / "x.gif", at=[0, 2.5])
    assert [one.path.name for one in written] == ["x-0.png", "x-2.5.png", "x.gif"]
    assert written[2].frames == len(film)


def test_a_strip_of_pixels_holds_every_stop(film: Animation, tmp_path: Path) -> None:
    (written,) = film.save(tmp_path / "x.png", filmstrip=True)
    with Image.open(written.path) as picture:
        sheet = np.asarray(picture)
    assert sheet.shape == (360, 4 * 480 + 3 * 12, 3)
    for stop in range(4):
        shown = sheet[:, stop * 492 : stop * 492 + 480]
        np.testing.assert_array_equal(shown, film.frame(*moment_at(film, stop)).pixels)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_pdf_looks_like_the_frame(theme: str, tmp_path: Path) -> None:
    data = make_data("rings", n=80)
    chain = mlp([2, 3, 2], "relu", seed=3)
    film = animate(chain, data, size=(480, 360), theme=theme)
    film.save(tmp_path / "x.pdf", at=1.5)
    shown = pixels_of(tmp_path / "x.pdf", 480)
    frame = film.frame(1, 0.5).pixels.astype(float)
    error = np.mean((shown - frame) ** 2)
    assert 10 * np.log10(255**2 / error) > 24


def test_a_pdf_has_real_text(film: Animation, tmp_path: Path) -> None:
    (written,) = film.save(tmp_path / "x.pdf")
    text = words_of(written.path)
    for word in (*STOPS, "inner", "outer", "x₁", "h₃"):
        assert word in text, word
    assert film.title.encode("utf-16-be")[:20] in written.path.read_bytes() or (
        film.title.encode() in written.path.read_bytes()
    )


def test_an_svg_has_real_text_and_no_address(film: Animation, tmp_path: Path) -> None:
    (written,) = film.save(tmp_path / "x.svg")
    root = ElementTree.parse(written.path).getroot()
    said = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    for word in (*STOPS, "inner", "outer"):
        assert word in said, word
    links = re.findall(r'(?:href|src)="(?!#|data:)([^"]*)"', written.path.read_text("utf-8"))
    assert not links


def test_comparisons_have_all_panels(tmp_path: Path) -> None:
    data = make_data("rings", n=60)
    chains = {"first": mlp([2, 2, 2], "relu", seed=1), "other": mlp([2, 2, 2], "tanh", seed=1)}
    compare(chains, data, size=(480, 240)).save(tmp_path / "x.pdf")
    text = words_of(tmp_path / "x.pdf")
    assert text.count("first") == text.count("other") == 4


def test_many_stops_take_several_pages(tmp_path: Path) -> None:
    deep = mlp([2, *[3] * 14, 2], "relu", seed=0)
    animate(deep, make_data("rings", n=40), size=(240, 180)).save(tmp_path / "x.pdf")
    assert words_of(tmp_path / "x.pdf").count("\f") >= 2


@pytest.mark.parametrize("name", ["x.svg", "x.pdf", "x.png"])
def test_the_same_film_makes_the_same_bytes(name: str, film: Animation, tmp_path: Path) -> None:
    first = film.save(tmp_path / name, at=2)[0].path.read_bytes()
    assert film.save(tmp_path / name, at=2)[0].path.read_bytes() == first


def test_what_cannot_be_is_told(film: Animation, tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="leave out one"):
        film.save(tmp_path / "x.png", at=1, filmstrip=True)
    with pytest.raises(WarpvizError, match="at expects 0 to 3"):
        film.save(tmp_path / "x.gif", tmp_path / "x.png", at=9)
    with pytest.raises(WarpvizError, match="drawn in pixels"):
        classic_film(classic_start("tanh")).save(tmp_path / "x.pdf")
    assert not list(tmp_path.iterdir())
