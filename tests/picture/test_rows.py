"""The rows of a panel, worked out by hand in ems; every letter is 0.6 of its size wide."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.player.laid_down import wide
from warpviz.motion.framing import Box
from warpviz.picture import layout as laying
from warpviz.picture.layout import PanelLayout, fits, lay_out
from warpviz.picture.words import legend
from warpviz.picture.words.fonts import bundled_font

FONT = bundled_font()
EM, SMALL = 50, 34
"""Of a panel of 1000 pixels."""
LEFT = 30.0
TOP = 17.5


@pytest.fixture(autouse=True)
def even_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (laying, legend):
        monkeypatch.setattr(place, "text_width", wide)


def panel(
    show: Sequence[str] = (),
    title: str = "",
    captions: tuple[str, ...] = ("input",),
    names: tuple[str, ...] = ("a", "b"),
    size: tuple[int, int] = (2000, 1000),
    **given: Any,
) -> PanelLayout:
    return lay_out(size, (title,), captions, names, frozenset(show), FONT, **given)[0]


def test_rows_stand_below_each_other() -> None:
    found = panel(("caption", "measures", "basis"), "relu", remarks=("why",))
    assert (found.em, found.caption_em, found.small) == (EM, EM, SMALL)
    assert found.unit == 1000 / 480 and found.box == Box(0, 0, 2000, 1000)
    assert found.title == (LEFT, TOP) and found.caption_width == 1940
    caption = TOP + 1.25 * EM
    assert found.caption == (LEFT, caption)
    assert found.remark == (LEFT, caption + 1.3 * EM)
    notes = caption + 2.6 * EM
    assert found.notes == (LEFT, notes) and found.notes_width == 1940
    basis = notes + 1.4 * SMALL
    assert found.basis == pytest.approx((LEFT, basis))
    assert found.safe.y0 == pytest.approx(basis + 1.4 * SMALL + 0.25 * EM)
    bare = panel()
    assert bare.title is bare.remark is bare.notes is bare.basis is bare.legend is None
    assert bare.caption == (LEFT, TOP) and bare.safe.y0 == TOP + 0.25 * EM


def test_below_are_the_track_and_the_scale() -> None:
    rail = 1000 - 0.65 * EM
    for show, bottom in (
        ((), 1000 - 0.35 * EM), (("track",), rail - 0.45 * EM),
        (("track", "scale"), rail - 0.45 * EM - 1.6 * SMALL), (("axes",), 982.5 - 1.6 * SMALL),
    ):  # fmt: skip
        found = panel(show)
        assert found.safe.y1 == pytest.approx(bottom)
        assert found.track == pytest.approx((LEFT + 5, 2000 - LEFT - 5, rail))
        side = 3.3 * SMALL if show == ("axes",) else LEFT
        assert (found.safe.x0, found.safe.x1) == pytest.approx((side, 2000 - side))
        if "scale" in show or "axes" in show:
            assert found.scale == pytest.approx((2000 - LEFT, bottom + SMALL))


def letters(count: int) -> str:
    return "m" * count


def test_a_caption_shrinks_to_its_room_but_not_below_its_least() -> None:
    # Of 1940 pixels there is room for 64 letters of 30, for 73 of 26.4.
    for count, em in ((64, 50), (65, 49), (73, 44), (99, 44)):
        found = panel(captions=("a", letters(count), "b"))
        assert (found.em, found.caption_em) == (EM, em)
        assert fits((letters(count),), found, FONT) == (count < 99)
        said = panel(remarks=(letters(count),))
        assert said.caption_em == em
    # Nine pixels are the least, 4.4 of a hundred of the height, rounded up.
    assert panel(size=(240, 180), captions=(letters(99),)).caption_em == 9
    assert panel(size=(400, 260), captions=(letters(99),)).caption_em == 12
    assert (panel(size=(240, 180)).em, panel(size=(240, 180)).small) == (9, 9)
    # A high panel has words for two of its widths.
    assert panel(size=(300, 2000)).em == 30 and panel(size=(300, 2000)).small == round(20.4)


def key(names: Sequence[str]) -> float:
    return sum(wide(name, FONT, SMALL) + round(1.9 * SMALL) for name in names)


def test_a_legend_is_beside_the_first_row_that_has_room() -> None:
    right, names = 2000 - LEFT, ("aa", "bb")
    width = key(names)
    both = ("legend", "caption")

    def most(size: int) -> int:
        """Letters of such a size beside the legend and an em."""
        return int((1940 - width - EM) / (0.6 * size))

    beside = panel(both, "relu", names=names)
    assert beside.legend == (right, TOP + 0.15 * EM) and beside.legend_names == names
    assert (beside.legend_columns, beside.legend_small) == (0, SMALL)
    # A title that is too long, of whichever panel, leaves the row below the caption.
    for count, y in ((most(EM), TOP + 0.15 * EM), (most(EM) + 1, TOP + 2.55 * EM)):
        found = panel(both, letters(count), names=names)
        assert found.legend == pytest.approx((right, y))
    for count, y in ((most(EM), TOP + 0.15 * EM), (most(EM) + 1, TOP + 1.3 * EM)):
        found = panel(both, captions=(letters(count), "a"), names=names)
        assert found.legend == pytest.approx((right, y))
        assert found.safe.y0 == pytest.approx(
            TOP + 1.3 * EM + 0.25 * EM + (1.4 * SMALL if y > TOP + EM else 0)
        )
    long = letters(most(EM) + 1)
    for remark, y in (("why", TOP + 1.45 * EM), (letters(most(EM)), TOP + 1.45 * EM),
                      (long, TOP + 2.6 * EM)):  # fmt: skip
        found = panel(both, captions=(long,), names=names, remarks=(remark,))
        assert found.legend == pytest.approx((right, y))
    # Without captions it has a row of its own, unless a title is there.
    assert panel(("legend",), names=names).legend == (right, TOP)


def test_a_legend_shares_its_row_with_measures_that_leave_it_the_right() -> None:
    found = panel(("legend", "measures"))
    assert found.legend == (2000 - LEFT, TOP) and found.notes == (LEFT, TOP)
    assert found.notes_width == pytest.approx(1940 - key("ab") - EM)
    assert found.safe.y0 == pytest.approx(TOP + 1.4 * SMALL + 0.25 * EM)
    # It takes 35 % of the room at most.
    for count, own in ((13, False), (14, True)):
        names = (letters(count), letters(count))
        assert (key(names) > 0.35 * 1940) == own
        found = panel(("legend", "measures"), names=names)
        assert found.notes == pytest.approx((LEFT, TOP + (1.4 * SMALL if own else 0)))
        assert found.notes_width == (1940 if own else pytest.approx(1940 - key(names) - EM))
    beside = panel(("legend", "measures", "caption"))
    assert beside.notes == pytest.approx((LEFT, TOP + 1.3 * EM)) and beside.notes_width == 1940


def test_many_classes_stand_in_columns() -> None:
    names = tuple(f"class {k}" for k in range(30))
    found = panel(("legend", "measures"), names=names)
    # A name and its marker take 208 pixels: nine beside each other, in four rows eight.
    assert (found.legend_columns, found.legend_small) == (8, SMALL)
    assert found.legend == (2000 - LEFT, TOP)
    assert found.notes == pytest.approx((LEFT, TOP + 4 * 1.4 * SMALL)) and found.notes_width == 1940
    # Where not even markers fit there is none.
    assert panel(("legend",), names=names[:14], size=(240, 180)).legend is not None
    assert panel(("legend",), names=names, size=(240, 180)).legend is None


def test_names_that_do_not_fit_are_cut_or_left_out() -> None:
    long = (letters(60), letters(61))
    found = panel(("legend",), names=long)
    assert found.legend_names[0].endswith("…") and len(found.legend_names[0]) < 60
    tiny = panel(("legend",), names=("mm", "mm", "mm", "mm"), size=(240, 2000))
    assert tiny.legend_names in {("mm",) * 4, ("",) * 4}


def test_panels_stand_side_by_side_below_the_headline() -> None:
    three = lay_out((3000, 2000), ("a", "b", "c"), (), ("a",), frozenset(), FONT, "All")
    assert [each.box for each in three] == [
        Box(0, 150, 1500, 1075), Box(1500, 150, 3000, 1075), Box(750, 1075, 2250, 2000)
    ]  # fmt: skip
    one = lay_out((1000, 400), ("a", "b"), (), ("a",), frozenset(), FONT)
    assert [each.box for each in one] == [Box(0, 0, 500, 400), Box(500, 0, 1000, 400)]
    assert one[1].title == (500 + 0.6 * one[1].em, 0.35 * one[1].em)
