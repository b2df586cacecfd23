import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats, Ints
from warpviz.picture.raster.lines import DENSITY, kernel, splat

fixed = settings(derandomize=True, deadline=None, max_examples=60)
HEIGHT, WIDTH = 40, 48
MIDDLE = np.array([WIDTH / 2, HEIGHT / 2])


def segments(
    start: Floats, end: Floats, ink: Floats, line_width: float, height: int, width: int
) -> Floats | Ints:
    """Density of segments of two ends each."""
    pairs = np.arange(2 * len(start)).reshape(2, -1).T.copy()
    return splat(np.concatenate([start, end]), pairs, ink, line_width, height, width)


def one(start: Floats, end: Floats, width: float = 1.3, ink: float = 1.0, size: int = 0) -> Floats:
    """Density of one segment, in optical density."""
    height, across = (size, size) if size else (HEIGHT, WIDTH)
    return segments(start[None], end[None], np.array([ink]), width, height, across) / DENSITY


def spoke(
    angle: float, length: float, shift: tuple[float, float] = (0, 0)
) -> tuple[Floats, Floats]:
    half = 0.5 * length * np.array([np.cos(angle), np.sin(angle)])
    return MIDDLE + shift - half, MIDDLE + shift + half


angles = st.floats(0, np.pi)
shifts = st.tuples(st.floats(0, 1), st.floats(0, 1))
widths = st.sampled_from([1.0, 1.05, 1.5, 2.2, 4.7, 9.9])


@fixed
@given(angles, shifts, st.floats(1.0, 24.0), widths, st.floats(0.3, 2.4))
def test_ink_is_length_times_width_times_density(
    angle: float, shift: tuple[float, float], length: float, width: float, ink: float
) -> None:
    start, end = spoke(angle, length, shift)
    expected = ink * length * width
    assert one(start, end, width, ink).sum() == pytest.approx(expected, rel=0.005, abs=0.01)


@fixed
@given(st.floats(0, 1), widths)
def test_a_level_line_looks_the_same_at_any_offset(offset: float, width: float) -> None:
    y = 20 + offset
    density = one(np.array([3.0, y]), np.array([45.0, y]), width)
    # The ink of every column but the ends', and where its middle is.
    columns = density[:, 14:34]
    ink = columns.sum(axis=0)
    np.testing.assert_allclose(ink, width, rtol=0.04)
    middle = (columns * (np.arange(HEIGHT) + 0.5)[:, None]).sum(axis=0) / ink
    np.testing.assert_allclose(middle, y, atol=1 / 32)


@fixed
@given(st.floats(-0.78, 0.78), st.floats(0, 1), widths)
def test_a_slanted_line_is_uniform(angle: float, offset: float, width: float) -> None:
    start, end = spoke(angle, 44, (0, offset))
    ink = one(start, end, width)[:, 14:34].sum(axis=0)
    np.testing.assert_allclose(ink, width / np.cos(angle), rtol=0.04)


@pytest.mark.parametrize("width", [1.0, 1.5, 2.2, 5.0])
def test_the_kernel_spreads_without_gain_and_about_its_place(width: float) -> None:
    taps = kernel(width)
    np.testing.assert_allclose(taps.sum(axis=1), 1)
    reach = taps.shape[1] // 2
    place = taps @ np.arange(-reach, reach + 1)
    np.testing.assert_allclose(place, (np.arange(64) + 0.5) / 64 - 0.5, atol=0.02)
    assert taps.min() > -1e-12


def test_the_kernel_of_width_one_is_the_quadratic_b_spline() -> None:
    taps = kernel(1.0)
    reach = taps.shape[1] // 2
    shift = (np.arange(64) + 0.5) / 64 - 0.5
    away = np.abs(np.arange(-reach, reach + 1) - shift[:, None])
    outer = 0.5 * np.maximum(1.5 - away, 0) ** 2
    np.testing.assert_allclose(taps, np.where(away < 0.5, 0.75 - away**2, outer), atol=0.01)


def test_thin_lines_keep_their_width_and_pale() -> None:
    start, end = spoke(0.4, 20)
    half = one(start, end, 0.5)
    np.testing.assert_allclose(half, 0.5 * one(start, end, 1.0), atol=4 / DENSITY)


@fixed
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_the_order_of_segments_and_their_sense_of_ink_do_not_matter(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    start, end = rng.uniform(-4, 50, (2, count, 2))
    ink = rng.uniform(0.1, 3, count)
    order = rng.permutation(count)
    a = segments(start, end, ink, 1.5, HEIGHT, WIDTH)
    b = segments(start[order], end[order], ink[order], 1.5, HEIGHT, WIDTH)
    np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(a, np.rint(a))


def test_lines_over_each_other_add() -> None:
    start, end = (np.repeat(p[None], 5, axis=0) for p in spoke(0.7, 20))
    five = segments(start, end, np.ones(5), 1.5, HEIGHT, WIDTH)
    once = segments(start[:1], end[:1], np.ones(1), 1.5, HEIGHT, WIDTH)
    np.testing.assert_array_equal(five, 5 * once)


@pytest.mark.parametrize("width", [1.0, 1.5, 2.2, 4.7, 9.9])
def test_clipping_is_cropping_a_larger_picture(width: float) -> None:
    rng = np.random.default_rng(7)
    start, end = rng.uniform(-12, 60, (2, 80, 2))
    ink = np.ones(80)
    small = segments(start, end, ink, width, HEIGHT, WIDTH)
    large = segments(start + 32, end + 32, ink, width, HEIGHT + 64, WIDTH + 64)
    np.testing.assert_array_equal(small, large[32 : 32 + HEIGHT, 32 : 32 + WIDTH])


def test_a_point_leaves_no_ink() -> None:
    assert not one(MIDDLE, MIDDLE).any()


@pytest.mark.parametrize("width", [1.0, 1.3, 1.9, 3.0])
def test_a_line_is_as_dense_as_its_ink_and_as_wide_as_it_says(width: float) -> None:
    points = np.array([[-20.0, 12.3], [60.0, 12.3]])
    drawn = splat(points, np.array([[0, 1]]), np.ones(1), width, 25, 40)
    across = np.asarray(drawn)[:, 20] / DENSITY
    assert across.sum() == pytest.approx(width, rel=0.01)
    assert 0.7 < across.max() < 1.02  # however wide, in the middle it is its ink
    wider = np.asarray(splat(points, np.array([[0, 1]]), np.ones(1), width + 0.6, 25, 40))[:, 20]
    assert (wider > 0.1 * DENSITY).sum() >= (across > 0.1).sum()
