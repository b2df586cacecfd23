import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.measure.probe import DENSE_HESSIAN, contrasts, fit_probe, standardise


def noisy_state(seed: int, n: int, width: int, classes: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    states = rng.normal(size=(n, width))
    votes = states @ rng.normal(size=(width, classes)) + rng.normal(size=(n, classes))
    labels = np.argmax(votes, axis=1)
    labels[:classes] = np.arange(classes)
    return states, labels


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(("classes", "width"), [(2, 1), (2, 3), (3, 2), (5, 6), (10, 20)])
def test_agrees_with_the_logistic_regression_of_scikit_learn(classes: int, width: int) -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    n, ridge = 300, 1e-2
    states, labels = noisy_state(classes, n, width, classes)
    probe = fit_probe(states, labels, ridge=ridge)
    # Two classes there share one weight vector w = w_1 − w_0, so that ‖W‖² here is ½‖w‖².
    strength = (0.5 if classes == 2 else 1.0) * ridge * n
    oracle = linear_model.LogisticRegression(C=1 / strength, tol=1e-10, max_iter=10_000)
    standard = (states - states.mean(axis=0)) / states.std(axis=0)
    oracle.fit(standard, labels)
    assert probe.accuracy == oracle.score(standard, labels)
    scores = probe.scores(states)
    ours = np.exp(scores - scores.max(axis=1, keepdims=True))
    ours /= ours.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(ours, oracle.predict_proba(standard), atol=1e-5)
    theirs = oracle.predict_proba(standard)[np.arange(n), labels]
    penalty = 0.5 * strength / n * np.sum(oracle.coef_**2)
    assert probe.loss == pytest.approx(penalty - np.mean(np.log(theirs)), abs=1e-9)


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_the_gradient_of_the_loss_vanishes(classes: int) -> None:
    states, labels = noisy_state(7, 200, 3, classes)
    probe = fit_probe(states, labels, ridge=1e-3)
    scores = probe.scores(states)
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(200), labels] -= 1
    z = (states - states.mean(axis=0)) / states.std(axis=0)
    np.testing.assert_allclose(p.mean(axis=0), 0, atol=1e-7)
    gradient = p.T @ z / 200 + 1e-3 * probe.weight * states.std(axis=0)
    np.testing.assert_allclose(gradient, 0, atol=1e-7)


def test_the_iterative_steps_agree_with_the_dense_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    states, labels = noisy_state(3, 150, 6, 4)
    dense = fit_probe(states, labels)
    assert 3 * 7 < DENSE_HESSIAN
    monkeypatch.setattr("warpviz.measure.probe.DENSE_HESSIAN", 0)
    iterative = fit_probe(states, labels)
    assert iterative.loss == pytest.approx(dense.loss, abs=1e-9)
    assert iterative.accuracy == dense.accuracy


def test_separable_classes_stay_bounded_and_are_told_apart() -> None:
    states = np.linspace(-1, 1, 40)[:, None] * [1.0, -2.0]
    labels = (states[:, 0] > 0).astype(np.int64)
    probe = fit_probe(states, labels)
    assert probe.accuracy == 1
    assert np.all(np.abs(probe.weight) < 1e3)


def test_labels_may_be_any_integers_and_their_order_does_not_matter() -> None:
    states, labels = noisy_state(5, 90, 2, 3)
    names = np.array([40, -3, 7])
    probe = fit_probe(states, names[labels])
    assert probe.classes.tolist() == [-3, 7, 40]
    assert probe.accuracy == fit_probe(states, labels).accuracy


def test_a_collapsed_state_tells_only_the_larger_class() -> None:
    probe = fit_probe(np.full((10, 3), 0.1), np.array([0] * 3 + [1] * 7))
    assert probe.accuracy == 0.7
    assert np.all(probe.weight == 0)


def test_one_class_is_always_right() -> None:
    assert fit_probe(np.ones((4, 2)), np.zeros(4, dtype=np.int64)).accuracy == 1


@pytest.mark.parametrize("factor", [1e-250, 1e-9, 1e9, 1e250])
def test_units_do_not_matter(factor: float) -> None:
    states, labels = noisy_state(2, 100, 3, 3)
    scaled = fit_probe(states * [1.0, factor, 1.0], labels)
    assert scaled.loss == pytest.approx(fit_probe(states, labels).loss, abs=1e-10)


def test_columns_are_standardised_and_rounding_noise_is_constant() -> None:
    rng = np.random.default_rng(0)
    states = np.column_stack([rng.normal(5, 3, 50), 1e6 + 1e-9 * rng.normal(size=50)])
    z, centre, scale = standardise(states)
    np.testing.assert_allclose([z[:, 0].mean(), z[:, 0].std()], [0, 1], atol=1e-12)
    assert np.all(z[:, 1] == 0)
    assert np.isinf(scale[1])
    np.testing.assert_allclose(z[:, 0] * scale[0] + centre[0], states[:, 0])


@pytest.mark.parametrize("count", [1, 2, 5])
def test_contrasts_are_orthonormal_and_sum_to_nothing(count: int) -> None:
    basis = contrasts(count)
    np.testing.assert_allclose(basis.T @ basis, np.eye(count - 1), atol=1e-15)
    np.testing.assert_allclose(basis.sum(axis=0), 0, atol=1e-15)


@pytest.mark.parametrize(
    ("states", "labels", "message"),
    [
        (np.ones(3), np.ones(3), r"states of shape \(N, D\), got \(3,\)"),
        (np.ones((0, 2)), np.ones(0), r"states of shape \(N, D\), got \(0, 2\)"),
        (np.ones((3, 2)), np.ones(2), r"labels of shape \(3,\), got \(2,\)"),
        (np.full((2, 2), np.nan), np.ones(2), "finite states"),
    ],
)
def test_bad_arguments_say_what_was_expected(
    states: np.ndarray, labels: np.ndarray, message: str
) -> None:
    with pytest.raises(WarpvizError, match=message):
        fit_probe(states, labels)
