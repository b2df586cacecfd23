import numpy as np
import pytest

from warpviz.model import Activation, Chain, Dense, Residual, Softmax
from warpviz.model.code import WIDTHS, dense_code, shape_of


@pytest.mark.parametrize("activation", ["identity", "relu", "leaky_relu:0.2"])
def test_code_makes_the_layer_again(activation: str) -> None:
    layer = Dense(np.array([[1.5, -2.0], [0.1, 1e-9]]), np.array([0.0, 3.0]), activation)
    again = eval(dense_code(layer.weight, layer.bias, activation, True), {"Dense": Dense})
    assert (again.weight == layer.weight).all() and (again.bias == layer.bias).all()
    shape = eval(dense_code(np.ones((3, 2)), np.ones(3), activation, False), {"Dense": Dense})
    assert (shape.n_in, shape.n_out) == (2, 3)
    assert again.activation == shape.activation == activation


def test_of_many_widths_the_middle_is_left_out() -> None:
    assert shape_of(range(1, WIDTHS + 1)) == "→".join(map(str, range(1, WIDTHS + 1)))
    told = shape_of(range(1, WIDTHS + 2)).split("→")
    assert len(told) == WIDTHS and told[0] == "1" and told[-1] == str(WIDTHS + 1)
    assert told.count("…") == 1 and told[3] == "4"


def test_up_to_twelve_numbers_are_written_out() -> None:
    few, more = Dense(np.ones((3, 3)), np.ones(3)), Dense(np.ones((1, 12)), np.ones(1))
    assert repr(few).startswith("Dense([[1.0, ") and repr(more) == "Dense.of(12, 1)"
    assert repr(Chain([few])) == f"Chain([{few!r}])"
    assert repr(Chain([more])) == "Chain([Dense.of(12, 1)])  # 13 parameters"
    assert repr(Residual(Chain([few]))) == f"Residual(Chain([{few!r}]))"
    both = Residual(
        Chain([few, Dense(np.eye(1, 3), np.zeros(1)), Dense(np.ones((3, 1)), few.bias)])
    )
    assert repr(both).startswith("Residual(Chain([Dense.of(3, 3), Dense.of(3, 1)")


def test_a_width_is_told_where_no_layer_tells_it() -> None:
    assert repr(Chain([Activation("relu")], 3)) == "Chain([Activation('relu')], width=3)"
    assert repr(Chain([Activation("relu")])) == "Chain([Activation('relu')])"
    inner = Residual(Chain([Activation("prelu:1:2")]))
    assert repr(Chain([Softmax(), inner])).endswith("Residual(Chain([Activation('prelu:1:2')]))])")
