"""scikit-learn's own intermediate outputs are the oracle."""

import numpy as np
import pytest
from sklearn.decomposition import PCA  # type: ignore[import-untyped]
from sklearn.ensemble import RandomForestClassifier  # type: ignore[import-untyped]
from sklearn.exceptions import ConvergenceWarning  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier, MLPRegressor  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import MinMaxScaler, StandardScaler  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.picture.scene import Scene

pytestmark = pytest.mark.filterwarnings(
    f"ignore::{ConvergenceWarning.__module__}.ConvergenceWarning"
)
RNG = np.random.default_rng(0)


def data(classes: int, features: int = 2) -> tuple[np.ndarray, np.ndarray]:
    x = RNG.normal(size=(120, features)) * (1 + np.arange(features)) + 3
    y = np.arange(120) % classes
    return x + 2 * y[:, None], y


def hidden_outputs(model, x: np.ndarray) -> list[np.ndarray]:  # type: ignore[no-untyped-def]
    """What scikit-learn itself computes, layer by layer."""
    found = [x] + [np.empty(0)] * (model.n_layers_ - 1)
    return list(model._forward_pass(found))


@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
@pytest.mark.parametrize("classes", [2, 3])
def test_every_state_of_a_network_is_its_own(activation: str, classes: int) -> None:
    x, y = data(classes)
    model = MLPClassifier((4, 3), activation=activation, max_iter=30, random_state=0).fit(x, y)
    before = [w.copy() for w in model.coefs_]
    chain = wv.to_chain(model)
    own, states = hidden_outputs(model, x), chain.states(x)
    for ours, theirs in zip(states[:3], own[:3], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(chain(x), model.predict_proba(x), rtol=1e-9, atol=1e-12)
    for now, then in zip(model.coefs_, before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_a_regressor() -> None:
    x, y = data(3)
    model = MLPRegressor(
        hidden_layer_sizes=(5,), activation="tanh", max_iter=30, random_state=0
    ).fit(x, y)
    np.testing.assert_allclose(wv.to_chain(model)(x)[:, 0], model.predict(x), rtol=1e-9)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("classes", [2, 3, 4])
def test_logistic_regression(classes: int) -> None:
    x, y = data(classes, 3)
    model = LogisticRegression().fit(x, y)
    np.testing.assert_allclose(wv.to_chain(model)(x), model.predict_proba(x), atol=1e-9)


@pytest.mark.parametrize("whiten", [False, True])
def test_scalers_and_projections_become_one_affine_layer(whiten: bool) -> None:
    x, y = data(3, 5)
    model = make_pipeline(
        StandardScaler(), PCA(2, whiten=whiten), StandardScaler(with_std=False),
        MLPClassifier((3,), max_iter=30, random_state=0),
    ).fit(x, y)  # fmt: skip
    chain = wv.to_chain(model)
    assert chain.widths[:2] == (5, 2)
    np.testing.assert_allclose(chain[:1](x), model[:-1].transform(x), atol=1e-9)
    np.testing.assert_allclose(chain(x), model.predict_proba(x), atol=1e-9)


@pytest.mark.slow
def test_a_fitted_model_is_filmed_on_its_own_labels() -> None:
    x, numbers = data(3)
    y = np.array(["ash", "birch", "cedar"])[numbers]
    model = make_pipeline(StandardScaler(), MLPClassifier((4,), max_iter=30, random_state=0)).fit(
        x, y
    )
    film = wv.animate(model, x, y, size=(240, 180))
    assert isinstance(film.scene, Scene)
    assert film.scene.class_names == ("ash", "birch", "cedar")
    both = wv.compare({"a": model, "b": wv.to_chain(model)}, x, y, size=(480, 240))
    assert isinstance(both.scene, Scene) and len(both.scene.panels) == 2


def test_several_labels_at_once_are_no_classes() -> None:
    x, y = data(2)
    model = MLPClassifier((2,), max_iter=5).fit(x, np.eye(2, dtype=int)[y])
    with pytest.raises(WarpvizError, match="several labels at once"):
        wv.to_chain(model)


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (MLPClassifier(), "expects a fitted MLPClassifier; call its fit"),
        (RandomForestClassifier(5).fit(*data(2)), "Cannot translate RandomForestClassifier"),
        (
            make_pipeline(MinMaxScaler(), LogisticRegression()).fit(*data(2)),
            r"Cannot translate MinMaxScaler \(step 'minmaxscaler' of the pipeline\)",
        ),
        (3.0, "expects a Chain or a model of PyTorch, Keras or scikit-learn, got float"),
    ],
)
def test_what_is_no_chain_is_named(model: object, says: str) -> None:
    with pytest.raises(WarpvizError, match=says):
        wv.to_chain(model)
