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


@pytest.mark.slow
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


@pytest.mark.slow
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
        assert any(word in (each or "") for each in said), word
    links = re.findall(r'(?:href|src)="(?!#|data:)([^"]*)"', written.path.read_text("utf-8"))
    assert not links


@pytest.mark.slow
def test_comparisons_have_all_panels(tmp_path: Path) -> None:
    data = make_data("rings", n=60)
    chains = {"first": mlp([2, 2, 2], "relu", seed=1), "other": mlp([2, 2, 2], "tanh", seed=1)}
    compare(chains, data, size=(480, 240)).save(tmp_path / "x.pdf")
    text = words_of(tmp_path / "x.pdf")
    assert text.count("first") == text.count("other") == 4


@pytest.mark.slow
def test_many_stops_take_several_pages(tmp_path: Path) -> None:
    deep = mlp([2, *[3] * 14, 2], "relu", seed=0)
    animate(deep, make_data("rings", n=40), size=(240, 180)).save(tmp_path / "x.pdf")
    assert words_of(tmp_path / "x.pdf").count("\f") >= 2


@pytest.mark.many(quick=1)
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "size"),
    [(None, (595, 842)), ("16:9", (960, 540)), ("a4-landscape", (842, 595)), ("4:3", (720, 540)),
     ("letter", (612, 792))],
)  # fmt: skip
def test_a_strip_takes_a_page(
    film: Animation, tmp_path: Path, page: str | None, size: tuple[int, int]
) -> None:
    (written,) = film.save(tmp_path / "x.pdf", page=page)
    assert written.frames == len(STOPS) and written.seconds == 0
    told = subprocess.run(["pdfinfo", str(written.path)], capture_output=True, check=True)
    found = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told.stdout.decode())
    assert found is not None and [round(float(side)) for side in found.groups()] == list(size)
    text = words_of(written.path)
    assert all(stop.split(" (")[0] in text for stop in STOPS)
    # In the middle: as much paper on the left as on the right.
    ink = (pixels_of(written.path, 480) < 200).any(axis=(0, 2))
    left, right = np.flatnonzero(ink)[[0, -1]]
    assert abs(left - (479 - right)) < 0.08 * 480


def test_pages_that_there_are_not(film: Animation, tmp_path: Path) -> None:
    for page in ("a9", "16:0", "x:y", "40:1", "a4-upwards", ""):
        with pytest.raises(WarpvizError, match="page expects a3, a4, a5, letter, legal, one of"):
            film.save(tmp_path / "x.pdf", page=page)
    with pytest.raises(WarpvizError, match="page is of strips, at asks for stills"):
        film.save(tmp_path / "x.pdf", page="a4", at=1)


@pytest.mark.slow
def test_more_stops_than_a_slide_holds_go_on_to_the_next(tmp_path: Path) -> None:
    chain = mlp([2, *[3] * 20, 2], "relu", seed=0)
    film = animate(chain, make_data("rings", n=30), size=(320, 240), theme="light")
    (written,) = film.save(tmp_path / "x.pdf", page="16:9")
    told = subprocess.run(["pdfinfo", str(written.path)], capture_output=True, check=True)
    assert int(re.search(r"Pages:\s+(\d+)", told.stdout.decode())[1]) > 1  # type: ignore[index]
    assert written.frames == 42
