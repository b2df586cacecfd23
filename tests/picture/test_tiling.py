"""How a picture is divided among panels: they tile it, and sizes that are too small are refused."""

import re
from itertools import combinations

import pytest

from tests.picture.laid_out import SHORT, SIZES, overlap, placed, rows_of
from warpviz.errors import WarpvizError
from warpviz.picture.tiling import check_panels, check_size, grid


@pytest.mark.parametrize("panels", [3, 5])
def test_a_last_row_that_is_not_full_stands_in_the_middle(panels: int) -> None:
    size = (600, 520) if panels == 3 else (640, 480)
    boxes = [layout.box for layout in placed(size, panels)]
    rows = sorted({box.y0 for box in boxes})
    assert len(rows) == 2
    first, last = ([box for box in boxes if box.y0 == row] for row in rows)
    assert len(first) == len(last) + 1
    for row in (first, last):
        left, right = min(box.x0 for box in row), max(box.x1 for box in row)
        assert abs(left - (size[0] - right)) <= 1
    assert (first[0].x0, first[-1].x1) == (0, size[0])


@pytest.mark.many(quick=25)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panels", range(1, 7))
@pytest.mark.parametrize("headline", ["", "Folding"])
def test_panels_tile_the_picture(size: tuple[int, int], panels: int, headline: str) -> None:
    boxes = [layout.box for layout in placed(size, panels, headline=headline)]
    assert len(boxes) == panels
    for box in boxes:
        assert box.x0 >= 0
        assert box.x1 <= size[0]
        assert box.y1 <= size[1]
        assert box.y0 >= (0.05 * size[1] if headline else 0)
    assert all(overlap(a, b) <= 0 for a, b in combinations(boxes, 2))
    widths, heights = {b.width for b in boxes}, {b.height for b in boxes}
    assert max(widths) - min(widths) <= 1
    assert max(heights) - min(heights) <= 1
    columns, rows = grid(panels, *size)
    assert columns * rows >= panels > (rows - 1) * columns
    assert max(b.y1 for b in boxes) == size[1]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("count", range(1, 7))
def test_the_grid_makes_the_panels_as_large_as_can_be(count: int, width: int, height: int) -> None:
    def shorter(columns: int) -> float:
        return min(width / columns, height / -(-count // columns))

    columns, _ = grid(count, width, height)
    assert shorter(columns) == max(map(shorter, range(1, count + 1)))


@pytest.mark.parametrize("size", [(239, 180), (240, 179), (3841, 2160), (640, 0), (-5, 500)])
def test_sizes_out_of_range_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(WarpvizError, match=r"size expects 240x180 to 3840x2160 pixels, got"):
        check_size(*size)


def test_sizes_at_the_ends_are_taken() -> None:
    check_size(240, 180)
    check_size(3840, 2160)


@pytest.mark.parametrize("count", range(2, 13))
def test_the_size_that_is_said_to_be_enough_is(count: int) -> None:
    with pytest.raises(WarpvizError, match="too small to read") as told:
        check_panels(count, (240, 180) if count > 4 else (200, 80))
    width, height = re.findall(r"(\d+)x(\d+) or more", str(told.value))[0]
    check_panels(count, (int(width), int(height)))
    for layout in placed((int(width), int(height)), count):
        rows = rows_of(layout, SHORT)
        assert layout.safe.height > 20 and rows["title"].y1 <= rows["caption"].y0 + 1


@pytest.mark.parametrize("size", [(480, 270), (1440, 1200), (1920, 1080), (1080, 1920)])
@pytest.mark.parametrize("panels", [7, 9, 10, 12])
def test_many_panels_leave_each_other_alone(size: tuple[int, int], panels: int) -> None:
    layouts = placed(size, panels)
    assert all(overlap(a.box, b.box) <= 0 for a, b in combinations(layouts, 2))
    for layout in layouts:
        for name, row in rows_of(layout, SHORT).items():
            assert overlap(row, layout.safe) <= 0.5, name
