import numpy as np
import pytest
from sklearn.decomposition import PCA  # type: ignore[import-untyped]

from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.geometry.plane import around, checked, checked_plane, on_plane, plane_of
from warpviz.model import mlp

X = np.random.default_rng(0).normal(size=(40, 5)) * [3.0, 0.1, 2.0, 0.2, 0.1] + 7


def test_the_plane_of_data_is_that_of_its_principal_axes() -> None:
    data = Dataset(X, np.arange(40) % 2)
    plane = plane_of(data)
    assert plane is not None
    theirs = PCA(2).fit(X)
    np.testing.assert_allclose(plane[0], theirs.mean_)
    np.testing.assert_allclose(np.abs(plane[1].T), np.abs(theirs.components_), atol=1e-12)
    # The sign of an axis is settled by its largest part.
    largest = np.abs(plane[1]).argmax(axis=0)
    assert (plane[1][largest, [0, 1]] > 0).all()
    flipped = plane_of(Dataset(-X, np.arange(40) % 2))
    assert flipped is not None
    np.testing.assert_allclose(flipped[1], plane[1], atol=1e-12)
    np.testing.assert_allclose(np.abs(on_plane(X, plane)), np.abs(theirs.transform(X)))
    assert plane_of(Dataset(X[:, :2], np.arange(40) % 2)) is None


def test_places_on_a_slanted_plane_are_found_again() -> None:
    rng = np.random.default_rng(1)
    plane, flat = (rng.normal(size=4), rng.normal(size=(4, 2))), rng.normal(size=(9, 2))
    np.testing.assert_allclose(on_plane(plane[0] + flat @ plane[1].T, plane), flat)
    assert on_plane(flat, plane) is flat and on_plane(flat, None) is flat


def test_a_margin_of_a_twentieth_on_each_side() -> None:
    assert around(np.array([[0.0, -1.0], [2.0, 3.0]])) == pytest.approx((-0.1, 2.1, -1.2, 3.2))
    x0, x1, y0, y1 = around(np.zeros((3, 2)))
    assert x0 < 0 < x1 and y0 < 0 < y1


def test_planes_and_limits_are_checked() -> None:
    origin, axes = checked_plane(mlp([2, 3, 2], "relu"), None)
    assert origin.tolist() == [0, 0] and axes.tolist() == [[1, 0], [0, 1]]
    with pytest.raises(WarpvizError, match="chain of 2 features, got 3; give plane="):
        checked_plane(mlp([3, 3, 2], "relu"), None)
    for plane in ((np.zeros(2), np.zeros((3, 2))), (np.zeros(3), np.zeros((2, 3)))):
        with pytest.raises(WarpvizError, match=r"origin of shape \(3,\) and axes of shape"):
            checked_plane(mlp([3, 3, 2], "relu"), plane)
    assert checked((0.0, 1.0, 2.0, 3.0)) == (0.0, 1.0, 2.0, 3.0)
    bad = [(1.0, 1.0, 0.0, 1.0), (0.0, 1.0, 1.0, 1.0), (0.0, np.inf, 0.0, 1.0)]
    for limits in bad:
        with pytest.raises(WarpvizError, match="Limits expect x0 < x1 and y0 < y1"):
            checked(limits)


def test_limits_whose_squares_would_overflow_are_refused() -> None:
    assert checked((-1e60, 1e60, 0.0, 1.0)) == (-1e60, 1e60, 0.0, 1.0)
    with pytest.raises(WarpvizError, match=r"Limits expect numbers up to 1e\+60, got -1e\+300,"):
        checked((-1e300, 1e300, 0.0, 1.0))
