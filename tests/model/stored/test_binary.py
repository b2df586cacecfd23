import numpy as np
import pytest

from warpviz.model import Activation, Chain, Dense, Softmax, mlp
from warpviz.model.binary import adds_zero, as_classifier
from warpviz.model.layers import Layer

X = np.random.default_rng(0).normal(size=(30, 2))
FIRST = Dense(np.array([[1.0, -0.5], [0.3, 2.0]]), np.array([0.1, -0.2]), "tanh")
ROW, SHIFT = np.array([[1.5, -2.0]]), np.array([0.4])


def sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


@pytest.mark.parametrize(
    ("ending", "closed", "layers"),
    [
        ([Dense(ROW, SHIFT)], False, 2),
        ([Dense(ROW, SHIFT, "sigmoid")], True, 2),
        ([Dense(ROW, SHIFT), Activation("sigmoid")], True, 2),
        ([Dense(ROW, SHIFT, "relu")], False, 3),
        ([Dense(ROW, SHIFT, "relu"), Activation("sigmoid")], True, 3),
        ([Dense(ROW, SHIFT), Activation("tanh")], False, 4),
    ],
)
def test_the_second_class_has_the_sigmoid_of_the_one_output(
    ending: list[Layer], closed: bool, layers: int
) -> None:
    chain = Chain([FIRST, *ending])
    made = as_classifier(chain, 2)
    one = chain(X)[:, 0]
    second = one if closed else sigmoid(one)
    np.testing.assert_allclose(made(X), np.column_stack([1 - second, second]), atol=1e-12)
    assert made.widths[-1] == 2 and isinstance(made[len(made) - 1], Softmax)
    assert adds_zero(made.logits()[len(made.logits()) - 1])
    # A last layer of weights becomes two rows; only after a bend a layer is added.
    assert len(made.logits()) == layers


def test_one_feature_alone_is_an_output_too() -> None:
    made = as_classifier(Chain([], 1), 2)
    np.testing.assert_allclose(made(X[:, :1])[:, 1], sigmoid(X[:, 0]))


def test_all_others_stay_as_they_are() -> None:
    one, two = Chain([Dense(ROW, SHIFT)]), mlp([2, 3, 2], "relu")
    assert as_classifier(one, 3) is one and as_classifier(two, 2) is two
    assert not adds_zero(two[1]) and not adds_zero(Activation("relu"))
    zero = np.array([[0.0, 0.0], [1.0, 2.0]])
    assert adds_zero(Dense(zero, np.array([0.0, 3.0])))
    for weight, bias, name in (
        (zero, [1.0, 3.0], "identity"),
        (zero, [0.0, 3.0], "relu"),
        (np.zeros((2, 2)), [0.0, 3.0], "identity"),
        (np.vstack([zero, zero[1]]), [0.0, 3.0, 1.0], "identity"),
    ):
        assert not adds_zero(Dense(weight, np.array(bias), name))
