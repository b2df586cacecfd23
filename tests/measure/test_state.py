import json
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.errors import WarpvizError
from warpviz.measure.probe import fit_probe
from warpviz.measure.state import (
    Measures,
    fisher_ratio,
    linear_r_squared,
    measure,
    r_squared,
)


def clouds(distance: float, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Two crosses of variance spread²/2 on each axis, their centres `distance` apart."""
    cross = spread * np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    return np.vstack([cross, cross + np.array([distance, 0])]), np.repeat([0, 1], 4)


@pytest.mark.parametrize("spread", [1e-3, 1.0, 7.0])
def test_fisher_ratio_of_two_crosses(spread: float) -> None:
    # S_W = spread²/2 · I and S_B = (distance/2)² along the first axis.
    assert fisher_ratio(*clouds(6.0, spread)) == pytest.approx(18 / spread**2, rel=1e-12)


def test_fisher_ratio_of_a_discriminant_analysis() -> None:
    discriminant = pytest.importorskip("sklearn.discriminant_analysis")
    rng = np.random.default_rng(0)
    states, labels = rng.normal(size=(120, 4)), rng.integers(0, 3, size=120)
    states[labels == 1] += [1, 2, 0, 0]
    fit = discriminant.LinearDiscriminantAnalysis(solver="eigen").fit(states, labels)
    # On the discriminant axes the scatter within the classes is the identity.
    z = fit.transform(states)
    groups = [z[labels == c] for c in range(3)]
    within = sum(len(g) * g.var(axis=0) for g in groups)
    between = sum(len(g) * (g.mean(axis=0) - z.mean(axis=0)) ** 2 for g in groups)
    assert fisher_ratio(states, labels) == pytest.approx(np.sum(between / within), rel=1e-9)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(seed=st.integers(0, 10**6), width=st.integers(1, 4))
def test_fisher_ratio_survives_every_affine_map(seed: int, width: int) -> None:
    rng = np.random.default_rng(seed)
    states, labels = rng.normal(size=(40, width)), np.arange(40) % 3
    turn, _ = np.linalg.qr(rng.normal(size=(width, width)))
    moved = states @ (turn * rng.uniform(0.5, 2, size=width)) + rng.normal(size=width)
    assert fisher_ratio(moved, labels) == pytest.approx(fisher_ratio(states, labels), rel=1e-9)


def test_fisher_ratio_leaves_out_directions_without_spread() -> None:
    states, labels = clouds(6.0, 1.0)
    # A third axis that parts the classes but has next to no spread within them.
    for spread, expected in ((0, 18.0), (1e-6, 18.0), (1e-2, 18.0 + 0.25 / 1e-4)):
        third = labels + spread * np.array([1, 1, -1, -1, 1, 1, -1, -1])
        found = fisher_ratio(np.column_stack([states, third]), labels)
        assert found == pytest.approx(expected)


@pytest.mark.parametrize("factor", [1e-250, 1e250])
def test_fisher_ratio_has_no_unit(factor: float) -> None:
    states, labels = clouds(6.0, 1.0)
    assert fisher_ratio(states * factor, labels) == pytest.approx(18)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e-300])
def test_fisher_ratio_is_undefined_where_no_class_has_spread(value: float) -> None:
    labels = np.array([0, 0, 0, 1, 1, 1, 1])
    assert fisher_ratio(np.full((7, 3), value), labels) is None
    assert fisher_ratio(np.column_stack([labels * 0.1, labels * 0.7]) + value, labels) is None


def test_fisher_ratio_is_undefined_for_one_class() -> None:
    assert fisher_ratio(np.arange(6.0)[:, None], np.zeros(6, dtype=np.int64)) is None


def test_all_measures_of_a_state_are_plain_values() -> None:
    states, labels = clouds(6.0, 1.0)
    found = measure(
        states,
        labels,
        jacobians=np.array([2 * np.eye(2), np.zeros((2, 2))]),
        areas=np.array([3.0, 1.0]),
        regions=5,
        overlap=1.5,
    ).as_dict()
    assert json.loads(json.dumps(found, allow_nan=False)) == {
        "accuracy": 1.0,
        "separable": True,
        "fisher": pytest.approx(18),
        "r_squared": None,
        "area_factor": pytest.approx(4.0),
        "collapsed": 0.25,
        "regions": 5,
        "affine_pieces": None,
        "overlap": 1.5,
    }


def test_a_state_that_is_one_point_has_measures_without_infinity() -> None:
    labels = np.array([0] * 3 + [1] * 5)
    found = measure(np.zeros((8, 3)), labels, jacobians=np.zeros((1, 3, 2)), areas=np.ones(1))
    assert found == Measures(accuracy=0.625, separable=False, collapsed=1.0)


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_measures_refuse_what_json_cannot_say(value: float) -> None:
    with pytest.raises(WarpvizError, match="finite fisher or None"):
        Measures(fisher=value)


def test_measures_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Measures().accuracy = 1.0  # type: ignore[misc]


@settings(derandomize=True, deadline=None, max_examples=30)
@given(
    seed=st.integers(0, 10**6), width=st.integers(1, 5), factor=st.sampled_from([1e-200, 1, 1e200])
)
def test_r_squared_is_scikit_learns(seed: int, width: int, factor: float) -> None:
    scores = pytest.importorskip("sklearn.metrics")
    linear = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(seed)
    states, targets = rng.normal(size=(40, width)), rng.normal(size=40) + 3.0
    targets += states[:, 0]
    said = targets + rng.normal(size=40) + rng.uniform(-5, 5)
    expected = scores.r2_score(targets, said)
    assert r_squared(targets * factor, said * factor) == pytest.approx(expected, rel=1e-9)
    fit = linear.LinearRegression().fit(states, targets)
    found = linear_r_squared(states * [1e3, *[1.0] * (width - 1)], targets * factor)
    assert found == pytest.approx(fit.score(states, targets), abs=1e-9)


def test_a_model_that_is_off_by_a_constant_is_wrong() -> None:
    targets = np.array([0.0, 1.0, 2.0, 3.0])
    # 1 − 4·100²/5
    assert r_squared(targets, targets + 100.0) == pytest.approx(-7999.0)
    assert np.isfinite(r_squared(targets, targets + 1e300))


def test_of_a_regression_no_class_is_measured() -> None:
    states = np.column_stack([np.arange(4.0), [0.0, 1.0, 0.0, 1.0]])
    found = measure(states, np.array([0, 0, 1, 1]), targets=np.arange(4.0))
    assert (found.accuracy, found.separable, found.fisher) == (None, None, None)
    assert found.r_squared == pytest.approx(1.0)
    assert measure(np.ones((4, 2)), np.zeros(4, int), targets=np.arange(4.0)).r_squared == 0.0


def test_what_is_proved_to_be_separable_is_all_right() -> None:
    # One point in a thousand, so near to the others that the ridge keeps the fit away from it.
    states = np.concatenate([np.linspace(-1, 0, 1000), [1e-6]])[:, None]
    labels = np.array([0] * 1000 + [1])
    assert fit_probe(states, labels).accuracy < 1.0
    assert measure(states, labels).accuracy == 1.0


@pytest.mark.parametrize("size", [1e-170, 1.0, 1e170])
def test_area_factors_of_any_size_are_finite(size: float) -> None:
    found = measure(
        *clouds(1.0, 1.0), jacobians=np.array([[[size, 0], [0, 3 * size]]]), areas=np.ones(1)
    )
    expected = {1e-170: 0.0, 1.0: 3.0, 1e170: None}[size]
    assert found.area_factor == (None if expected is None else pytest.approx(expected))
