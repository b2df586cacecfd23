"""The estimator passes scikit-learn's own checks."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.figure
import numpy as np
import pytest
from sklearn.base import clone  # type: ignore[import-untyped]
from sklearn.datasets import load_iris, make_moons  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import cross_val_score  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]
from sklearn.utils.estimator_checks import (  # type: ignore[import-untyped]
    estimator_checks_generator,
)

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.sklearn import WarpClassifier, WarpDisplay

ROOT = Path(__file__).parents[2]
CHECKS = [
    check
    for _, check in estimator_checks_generator(WarpClassifier(hidden=(3,), starts=2))
    # Of arrays that are not numpy's, which no estimator of ours claims to take.
    if "array_api" not in str(check)
]


@pytest.mark.slow
def test_its_own_runner_finds_no_failure_and_skips_nothing() -> None:
    code = (
        "from sklearn.utils.estimator_checks import check_estimator as c;"
        "from warpviz.sklearn import WarpClassifier as W; r = c(W(hidden=(3,), starts=2));"
        "assert len(r) > 40 and {x['status'] for x in r} == {'passed'}, r"
    )
    # Checks of arrays that are not NumPy's run only where SciPy is told so before it loads.
    subprocess.run(
        [sys.executable, "-W", "error::sklearn.exceptions.SkipTestWarning", "-c", code],
        check=True,
        env={**os.environ, "SCIPY_ARRAY_API": "1", "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.many(quick=4)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
def test_scikit_learns_checks(check: Callable[[Any], None]) -> None:
    check(WarpClassifier(hidden=(3,), starts=2))


def test_it_learns_the_iris() -> None:
    x, y = load_iris(return_X_y=True)
    assert cross_val_score(WarpClassifier(hidden=(4,), starts=2), x, y, cv=3).mean() > 0.9


def test_its_chain_takes_the_data_as_it_is() -> None:
    x, y = make_moons(150, noise=0.1, random_state=0)
    names = np.array(["low", "high"])[y]
    model = WarpClassifier(hidden=(4,), starts=4).fit(1000 * x + 5000, names)
    np.testing.assert_allclose(model.predict_proba(1000 * x + 5000), model.chain_(1000 * x + 5000))
    assert model.score(1000 * x + 5000, names) > 0.95
    assert model.classes_.tolist() == ["high", "low"]
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.predict(1000 * x + 5000), model.predict(1000 * x + 5000))


def test_it_is_filmed_alone_and_in_a_pipeline() -> None:
    x, y = make_moons(80, noise=0.1, random_state=0)
    model = make_pipeline(StandardScaler(), WarpClassifier(hidden=(3,), starts=2)).fit(x, y)
    np.testing.assert_allclose(wv.to_chain(model)(x), model.predict_proba(x), atol=1e-12)
    film = wv.animate(clone(model[-1]).fit(x, y), x, y, size=(240, 180))
    assert "2-3-2" in film.description


def test_one_class_is_refused() -> None:
    with pytest.raises(WarpvizError, match="two classes or more, got 1 class"):
        WarpClassifier().fit(np.eye(4), np.zeros(4))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_state_is_drawn_into_ones_own_axes(layer: int) -> None:
    x, y = make_moons(60, noise=0.1, random_state=0)
    model = WarpClassifier(hidden=(2,), starts=2).fit(x, y)
    ax = matplotlib.figure.Figure().add_subplot()
    shown = WarpDisplay.from_estimator(model, x, y, layer=layer, ax=ax)
    assert shown.ax_ is ax and shown.figure_ is ax.figure
    assert ax.collections
    other = WarpDisplay.from_estimator(LogisticRegression().fit(x, y), x, y, layer=0)
    assert other.figure_ is not None
