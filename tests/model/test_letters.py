import numpy as np
import pytest

from warpviz.model import Activation, Chain, Dense, Softmax, mlp
from warpviz.model.layers import Layer
from warpviz.model.letters import Sign, state_signs

LINE = Dense(np.eye(2), np.zeros(2))
BENT = Dense(np.eye(2), np.zeros(2), "relu")


@pytest.mark.parametrize(
    ("layers", "signs"),
    [
        ([], ["x"]),
        ([LINE], ["x", "z⁽¹⁾"]),
        ([BENT], ["x", "h⁽¹⁾"]),
        ([BENT, LINE, Softmax()], ["x", "h⁽¹⁾", "z⁽²⁾", "p"]),
        ([BENT, LINE, Softmax(log=True)], ["x", "h⁽¹⁾", "z⁽²⁾", "ln p"]),
        ([Activation("relu"), LINE], ["x", "h⁽⁰⁾", "z⁽¹⁾"]),
        ([BENT, Activation("tanh"), Activation("sin")], ["x", "h⁽¹⁾", "h⁽¹⁾′", "h⁽¹⁾′′"]),
        ([LINE, Softmax(), LINE, Softmax()], ["x", "z⁽¹⁾", "p⁽¹⁾", "z⁽²⁾", "p"]),
    ],
)
def test_layers_are_counted_by_their_weights(layers: list[Layer], signs: list[str]) -> None:
    assert [sign.plain() for sign in state_signs(Chain(layers, 2))] == signs


def test_no_two_states_have_one_sign() -> None:
    chain = mlp([2, *[3] * 12, 2], "tanh").split()
    signs = state_signs(chain)
    assert len({sign.plain() for sign in signs}) == len({s.latex() for s in signs}) == len(signs)


def test_units_stand_below_and_are_parted_where_they_need_it() -> None:
    assert Sign("w", 1).plain(2, 1) == "w₂₁⁽¹⁾" and Sign("w", 10).plain(12, 1) == "w₁₂,₁⁽¹⁰⁾"
    assert Sign("w", 1).plain(9, 9) == "w₉₉⁽¹⁾" and Sign("w", 1).plain(10, 9) == "w₁₀,₉⁽¹⁾"
    assert Sign("w", 10).latex(12, 1) == "w_{12,1}^{(10)}"
    assert (Sign("x").latex(), Sign("x").plain(), Sign("x").latex(3)) == ("x", "x", "x_{3}")
