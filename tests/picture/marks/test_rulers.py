"""Axes and scale bars: steps, labels that read back, and the room that they take."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.picture.marks.sizes import DARK, FONT, SIZES, blank, layout_of, touched
from warpviz.axis import Axis
from warpviz.picture.axes import nice_step, paint_axes, paint_scale, tick_label
from warpviz.picture.layout import PanelLayout

fixed = settings(derandomize=True, deadline=None, max_examples=80)
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
