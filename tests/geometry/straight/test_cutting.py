"""Cuts tile the plane."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.geometry.nets import UNIT, assert_tiles, cut
from warpviz.arrays import Floats
from warpviz.geometry.straight.cutting import Split, split
from warpviz.geometry.straight.polygons import Polygons, rectangle


def area_above(done: Split) -> float:
    return float(done.polygons.areas()[done.sides > 0].sum())


def test_a_diagonal_makes_two_triangles_without_new_vertices() -> None:
    done = cut(rectangle(UNIT), 1.0, -1.0, 0.0)
    assert done.polygons.areas() == pytest.approx([2.0, 2.0])
    assert len(done.polygons.points) == 4
    assert np.diff(done.polygons.offsets).tolist() == [3, 3]
    assert done.sides.tolist() == [1, -1] and done.parents.tolist() == [0, 0]


@pytest.mark.parametrize("line", [(1.0, 0.0, -1.0), (1.0, 1.0, -2.0), (0.0, 1.0, 3.0)])
def test_a_line_that_only_touches_cuts_nothing(line: tuple[float, float, float]) -> None:
    done = cut(rectangle(UNIT), *line)
    assert len(done.polygons) == 1 and abs(done.sides[0]) == 1


def test_a_value_that_is_zero_throughout_cuts_nothing_and_says_so() -> None:
    done = cut(rectangle(UNIT, 3), 0.0, 0.0, 0.0)
    assert len(done.polygons) == 9 and not done.sides.any()


@pytest.mark.parametrize("off", [0.0, 1e-16, -1e-14, 3e-13])
def test_a_line_along_grid_lines_or_through_corners_splits_off_no_slivers(off: float) -> None:
    for line in [(1.0, 0.0, off), (1.0, 1.0, off), (1.0, 2.0, 0.5 + off)]:
        done = cut(rectangle(UNIT, 4), *line)
        assert done.polygons.areas().min() > 1e-3
        assert_tiles(done.polygons.points, done.polygons.corners, done.polygons.offsets, UNIT)


@examples(50)
@given(st.floats(0, 2 * np.pi), st.floats(-1.2, 1.2), st.integers(1, 9))
def test_graph_paper_is_cut_like_one_sheet(angle: float, off: float, cells: int) -> None:
    line = (np.cos(angle), np.sin(angle), off)
    done = cut(rectangle(UNIT, cells), *line)
    assert_tiles(done.polygons.points, done.polygons.corners, done.polygons.offsets, UNIT)
    assert area_above(done) == pytest.approx(area_above(cut(rectangle(UNIT), *line)), abs=1e-10)
    assert area_above(done) == pytest.approx(half_plane_area(*line), abs=1e-9)


def half_plane_area(a: float, b: float, c: float) -> float:
    """Area of a x + b y + c > 0 in the unit limits: heights, integrated between their bends."""
    if abs(b) < abs(a):
        a, b = b, a

    def height(x: Floats) -> Floats:
        top = np.clip(-(a * x + c) / b, -1.0, 1.0)
        return 1.0 - top if b > 0 else top + 1.0

    bends = [-1.0, 1.0]
    if a != 0:
        with np.errstate(over="ignore"):
            bends += np.clip([(-c - b) / a, (-c + b) / a], -1.0, 1.0).tolist()
    x = np.sort(bends)
    return float(np.sum(np.diff(x) * (height(x[:-1]) + height(x[1:])) / 2))


@examples(30)
@given(st.integers(0, 1000), st.integers(1, 12))
def test_lines_through_one_point_make_twice_as_many_sectors(seed: int, lines: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-0.5, 0.5, 2)
    polygons = rectangle(UNIT)
    for angle in (np.arange(lines) + rng.uniform(0.1, 0.9, lines)) * np.pi / lines:
        a, b = np.cos(angle), np.sin(angle)
        polygons = cut(polygons, a, b, -(a * x + b * y)).polygons
    assert len(polygons) == 2 * lines
    assert_tiles(polygons.points, polygons.corners, polygons.offsets, UNIT)


def test_two_neighbouring_corners_near_the_line_belong_to_one_side_each() -> None:
    tiny = 3e-13
    points = np.array([[-1, -1], [1, -1], [1, -tiny], [1, tiny], [1, 1], [-1, 1]])
    for turn in range(6):
        corners = np.roll(np.arange(6), turn)
        done = cut(Polygons(points, corners, np.array([0, 6])), 0.0, 1.0, 0.0)
        assert done.polygons.areas() == pytest.approx([2.0, 2.0])
        assert_tiles(done.polygons.points, done.polygons.corners, done.polygons.offsets, UNIT)


@pytest.mark.parametrize("z", [[1, -1e-3, 2e-3, -1], [1e-3, -1, 1, -1], [-1e-3, 1, -1e-3, 1]])
def test_values_that_are_not_quite_affine_still_tile(z: list[float]) -> None:
    done = split(rectangle(UNIT), np.array(z)[[0, 1, 3, 2]], np.ones(1), close=1e-12)
    assert done.polygons.areas().min() > 0
    assert_tiles(done.polygons.points, done.polygons.corners, done.polygons.offsets, UNIT)


def test_further_quantities_are_carried_to_new_vertices() -> None:
    square = rectangle(UNIT)
    plane = square.points @ np.array([2.0, -3.0]) + 1.0
    carrying = Polygons(np.column_stack([square.points, plane]), square.corners, square.offsets)
    points = cut(carrying, 1.0, 0.3, 0.1).polygons.points
    assert points[:, 2] == pytest.approx(points[:, :2] @ [2.0, -3.0] + 1.0, abs=1e-14)
