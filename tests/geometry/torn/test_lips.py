"""Paths beside tears, and lines with further vertices, by closed forms."""

from itertools import pairwise

import numpy as np
import pytest

from tests.geometry.nets import dense
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.geometry.creased import final_lines
from warpviz.geometry.curve import curve_for, line_of
from warpviz.geometry.curved.hidden import _near, hidden_lines
from warpviz.geometry.fitting import WANDERING, layer_creases
from warpviz.geometry.folds import _evenly, _too_dense, fold_points
from warpviz.geometry.plane import plane_of, plane_through
from warpviz.geometry.sheet import Polyline, Sheet
from warpviz.geometry.straight.sides import Sides
from warpviz.geometry.straight.winners import Lines, compact, together
from warpviz.geometry.tears import _finer, _lips, _pieces, _runs, _torn_lines
from warpviz.model import ACTIVATIONS, Activation, Chain, Softmax, mlp


def test_lips_are_a_hair_to_both_sides() -> None:
    left, right = _lips(np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 3.0]]), 0.1)
    slant = 0.1 * np.sqrt(0.5)
    np.testing.assert_allclose(left, [[0, 0.1], [2 - slant, slant], [1.9, 3]])
    np.testing.assert_allclose(right, [[0, -0.1], [2 + slant, -slant], [2.1, 3]])
    # Where a path turns back there is no side.
    np.testing.assert_allclose(_lips(np.array([[0.0, 0], [1, 0], [0, 0]]), 0.1)[0][1], [1, 0])


def test_a_tear_is_looked_at_in_eighths() -> None:
    found = _finer(np.array([[0.0, 0.0], [1.0, 2.0], [1.0, 3.0]]))
    np.testing.assert_allclose(found[:9], np.linspace([0, 0], [1, 2], 9))
    np.testing.assert_allclose(found[8:], np.linspace([1, 2], [1, 3], 9))


def test_runs_are_what_is_kept_side_by_side() -> None:
    kept = np.array([True, True, False, True, False, False, True, True])
    assert [run.tolist() for run in _runs(kept)] == [[0, 1], [3], [6, 7]]
    assert not _runs(np.zeros(3, dtype=bool))


def test_a_path_is_cut_a_hair_before_and_behind_each_jump() -> None:
    steps = Chain([dense([[1.0, 0.0], [1.0, 0.0]], [-0.25, -0.8], "step")])
    path = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    found = list(_pieces(path, Sides(steps, None)))
    ends = [(piece[0, 0], piece[-1, 0]) for piece in found]
    np.testing.assert_allclose(ends, [(0, 0.25), (0.25, 0.8), (0.8, 1.0)], atol=1e-8)
    assert all(a[1] < b[0] for a, b in pairwise(ends))
    assert found[-1][-1].tolist() == [1.0, 1.0] and len(found[-1]) == 3
    above = [Sides(steps, None).of(piece)[0] for piece in found]
    assert [set(map(tuple, each.tolist())) for each in above] == [
        {(False, False)}, {(True, False)}, {(True, True)}
    ]  # fmt: skip


def test_a_vertex_that_is_there_twice_is_there_once() -> None:
    steps = Chain([dense([[1.0, 0.0]], [-0.5], "step"), dense([[1.0], [-1.0]], [0, 0])])
    path = np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 1.0], [1.0, 1.0]])
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    lines = (Polyline(np.arange(4), "grid"), Polyline(np.array([1, 0]), "grid"))
    sheet = Sheet(np.vstack([path, corners]), np.arange(4, 8), np.array([0, 4]), lines)
    found = [each for _, each in _torn_lines(sheet, Sides(steps, None), False)]
    assert [len(each) for each in found] == [2, 2]
    np.testing.assert_allclose([found[0][0], found[1][-1]], [[0, 0], [1, 1]])


def test_refined_lines_have_equal_parts_and_keep_what_they_are() -> None:
    places = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.2]])
    lines = Lines(places, (Polyline(np.array([0, 1, 2]), "crease", 3, 4),), 5)
    fine = lines.refined(0.3)
    (line,) = fine.polylines
    path = fine.vertices[line.vertices]
    want = np.array([(0.0, 0.0), (0.25, 0), (0.5, 0), (0.75, 0), (1, 0), (1, 0.2)])
    np.testing.assert_allclose(path, want)
    assert (line.kind, line.layer, line.unit, fine.unsure) == ("crease", 3, 4, 5)
    assert len(lines.refined(0.25).vertices) == 3 + 3 and len(lines.refined(9.0).vertices) == 3
    more = lines.joined([np.ones((2, 2)), np.zeros((3, 2))])
    assert [each.vertices.tolist() for each in more.polylines] == [[0, 1, 2], [3, 4], [5, 6, 7]]
    assert [each.kind for each in more.polylines[1:]] == ["boundary"] * 2 and more.unsure == 5
    both = together([lines, fine, lines])
    assert both.unsure == 15 and len(both.vertices) == 3 + 6 + 3
    np.testing.assert_array_equal(both.vertices[both.polylines[2].vertices], places)
    few = compact(np.eye(9, 2), (Polyline(np.array([7, 2, 7]), "crease", 1, 2),))
    assert few.polylines[0].vertices.tolist() == [1, 0, 1] and len(few.vertices) == 2


