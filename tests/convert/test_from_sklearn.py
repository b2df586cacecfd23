# mypy: disable-error-code="import-untyped"
"""scikit-learn's own intermediate outputs are the oracle."""

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.cross_decomposition import PLSRegression
from sklearn.decomposition import PCA, FactorAnalysis, FastICA, TruncatedSVD
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import SelectKBest, VarianceThreshold
from sklearn.frozen import FrozenEstimator
from sklearn.impute import SimpleImputer
from sklearn.linear_model import (
    BayesianRidge,
    HuberRegressor,
    Lasso,
    LinearRegression,
    LogisticRegression,
    Perceptron,
    RANSACRegressor,
    Ridge,
    RidgeClassifier,
    SGDClassifier,
    SGDRegressor,
)
from sklearn.model_selection import GridSearchCV, RandomizedSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.multioutput import MultiOutputRegressor
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import NearestCentroid
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    RobustScaler,
    StandardScaler,
)
from sklearn.random_projection import GaussianRandomProjection
from sklearn.svm import SVC, LinearSVC, LinearSVR

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


TRANSFORMERS = {
    "min max": MinMaxScaler(), "max abs": MaxAbsScaler(), "robust": RobustScaler(),
    "svd": TruncatedSVD(2), "ica": FastICA(2, random_state=0), "factors": FactorAnalysis(2),
    "nothing": FunctionTransformer(), "whole": SimpleImputer(), "some": SelectKBest(k=2),
    "spread": VarianceThreshold(1.5), "projected": GaussianRandomProjection(2, random_state=0),
    "both": FeatureUnion([("a", StandardScaler()), ("b", PCA(1))]),
    "columns": ColumnTransformer([("s", RobustScaler(), [2, 0]), ("m", MinMaxScaler(), [3])],
                                 remainder="passthrough"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRANSFORMERS)
def test_whatever_is_affine_before_a_model(name: str) -> None:
    x, y = data(3, 4)
    x = x + np.array([0, 1e6, 0, -30])  # one column is far from 0
    model = make_pipeline(
        TRANSFORMERS[name], MLPClassifier((3,), max_iter=5, random_state=0)
    ).fit(x, y)  # fmt: skip
    chain = wv.to_chain(model)
    np.testing.assert_allclose(chain[:1](x), model[:-1].transform(x), rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(chain(x), model.predict_proba(x), atol=1e-7)


CLASSIFIERS = {
    "logistic": LogisticRegression(), "ridge": RidgeClassifier(),
    "descent": SGDClassifier(random_state=0), "perceptron": Perceptron(),
    "descent of logs": SGDClassifier(loss="log_loss", random_state=0), "machine": LinearSVC(),
    "discriminant": LinearDiscriminantAnalysis(), "centroid": NearestCentroid(),
    "each": OneVsRestClassifier(LinearSVC()), "bayes": MultinomialNB(),
    "searched": RandomizedSearchCV(LogisticRegression(), {"C": [0.1, 1.0]}, n_iter=2),
    "grid": GridSearchCV(make_pipeline(StandardScaler(), LinearSVC()), {"linearsvc__C": [1, 2]}),
    "inside": make_pipeline(StandardScaler(), GridSearchCV(RidgeClassifier(), {"alpha": [1]})),
    "frozen": FrozenEstimator(LogisticRegression().fit(*data(2))),
}  # fmt: skip


@pytest.mark.parametrize("name", CLASSIFIERS)
@pytest.mark.parametrize("classes", [2, 3])
def test_every_linear_classifier(name: str, classes: int) -> None:
    x, y = data(classes)
    x = np.abs(x) if name == "bayes" else x
    model = CLASSIFIERS[name].fit(x, y)
    chain = wv.to_chain(model)
    here, there = model.classes_[chain(x).argmax(axis=1)], model.predict(x)
    np.testing.assert_array_equal(here, there)
    if hasattr(model, "predict_proba") and isinstance(chain[-1], wv.Softmax):
        np.testing.assert_allclose(chain(x), model.predict_proba(x), atol=1e-7)


def test_a_softmax_closes_the_chain_only_where_it_is_the_models() -> None:
    x, y = data(3)
    softmax, rest = LogisticRegression().fit(x, y), SGDClassifier(loss="log_loss").fit(x, y)
    assert isinstance(wv.to_chain(softmax)[-1], wv.Softmax) and len(wv.to_chain(rest)) == 1


REGRESSORS = {
    "squares": LinearRegression(), "lasso": Lasso(), "huber": HuberRegressor(),
    "ransac": RANSACRegressor(random_state=0), "bayes": BayesianRidge(), "machine": LinearSVR(),
    "partial": PLSRegression(1), "descent": make_pipeline(StandardScaler(), SGDRegressor()),
    "target": TransformedTargetRegressor(Ridge(), transformer=StandardScaler()),
    "network": TransformedTargetRegressor(
        MLPRegressor(hidden_layer_sizes=(3,), max_iter=20), transformer=StandardScaler()
    ),
    "several": MultiOutputRegressor(Ridge()),
}  # fmt: skip


@pytest.mark.parametrize("name", REGRESSORS)
def test_every_linear_regressor(name: str) -> None:
    x, _ = data(3)
    y = np.column_stack([x @ [2.0, -1.0] + 5, x[:, 0]]) if name == "several" else x @ [2, -1] + 5
    model = REGRESSORS[name].fit(x, y)
    there = model.predict(x).reshape(len(x), -1)
    np.testing.assert_allclose(wv.to_chain(model)(x), there, rtol=1e-7, atol=1e-7)


def test_columns_by_their_names() -> None:
    x, y = data(2, 3)
    frame = pd.DataFrame(x, columns=["a", "b", "c"])
    columns = ColumnTransformer([("scaled", StandardScaler(), ["c", "a"])])
    model = make_pipeline(columns, LogisticRegression()).fit(frame, y)
    np.testing.assert_allclose(wv.to_chain(model)(x), model.predict_proba(frame), atol=1e-9)


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
