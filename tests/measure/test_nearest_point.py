"""SciPy's non-negative least squares is the oracle of the nearest point of a hull."""

import numpy as np
import pytest
from scipy.optimize import nnls  # type: ignore[import-untyped]

from warpviz.arrays import Floats, Ints
from warpviz.measure.nearest_point import nearest_point


def rows_of(points: Floats, index: Ints, classes: int) -> Floats:
    rows = []
    for point, own in zip(points, index, strict=True):
        for rival in set(range(classes)) - {int(own)}:
            a = np.zeros((classes, points.shape[1]))
            a[own], a[rival] = point, -point
            rows.append(a.ravel())
    return np.array(rows)


def distance(rows: Floats) -> float:
    """Of the hull of rows from 0: weights that are at least 0 and sum to 1."""
    heavy = 1e6
    weights, _ = nnls(
        np.vstack([rows.T, heavy * np.ones(len(rows))]), np.append(np.zeros(rows.shape[1]), heavy)
    )
    return float(np.linalg.norm(rows.T @ (weights / weights.sum())))


@pytest.mark.parametrize("classes", [2, 3, 4])
@pytest.mark.parametrize("apart", [0.0, 6.0])
def test_a_direction_or_a_combination_that_is_nil(classes: int, apart: float) -> None:
    rng = np.random.default_rng(classes)
    index = np.arange(24) % classes
    turn = 2 * np.pi * index / classes
    centres = np.column_stack([np.cos(turn), np.sin(turn), np.zeros(24)])
    points = rng.normal(size=(24, 3)) + apart * centres
    points[:, 2] = 1.0
    rows = rows_of(points, index, classes)
    found = nearest_point(points, index, np.zeros((classes, 3)), 1e-9)
    nearest = distance(rows)
    assert found.apart == (apart > 0) == (nearest > 1e-3)
    if found.apart:
        # The direction leads for every row, by nearly as much as can be.
        unit = found.direction.ravel() / np.linalg.norm(found.direction)
        assert (rows @ unit).min() > 0.5 * nearest
        assert np.linalg.norm(found.direction) < 2 * nearest
    if len(found.points):
        assert found.weights.min() > 0 and found.weights.sum() == pytest.approx(1)
        total = np.zeros((classes, 3))
        for i, j, weight in zip(found.points, found.rivals, found.weights, strict=True):
            total[index[i]] += weight * points[i]
            total[j] -= weight * points[i]
        np.testing.assert_allclose(total, found.direction, atol=1e-9)


def test_a_good_guess_is_enough_and_one_class_has_no_rival() -> None:
    points, index = np.array([[-1.0, 1.0], [1.0, 1.0]]), np.array([0, 1])
    guess = np.array([[-1.0, 0.0], [1.0, 0.0]])
    found = nearest_point(points, index, guess, 1e-9)
    assert found.apart and found.direction is guess and len(found.points) == 0
    alone = nearest_point(points, np.zeros(2, dtype=np.int64), np.zeros((1, 2)), 1e-9)
    assert alone.apart and len(alone.weights) == 0
