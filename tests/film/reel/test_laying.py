"""Where pictures lie on strips, pages and sheets, by closed forms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel import strips
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.pages import PAGES, fitted, page_size, slide_size
from warpviz.film.reel.strips import save_still, save_strip
from warpviz.model import mlp

WIDTH, HEIGHT, STOPS = 240, 180, 6
Drawn = list[tuple[Any, tuple[float, float], float]]


@pytest.fixture(scope="module")
def film() -> Animation:
    data = make_data("rings", n=20)
    return animate(mlp([2, 3, 3, 2], "relu", seed=3), data, size=(WIDTH, HEIGHT), fps=4)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    """What is drawn where, instead of drawing it: the page's size, the corner and the scale."""
    found: Drawn = []

    def draw(page: Any, film: Any, k: int, t: float, corner: Any, scale: float) -> None:
        found.append(((id(page), *(page.get_size_inches() * 72).round(6)), corner, scale))

    monkeypatch.setattr(strips, "_draw", draw)
    yield found


def test_a_still_is_a_page_of_its_own_size(film: Animation, drawn: Drawn, tmp_path: Path) -> None:
    save_still(film, tmp_path / "a.svg", 1.0)
    (((_, *size), corner, scale),) = drawn
    assert (size, corner, scale) == ([WIDTH, HEIGHT], (0.0, 0.0), 1.0)


def test_a_strip_has_rows_of_four_twelve_points_apart(
    film: Animation, drawn: Drawn, tmp_path: Path
) -> None:
    written = save_strip(film, tmp_path / "a.svg")
    assert written.frames == STOPS
    assert {(page[1], page[2]) for page, _, _ in drawn} == {(4 * WIDTH + 36, 2 * HEIGHT + 12)}
    assert [(corner, scale) for _, corner, scale in drawn] == [
        ((column * (WIDTH + 12), row * (HEIGHT + 12)), 1.0)
        for row, column in [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]
    ]


@pytest.mark.parametrize("page", ["a4", "a4-landscape", "16:9", "1:1"])
def test_on_a_page_pictures_are_in_the_middle(
    page: str, film: Animation, drawn: Drawn, tmp_path: Path
) -> None:
    save_strip(film, tmp_path / "a.pdf", page)
    across, down = page_size(page)
    corners = np.array([corner for _, corner, _ in drawn])
    (scale,) = {scale for _, _, scale in drawn}
    assert len({each for each, _, _ in drawn}) == 1 and len(drawn) == STOPS
    low, high = corners.min(axis=0), corners.max(axis=0) + scale * np.array([WIDTH, HEIGHT])
    assert low[0] == pytest.approx(across - high[0]) and low.min() >= 36 - 1e-9
    # From the top down on paper that stands, in the middle of slides.
    assert low[1] == pytest.approx(36 if across < down else down - high[1])
    for axis, side in enumerate((WIDTH, HEIGHT)):
        steps = np.diff(np.unique(corners[:, axis].round(6)))
        np.testing.assert_allclose(steps, scale * side + 12, atol=1e-5)
    # Nothing is larger: one side or the other is full.
    assert high[0] - low[0] == pytest.approx(across - 72) or (
        high[1] - low[1] == pytest.approx(down - 72)
    )


def test_what_one_page_does_not_hold_is_on_the_next(
    film: Animation, drawn: Drawn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strips, "fitted", lambda *_: (2, 2, 0.5))
    save_strip(film, tmp_path / "a.pdf", "16:9")
    pages = [page for page, _, _ in drawn]
    assert [pages.index(page) for page in pages] == [0, 0, 0, 0, 4, 4]
    assert [corner for _, corner, _ in drawn][:2] == [corner for _, corner, _ in drawn][4:]
    left, top = 960 / 2 - 120 - 6, 540 / 2 - 90 - 6
    assert drawn[0][1] == (left, top) and drawn[3][1] == (left + 132, top + 102)


def test_pixels_of_a_strip_have_rows_too(film: Animation) -> None:
    places = [strips.moment_at(film, stop) for stop in range(STOPS)]
    sheet = strips._sheet(film, places)
    assert sheet.shape == (2 * HEIGHT + 12, 4 * WIDTH + 36, 3)
    last = film.frame(*places[5]).pixels
    there = sheet[HEIGHT + 12 :, WIDTH + 12 : 2 * WIDTH + 12]
    np.testing.assert_array_equal(there, last)
    background = film.scene.theme.background
    assert (sheet[HEIGHT : HEIGHT + 12] == background).all()
    assert (sheet[HEIGHT:, 2 * WIDTH + 12 :] == background).all()


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 12, 40])
@pytest.mark.parametrize("page", [PAGES["a4"], (960.0, 540.0)])
@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1280, 480), (900, 440)])
def test_pictures_are_as_large_as_a_page_holds(
    count: int, page: tuple[float, float], size: tuple[int, int]
) -> None:
    inner = page[0] - 72, page[1] - 72

    def largest(columns: int, rows: int) -> float:
        return min(
            (inner[0] - 12 * (columns - 1)) / columns / size[0],
            (inner[1] - 12 * (rows - 1)) / rows / size[1],
        )

    columns, rows, scale = fitted(count, *size, page)
    on_one = max(largest(c, -(-count // c)) for c in (1, 2, 3, 4))
    if on_one * size[1] >= 120:
        assert scale == pytest.approx(on_one) and columns * rows >= count
        assert rows == -(-count // columns)
        return
    assert columns == (2 if size[0] < 2 * size[1] else 1)
    assert scale == pytest.approx(largest(columns, 1))
    assert rows == max(r for r in range(1, 99) if r == 1 or largest(columns, r) >= scale - 1e-12)


def test_ratios_go_from_one_to_four_to_four_to_one() -> None:
    assert page_size("4:1") == (2160.0, 540.0) and page_size("1:4") == (135.0, 540.0)
    assert page_size("1:3") == (180.0, 540.0) and page_size("1:1.618") == (333.75, 540.0)
    assert page_size(" A4-portrait ") == PAGES["a4"]
    assert slide_size("letter") == (792.0, 612.0) and slide_size("a5-landscape") == (595.0, 420.0)
    for name in ("4.01:1", "1:4.01", "0:1", "1:0", "2", "1:2:3", "nan:1"):
        with pytest.raises(WarpvizError, match="from 1:4 to 4:1"):
            page_size(name)
