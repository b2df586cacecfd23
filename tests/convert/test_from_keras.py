"""Keras's own layers, called one after the other, are the oracle."""

import os
import warnings
from typing import Any

import numpy as np
import pytest

os.environ["KERAS_BACKEND"] = "torch"
import keras
from keras import layers as L

import warpviz as wv
from warpviz.errors import WarpvizError

# Keras and NumPy warn one another; what warpviz does with Keras's arrays must not.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:keras")
X = np.random.default_rng(0).normal(size=(40, 2)).astype(np.float32)


def numbers(tensor: Any) -> np.ndarray:
    return np.array(keras.ops.convert_to_numpy(tensor))


def outputs(model: Any, x: Any) -> list[np.ndarray]:
    found = [numbers(keras.ops.convert_to_tensor(x))]
    for layer in model.layers:
        if type(layer).__name__ == "Sequential":
            inner = outputs(layer, found[-1])
            found += inner[1:]
            continue
        value = keras.ops.convert_to_tensor(found[-1])
        if type(layer).__name__ == "Dense":  # the map alone is a state too
            found.append(
                numbers(value @ layer.kernel) + (numbers(layer.bias) if layer.use_bias else 0)
            )
        found.append(numbers(layer(value, training=False) if layer.name[:2] != "in" else value))
    return found


def check_states(model: Any, x: np.ndarray = X) -> None:
    chain = wv.to_chain(model)
    own = outputs(model, x)
    states = chain.split().states(x)
    for state in states:
        assert any(
            state.shape == other.shape and np.allclose(state, other, rtol=1e-5, atol=1e-6)
            for other in own
        )
    np.testing.assert_allclose(states[-1], numbers(model(x, training=False)), rtol=1e-5, atol=2e-6)


NAMES = [
    "linear", "relu", "tanh", "sigmoid", "silu", "gelu", "elu", "softplus", "leaky_relu", "softmax",
    "log_softmax", "swish", "relu6", "selu", "celu", "mish", "softsign", "hard_tanh",
    "hard_sigmoid", "hard_silu", "hard_swish", "log_sigmoid", "tanh_shrink", "soft_shrink",
    "hard_shrink",
]  # fmt: skip
KNOWN = [name for name in NAMES if name == "swish" or hasattr(keras.activations, name)]
"""Those that the installed Keras has."""


@pytest.mark.parametrize("name", KNOWN)
def test_activations_by_name(name: str) -> None:
    keras.utils.set_random_seed(1)
    check_states(
        keras.Sequential(
            [keras.Input((2,)), L.Dense(4, activation=name), L.Dense(2, use_bias=False)]
        )
    )


ACTING: dict[str, Any] = {
    "LeakyReLU": lambda: L.LeakyReLU(), "LeakyReLU 0.1": lambda: L.LeakyReLU(negative_slope=0.1),
    "ELU": lambda: L.ELU(alpha=0.6), "ReLU": lambda: L.ReLU(),
    "ReLU 0.2": lambda: L.ReLU(negative_slope=0.2), "Softmax": lambda: L.Softmax(),
    "Activation": lambda: L.Activation("tanh"), "sine": lambda: L.Activation(keras.ops.sin),
    "Dropout": lambda: L.Dropout(0.4), "GaussianNoise": lambda: L.GaussianNoise(0.3),
    "Identity": lambda: L.Identity(), "Flatten": lambda: L.Flatten(),
    "Reshape": lambda: L.Reshape((4,)),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTING)
def test_layers(name: str) -> None:
    keras.utils.set_random_seed(2)
    check_states(keras.Sequential([keras.Input((2,)), L.Dense(4), ACTING[name](), L.Dense(3)]))


def test_normalisation_before_between_and_behind() -> None:
    keras.utils.set_random_seed(3)
    before = L.Normalization()
    before.adapt(5 * X + 3)
    norms = [L.BatchNormalization(), L.BatchNormalization(scale=False, epsilon=0.01)]
    model = keras.Sequential(
        [
            *(keras.Input((2,)), before, L.Dense(3, activation="tanh"), norms[0], L.Dense(3)),
            *(norms[1], L.ReLU(), L.Rescaling(0.1, 2.0)),
            keras.Sequential([L.Dense(2, activation="softmax")]),
        ]
    )
    for norm in norms:
        norm.moving_mean.assign([1.0, -2.0, 0.5])
        norm.moving_variance.assign([0.5, 2.0, 1.0])
        norm.beta.assign([0.1, 0.2, 0.3])
    check_states(model)


def test_a_functional_model_that_is_a_line() -> None:
    keras.utils.set_random_seed(4)
    start = keras.Input((2,))
    state = L.Dense(3, activation="relu")(start)
    state = keras.ops.gelu(keras.ops.sin(state) * 2 + 1, approximate=False)
    model = keras.Model(start, L.Dense(2)(L.Dropout(0.5)(state)))
    chain = wv.to_chain(model)
    np.testing.assert_allclose(chain(X), numbers(model(X)), rtol=1e-5, atol=1e-6)
    assert [layer.activation for layer in chain if isinstance(layer, wv.Dense)][1] == "gelu"


def branching() -> Any:
    start = keras.Input((2,))
    return keras.Model(start, L.Add(name="join")([L.Dense(2)(start), start]))


class Own(keras.Model):  # type: ignore[misc]
    def call(self, x: Any) -> Any:
        return x


def halved(h: Any) -> Any:
    """No function of one number."""
    return h / keras.ops.sum(keras.ops.abs(h), axis=-1, keepdims=True)


REFUSED: list[tuple[Any, str]] = [
    (branching, "Add 'join'.*the model branches there"),
    (Own, "forward pass of a subclassed model cannot be read"),
    (lambda: keras.Sequential([L.Dense(3)]), "not built yet"),
    (
        lambda: keras.Sequential([keras.Input((2,)), L.Dense(2), L.LayerNormalization(name="n")]),
        "LayerNormalization 'n', layer 2 of 2",
    ),
    (
        lambda: keras.Sequential([keras.Input((2,)), L.Dense(2, activation=halved, name="d")]),
        "Dense 'd', layer 1 of 1 .*no activation",
    ),
    (
        lambda: keras.Sequential([keras.Input((2,)), L.ReLU(4.0, 0.1, 1.0)]),
        "ReLU .*no activation of a chain",
    ),
]


@pytest.mark.parametrize(("make", "told"), REFUSED, ids=[told[:16] for _, told in REFUSED])
def test_what_is_no_chain_is_named(make: Any, told: str) -> None:
    with pytest.raises(WarpvizError, match=told):
        wv.to_chain(make())


def test_a_film_after_training() -> None:
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((2,)), L.Dense(3, activation="tanh"), L.Dense(1, activation="sigmoid")]
    )
    model.compile(loss="binary_crossentropy")
    y = (X[:, 0] > 0).astype(int)
    model.fit(X, y, epochs=1, verbose=0)
    weights = [w.copy() for w in model.get_weights()]
    assert len(wv.animate(model, X, y, size=(240, 180))) > 50
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["int8", "float8"])
def test_quantised_models_are_refused(mode: str) -> None:
    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(2)]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.quantize(mode)
    with pytest.raises(WarpvizError, match=rf"is quantised \({mode}\).*before quantize\(\)\.$"):
        wv.to_chain(model)
