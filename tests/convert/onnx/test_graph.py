"""Which output of a graph is the chain's: exports of scikit-learn tell a label and chances."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression  # type: ignore[import-untyped]
from sklearn.neural_network import MLPClassifier, MLPRegressor  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import MinMaxScaler, StandardScaler  # type: ignore[import-untyped]

from tests.convert.onnx.graphs import RNG, agrees, model, node, path_of, single
from warpviz.convert.files import load_stored
from warpviz.convert.onnx.reading import stored_of
from warpviz.errors import WarpvizError

X = RNG.normal(size=(80, 3))
THREE = np.array(["ash", "beech", "oak"])[(X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)]
TWO = (X[:, 0] > 0).astype(int)
NUMBERS = X[:, 0] - X[:, 1]
ESTIMATORS: dict[str, tuple[Any, Any]] = {
    "three classes": (make_pipeline(StandardScaler(), MLPClassifier((4,), "tanh", max_iter=20)),
                      THREE),
    "two classes": (MLPClassifier((4,), max_iter=20), TWO),
    "logistic, three": (make_pipeline(MinMaxScaler(), LogisticRegression()), THREE),
    "logistic, two": (LogisticRegression(), TWO),
    "a regressor": (MLPRegressor(hidden_layer_sizes=(4,), activation="logistic", max_iter=20),
                    NUMBERS),
    "a line": (make_pipeline(StandardScaler(), LinearRegression()), NUMBERS),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("zipped", [True, False])
def test_what_scikit_learns_exporter_writes(tmp_path: Path, name: str, zipped: bool) -> None:
    from skl2onnx import to_onnx

    estimator, y = ESTIMATORS[name]
    classifier = y is not NUMBERS
    if not (zipped or classifier):
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimator.fit(X, y)
        options = {"zipmap": zipped} if classifier else None
        made = to_onnx(estimator, X[:1].astype(np.float32), options=options)
    stored = load_stored(path_of(made, tmp_path))
    expected = estimator.predict_proba(X) if classifier else estimator.predict(X)[:, None]
    np.testing.assert_allclose(stored.chain(X), expected, rtol=1e-4, atol=2e-6)
    if classifier and zipped:
        assert stored.class_names == tuple(map(str, estimator.classes_))


W = {"w": single(RNG.normal(size=(3, 2))), "v": single(RNG.normal(size=(2, 1))), "one": single(1)}
HEAD = [node("MatMul", "x w", "h"), node("Relu", "h", "r"), node("MatMul", "r v", "z")]


def test_of_outputs_on_one_path_the_last_is_taken() -> None:
    made = model(HEAD, ["N", 3], W, outputs=["h", "z"])
    agrees(model(HEAD, ["N", 3], W, outputs=["z"]), stored_of(made), (5, 3))
    apart = [*HEAD, node("MatMul", "x u", "other")]
    with pytest.raises(WarpvizError, match=r"2 outputs \(z, other\) of which none comes last"):
        stored_of(model(apart, ["N", 3], W | {"u": W["w"]}, outputs=["z", "other"]))


def test_one_chance_and_its_opposite_are_two_classes() -> None:
    pair = [node("Sub", "one p", "q"), node("Concat", "q p", "y", axis=1)]
    made = model([*HEAD, node("Sigmoid", "z", "p"), *pair], ["N", 3], W)
    agrees(made, stored_of(made), (6, 3))
    with pytest.raises(WarpvizError, match="what is no sigmoid of one number"):
        stored_of(model([*HEAD, node("Tanh", "z", "p"), *pair], ["N", 3], W))


def test_what_the_output_does_not_need_is_left_alone() -> None:
    strange = node("Conv", "x kernel", "c")
    made = model([strange, *HEAD], ["N", 3], W | {"kernel": W["w"]}, outputs=["z"])
    agrees(model(HEAD, ["N", 3], W, outputs=["z"]), stored_of(made), (5, 3))
    words = model([node("ArgMax", "x", "y", axis=1)], ["N", 3], {})
    words.graph.output[0].type.tensor_type.elem_type = 7
    with pytest.raises(WarpvizError, match=r"gives no rows of floats \(its outputs: y\)"):
        stored_of(words)


SCORES: dict[str, Any] = {
    "coefficients": [1.0, 2.0, -1.0, 0.5, 0.0, 1.0], "intercepts": [0.5, -0.5],
    "classlabels_ints": [0, 1],
}  # fmt: skip


@pytest.mark.parametrize("closing", ["NONE", "SOFTMAX", "LOGISTIC", "PROBIT"])
def test_linear_models_of_the_ml_domain(closing: str) -> None:
    scored = node(
        "LinearClassifier", "x", "label y", domain="ai.onnx.ml", post_transform=closing, **SCORES
    )
    made = model([scored], ["N", 3], {})
    if closing == "PROBIT":
        with pytest.raises(WarpvizError, match="scores go through PROBIT"):
            stored_of(made)
        return
    agrees(made, stored_of(made), (6, 3))


def test_a_normaliser_of_what_is_no_chance_is_refused() -> None:
    nodes = [*HEAD, node("Normalizer", "z", "y", domain="ai.onnx.ml", norm="L1")]
    with pytest.raises(WarpvizError, match="divides the numbers of a point by their sum"):
        stored_of(model(nodes, ["N", 3], W))
