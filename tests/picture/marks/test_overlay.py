import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats
from warpviz.axis import Axis
from warpviz.picture.axes import nice_step, paint_axes, paint_scale, tick_label
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.marks.overlay import (
    TRACK,
    _legend_columns,
    paint_legend,
    paint_markers,
    paint_rail,
    paint_strokes,
    paint_track,
)
from warpviz.picture.raster.blend import Canvas
from warpviz.picture.scene import SHOWN
from warpviz.picture.words.fonts import bundled_font
from warpviz.theme import THEMES

fixed = settings(derandomize=True, deadline=None, max_examples=80)
DARK, FONT = THEMES["dark"], bundled_font()
SIZES = [(240, 180), (640, 480), (1280, 720), (360, 440)]
spans = st.floats(1e-9, 1e9)


@fixed
@given(spans, st.integers(1, 8))
def test_a_nice_step_is_one_two_or_five_and_the_smallest_that_will_do(
    span: float, most: int
) -> None:
    step = nice_step(span, most)
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-9)
    assert min(abs(mantissa - m) for m in (1, 2, 5, 10)) < 1e-9
    assert span / step <= most * (1 + 1e-9)
    smaller = step / {1: 2, 2: 2, 5: 2.5, 10: 2}[round(mantissa)]
    assert span / smaller > most * (1 - 1e-9)


@fixed
@given(st.integers(-7, 8), st.sampled_from([1, 2, 5]), st.integers(-30, 30))
def test_a_tick_label_reads_back_as_its_value(power: int, factor: int, times: int) -> None:
    step = float(Fraction(factor) * Fraction(10) ** power)
    label = tick_label(times * step, step)
    assert float(label.replace("−", "-")) == pytest.approx(times * step, rel=1e-9, abs=1e-3 * step)
    assert "-" not in label.replace("e-", "")
    assert len(label) <= 9


def test_neighbouring_ticks_have_different_labels() -> None:
    for power in range(-7, 8):
        step = 2 * 10.0**power
        labels = [tick_label(i * step, step) for i in range(-20, 21)]
        assert len(set(labels)) == len(labels), power


def test_zero_has_no_sign_and_minus_is_a_minus() -> None:
    assert tick_label(-0.0, 0.5) == "0"
    assert tick_label(-1e-17, 0.5) == "0"
    assert tick_label(-1.5, 0.5) == "−1.5"


def layout_of(size: tuple[int, int]) -> PanelLayout:
    return lay_out(size, ("",), ("input (x₁, x₂)",), ("a", "b"), SHOWN, FONT)[0]


def blank(size: tuple[int, int]) -> Canvas:
    return np.zeros((3, size[1], size[0]), dtype=np.float32)


def touched(canvas: Canvas) -> tuple[Floats, Floats]:
    rows, columns = np.nonzero(canvas.max(axis=0) > 2)
    return rows.astype(float), columns.astype(float)


@pytest.mark.parametrize("size", SIZES)
@given(st.floats(1e-7, 1e6))
@settings(fixed, max_examples=25)
def test_the_scale_bar_is_as_long_as_it_says(size: tuple[int, int], unit: float) -> None:
    layout, canvas = layout_of(size), blank(size)
    paint_scale(canvas, layout, unit, FONT, DARK)
    row = canvas[0, int(layout.scale[1])]
    step = nice_step(unit * 0.08 * layout.box.width, 1)
    pixels = step / unit
    assert 0.08 <= pixels / layout.box.width <= 0.2 + 1e-9
    # The bar is the longest run of bright pixels in its row.
    bright = np.concatenate([[False], row > 40, [False]]).astype(int)
    edges = np.flatnonzero(np.diff(bright))
    assert max(edges[1::2] - edges[::2]) == pytest.approx(pixels, abs=3 + 1.5 * layout.unit)
    rows, columns = touched(canvas)
    assert columns.min() >= layout.box.x0
    assert columns.max() < layout.box.x1
    assert rows.min() > layout.safe.y1
    assert rows.max() < layout.box.y1


def test_nothing_is_drawn_at_no_opacity() -> None:
    size = SIZES[0]
    canvas, layout = blank(size), layout_of(size)
    paint_scale(canvas, layout, 0.01, FONT, DARK, 0.0)
    paint_strokes(canvas, [((1, 1), (50, 50))], 2.0, (255, 255, 255), 0.0)
    paint_strokes(canvas, [], 2.0, (255, 255, 255))
    assert not canvas.any()


@pytest.mark.many(quick=15)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("low", "high"), [(-1, 1), (-42, 3), (0.0, 0.0123), (-25000, 26000)])
@pytest.mark.parametrize("names", [("z₁", "z₂"), ("a column of a long name (mm)", "another (kg)")])
def test_axes_and_their_labels_stay_in_the_panel(
    size: tuple[int, int], low: float, high: float, names: tuple[str, str]
) -> None:
    layout = layout_of(size)
    safe = layout.safe
    unit = (high - low) / min(safe.width, safe.height)
    origin = (
        safe.centre[0] - 0.5 * (low + high) / unit,
        safe.centre[1] + 0.5 * (low + high) / unit,
    )
    # A margin around the panel shows what would run into a neighbour.
    margin = 200
    canvas = np.zeros((3, size[1] + 2 * margin, size[0] + 2 * margin), dtype=np.float32)
    moved = shifted(layout, margin)
    at = (origin[0] + margin, origin[1] + margin)
    shift = 0.0 if names[0] == "z₁" else 1e3 * (high - low)
    axes = [Axis(name, shift, 0.7) for name in names]
    paint_axes(canvas, moved, at, unit, axes, FONT, DARK, 1.0)
    rows, columns = touched(canvas)
    assert columns.min() >= margin, f"{margin - columns.min():.0f} px over the left side"
    assert columns.max() < margin + size[0], "over the right side"
    assert rows.min() >= margin
    assert rows.max() < moved.track[2], "over the track"


def shifted(layout: PanelLayout, by: float) -> PanelLayout:
    from dataclasses import replace

    from warpviz.motion.framing import Box

    def box(b: Box) -> Box:
        return Box(b.x0 + by, b.y0 + by, b.x1 + by, b.y1 + by)

    x0, x1, y = layout.track
    scale = (layout.scale[0] + by, layout.scale[1] + by)
    track = (x0 + by, x1 + by, y + by)
    return replace(layout, box=box(layout.box), safe=box(layout.safe), scale=scale, track=track)


def test_ticks_stand_at_their_values() -> None:
    size = (640, 480)
    layout = layout_of(size)
    safe, unit = layout.safe, 0.01
    origin = (safe.x0 + 150.0, safe.y1 - 130.0)
    canvas = blank(size)
    paint_axes(canvas, layout, origin, unit, (Axis("x₁"), Axis("x₂")), FONT, DARK, 1.0)
    step = nice_step(unit * min(safe.width, safe.height), 5)
    below = canvas[0, int(safe.y1 + 0.15 * layout.small)]
    expected = origin[0] + np.arange(-9, 20) * step / unit
    expected = expected[(expected > safe.x0 + 4) & (expected < safe.x1 - 4)]
    assert len(expected) >= 3
    for x in expected:
        assert below[round(x - 0.5) - 1 : round(x - 0.5) + 2].max() > 40
        assert below[int(x) + 5] < 20


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
