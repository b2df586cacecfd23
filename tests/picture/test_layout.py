import re
from itertools import combinations

import pytest

from warpviz.errors import WarpvizError
from warpviz.motion.framing import Box
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.scene import PARTS, SHOWN
from warpviz.picture.tiling import check_panels, check_size, grid
from warpviz.picture.words.fonts import bundled_font
from warpviz.picture.words.legend import LEGEND_ROW, legend_width
from warpviz.picture.words.text import text_width

FONT = bundled_font()
SIZES = [(240, 180), (320, 240), (640, 480), (600, 400), (1920, 1080), (3840, 2160), (360, 440)]
SLIPS = [(320, 2160), (240, 2160), (3840, 180), (260, 700)]
CAPTIONS = ("input (x₁, x₂)", "layer 2 · affine 3→3 → tanh", "logits")
SHORT, LONG = ("a", "b"), ("Setosa of the north", "Versicolor", "Virginica", "None of these")


def placed(
    size: tuple[int, int],
    panels: int = 1,
    names: tuple[str, ...] = SHORT,
    show: frozenset[str] = SHOWN,
    headline: str = "",
) -> tuple[PanelLayout, ...]:
    titles = ("",) if panels == 1 else tuple(f"relu {i}" for i in range(panels))
    return lay_out(size, titles, CAPTIONS, names, show, FONT, headline)


def rows_of(layout: PanelLayout, names: tuple[str, ...]) -> dict[str, Box]:
    """Where everything around the safe area is drawn."""
    em, small = layout.em, layout.small
    longest = max(text_width(text, FONT, layout.caption_em) for text in CAPTIONS)
    x, y = layout.caption
    found = {"caption": Box(x, y, x + longest, y + 1.17 * em)}
    if layout.title:
        found["title"] = Box(
            layout.title[0], layout.title[1], layout.title[0] + 3 * em, layout.title[1] + 1.17 * em
        )
    if layout.legend:
        right, top = layout.legend
        found["legend"] = Box(
            right - legend_width(layout.legend_names, FONT, small), top, right, top + 1.17 * small
        )
    x0, x1, rail = layout.track
    found["track"] = Box(x0, rail - 0.2 * em, x1, rail + 0.2 * em)
    found["scale"] = Box(x0, layout.scale[1] - 0.3 * small, x1, layout.scale[1] + 0.3 * small)
    return found


def overlap(a: Box, b: Box) -> float:
    return min(
        min(a.x1, b.x1) - max(a.x0, b.x0),
        min(a.y1, b.y1) - max(a.y0, b.y0),
    )


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panels", range(1, 7))
def test_the_caption_can_be_read(size: tuple[int, int], panels: int) -> None:
    for layout in placed(size, panels):
        assert layout.caption_em >= 0.044 * layout.box.height
        assert layout.caption_em >= 9
        assert layout.small >= 9


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panels", [1, 2, 4])
@pytest.mark.parametrize("names", [SHORT, LONG], ids=["short", "long"])
def test_rows_do_not_overlap_and_leave_the_safe_area_alone(
    size: tuple[int, int], panels: int, names: tuple[str, ...]
) -> None:
    for layout in placed(size, panels, names):
        rows = rows_of(layout, names)
        safe = layout.safe
        for name, row in rows.items():
            assert overlap(row, safe) <= 0.5, name
        assert rows["track"].y1 <= layout.box.y1 and rows["scale"].y1 <= rows["track"].y0 + 1
        rows.pop("scale")
        for (a, one), (b, two) in combinations(rows.items(), 2):
            assert overlap(one, two) <= 1, (a, b)


@pytest.mark.many(quick=37)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panels", range(1, 7))
@pytest.mark.parametrize("names", [SHORT, LONG], ids=["short", "long"])
def test_the_safe_area_is_inside_and_takes_most_of_the_panel(
    size: tuple[int, int], panels: int, names: tuple[str, ...]
) -> None:
    for layout in placed(size, panels, names):
        box, safe = layout.box, layout.safe
        assert box.x0 < safe.x0 < safe.x1 < box.x1
        assert box.y0 < safe.y0 < safe.y1 < box.y1
        if box.height >= 180 and box.width >= 180:
            assert safe.height > 0.5 * box.height
            assert safe.width > 0.5 * box.width
        else:
            assert safe.height > 0.2 * box.height


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("names", [SHORT, LONG], ids=["short", "long"])
def test_the_legend_fits_into_its_panel(size: tuple[int, int], names: tuple[str, ...]) -> None:
    for panels in (1, 2, 4):
        for layout in placed(size, panels, names):
            if layout.legend:
                left = layout.legend[0] - legend_width(layout.legend_names, FONT, layout.small)
                assert left >= layout.box.x0, panels


