from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats, snap
from warpviz.picture.raster.area import fill

fixed = settings(derandomize=True, deadline=None, max_examples=60)
HEIGHT, WIDTH = 20, 26


def coverage(corners: Floats, height: int = HEIGHT, width: int = WIDTH) -> Floats:
    """Of one polygon (n, 2): signed, (height, width)."""
    end = np.roll(corners, -1, axis=0)
    covered: Floats = fill(corners, end, np.ones((1, len(corners))), height, width)[0]
    return covered


def shoelace(corners: Floats) -> float:
    x, y = corners.T
    return float(0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))


def clipped(corners: Floats, axis: int, limit: float, keep_above: bool) -> Floats:
    """A polygon's part on one side of a straight line (Sutherland and Hodgman)."""
    sign = 1.0 if keep_above else -1.0
    kept: list[Floats] = []
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        da, db = sign * (a[axis] - limit), sign * (b[axis] - limit)
        if da >= 0:
            kept.append(a)
        if da * db < 0:
            kept.append(a + (b - a) * da / (da - db))
    return np.array(kept).reshape(-1, 2)


def area_in_pixel(corners: Floats, row: int, column: int) -> float:
    for axis, low in ((0, column), (1, row)):
        corners = clipped(corners, axis, low, True)
        corners = clipped(corners, axis, low + 1, False)
        if len(corners) < 3:
            return 0.0
    return abs(shoelace(corners))


def polygon(seed: int, corners: int, low: float = 0.5, high: float = 19.5) -> Floats:
    """A star-shaped polygon inside a square."""
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, corners))
    radius = rng.uniform(0.1, 0.5, corners) * (high - low)
    middle = (low + high) / 2
    return np.asarray(middle + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))


seeds = st.integers(0, 10**6)


@fixed
@given(seeds, st.integers(3, 12))
def test_area_is_the_shoelace_formula_to_a_thousandth_of_a_pixel(seed: int, corners: int) -> None:
    shape = polygon(seed, corners)
    covered = coverage(shape)
    assert abs(abs(covered.sum()) - abs(shoelace(shape))) < 1e-3
    assert np.abs(covered).max() <= 1 + 1e-5


@settings(fixed, max_examples=15)
@given(seeds, st.integers(3, 9))
def test_every_pixel_holds_its_own_part_of_the_area(seed: int, corners: int) -> None:
    shape = polygon(seed, corners)
    covered = np.abs(coverage(shape))
    for row in range(HEIGHT):
        for column in range(WIDTH):
            expected = area_in_pixel(shape, row, column)
            assert covered[row, column] == pytest.approx(expected, abs=1e-3), (row, column)


def test_half_covered_pixels_are_exact() -> None:
    box = np.array([[2.5, 3.0], [6.5, 3.0], [6.5, 5.25], [2.5, 5.25]])
    covered = np.abs(coverage(box, 8, 9))
    expected = np.zeros((8, 9))
    expected[3:5, 2:7] = [0.5, 1, 1, 1, 0.5]
    expected[5, 2:7] = np.array([0.5, 1, 1, 1, 0.5]) / 4
    np.testing.assert_array_equal(covered, expected)
    half = np.abs(coverage(np.array([[1.0, 1.0], [4.0, 1.0], [1.0, 4.0]]), 6, 6))
    assert [half[1, 3], half[2, 2], half[3, 1]] == [0.5, 0.5, 0.5]
    assert half.sum() == 4.5


def test_the_sign_tells_the_side_and_reversal_only_turns_it() -> None:
    shape = polygon(5, 7)
    np.testing.assert_array_equal(coverage(shape), -coverage(shape[::-1]))
    # Below an edge that runs to the right is inside, y downwards.
    assert coverage(np.array([[2.0, 2.0], [9.0, 2.0], [9.0, 9.0]])).sum() > 0


@fixed
@given(seeds, st.integers(3, 9))
def test_values_are_multiples_of_the_unit_so_that_sums_are_exact(seed: int, corners: int) -> None:
    scaled = coverage(polygon(seed, corners)) * 2.0**20
    np.testing.assert_array_equal(scaled, np.rint(scaled))


def warped_lattice(seed: int, cells: int) -> Floats:
    """(cells + 1, cells + 1, 2): a bent sheet without folds, inside the picture."""
    rng = np.random.default_rng(seed)
    grid = np.stack(np.meshgrid(*[np.linspace(0, 1, cells + 1)] * 2), axis=-1)
    bend = 0.3 / cells * rng.uniform(-1, 1, grid.shape)
    turn = rng.uniform(0, 2 * np.pi)
    c, s = np.cos(turn), np.sin(turn)
    moved: Floats = (grid - 0.5 + bend) @ np.array([[c, s], [-s, c]]) * 12
    return np.asarray(moved + np.array([WIDTH / 2, HEIGHT / 2]))


def rims(lattice: Floats) -> tuple[list[Floats], Floats]:
    """All cells' corners, and the outline of them all."""
    size = len(lattice)
    cells = [
        np.array([lattice[i, j], lattice[i, j + 1], lattice[i + 1, j + 1], lattice[i + 1, j]])
        for i in range(size - 1)
        for j in range(size - 1)
    ]
    outline = np.concatenate(
        [lattice[0, :-1], lattice[:-1, -1], lattice[-1, :0:-1], lattice[:0:-1, 0]]
    )
    return cells, outline


@fixed
@given(seeds, st.integers(1, 6))
def test_no_seams_a_sheet_of_cells_is_the_same_as_one_polygon(seed: int, cells: int) -> None:
    parts, outline = rims(warped_lattice(seed, cells))
    start = np.concatenate(parts)
    end = np.concatenate([np.roll(part, -1, axis=0) for part in parts])
    together = fill(start, end, np.ones((1, len(start))), HEIGHT, WIDTH)[0]
    np.testing.assert_array_equal(together, coverage(outline))


