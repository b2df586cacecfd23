"""The best line, against every line through two points in whole numbers, and against fits."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Ints
from warpviz.data import load_data
from warpviz.errors import WarpvizError
from warpviz.measure.best_line import best_cut
from warpviz.measure.probe import fit_probe
from warpviz.measure.separability import separate


def by_all_lines(points: Ints, labels: Ints) -> int:
    """How many the best line gets right, by whole numbers: the line through each two places.

    Near such a line are those that turn about a place between two of its points: what is on the
    line is then parted into a beginning and an end.
    """
    places = sorted(set(map(tuple, points.tolist())))
    weights = {place: 0 for place in places}
    for place, label in zip(map(tuple, points.tolist()), labels.tolist(), strict=True):
        weights[place] += 2 * label - 1
    zeros, ones = int(np.sum(labels == 0)), int(np.sum(labels == 1))
    best = max(zeros, ones)
    for a, b in combinations(places, 2):
        along = (b[0] - a[0], b[1] - a[1])
        side = {p: along[0] * (p[1] - a[1]) - along[1] * (p[0] - a[0]) for p in places}
        above = sum(weights[p] for p in places if side[p] > 0)
        on = sorted(
            (p for p in places if side[p] == 0),
            key=lambda p: along[0] * p[0] + along[1] * p[1],
        )
        for cut in range(len(on) + 1):
            for part in (on[:cut], on[cut:]):
                gain = above + sum(weights[p] for p in part)
                best = max(best, zeros + gain, ones - gain)
    return best


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 1)), min_size=2, max_size=14
    ).filter(lambda rows: len({label for *_, label in rows}) == 2),
    st.sampled_from([1, 7, 10**6]),
)
@settings(derandomize=True, deadline=None, max_examples=150)
def test_no_line_gets_more_and_one_gets_as_many(
    rows: list[tuple[int, int, int]], stretch: int
) -> None:
    table = np.array(rows)
    points, labels = table[:, :2], table[:, 2]
    right = by_all_lines(points, labels)
    turn = np.array([[0.6, -0.8, 0.1], [0.8, 0.6, -2.0]])
    for states in (points * 1.0, points * [1.0, stretch] + 3.0, points @ turn):
        found = best_cut(states, labels)
        assert found is not None
        assert found == (right / len(labels), True)
        assert separate(states, labels).separable == (found.share == 1.0)


@given(st.integers(0, 10**6), st.integers(2, 40))
@settings(derandomize=True, deadline=None, max_examples=40)
def test_of_points_in_general(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    points, labels = rng.integers(-(10**6), 10**6, size=(count, 2)), np.arange(count) % 2
    places = np.asarray(points * 1e-6, dtype=np.float64)
    found = best_cut(places, labels)
    assert found is not None
    assert round(found.share * count) == by_all_lines(points, labels)
    assert found.share >= fit_probe(places, labels).accuracy


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "least"), [("rings", 0.698), ("xor", 0.705), ("moons", 0.88), ("circles", 0.6)]
)
def test_on_known_data_no_fit_does_better(name: str, least: float) -> None:
    svm = pytest.importorskip("sklearn.svm")
    linear = pytest.importorskip("sklearn.linear_model")
    data = load_data(name, n=600)
    found = best_cut(data.x, data.y)
    assert found is not None and found.exact
    for fit in (svm.LinearSVC(), linear.LogisticRegression(), linear.Perceptron()):
        assert found.share >= fit.fit(data.x, data.y).score(data.x, data.y)
    whole = load_data(name)
    all_points = best_cut(whole.x, whole.y)
    assert all_points is not None and all_points.share >= least


def test_of_many_points_some_lines_are_tried() -> None:
    data = load_data("rings", n=600)
    found, exact = best_cut(data.x, data.y, most=20_000), best_cut(data.x, data.y)
    assert found is not None and exact is not None and not found.exact
    assert exact.share - 0.02 <= found.share <= exact.share


def test_on_a_line_and_in_a_point_and_in_space() -> None:
    labels = np.array([0, 1, 1, 0, 1])
    line = np.arange(5.0)[:, None]
    assert best_cut(line, labels) == (0.8, True)
    assert best_cut(line * [[1.0, -3.0, 2.0]] + 5.0, labels) == (0.8, True)
    assert best_cut(np.zeros((5, 3)), labels) == (0.6, True)
    assert best_cut(np.random.default_rng(0).normal(size=(5, 3)), labels) is None
    assert best_cut(line, np.arange(5) % 3) is None
    with pytest.raises(WarpvizError, match="labels of shape"):
        best_cut(line, labels[1:])


@pytest.mark.parametrize("seed", range(12))
def test_of_a_few_places_the_best_line_is_that_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 4, (10, 2))
    labels = np.where(rng.permutation(10) < 2 + seed % 7, 0, 1)
    states = points * [1.0, 3.0] + 0.5
    found = best_cut(np.asarray(states, dtype=np.float64), labels)
    assert found is not None and found.exact
    assert round(10 * found.share, 9) == by_all_lines(points, labels)
    # Either class may be on either side.
    other = best_cut(np.asarray(-points, dtype=np.float64), 1 - labels)
    assert other is not None and other.share == pytest.approx(found.share)
