# mypy: disable-error-code="import-untyped"
"""Whatever is affine before a model of scikit-learn: its own transform is the oracle."""

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA, FactorAnalysis, FastICA, TruncatedSVD
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import SelectKBest, VarianceThreshold
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    MinMaxScaler,
    RobustScaler,
    StandardScaler,
)
from sklearn.random_projection import GaussianRandomProjection

import warpviz as wv
from tests.convert.linear.fitted import data

pytestmark = pytest.mark.filterwarnings(
    f"ignore::{ConvergenceWarning.__module__}.ConvergenceWarning"
)


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


def test_columns_by_their_names() -> None:
    x, y = data(2, 3)
    frame = pd.DataFrame(x, columns=["a", "b", "c"])
    columns = ColumnTransformer([("scaled", StandardScaler(), ["c", "a"])])
    model = make_pipeline(columns, LogisticRegression()).fit(frame, y)
    np.testing.assert_allclose(wv.to_chain(model)(x), model.predict_proba(frame), atol=1e-9)
