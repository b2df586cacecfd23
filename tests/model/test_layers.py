import re
from typing import Any

import numpy as np
import pytest

from tests.model.differences import differences
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.layers import Activation, Dense, Layer, Softmax

RNG = np.random.default_rng(5)
NAMES = [*ACTIVATIONS, "leaky_relu:0.2", "elu:0.5"]
LAYERS: list[Layer] = [
    *(Dense(RNG.normal(size=(2, 3)), RNG.normal(size=2), name) for name in NAMES),
    *(Activation(name) for name in NAMES),
    Softmax(),
]


# What users pass is checked when it comes, so the bad calls here need no types.
dense: Any = Dense


def test_dense_is_the_matrix_product_row_by_row() -> None:
    weight, bias = RNG.normal(size=(4, 3)), RNG.normal(size=4)
    x = RNG.normal(size=(7, 3))
    expected = np.array([np.tanh(weight @ row + bias) for row in x])
    assert np.allclose(Dense(weight, bias, "tanh")(x), expected, rtol=0, atol=1e-15)


def test_softmax_rows_are_probabilities_and_ignore_a_common_shift() -> None:
    x = RNG.normal(size=(5, 3)) * 5
    p = Softmax()(x)
    assert np.allclose(p.sum(axis=1), 1.0) and (p > 0).all()
    assert np.allclose(p, np.exp(x) / np.exp(x).sum(axis=1, keepdims=True))
    assert np.allclose(Softmax()(x + 1000.0), p)


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_backward_matches_differences(layer: Layer) -> None:
    x, g = RNG.normal(size=(4, 3)), RNG.normal(size=(4, layer.n_out or 3))
    by_x, by_parameters = layer.backward(x, g)
    assert np.allclose(by_x, differences(lambda v: float(np.sum(g * layer(v))), x), atol=1e-7)
    if isinstance(layer, Dense):
        w, b, name = layer.weight, layer.bias, layer.activation
        by_w = differences(lambda v: float(np.sum(g * Dense(v, b, name)(x))), w)
        by_b = differences(lambda v: float(np.sum(g * Dense(w, v, name)(x))), b)
        assert np.allclose(by_parameters[0], by_w, atol=1e-7)
        assert np.allclose(by_parameters[1], by_b, atol=1e-7)
    else:
        assert by_parameters == ()


def test_parameters_are_read_only_copies() -> None:
    weight = np.ones((1, 2), dtype=np.float32)
    layer = dense(weight, np.zeros(1))
    weight[:] = 7.0
    assert layer.weight.dtype == np.float64 and (layer.weight == 1.0).all()
    with pytest.raises(ValueError, match="read-only"):
        layer.weight[0, 0] = 2.0
    with pytest.raises(AttributeError):
        layer.bias = np.ones(1)


def test_widths() -> None:
    layer = Dense(np.zeros((3, 2)), np.zeros(3))
    assert (layer.n_in, layer.n_out) == (2, 3)
    assert Activation("relu").n_in is None and Softmax().n_out is None


BAD: list[tuple[Any, str]] = [
    (
        lambda: dense(np.zeros((1, 2)), [0.0])(np.zeros((400, 3))),
        "Dense expects x of shape (N, 2), got (400, 3).",
    ),
    (
        lambda: dense(np.zeros((1, 2)), [0.0])(np.zeros(2)),
        "Dense expects x of shape (N, 2), got (2,).",
    ),
    (
        lambda: dense(np.zeros((1, 2)), [0.0])([["a", "b"]]),
        "Dense expects x to be an array of numbers",
    ),
    (lambda: dense([[np.nan]], [0.0]), "Dense expects a finite weight"),
    (lambda: dense([[1.0]], [np.inf]), "Dense expects a finite bias"),
    (lambda: dense([1.0], [0.0]), "Dense expects a weight of shape (n_out, n_in), got (1,)."),
    (lambda: dense([[1.0]], [0.0, 0.0]), "Dense expects a bias of shape (1,)"),
    (
        lambda: dense([[1.0], [1.0, 2.0]], [0.0, 0.0]),
        "Dense expects weight to be an array of numbers",
    ),
    (lambda: dense(np.zeros((0, 2)), []), "Dense expects a weight of shape"),
    (lambda: dense([[1.0]], [0.0], "tahn"), "did you mean 'tanh'?"),
    (lambda: Activation("geluu"), "did you mean 'gelu'?"),
    (lambda: Softmax()([1.0, 2.0]), "Softmax expects x of shape (N, D), got (2,)."),
]


@pytest.mark.parametrize(("make", "message"), BAD)
def test_errors_say_what_was_expected_and_what_came(make: Any, message: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        make()
