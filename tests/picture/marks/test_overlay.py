"""Rails, tracks, legends and markers are as long, and as large, as they say."""

from itertools import pairwise

import numpy as np
import pytest

from tests.picture.marks.sizes import DARK, FONT, SIZES, blank, layout_of, touched
from warpviz.picture.axes import paint_scale
from warpviz.picture.layout import lay_out
from warpviz.picture.marks.overlay import (
    TRACK,
    _legend_columns,
    paint_legend,
    paint_markers,
    paint_rail,
    paint_strokes,
    paint_track,
)
from warpviz.picture.scene import SHOWN


def test_nothing_is_drawn_at_no_opacity() -> None:
    size = SIZES[0]
    canvas, layout = blank(size), layout_of(size)
    paint_scale(canvas, layout, 0.01, FONT, DARK, 0.0)
    paint_strokes(canvas, [((1, 1), (50, 50))], 2.0, (255, 255, 255), 0.0)
    paint_strokes(canvas, [], 2.0, (255, 255, 255))
    assert not canvas.any()


@pytest.mark.many(quick=3)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stops", [1, 2, 7, 12])
def test_the_track_fills_up_with_time(size: tuple[int, int], stops: int) -> None:
    layout = layout_of(size)
    x0, x1, y = layout.track
    filled = []
    for place in np.linspace(0, stops - 1, 5):
        canvas = blank(size)
        canvas[:] = np.array(DARK.background)[:, None, None]
        paint_rail(canvas, layout, stops, DARK)
        paint_track(canvas, layout, stops, float(place), DARK)
        row = canvas[0, int(y)]
        filled.append(int((row > 200).sum()))
        changed = np.abs(canvas - np.array(DARK.background)[:, None, None]).max(axis=0) > 2
        rows, columns = np.nonzero(changed)
        assert layout.box.x0 <= columns.min()
        assert columns.max() < layout.box.x1
        assert rows.min() >= layout.safe.y1
        assert rows.max() < layout.box.y1
    if stops > 1:
        assert all(a < b for a, b in pairwise(filled)), filled
        assert filled[-1] >= 0.95 * (x1 - x0)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_the_legend_ends_at_its_corner_and_shows_each_class(count: int) -> None:
    size = (640, 480)
    names = tuple(f"class {i}" for i in range(count))
    layout = lay_out(size, ("",), ("input",), names, SHOWN, FONT)[0]
    canvas = blank(size)
    assert layout.legend is not None
    paint_legend(canvas, layout.legend, layout, FONT, DARK)
    rows, columns = touched(canvas)
    assert columns.max() <= layout.legend[0] + 1
    assert columns.min() >= layout.box.x0
    assert rows.max() < layout.safe.y0
    picture = canvas.transpose(1, 2, 0)
    for colour in DARK.classes[:count]:
        assert (np.abs(picture - np.array(colour)).max(axis=2) < 12).sum() >= 9, colour


@pytest.mark.parametrize("at", [(3.0, 4.0), (60.2, 20.7), (118.0, 77.5)])
def test_a_marker_has_its_area_wherever_it_stands(at: tuple[float, float]) -> None:
    canvas = np.zeros((3, 90, 130), dtype=np.float32)
    paint_markers(canvas, [at], "circle", 2.5, (255, 255, 255))
    rows, columns = np.indices((90, 130)) + 0.5
    total = canvas[0].sum()
    assert total / 255 == pytest.approx(0.99 * np.pi * 2.5**2, rel=0.01)
    assert (canvas[0] * columns).sum() / total == pytest.approx(at[0], abs=0.08)
    assert (canvas[0] * rows).sum() / total == pytest.approx(at[1], abs=0.08)


@pytest.mark.parametrize("stops", [2, 3, 7])
def test_the_rail_is_filled_up_to_now(stops: int) -> None:
    layout = layout_of((640, 480))
    x0, x1, _ = layout.track
    for place in np.linspace(0, stops - 1, 7)[1:]:
        canvas = blank((640, 480))
        paint_track(canvas, layout, stops, float(place), DARK)
        _, columns = touched(canvas)
        now = x0 + (x1 - x0) * place / (stops - 1)
        # Where a stop was reached its circle ends there, else the bar does.
        radius = TRACK["stop"] * layout.em if float(place).is_integer() else 0.0
        assert columns.max() == pytest.approx(now + radius, abs=1.5)


def test_names_in_columns_share_the_width_evenly() -> None:
    names = tuple(f"class {i}" for i in range(30))
    layout = lay_out((640, 480), ("",), ("input",), names, SHOWN, FONT)[0]
    assert layout.legend is not None and layout.legend_columns > 2
    places = np.array(_legend_columns(layout.legend, layout))
    first = places[: layout.legend_columns]
    np.testing.assert_allclose(np.diff(first[:, 0]), layout.caption_width / layout.legend_columns)
    assert (
        len(np.unique(first[:, 1])) == 1
        and (np.diff(places[:: layout.legend_columns, 1]) > 0).all()
    )
    assert layout.box.x0 <= first[0, 0] and first[-1, 0] < layout.legend[0]
