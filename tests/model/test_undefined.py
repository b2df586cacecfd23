"""Where an activation is undefined, too large or has no slope: the layer and the value are told."""

import numpy as np
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.model.checks import no_slope, overflow
from warpviz.training.engine import flatten
from warpviz.training.failing import diverged


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("log(z)", r"Layer 2 \(Dense 2→1 log\(z\)\) is not defined at z = -2\.5, where unit 1"),
        ("sqrt(z - 1)", r"is not defined at z = -2\.5"),
        ("exp(exp(-5*z))", r"overflows at z = -2\.5"),
        ("1/(z + 2.5)", r"overflows at z = -2\.5"),
    ],
)  # fmt: skip
def test_the_layer_and_the_value_are_told(formula: str, told: str) -> None:
    last = wv.Dense(np.array([[1.0, -2.0]]), np.array([-1.0]), formula)
    chain = wv.Chain([wv.Dense(np.eye(2), np.zeros(2)), last])
    with pytest.raises(WarpvizError, match=told) as caught:
        chain([[3.0, 0.5], [0.5, 1.0]])
    assert str(caught.value).count(". ") == 0 and str(caught.value).endswith(").")


def test_sums_that_overflow_are_told_as_such() -> None:
    layer = wv.Dense(np.array([[1e300]]), np.zeros(1), "relu")
    assert "overflows: its output is not finite" in str(overflow(2, layer, np.array([[1e300]])))


def test_a_slope_that_is_not_finite() -> None:
    root = wv.Activation("sqrt(abs(z))")
    error = no_slope(3, root, np.array([[1.0, 0.0]]))
    assert "Layer 3 (sqrt(abs(z))) has no finite slope at z = 0, where unit 2" in str(error)
    assert no_slope(3, root, np.array([[1.0, 2.0]])) is None
    assert no_slope(0, wv.Softmax(), np.zeros((1, 2))) is None


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("log(z)", "layer 1 .*log.* is not defined at z = -"),
        ("exp(exp(99*abs(z)))", "layer 1 .*overflows at z = "),
    ],
)
def test_training_tells_it_and_speaks_of_no_learning_rate(formula: str, told: str) -> None:
    chain = wv.mlp([2, 3, 2], formula, seed=0)
    with pytest.raises(WarpvizError, match=f"Training ended by epoch 0: {told}") as caught:
        wv.train(chain, wv.load_data("moons", n=60), epochs=20)
    assert "learning rate" not in str(caught.value)


def test_steps_that_are_too_long_are_told_as_before() -> None:
    with pytest.raises(WarpvizError, match="choose a learning rate below 1e"):
        wv.train(
            wv.mlp([2, 3, 2], "z**2", seed=0), wv.load_data("moons", n=60), epochs=50,
            optimizer="descent", learning_rate=1e9,
        )  # fmt: skip


def test_layers_are_counted_by_their_weights_as_films_have_them() -> None:
    two = wv.Dense(np.eye(2), np.zeros(2), "relu")
    last = wv.Dense(np.eye(2), np.zeros(2), "log(z - 9)")
    x = [[1.0, 2.0]]
    for chain in (wv.Chain([two, last]), wv.Chain([two, last]).split()):
        with pytest.raises(WarpvizError, match=r"^Layer 2 \(.*is not defined at z = 1"):
            chain(x)
    with pytest.raises(WarpvizError, match=r"^Activation log\(z\) of the input is not defined"):
        wv.Chain([wv.Activation("log(z)"), two])([[-1.0, 2.0]])


def test_layers_within_a_residual_layer_are_counted_on() -> None:
    one, log = wv.Dense(np.eye(2), np.zeros(2), "relu"), wv.Dense(np.eye(2), np.zeros(2), "log(z)")
    inner = wv.Residual(wv.Chain([one, wv.Residual(wv.Chain([one, log]))]))
    for chain in (wv.Chain([one, inner, one]), wv.Chain([one, inner, one]).split()):
        with pytest.raises(WarpvizError, match=r"^Layer 4 \(.*at z = 0, where unit 1"):
            chain([[-1.0, -2.0]])
        np.testing.assert_array_equal(
            chain.states([[1.0, 2.0]])[-1], np.array([[2.0, 4.0]]) + np.log([[1.0, 2.0]])
        )
    with pytest.raises(WarpvizError, match=r"^Layer 3 "):
        inner([[-1.0, -2.0]])


def test_a_slope_within_a_residual_layer_is_told_by_its_number() -> None:
    root = wv.Dense(np.zeros((2, 2)), np.zeros(2), "sqrt(abs(z))")
    first = wv.Dense(np.eye(2), np.zeros(2))
    chain = wv.Chain([first, wv.Residual(wv.Chain([first, root])), first])
    told = diverged("by epoch 3", 0.1, chain, flatten(chain)[None], np.ones((1, 2)))
    assert "Training ended by epoch 3: layer 3 (" in str(told)
    assert "no finite slope at z = 0" in str(told)
