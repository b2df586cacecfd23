import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors  # type: ignore[import-untyped]

from warpviz.measure.classes.dimension import nearest_two, two_nn


@pytest.mark.parametrize("width", [1, 3, 20])
def test_neighbours_are_those_of_scikit_learn(width: int) -> None:
    points = np.random.default_rng(0).normal(size=(700, width))
    expected = NearestNeighbors(n_neighbors=3).fit(points).kneighbors(points)[0]
    np.testing.assert_allclose(np.stack(nearest_two(points), axis=1), expected[:, 1:], rtol=1e-12)


@pytest.mark.parametrize("dimension", [1, 2, 5])
def test_the_dimension_of_a_torus_that_lies_in_more(dimension: int) -> None:
    # A torus has no rim, where points would lack neighbours on one side. The slope has a standard
    # error of about d / √N.
    angles = np.random.default_rng(1).uniform(0, 2 * np.pi, (1500, dimension))
    torus = np.hstack([np.cos(angles), np.sin(angles)])
    found = two_nn(torus)
    assert found is not None
    assert found == pytest.approx(dimension, abs=4 * dimension / np.sqrt(1500))
    assert two_nn(np.vstack([torus, torus[:300]]) * 1e180) == pytest.approx(found, rel=1e-9)


def test_the_line_through_points_of_the_law_itself() -> None:
    # Pairs so far from one another that a third point is the second neighbour of both: r₁ = 1 and
    # r₂ = μ with F(μ) = 1 − μ⁻³ exactly, on a line.
    mu = (1 - np.arange(1, 41) / 41.0) ** (-1 / 3)
    starts = 1e4 * np.arange(40)
    points = np.concatenate([starts, starts + 1.0, starts + 1.0 + mu])[:, None]
    # Of the three of a triple, the ends have r₂/r₁ = 1 + μ and (1 + μ)/μ; all three are in the fit.
    ratios = np.sort(np.concatenate([mu, 1 + mu, (1 + mu) / mu]))
    kept = int(0.9 * len(ratios))
    x, y = np.log(ratios[:kept]), -np.log(1 - np.arange(1, kept + 1) / len(ratios))
    assert two_nn(points) == pytest.approx((x @ y) / (x @ x), rel=1e-6)


def test_what_has_no_dimension_is_none() -> None:
    assert two_nn(np.ones((50, 2))) is None
    assert two_nn(np.repeat(np.arange(9.0), 9)[:, None]) is None
    lattice = np.stack(np.meshgrid(np.arange(8.0), np.arange(8.0)), axis=-1).reshape(-1, 2)
    assert two_nn(lattice) is None
