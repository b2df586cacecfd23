"""Vectors: what an SVG's own text says of dots and lines, and what poppler shows of a PDF."""

import base64
import io
import itertools
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

import warpviz as wv
from tests.geometry.nets import dense
from warpviz.arrays import Floats, Ints
from warpviz.picture.marks import overlay
from warpviz.picture.marks.dots import OUTLINE, RADIUS, paint_dots
from warpviz.picture.paper import Paper, joined
from warpviz.theme import THEMES

DARK = THEMES["dark"]
SVG = "{http://www.w3.org/2000/svg}"
PLACES = np.array([[20.0, 30.0], [60.0, 30.0], [20.0, 70.0], [80.0, 80.0], [50.0, 50.0]])
LABELS = np.array([0, 1, 0, 1, 2])
# Two classes, far apart: the first lies left.
LEFT = np.column_stack([np.full(7, -1.0), np.linspace(-1, 1, 7)])
RIGHT = np.column_stack([np.full(4, 1.0), np.linspace(-1, 1, 4)])
DATA = wv.Dataset(np.concatenate([LEFT, RIGHT]), np.repeat([0, 1], [7, 4]))
STILL = wv.Chain([dense(np.eye(2), [0.0, 0.0])])


def page(places: Floats, labels: Ints, scale: float = 1.0) -> Figure:
    """Dots on a page of 100 points."""
    figure = Figure(figsize=(100 / 72, 100 / 72), dpi=72)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0, 100), ylim=(100, 0))
    axes.set_axis_off()
    paint_dots(Paper(axes, (0.0, 0.0), scale, itertools.count(1)), places, labels, 1.0, DARK)
    return figure


def uses(path: Path) -> dict[str, list[tuple[float, float]]]:
    """Where an SVG puts markers, by their colour."""
    found: dict[str, list[tuple[float, float]]] = {}
    for each in ElementTree.parse(path).iter(f"{SVG}use"):
        fill = re.search(r"fill: (#[0-9a-f]{6})", each.get("style", ""))
        if fill is not None:
            place = float(each.get("x", "nan")), float(each.get("y", "nan"))
            found.setdefault(fill[1], []).append(place)
    return found


def spelt(colour: tuple[int, int, int]) -> str:
    return "#" + bytes(colour).hex()


def test_dots_have_their_class_s_colour_where_they_lie(tmp_path: Path) -> None:
    page(PLACES, LABELS).savefig(tmp_path / "x.svg", facecolor=(0, 0, 0))
    found = uses(tmp_path / "x.svg")
    for label in range(3):
        own = found[spelt(DARK.classes[label])]
        np.testing.assert_allclose(sorted(own), sorted(PLACES[label == LABELS].tolist()))
    # Below all of them lie all outlines.
    np.testing.assert_allclose(sorted(found[spelt(DARK.outline)]), sorted(PLACES.tolist()))
    assert next(iter(found)) == spelt(DARK.outline)


@pytest.mark.parametrize("scale", [0.5, 2.0])
def test_dots_grow_with_the_page(scale: float) -> None:
    lines = page(PLACES[:1], LABELS[:1], scale).axes[0].lines
    sizes = [float(line.get_markersize()) for line in lines]
    # A circle of 48 corners has the area of the disc, so its corners lie a little farther out.
    wanted = [2 * scale * (RADIUS + OUTLINE), 2 * scale * RADIUS]
    assert sizes == pytest.approx(wanted, rel=0.01)
    np.testing.assert_allclose(np.asarray(lines[0].get_xydata())[0], PLACES[0] * scale)


@pytest.mark.parametrize("places", [[], [0]], ids=["strip", "moment"])
def test_an_svg_of_a_film_tells_classes_apart(places: list[float], tmp_path: Path) -> None:
    film = wv.animate(STILL, DATA, size=(240, 180), hide=("legend",))
    film.save(tmp_path / "x.svg", at=places)
    found = uses(tmp_path / "x.svg")
    left, right = (found[spelt(DARK.classes[label])] for label in (0, 1))
    stops = 1 if places else 2
    assert (len(left), len(right)) == (7 * stops, 4 * stops)
    assert max(x for x, _ in left[:7]) < min(x for x, _ in right[:4])
    said = [each.text for each in ElementTree.parse(tmp_path / "x.svg").iter(f"{SVG}text")]
    assert said.count("x₁") == said.count("x₂") == 1