def test_creases_before_something_smooth_are_bent_further() -> None:
    relu, smooth = dense([[1.0, 0.5]], [0.1], "relu"), Activation("tanh")
    limits = (-1.0, 3.0, -1.0, 3.0)
    for chain, least, most in (
        (Chain([relu]), 1.0, 9.0), (Chain([relu, smooth]), 4 / 64, 4 / 32)
    ):  # fmt: skip
        lines = final_lines(chain, limits, boundary=False)
        steps = [np.diff(lines.vertices[line.vertices], axis=0) for line in lines.polylines]
        lengths = np.hypot(*np.concatenate(steps).T)
        assert least <= lengths.max() <= most


def test_a_line_has_384_pieces_before_it_bends() -> None:
    flat = curve_for(Chain([dense([[2.0]], [1.0])]), 0.0, 3.0)
    np.testing.assert_allclose(flat.vertices[:, 0], np.linspace(0, 3, 385))
    own = {"mean": np.array([10.0]), "scale": np.array([2.0])}
    data = Dataset(np.array([[0.0], [4.0]]), np.array([0, 1]), **own)  # type: ignore[arg-type]
    assert line_of(data, None) == pytest.approx((-0.2, 4.2))
    assert line_of(data, (8.0, 20.0, 0.0, 1.0)) == (-1.0, 5.0)
    point = Dataset(np.array([[3.0], [3.0]]), np.array([0, 1]))
    low, high = line_of(point, None)
    assert low < 3 < high and high - low == pytest.approx(1e-10, rel=0.1)


@pytest.mark.parametrize("units", [WANDERING, WANDERING + 1])
def test_folds_of_few_units_are_drawn_while_they_form(units: int) -> None:
    chain = mlp([2, units, 2], "gelu", seed=1).logits().split()
    lines = layer_creases(chain, 1, (-2.0, 2.0, -2.0, 2.0), None)
    forming = [line for line in lines.polylines if line.times is not None]
    assert bool(forming) == (units == 8) == (units <= WANDERING)
    before = chain[:1]
    for line in forming[:: max(len(forming) // 6, 1)]:
        begin, end = line.times or (0, 0)
        # The moments of a film: smoothstep at twentieths.
        moments = [t**2 * (3 - 2 * t) for t in np.arange(1, 20) / 20]
        (now,) = [t for t in moments if begin <= t < end]
        z = before(lines.vertices[line.vertices])[:, line.unit]
        folds = fold_points(ACTIVATIONS["gelu"], now)
        assert np.abs(z[:, None] - folds).min(axis=1).max() < 1e-3


def test_some_of_many_folds_lie_evenly_among_all() -> None:
    levels = [np.arange(3.0), np.zeros(0), np.arange(10.0, 17.0)]
    every = _evenly(levels, 10)
    assert every == [*((0, float(v)) for v in range(3)), *((2, float(v)) for v in range(10, 17))]
    assert _evenly(levels, 4) == [(0, 0.0), (2, 10.0), (2, 13.0), (2, 16.0)]
    assert _evenly([np.zeros(0)], 4) == []


def test_lines_are_dense_by_the_squares_that_they_cross() -> None:
    x, y = np.meshgrid(np.arange(5.0), np.arange(5.0))
    values = np.column_stack([x.ravel(), (x + y).ravel()])
    # x = 1.5 crosses four squares, x + y = 2.5 five.
    levels = [np.array([1.5]), np.array([2.5])]
    for most, dense_enough in ((9, False), (8, True)):
        assert _too_dense(values, levels, 4, most) == dense_enough
    assert _too_dense(values, levels, 4, 1) and not _too_dense(values[:, :1], [np.zeros(0)], 4, 1)


def test_squares_beside_a_line_are_near_it() -> None:
    labels = np.zeros((6, 6), dtype=np.int64)
    labels[0, 0] = 1
    detail = np.ones((5, 5), dtype=np.int64)
    detail[4, 4] = 2
    want = np.zeros((5, 5), dtype=bool)
    want[:2, :2] = want[3:, 3:] = True
    np.testing.assert_array_equal(_near(labels, detail), want)
    chain = Chain([Softmax(), dense(np.eye(2), [0, 0])])
    found = hidden_lines(chain, (0.0, 1.0, 0.0, 1.0), (np.zeros(2), np.eye(2)), 6, labels)
    assert found.unsure == 36 and (found.detail == 1).all()


def test_a_plane_is_chosen_by_two_features_or_by_axes() -> None:
    x = np.arange(12.0).reshape(4, 3)
    data = Dataset(x, np.array([0, 1, 0, 1]), feature_names=("a", "b", "c"))
    for chosen in ((2, 0), ("c", "a"), ["c", 0]):
        plane = plane_through(data, chosen)
        assert plane is not None
        assert plane[0].tolist() == [0.0, 5.5, 0.0]
        assert plane[1].tolist() == [[0, 1], [0, 0], [1, 0]]
    own = plane_through(data, (np.ones(3), np.eye(3, 2)))
    assert own is not None and own[0].tolist() == [1, 1, 1] and own[1].shape == (3, 2)
    assert plane_through(data, None) is None
    flat = np.outer(np.arange(1.0, 4.0), [1.0, 2.0])
    for wrong in (
        (0, 0), (0, 3), (-1, 1), ("a", "d"), ("a", "a"), (0,), (0, 1, 2), "ab",
        (np.ones(2), np.eye(3, 2)), (np.ones(3), np.eye(2)), (np.ones(3), flat),
        (np.array([1, np.nan, 0]), np.eye(3, 2)), ("a", 1.5),
    ):  # fmt: skip
        with pytest.raises(WarpvizError, match=r"two of 3 features, such as \(0, 1\), or an"):
            plane_through(data, wrong)
    with pytest.raises(WarpvizError, match="expects two features or more, got 1"):
        plane_of(Dataset(x[:, :1], np.array([0, 1, 0, 1])))
