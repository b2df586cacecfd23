import numpy as np
import pytest

from warpviz.model import Dense
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
