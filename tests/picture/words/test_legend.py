import pytest

from warpviz.picture.words.fonts import find_font
from warpviz.picture.words.legend import LEGEND_ROW, MOST_LEGEND, in_columns, legend_width, shared

FONT = find_font(None)
NAMES = tuple(f"class {k}" for k in range(12))


def test_a_row_is_as_wide_as_its_names_together() -> None:
    each = [legend_width((name,), FONT, 12) for name in NAMES]
    assert legend_width(NAMES, FONT, 12) == sum(each)
    assert legend_width(("",), FONT, 12) == round(1.9 * 12)


@pytest.mark.parametrize("room", [60.0, 120.0, 400.0])
def test_names_share_what_room_there_is_and_short_ones_stay_whole(room: float) -> None:
    names = ("a", "a name that is long, very long", "b")
    shown = shared(names, FONT, 12, room)
    assert shown[0] == "a" and shown[2] == "b"
    assert legend_width(shown, FONT, 12) <= max(room, legend_width(("a", "a…", "b"), FONT, 12))
    assert (shown == names) == (legend_width(names, FONT, 12) <= room)


@pytest.mark.parametrize("room", [80.0, 200.0, 500.0])
@pytest.mark.parametrize("count", [1, 5, 12])
def test_columns_fit_the_room_and_the_height(room: float, count: int) -> None:
    names = NAMES[:count]
    columns, size, shown = in_columns(names, FONT, 14, room, 400.0)
    assert 1 <= columns <= count and 9 <= size <= 14
    widest = max(legend_width((name,), FONT, size) for name in shown)
    assert columns * widest <= room + 1
    rows = -(-count // columns)
    assert rows <= max(2, int(MOST_LEGEND * 400 / (LEGEND_ROW * size)))
    # Letters shrink, and names are cut, only where nothing else helps.
    if room >= 200:
        assert shown == names


def test_where_there_is_no_room_for_words_markers_stand_alone() -> None:
    columns, _, shown = in_columns(NAMES, FONT, 14, 20.0, 100.0)
    assert columns == 0 and shown == ("",) * 12