# Large enough for text above 9 px, which is where it stops to shrink.
@pytest.mark.parametrize("size", [(640, 480), (960, 540), (1000, 900)])
@pytest.mark.parametrize("panels", [1, 2, 3])
def test_twice_the_size_is_the_same_picture(size: tuple[int, int], panels: int) -> None:
    factor = 4
    once, larger = placed(size, panels), placed((factor * size[0], factor * size[1]), panels)
    for a, b in zip(once, larger, strict=True):
        # Sizes of text are whole pixels: up to ½ of one, over a few rows.
        slack = 2.5 / a.box.height
        for side in ("x0", "y0", "x1", "y1"):
            here, there = getattr(a.safe, side), getattr(b.safe, side)
            assert here / a.box.height == pytest.approx(there / factor / a.box.height, abs=slack)
        assert b.unit == pytest.approx(factor * a.unit)
        assert abs(b.em - factor * a.em) <= factor / 2 + 1


def test_hiding_a_part_gives_its_room_to_the_cloth() -> None:
    whole = placed((640, 480))[0].safe
    without = placed((640, 480), show=frozenset(PARTS) - {"caption", "legend", "basis"})[0].safe
    assert without.y0 < whole.y0
    assert placed((640, 480), show=SHOWN - {"track"})[0].safe.y1 > whole.y1
    assert placed((640, 480), show=SHOWN - {"axes"})[0].safe.width > whole.width
    bare = placed((640, 480), show=frozenset({"sheet", "dots"}))[0]
    assert bare.legend is None
    assert bare.safe.height > 0.9 * 480


@pytest.mark.parametrize("size", [(239, 180), (240, 179), (3841, 2160), (640, 0), (-5, 500)])
def test_sizes_out_of_range_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(WarpvizError, match=r"size expects 240x180 to 3840x2160 pixels, got"):
        check_size(*size)


def test_sizes_at_the_ends_are_taken() -> None:
    check_size(240, 180)
    check_size(3840, 2160)


def test_one_long_title_moves_the_legend_of_all_panels() -> None:
    titles = ("relu", "3:identity,3:relu,3:tanh · 99.8 %", "gelu")
    layouts = lay_out((1080, 400), titles, CAPTIONS, ("inner", "outer"), SHOWN, FONT)
    assert len({layout.legend[1] for layout in layouts if layout.legend}) == 1
    assert len({(layout.safe.y0, layout.safe.y1) for layout in layouts}) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [5, 9, 12, 24, 64])
def test_many_classes_keep_their_names(size: tuple[int, int], count: int) -> None:
    names = tuple(f"class {k}" for k in range(count))
    (layout,) = placed(size, names=names)
    assert len(layout.legend_names) == count
    if layout.legend is None:
        assert size[0] < 360 and count >= 24  # Not even the markers fit.
        return
    if size[0] >= 600:
        assert layout.legend_names == names
    # Each name, with its marker before it, stands within its column, and the rows above the cloth.
    if not layout.legend_columns:
        assert legend_width(layout.legend_names, FONT, layout.legend_small) <= layout.caption_width
        return
    assert layout.legend is not None and layout.legend_small >= 9
    room = layout.caption_width / layout.legend_columns
    for name in layout.legend_names:
        assert legend_width((name,), FONT, layout.legend_small) <= room + 2
    rows = -(-count // layout.legend_columns)
    bottom = layout.legend[1] + rows * LEGEND_ROW * layout.legend_small
    assert bottom <= layout.safe.y0 + 1 and layout.safe.height > 0.25 * size[1]


def test_long_names_of_many_classes_are_cut_last() -> None:
    names = tuple(f"a rather long name of a class, number {k}" for k in range(9))
    (wide,) = placed((640, 480), names=names)
    assert wide.legend_names == names and wide.legend_columns == 2
    (narrow,) = placed((240, 180), names=names)
    assert all(name.startswith("a r") and name.endswith("…") for name in narrow.legend_names)


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


@pytest.mark.parametrize("size", SLIPS)
def test_a_slip_of_paper_has_room_for_its_cloth(size: tuple[int, int]) -> None:
    (layout,) = placed(size)
    safe = layout.safe
    assert safe.width > 0.4 * size[0] and safe.height > 0.4 * size[1]
    assert layout.caption_em >= 9
