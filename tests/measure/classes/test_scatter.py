import numpy as np
import pytest
from scipy.linalg import eigh  # type: ignore[import-untyped]
from sklearn.discriminant_analysis import (  # type: ignore[import-untyped]
    LinearDiscriminantAnalysis,
)

from warpviz.measure.classes.scatter import class_means, collapse, fuzziness
from warpviz.measure.state import fisher_ratio


def three_classes(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = np.repeat([2, 5, 9], [20, 30, 50])
    return rng.normal(size=(100, 4)) + 3 * np.eye(4)[labels % 3 + labels // 9], labels


def scatters(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """SS_w and SS_b as He & Su write them, sum by sum."""
    within, between = np.zeros((2, x.shape[1], x.shape[1]))
    for label in np.unique(y):
        own = x[y == label]
        for row in own - own.mean(axis=0):
            within += np.outer(row, row) / len(x)
        away = own.mean(axis=0) - x.mean(axis=0)
        between += len(own) / len(x) * np.outer(away, away)
    return within, between


def test_fuzziness_of_four_points() -> None:
    x, y = np.array([[0.0], [2.0], [10.0], [12.0]]), np.array([0, 0, 1, 1])
    assert fuzziness(x, y) == pytest.approx(0.04, rel=1e-14)
    assert collapse(x, y) == pytest.approx(0.04 / 2, rel=1e-14)


def test_fuzziness_is_the_trace_of_the_definition() -> None:
    x, y = three_classes()
    within, between = scatters(x, y)
    expected = np.trace(within @ np.linalg.pinv(between, rcond=1e-10))
    assert fuzziness(x, y) == pytest.approx(expected, rel=1e-12)


def test_collapse_weighs_classes_equally_and_fuzziness_points() -> None:
    x, y = three_classes()
    means = np.array([x[y == label].mean(axis=0) for label in np.unique(y)])
    within = np.mean([np.cov(x[y == label].T, bias=True) for label in np.unique(y)], axis=0)
    between = np.cov(means.T, bias=True)
    expected = np.trace(within @ np.linalg.pinv(between, rcond=1e-10)) / 3
    assert collapse(x, y) == pytest.approx(expected, rel=1e-12)
    even = np.concatenate([np.flatnonzero(y == label)[:20] for label in np.unique(y)])
    separated = fuzziness(x[even], y[even])
    assert separated is not None
    assert collapse(x[even], y[even]) == pytest.approx(separated / 3, rel=1e-12)


def test_fisher_against_discriminant_analysis() -> None:
    x, y = three_classes()
    within, between = scatters(x, y)
    assert fisher_ratio(x, y) == pytest.approx(eigh(between, within, eigvals_only=True).sum())
    # In scikit-learn's coordinates the scatter within classes is the same in every direction.
    seen = LinearDiscriminantAnalysis().fit(x, y).transform(x)
    inside, apart = scatters(seen, y)
    np.testing.assert_allclose(inside, inside[0, 0] * np.eye(2), atol=1e-12)
    assert fisher_ratio(x, y) == pytest.approx(np.trace(apart) / inside[0, 0], rel=1e-9)


def test_no_turn_and_no_scale_changes_anything() -> None:
    x, y = three_classes()
    turned = 1e200 * (x @ np.linalg.qr(np.random.default_rng(1).normal(size=(4, 4)))[0])
    for measured in (fuzziness, collapse):
        assert measured(turned, y) == pytest.approx(measured(x, y), rel=1e-11)
        assert measured(x * 1e-200, y) == pytest.approx(measured(x, y), rel=1e-11)


def test_what_is_undefined_is_none() -> None:
    x, y = three_classes()
    for measured in (fuzziness, collapse):
        assert measured(x, np.zeros(100, dtype=int)) is None
        assert measured(np.ones((100, 4)), y) is None
        assert measured(np.full((100, 4), 1e300), y) is None
        assert measured(np.array([[1.0]]), np.array([0])) is None
        # Both classes around one mean.
        assert measured(np.array([[1.0], [-1.0], [2.0], [-2.0]]), np.array([0, 0, 1, 1])) is None
        assert measured(np.eye(3), np.arange(3)) == 0.0
    assert class_means(x, np.zeros(100, dtype=int)) is None
