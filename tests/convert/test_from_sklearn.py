# mypy: disable-error-code="import-untyped"
"""scikit-learn's own intermediate outputs are the oracle."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Lasso, LogisticRegression, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.svm import SVC

import warpviz as wv
from tests.convert.linear.fitted import data
from warpviz.errors import WarpvizError
from warpviz.picture.scene import Scene

pytestmark = pytest.mark.filterwarnings(
    f"ignore::{ConvergenceWarning.__module__}.ConvergenceWarning"
)


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
            make_pipeline(MinMaxScaler(clip=True), LogisticRegression()).fit(*data(2)),
            r"Cannot translate MinMaxScaler \(step 'minmaxscaler' of the pipeline\)",
        ),
        (
            make_pipeline(OneHotEncoder(handle_unknown="ignore"), LogisticRegression()).fit(
                *data(2)
            ),
            "OneHotEncoder .*no affine map of its features",
        ),
        (SVC().fit(*data(2)), r"SVC \(SVC\): what it tells is no affine map"),
        (
            SVC(kernel="linear").fit(*data(3)),
            r"each two of its 3 classes vote.* fit LinearSVC, or OneVsRestClassifier\(SVC\(",
        ),
        (Lasso(alpha=100.0).fit(*data(2)), r"Lasso \(Lasso\): its coefficients are all 0, so"),
        (GaussianNB().fit(*data(2)), "GaussianNB .*no affine map"),
        (DummyClassifier().fit(*data(2)), "DummyClassifier .*no affine map"),
        (
            GridSearchCV(SGDClassifier(), {"alpha": [1.0]}, refit=False).fit(*data(2)),
            "has not kept its best estimator; search with refit=True",
        ),
        (3.0, "expects a Chain or a model of PyTorch, Keras, scikit-learn or JAX, got float"),
    ],
)
def test_what_is_no_chain_is_named(model: object, says: str) -> None:
    with pytest.raises(WarpvizError, match=says):
        wv.to_chain(model)
