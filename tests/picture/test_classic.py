"""The classic picture against closed forms, and against matplotlib's."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.images import psnr
from warpviz.arrays import Floats, Pixels
from warpviz.errors import WarpvizError
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.classic import (
    CLASSIC_THEME,
    FLATTEST,
    ClassicPainter,
    ClassicScene,
    Series,
    limits,
)
from warpviz.picture.marks import outlined as outlined_module
from warpviz.picture.words.fonts import bundled_font

GRAY, RED, BLUE = (128, 128, 128), (255, 0, 0), (0, 0, 255)
SPREAD = np.array([[0.0, 0.0], [10.0, 10.0]])
"""Two dots that set the axes to −0.3 … 10.3."""


def painter(*groups: Floats, size: tuple[int, int] = (600, 400)) -> ClassicPainter:
    styles = (("grid", GRAY, 2.0), ("label1", RED, 6.0), ("label2", BLUE, 6.0))
    series = tuple(
        Series(name, colour, radius, len(group))
        for group, (name, colour, radius) in zip(groups, styles, strict=False)
    )
    path = Trajectory.of([np.concatenate(groups)])
    return ClassicPainter.of(ClassicScene(path, series, size, bundled_font()))


def place(one: ClassicPainter, x: float, y: float) -> tuple[float, float]:
    """Where (x, y) of data 0 … 10 is, in pixels."""
    box = one.box
    return (
        box.x0 + (x + 0.3) / 10.6 * box.width,
        box.y1 - (y + 0.3) / 10.6 * box.height,
    )


def pixel(one: ClassicPainter, picture: Pixels, x: float, y: float) -> list[int]:
    u, v = place(one, x, y)
    return [int(value) for value in picture[int(v), int(u)]]


@settings(derandomize=True, deadline=None)
@given(arrays(float, (2, 7), elements=st.floats(-1e6, 1e6)), st.floats(1e-3, 1e3))
def test_axes_follow_the_data_with_three_percent_to_spare(points: Floats, least: float) -> None:
    low, high = limits(points, least)
    span = np.maximum(np.ptp(points, axis=1), least)
    np.testing.assert_allclose(high - low, 1.06 * span, rtol=1e-6)
    room = 0.03 * span * (1 - 1e-6) - 1e-9
    assert np.all(low + room <= points.min(axis=1))
    assert np.all(high - room >= points.max(axis=1))


@pytest.mark.parametrize("count", [1, 2, 5])
def test_dots_over_each_other_let_less_through_each(count: int) -> None:
    one = painter(SPREAD, np.tile([[5.0, 5.0]], (count, 1)))
    red, green, blue = pixel(one, one.paint(0, 0.0), 5, 5)
    assert red == 255
    assert green == blue == round(255 * 0.7**count)


def test_a_dot_has_a_dark_outline() -> None:
    one = painter(SPREAD, np.array([[5.0, 5.0]]))
    picture = one.paint(0, 0.0).astype(int)
    u, v = (int(value) for value in place(one, 5, 5))
    row = picture[v, u : u + 10, 0]
    assert row[:5].min() == 255, "inside, red lets all red through"
    assert row[5:8].min() < 230, "the outline takes some"
    assert (picture[v, u + 9 : u + 20] == 255).all(), "outside there is nothing"
    across = picture[v, u - 10 : u + 11, 1]
    assert 11.0 < (across < 240).sum() < 15.0


def test_later_series_lie_on_top() -> None:
    many = np.tile([[5.0, 5.0]], (40, 1))
    one = painter(np.concatenate([SPREAD, many]), many, many)
    red, green, blue = pixel(one, one.paint(0, 0.0), 5, 5)
    assert (red, green) == (0, 0)
    assert blue > 250


def test_the_order_within_a_series_does_not_matter() -> None:
    rng = np.random.default_rng(0)
    dots = rng.uniform(0, 10, (500, 2))
    one = painter(SPREAD, dots).paint(0, 0.0)
    assert np.array_equal(one, painter(SPREAD, rng.permutation(dots)).paint(0, 0.0))


def test_batches_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    dots = np.random.default_rng(0).uniform(0, 10, (100, 2))
    whole = painter(dots, dots).paint(0, 0.0)
    monkeypatch.setattr(outlined_module, "_BATCH", 7)
    assert np.array_equal(painter(dots, dots).paint(0, 0.0), whole)


def test_ten_thousand_dots_on_one_place_do_not_overflow() -> None:
    one = painter(SPREAD, np.tile([[5.0, 5.0]], (16_384, 1)))
    assert pixel(one, one.paint(0, 0.0), 5, 5) == [255, 0, 0]


def test_ticks_stand_where_their_numbers_say() -> None:
    one = painter(SPREAD)
    picture = one.paint(0, 0.0).astype(int)
    below, left = picture[int(one.box.y1) + 3, :, 0], picture[:, int(one.box.x0) - 3, 0]
    for value in range(0, 11, 2):
        u, v = place(one, value, value)
        assert 2 * 255 - below[int(u) : int(u) + 2].sum() >= 250
        assert 2 * 255 - left[int(v) : int(v) + 2].sum() >= 250
    assert (255 - below[50:590]).sum() == pytest.approx(6 * 255, abs=30), "and nowhere else"


def test_the_plot_stands_in_a_frame() -> None:
    one = painter(np.array([[0.0, 0.0]]), np.array([[10.0, 10.0]]))
    picture, box = one.paint(0, 0.0).astype(int).sum(axis=2), one.box
    x0, y0, x1, y1 = (int(side) for side in (box.x0, box.y0, box.x1, box.y1))
    for side in (picture[y0:y1, x0], picture[y0:y1, x1], picture[y0, x0:x1], picture[y1, x0:x1]):
        assert side.max() < 400
    assert picture[y0 + 2 : y1 - 2, x0 + 60].min() == 3 * 255, "and nothing beside it"


def test_a_state_that_is_a_line_or_a_point_is_drawn() -> None:
    line = np.column_stack([np.linspace(0, 1, 50), np.full(50, 0.25)])
    for points in (line, np.zeros((50, 2))):
        one = painter(points)
        picture = one.paint(0, 0.0)
        middle = picture[int(one.box.centre[1]), int(one.box.x0) + 5 : int(one.box.x1) - 5]
        assert (middle < 255).any()


def test_a_larger_picture_is_the_same_picture() -> None:
    dots = np.random.default_rng(1).uniform(0, 10, (300, 2))
    small = painter(SPREAD, dots[:200], dots[200:]).paint(0, 0.0)
    large = painter(SPREAD, dots[:200], dots[200:], size=(1200, 800)).paint(0, 0.0)
    halved = large.reshape(400, 2, 600, 2, 3).mean(axis=(1, 3))
    one = painter(SPREAD)
    box = np.s_[int(one.box.y0) + 2 : int(one.box.y1) - 2, int(one.box.x0) + 2 : 580]
    assert psnr(small[box], halved[box]) > 40


def test_it_looks_like_matplotlib() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rng = np.random.default_rng(2)
    grid, first, second = (rng.uniform(0, 10, (n, 2)) for n in (300, 40, 40))
    groups = [np.concatenate([SPREAD, grid]), first, second]
    one = painter(*groups)
    ours, box = one.paint(0, 0.0), one.box

    figure = Figure(figsize=(6, 4), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes(
        (box.x0 / 600, 1 - box.y1 / 400, box.width / 600, box.height / 400),
        xlim=(-0.3, 10.3),
        ylim=(-0.3, 10.3),
    )
    for group, colour, radius in zip(groups, ("gray", "red", "blue"), (2, 6, 6), strict=True):
        x, y = group.T
        area = (2 * radius * 0.72) ** 2
        axes.scatter(x, y, area, colour, alpha=0.3, edgecolors="black", linewidths=0.72)
    canvas.draw()  # type: ignore[no-untyped-call]
    theirs = np.asarray(canvas.buffer_rgba())[..., :3]  # type: ignore[no-untyped-call]
    inside = np.s_[int(box.y0) + 2 : int(box.y1) - 2, int(box.x0) + 2 : int(box.x1) - 2]
    assert psnr(ours[inside], theirs[inside]) > 26


def test_keyframes_must_fit_the_series() -> None:
    path = Trajectory.of([SPREAD])
    with pytest.raises(WarpvizError, match=r"keyframes of shape \(K, 3, 2\)"):
        ClassicScene(path, (Series("grid", GRAY, 2.0, 3),), (600, 400), Path("font.ttf"))


def test_classes_are_named_and_lengths_are_in_proportion() -> None:
    path = Trajectory.of([np.arange(6.0).reshape(3, 2)])
    names = ("grid", "label1", "label2")
    series = tuple(Series(name, GRAY, 2.0, 1) for name in names)

    def scene(width: int, height: int) -> ClassicScene:
        return ClassicScene(path, series, (width, height), bundled_font())

    assert scene(600, 400).class_names == names[1:]
    sizes = [(600, 400), (1200, 800), (300, 4000), (6000, 100)]
    assert [scene(*size).unit for size in sizes] == [1.0, 2.0, 0.5, 0.25]


def test_the_axes_least_range_is_a_share_of_the_largest_of_the_film() -> None:
    states = np.random.default_rng(0).normal(size=(3, 7, 2)) * [
        [[1.0, 2.0]],
        [[0.1, 0.1]],
        [[5, 3]],
    ]
    scene = ClassicScene(
        Trajectory.of(list(states)), (Series("grid", GRAY, 2.0, 7),), (600, 400), bundled_font()
    )
    ranges = [np.ptp(state[:, axis]) for state in states for axis in (0, 1)]
    assert ClassicPainter.of(scene).least == pytest.approx(FLATTEST * max(ranges))


def test_the_first_film_is_red_and_blue_on_white() -> None:
    theme, black = CLASSIC_THEME, (0, 0, 0)
    assert theme.background == (255, 255, 255) and theme.classes == theme.cloth == (RED, BLUE)
    assert theme.line == theme.doubt == GRAY and theme.muted == (60, 60, 60)
    assert {theme.text, theme.outline, theme.shade, theme.boundary, *theme.creases} == {black}
