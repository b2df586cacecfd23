import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.nets import UNIT, assert_tiles, centroids
from warpviz.arrays import Floats, Ints
from warpviz.geometry.sheet import Polyline
from warpviz.geometry.straight.polygons import Polygons, rectangle
from warpviz.geometry.straight.winners import Lines, boundary_lines, by_winner, compact


def won(weight: Floats, bias: Floats, cells: int) -> tuple[Polygons, Ints]:
    """Graph paper cut by which of several affine functions is the largest."""
    paper = rectangle(UNIT, cells)
    logits = paper.points @ weight.T + bias
    points = np.hstack([paper.points, logits, np.abs(logits)])
    maps = np.repeat(weight.T[None], cells * cells, axis=0)
    polygons, _, winners = by_winner(Polygons(points, paper.corners, paper.offsets), maps)
    return polygons, winners


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 10), st.integers(1, 5))
def test_each_polygon_has_its_winner(seed: int, classes: int, cells: int) -> None:
    rng = np.random.default_rng(seed)
    weight, bias = rng.normal(size=(classes, 2)), 0.3 * rng.normal(size=classes)
    polygons, winners = won(weight, bias, cells)
    places = polygons.points[:, :2]
    assert_tiles(places, polygons.corners, polygons.offsets, UNIT)
    assert (winners == (centroids(places, polygons) @ weight.T + bias).argmax(axis=1)).all()
    logits = np.sort(places @ weight.T + bias, axis=1)
    for line in boundary_lines(polygons, winners):
        assert np.ptp(logits[line.vertices][:, -2:], axis=1) == pytest.approx(0.0, abs=1e-12)


def test_three_sectors_meet_in_one_vertex() -> None:
    angles = np.array([0.3, 0.3 + 2 * np.pi / 3, 0.3 + 4 * np.pi / 3])
    weight = np.column_stack([np.cos(angles), np.sin(angles)])
    polygons, winners = won(weight, -weight @ np.array([0.2, -0.1]), 1)
    lines = boundary_lines(polygons, winners)
    assert set(winners.tolist()) == {0, 1, 2} and len(lines) == 3
    shared = set.intersection(*(set(line.vertices.tolist()) for line in lines))
    assert polygons.points[list(shared), :2] == pytest.approx(np.array([[0.2, -0.1]]))


def test_equal_functions_have_no_boundary_and_the_first_wins() -> None:
    polygons, winners = won(np.ones((3, 2)), np.zeros(3), 2)
    assert len(polygons) == 4 and not winners.any()
    assert boundary_lines(polygons, winners) == ()


def test_refined_lines_are_the_same_lines() -> None:
    vertices = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.05]])
    lines = Lines(vertices, (Polyline(np.array([0, 1, 2]), "boundary", 3, 7),))
    refined = lines.refined(0.1)
    (line,) = refined.polylines
    path = refined.vertices[line.vertices]
    assert (line.kind, line.layer, line.unit) == ("boundary", 3, 7)
    assert path[:11] == pytest.approx(np.column_stack([np.arange(11) / 10, np.zeros(11)]))
    assert path[-1].tolist() == [1.0, 0.05] and len(path) == 12


def test_compacting_keeps_the_places() -> None:
    places = np.arange(10.0).reshape(5, 2)
    lines = compact(places, (Polyline(np.array([4, 1]), "boundary"),))
    assert lines.vertices.tolist() == [[2.0, 3.0], [8.0, 9.0]]
    assert lines.polylines[0].vertices.tolist() == [1, 0]
