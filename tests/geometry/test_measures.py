import json
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.errors import WarpvizError
from warpviz.geometry.measures import Measures, fisher_ratio, measure


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
        "area_factor": pytest.approx(np.log(4)),
        "collapsed": 0.25,
        "regions": 5,
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