@fixed
@given(seeds)
def test_edges_visited_once_with_the_difference_of_both_sides_give_the_same(seed: int) -> None:
    left, right = np.array([[3.0, 3.0], [9.0, 4.0], [8.0, 12.0], [2.0, 11.0]]), None
    rng = np.random.default_rng(seed)
    left = left + rng.uniform(-0.9, 0.9, left.shape)
    right = np.array([left[1], [16.0, 5.0], [15.0, 13.0], left[2]])
    values = rng.integers(1, 100, 2)
    apart = values[0] * coverage(left) + values[1] * coverage(right)
    start = np.array([left[0], left[1], left[2], left[3], right[0], right[1], right[2]])
    end = np.array([left[1], left[2], left[3], left[0], right[1], right[2], right[3]])
    weight = values[[0, 0, 0, 0, 1, 1, 1]].astype(float)
    weight[1] -= values[1]
    np.testing.assert_array_equal(fill(start, end, weight[None], HEIGHT, WIDTH)[0], apart)


@pytest.mark.parametrize("sheets", [2, 3, 17])
def test_sheets_over_each_other_are_as_often_as_dense(sheets: int) -> None:
    shape = polygon(11, 6)
    many = np.concatenate([shape] * sheets)
    end = np.concatenate([np.roll(shape, -1, axis=0)] * sheets)
    together = fill(many, end, np.ones((1, len(many))), HEIGHT, WIDTH)[0]
    np.testing.assert_array_equal(together, sheets * coverage(shape))


def test_a_folded_back_part_adds_when_multiplied_by_its_orientation() -> None:
    # A strip from x = 2 to 12, folded back over itself to x = 5.
    there = np.array([[2.0, 4.0], [12.0, 4.0], [12.0, 9.0], [2.0, 9.0]])
    back = np.array([[12.0, 4.0], [5.0, 4.0], [5.0, 9.0], [12.0, 9.0]])
    start = np.concatenate([there, back])
    end = np.concatenate([np.roll(there, -1, axis=0), np.roll(back, -1, axis=0)])
    plain = fill(start, end, np.ones((1, 8)), HEIGHT, WIDTH)[0]
    signs = np.repeat(np.sign([shoelace(there), shoelace(back)]), 4)
    added = fill(start, end, signs[None], HEIGHT, WIDTH)[0]
    assert plain[6, 8] == 0
    assert added[6, 8] == 2
    assert added[6, 3] == 1


@fixed
@given(seeds, st.integers(3, 9), seeds)
def test_the_order_of_edges_does_not_matter(seed: int, corners: int, shuffle: int) -> None:
    shape = polygon(seed, corners)
    end = np.roll(shape, -1, axis=0)
    values = np.random.default_rng(seed).integers(-5000, 5000, (3, corners)).astype(float)
    order = np.random.default_rng(shuffle).permutation(corners)
    a = fill(shape, end, values, HEIGHT, WIDTH)
    b = fill(shape[order], end[order], values[:, order], HEIGHT, WIDTH)
    np.testing.assert_array_equal(a, b)


@fixed
@given(seeds, st.integers(3, 9))
def test_clipping_is_cropping_a_larger_picture(seed: int, corners: int) -> None:
    shape = polygon(seed, corners, low=-9.0, high=29.0)
    large = coverage(shape + 16, HEIGHT + 32, WIDTH + 32)
    cropped = large[16 : 16 + HEIGHT, 16 : 16 + WIDTH]
    np.testing.assert_allclose(coverage(shape), cropped, rtol=0, atol=1e-5)


@pytest.mark.parametrize("away", [(-40.0, 0.0), (40.0, 0.0), (0.0, -40.0), (0.0, 40.0)])
def test_what_is_wholly_outside_covers_nothing(away: tuple[float, float]) -> None:
    assert not coverage(polygon(3, 5) + away).any()


def test_channels_are_independent() -> None:
    shape = polygon(8, 6)
    end = np.roll(shape, -1, axis=0)
    values = np.array([[1.0], [7.0], [-3.0]]) * np.ones((3, 6))
    together = fill(shape, end, values, HEIGHT, WIDTH)
    for channel, value in enumerate((1, 7, -3)):
        np.testing.assert_array_equal(together[channel], value * coverage(shape))


def test_degenerate_polygons_cover_nothing() -> None:
    point = np.full((4, 2), 5.3)
    line = np.array([[2.0, 2.0], [15.0, 11.0], [15.0, 11.0], [2.0, 2.0]])
    upright = np.array([[4.25, 2.0], [4.25, 12.0], [4.25, 7.0]])
    for shape in (point, line, upright):
        assert not coverage(shape).any()


def test_snap_rounds_to_its_unit() -> None:
    values = np.random.default_rng(0).uniform(-4000, 4000, 1000)
    assert np.abs(snap(values) - values).max() <= 2.0**-21
    np.testing.assert_array_equal(snap(snap(values)), snap(values))


def test_a_long_edge_equals_its_parts() -> None:
    ends = np.array([[1.25, 2.5], [23.75, 17.5]])
    stops = ends[0] + np.linspace(0, 1, 9)[:, None] * (ends[1] - ends[0])
    whole = coverage(np.array([*ends, [1.25, 17.5]]))
    parts = coverage(np.array([*stops, [1.25, 17.5]]))
    assert all(b[0] > a[0] for a, b in pairwise(stops))
    np.testing.assert_allclose(whole, parts, rtol=0, atol=1e-5)
