import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats, Ints
from warpviz.picture.marks.dots import OPACITY, marker_of, paint_dots
from warpviz.picture.raster.blend import Canvas
from warpviz.picture.raster.dots import MARKERS, sprites, stamp
from warpviz.picture.raster.lines import DENSITY
from warpviz.theme import THEMES, with_classes

fixed = settings(derandomize=True, deadline=None, max_examples=40)
HEIGHT, WIDTH = 30, 34


def opacity_of(density: Ints) -> Floats:
    return np.asarray(1 - np.exp(-density / DENSITY))


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("radius", [1.1, 2.9, 6.5])
def test_area_is_that_of_the_disc_for_every_marker(marker: str, radius: float) -> None:
    density = stamp(np.array([[15.3, 14.8]]), sprites(marker, radius, 0.5), HEIGHT, WIDTH)
    area = opacity_of(density).sum() / 0.5
    # Sprites are polygons: the circle has 48 corners, scaled to the disc's area.
    assert area == pytest.approx(np.pi * radius**2, rel=2e-3)


@fixed
@given(st.sampled_from(sorted(MARKERS)), st.floats(10, 20), st.floats(10, 20), st.floats(0.8, 5))
def test_centroid_is_within_a_phase_of_a_sixteenth_of_a_pixel(
    marker: str, x: float, y: float, radius: float
) -> None:
    covered = opacity_of(stamp(np.array([[x, y]]), sprites(marker, radius, 0.8), HEIGHT, WIDTH))
    rows, columns = np.indices(covered.shape) + 0.5
    total = covered.sum()
    assert (covered * columns).sum() / total == pytest.approx(x, abs=1 / 16 + 0.06 / radius)
    assert (covered * rows).sum() / total == pytest.approx(y, abs=1 / 16 + 0.06 / radius)


@pytest.mark.parametrize("count", [1, 2, 5, 40])
@pytest.mark.parametrize("opacity", [0.1, 0.3, 0.9])
def test_equal_dots_over_each_other(count: int, opacity: float) -> None:
    at = np.full((count, 2), 12.4)
    covered = opacity_of(stamp(at, sprites("circle", 4.0, opacity), HEIGHT, WIDTH))
    # 1 − (1 − a)ᴺ; the density of one dot is rounded to 1/4096.
    assert covered.max() == pytest.approx(1 - (1 - opacity) ** count, abs=count / DENSITY)
    once = stamp(at[:1], sprites("circle", 4.0, opacity), HEIGHT, WIDTH)
    many = stamp(at, sprites("circle", 4.0, opacity), HEIGHT, WIDTH)
    np.testing.assert_array_equal(many, count * once)


@fixed
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_the_order_of_dots_does_not_matter(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    at = rng.uniform(-5, 40, (count, 2))
    sprite = sprites("star", 3.3, 0.7)
    a = stamp(at, sprite, HEIGHT, WIDTH)
    np.testing.assert_array_equal(a, stamp(at[rng.permutation(count)], sprite, HEIGHT, WIDTH))
    np.testing.assert_array_equal(a, np.rint(a))
    assert a.min() >= 0


@pytest.mark.parametrize("marker", MARKERS)
def test_clipping_is_cropping_a_larger_picture(marker: str) -> None:
    rng = np.random.default_rng(3)
    at = rng.uniform(-9, 43, (300, 2))
    sprite = sprites(marker, 3.7, 0.9)
    small = stamp(at, sprite, HEIGHT, WIDTH)
    large = stamp(at + 16, sprite, HEIGHT + 32, WIDTH + 32)
    np.testing.assert_array_equal(small, large[16 : 16 + HEIGHT, 16 : 16 + WIDTH])


def test_a_dot_that_moves_by_a_whole_pixel_is_the_same_picture() -> None:
    sprite = sprites("triangle", 2.9, 0.97)
    a = stamp(np.array([[10.3, 9.6]]), sprite, HEIGHT, WIDTH)
    b = stamp(np.array([[13.3, 11.6]]), sprite, HEIGHT, WIDTH)
    np.testing.assert_array_equal(a[2:20, 2:20], b[4:22, 5:23])


def test_markers_are_all_different_and_every_class_has_one() -> None:
    pictures = {
        stamp(np.array([[15.0, 15.0]]), sprites(m, 5.0, 0.9), HEIGHT, WIDTH).tobytes()
        for m in MARKERS
    }
    assert len(pictures) == len(MARKERS)
    dark = THEMES["dark"]
    assert [marker_of(c, dark) for c in range(len(MARKERS))] == list(MARKERS)
    assert marker_of(len(MARKERS), dark) == marker_of(0, dark)


def painted(at: Floats, labels: Ints, theme: str = "dark") -> Canvas:
    canvas = np.full((3, HEIGHT, WIDTH), 100.0, dtype=np.float32)
    paint_dots(canvas, at, labels, 1.0, THEMES[theme])
    return canvas


@pytest.mark.parametrize("theme", THEMES)
def test_a_painted_dot_is_filled_with_its_class_and_ringed_with_the_outline(theme: str) -> None:
    look = THEMES[theme]
    canvas = painted(np.array([[15.5, 14.5]]), np.array([1]), theme)
    inside = OPACITY * np.array(look.classes[1]) + (1 - OPACITY) * np.array(look.outline)
    np.testing.assert_allclose(canvas[:, 14, 15], inside, atol=4)
    # The square of class 1 reaches √π/2 · 2.9 = 2.57 pixels; the ring is a pixel around it.
    ring = canvas[:, 14, 12]
    to_ring = np.abs(ring - np.array(look.outline)).sum()
    assert to_ring < np.abs(ring - np.array(look.classes[1])).sum()
    np.testing.assert_array_equal(canvas[:, 0, 0], 100)


def test_painting_does_not_depend_on_the_order_of_the_data() -> None:
    rng = np.random.default_rng(0)
    at, labels = rng.uniform(0, 30, (50, 2)), rng.integers(0, 3, 50)
    order = rng.permutation(50)
    np.testing.assert_array_equal(painted(at, labels), painted(at[order], labels[order]))


def test_no_dots_and_dots_outside_leave_the_canvas_alone() -> None:
    none = np.empty((0, 2))
    np.testing.assert_array_equal(painted(none, np.empty(0, dtype=np.int64)), 100)
    far = np.array([[-300.0, 10.0], [900.0, 10.0]])
    np.testing.assert_array_equal(painted(far, np.array([0, 1])), 100)


@pytest.mark.parametrize("classes", [5, 40])
def test_many_classes_are_laid_as_few_are(classes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one or at once: the same picture, and the same memory for any number of classes."""
    rng = np.random.default_rng(classes)
    flat = rng.uniform(-5, 95, (300, 2))
    labels = rng.integers(0, classes, 300)
    theme = with_classes(THEMES["dark"], classes)
    drawn = []
    for many in (2, 100):
        monkeypatch.setattr("warpviz.picture.marks.dots.MANY", many)
        canvas = np.full((3, 80, 90), 30.0, dtype=np.float32)
        paint_dots(canvas, flat, labels, 1.0, theme)
        drawn.append(canvas)
    np.testing.assert_array_equal(drawn[0], drawn[1])
