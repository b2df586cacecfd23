import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.errors import WarpvizError
from warpviz.geometry.sheet import graph_paper
from warpviz.measure.stretch import cell_jacobians, log_area_factor, stretches, weighted_median


@settings(derandomize=True, deadline=None, max_examples=50)
@given(seed=st.integers(0, 10**6), width=st.integers(1, 9), power=st.integers(-200, 200))
def test_stretches_are_the_singular_values(seed: int, width: int, power: int) -> None:
    jacobians = np.random.default_rng(seed).normal(size=(20, width, 2)) * 10.0**power
    larger, smaller = stretches(jacobians)
    expected = np.zeros((20, 2))
    expected[:, : min(width, 2)] = np.linalg.svd(jacobians, compute_uv=False)
    np.testing.assert_allclose(larger, expected[:, 0], rtol=1e-12)
    np.testing.assert_allclose(smaller, expected[:, 1], atol=1e-15 * 10 * expected[:, 0].max())


@pytest.mark.parametrize(
    "matrix",
    [[[2.0, 1.0], [0.0, 3.0]], [[0.0, -1.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0], [2.0, 2.0]]],
)
def test_area_factor_of_a_linear_map_over_a_whole_sheet(matrix: list[list[float]]) -> None:
    m = np.array(matrix)
    sheet = graph_paper(cells=4)
    jacobians, areas = cell_jacobians(
        sheet.vertices, sheet.vertices @ m.T + 5, sheet.corners, sheet.offsets
    )
    np.testing.assert_allclose(jacobians, np.broadcast_to(m, jacobians.shape), atol=1e-12)
    assert areas.sum() == pytest.approx(2.2**2)
    median, collapsed = log_area_factor(jacobians, areas)
    assert median == pytest.approx(0.5 * np.log(np.linalg.det(m.T @ m)), abs=1e-12)
    assert collapsed == 0


def test_a_relu_of_both_axes_collapses_three_quarters() -> None:
    sheet = graph_paper((-1, 1, -1, 1), cells=4)
    jacobians, areas = cell_jacobians(
        sheet.vertices, np.maximum(sheet.vertices, 0), sheet.corners, sheet.offsets
    )
    median, collapsed = log_area_factor(jacobians, areas)
    assert median == pytest.approx(0, abs=1e-12)
    assert collapsed == pytest.approx(0.75)


def test_rounding_of_a_rank_one_map_is_no_area() -> None:
    rng = np.random.default_rng(0)
    jacobians = rng.normal(size=(50, 3, 1)) @ rng.normal(size=(50, 1, 2))
    assert log_area_factor(jacobians, np.ones(50)) == (None, 1.0)


def test_the_median_counts_area_not_pieces() -> None:
    jacobians = np.array([1.0, 2.0, 3.0])[:, None, None] * np.eye(2)
    median, _ = log_area_factor(jacobians, np.array([1.0, 1.0, 5.0]))
    assert median == pytest.approx(2 * np.log(3))


def test_no_area_has_no_measure() -> None:
    assert log_area_factor(np.empty((0, 3, 2)), np.empty(0)) == (None, None)
    assert log_area_factor(np.ones((2, 3, 2)), np.zeros(2)) == (None, None)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 4)), min_size=1, max_size=12))
def test_weighted_median_is_the_median_of_repeated_values(pairs: list[tuple[int, int]]) -> None:
    values, weights = np.array(pairs).T
    expected = np.median(np.repeat(values, weights))
    assert weighted_median(values.astype(float), weights / 7) == expected


def test_a_cell_without_area_has_no_slope() -> None:
    line = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]])
    jacobians, areas = cell_jacobians(line, line, np.array([0, 1, 2]), np.array([0, 3]))
    assert np.all(jacobians == 0)
    assert areas == pytest.approx(0)


def test_bad_arguments_say_what_was_expected() -> None:
    with pytest.raises(WarpvizError, match=r"Jacobians \(R, D, 2\), got \(3, 2\)"):
        stretches(np.ones((3, 2)))
    with pytest.raises(WarpvizError, match="2 finite areas of at least 0"):
        log_area_factor(np.ones((2, 3, 2)), np.array([1.0, -1.0]))


def test_the_unit_of_area_does_not_matter_to_the_median() -> None:
    values, weights = np.array([3.0, 1.0, 2.0, 7.0]), np.array([0.1, 0.2, 0.3, 0.6])
    # Half of the weight lies up to 3 and half beyond, but for rounding.
    for unit in (1e-9, 1.0, 1e9):
        assert weighted_median(values, unit * weights) == 5.0
