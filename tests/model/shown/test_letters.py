import numpy as np
import pytest

from warpviz.model import Activation, Chain, Dense, Residual, Softmax, mlp
from warpviz.model.layers import Layer
from warpviz.model.letters import Sign, Walk, state_signs

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


def test_widths_are_walked_with_the_steps() -> None:
    assert Walk.of(Chain([Softmax(), Activation("relu")])).widths == (0, 0, 0)
    three = Dense(np.ones((3, 2)), np.zeros(3))
    walk = Walk.of(Chain([three, Residual(Chain([Residual(Chain([])), Activation("sin")]))]))
    assert walk.widths == (2, 3, 3, 3, 3, 3, 3) and walk.ends == (0, 1, 6)
    assert [walk.depth(k) for k in range(3)] == [1, 1, 1]
    # Keep, Keep, Add, sin, Add: who adds takes what was put aside last.
    assert walk.kept(3) == 2 and walk.kept(5) == 1
    assert [sign.plain() for sign in walk.signs] == [
        "x", "z⁽¹⁾", "z⁽¹⁾", "z⁽¹⁾", "h⁽¹⁾", "h⁽¹⁾′", "h⁽¹⁾′′"
    ]  # fmt: skip
