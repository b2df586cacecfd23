"""Where a panel's title, caption, legend, track and cloth stand, at every size."""

from itertools import combinations

import pytest

from tests.picture.laid_out import CAPTIONS, FONT, LONG, SHORT, SIZES, overlap, placed, rows_of
from warpviz.picture.layout import lay_out
from warpviz.picture.scene import PARTS, SHOWN
from warpviz.picture.words.legend import LEGEND_ROW, legend_width

SLIPS = [(320, 2160), (240, 2160), (3840, 180), (260, 700)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("panels", range(1, 7))
def test_the_caption_can_be_read(size: tuple[int, int], panels: int) -> None:
    for layout in placed(size, panels):
        assert layout.caption_em >= 0.044 * layout.box.height
        assert layout.caption_em >= 9
        assert layout.small >= 9


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


@pytest.mark.parametrize("size", SLIPS)
def test_a_slip_of_paper_has_room_for_its_cloth(size: tuple[int, int]) -> None:
    (layout,) = placed(size)
    safe = layout.safe
    assert safe.width > 0.4 * size[0] and safe.height > 0.4 * size[1]
    assert layout.caption_em >= 9
