# mypy: disable-error-code="import-untyped"
"""Linear classifiers and regressors of scikit-learn: what they predict is the oracle."""

import numpy as np
import pytest
from sklearn.compose import TransformedTargetRegressor
from sklearn.cross_decomposition import PLSRegression
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning
from sklearn.frozen import FrozenEstimator
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
from sklearn.naive_bayes import MultinomialNB
from sklearn.neighbors import NearestCentroid
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC, LinearSVR

import warpviz as wv
from tests.convert.linear.fitted import data

pytestmark = pytest.mark.filterwarnings(
    f"ignore::{ConvergenceWarning.__module__}.ConvergenceWarning"
)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("classes", [2, 3, 4])
def test_logistic_regression(classes: int) -> None:
    x, y = data(classes, 3)
    model = LogisticRegression().fit(x, y)
    np.testing.assert_allclose(wv.to_chain(model)(x), model.predict_proba(x), atol=1e-9)


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