def test_ticks_of_an_svg_stand_where_their_numbers_are(tmp_path: Path) -> None:
    wv.animate(STILL, DATA, size=(240, 180), hide=("legend",)).save(tmp_path / "x.svg", at=[0])
    texts = [
        (float(each.text.replace("−", "-")), float(each.get("x", "")), float(each.get("y", "")))
        for each in ElementTree.parse(tmp_path / "x.svg").iter(f"{SVG}text")
        if each.text and re.fullmatch(r"[−\d.]+", each.text)
    ]
    below = max(y for _, _, y in texts)
    across = np.array([(value, x) for value, x, y in texts if y == below])
    up = np.array([(value, y) for value, _, y in texts if y != below])
    assert len(across) >= 3 and len(up) >= 2
    # Both axes have one scale, and numbers rise to the right and upwards.
    scales = [float(np.polyfit(part[:, 0], part[:, 1], 1)[0]) for part in (across, up)]
    assert scales[0] > 0 and scales[1] == pytest.approx(-scales[0], rel=0.02)
    dots = np.array(uses(tmp_path / "x.svg")[spelt(DARK.classes[0])])
    assert np.ptp(dots[:, 1]) == pytest.approx(2 * scales[0], rel=0.02)


def test_the_cloth_of_an_svg_lies_where_its_points_are(tmp_path: Path) -> None:
    film = wv.animate(STILL, DATA, size=(240, 180), show=(), hide=("legend", "axes"))
    film.save(tmp_path / "x.svg", at=[0])
    (image,) = ElementTree.parse(tmp_path / "x.svg").iter(f"{SVG}image")
    href = image.get("{http://www.w3.org/1999/xlink}href", "")
    with Image.open(io.BytesIO(base64.b64decode(href.partition(",")[2]))) as picture:
        cloth = np.asarray(picture.convert("RGBA"))
    # The sheet is a rectangle: all within is covered, evenly.
    inner = cloth[20:-20, 20:-20, 3]
    assert min(cloth.shape[:2]) > 100 and inner.min() > 40 and np.ptp(inner.astype(int)) < 60
    # The first class wins where x₁ > x₂, at the lower right.
    corners = [cloth[-60:-20, -60:-20, :3], cloth[20:60, 20:60, :3]]
    for corner, colour in zip(corners, DARK.cloth, strict=False):
        away = [np.abs(corner.mean(axis=(0, 1)) - each).sum() for each in DARK.cloth[:2]]
        assert DARK.cloth[int(np.argmin(away))] == colour
    scale, _, _, _, left, top = map(float, re.findall(r"[-\d.]+", image.get("transform", "")))
    box = np.array([left, left + scale * cloth.shape[1], top, top + scale * cloth.shape[0]])
    dots = np.concatenate([uses(tmp_path / "x.svg")[spelt(DARK.classes[c])] for c in (0, 1)])
    assert box[0] < dots[:, 0].min() < dots[:, 0].max() < box[1]
    assert box[2] < dots[:, 1].min() < dots[:, 1].max() < box[3]


@pytest.mark.parametrize("what", ["film", "regions"])
def test_a_pdf_tells_classes_apart(what: str, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("needs pdftoppm")
    path = tmp_path / "x.pdf"
    if what == "film":
        hidden = ("legend", "sheet", "boundary", "creases")
        wv.animate(STILL, DATA, size=(240, 180), hide=hidden).save(path, at=[0])
    else:
        from warpviz.figures.regions import save_regions
        from warpviz.figures.tiles import RegionsStill

        still = RegionsStill.of(STILL, (-2.0, 2.0, -2.0, 2.0))
        save_regions(still, path, data=DATA, theme_name="dark")
    command = ["pdftoppm", "-png", "-r", "144", "-singlefile", str(path), str(tmp_path / "seen")]
    subprocess.run(command, check=True)
    with Image.open(tmp_path / "seen.png") as picture:
        seen = np.asarray(picture.convert("RGB")).astype(int)
    columns = [
        np.nonzero(np.abs(seen - DARK.classes[label]).max(axis=2) <= 3)[1] for label in (0, 1)
    ]
    assert min(len(each) for each in columns) > 20
    assert np.median(columns[0]) < seen.shape[1] / 2 < np.median(columns[1])


def test_segments_that_follow_each_other_are_one_line() -> None:
    pairs = np.array([[3, 1], [1, 4], [4, 2], [7, 8]])
    assert [path.tolist() for path in joined(pairs)] == [[3, 1, 4, 2], [7, 8]]
    assert joined(np.zeros((0, 2), dtype=np.int64)) == []


def test_a_polygon_is_laid_as_it_is_and_cut_off_by_nothing() -> None:
    figure = Figure(figsize=(1, 1), dpi=72)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    paper = Paper(axes, (10.0, 20.0), 0.5, itertools.count(1))
    corners = np.array([[0.0, 0.0], [40.0, 0.0], [40.0, 60.0]])
    overlay.paint_polygon(paper, corners, (255, 0, 51), 0.4)
    overlay.paint_polygon(paper, corners, (255, 0, 51), 0.0)
    patches: Any = axes.patches
    (patch,) = patches
    np.testing.assert_allclose(patch.get_xy()[:3], [[10, 20], [30, 20], [30, 50]])
    assert not patch.get_clip_on() and patch.get_linewidth() == 0
    assert patch.get_facecolor() == pytest.approx((1.0, 0.0, 0.2, 0.4))
