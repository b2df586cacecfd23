import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.model import Activation, Chain, Dense, Residual, Softmax, mlp
from warpviz.model.captions import (
    act_names,
    axis_letters,
    brief_names,
    closes,
    outline,
    step_names,
    stop_names,
)


def test_a_split_chain_tells_layer_and_act() -> None:
    chain = mlp([2, 3, 3, 2], "relu")
    split = chain.logits().split()
    stops = stop_names(split)
    assert stops == (
        "input (x₁, x₂)", "layer 1 · affine 2→3", "layer 1 · relu",
        "layer 2 · affine 3→3", "layer 2 · relu", "logits",
    )  # fmt: skip
    assert act_names(split, stops) == (
        "input (x₁, x₂) → affine", "layer 1 · affine → relu",
        "layer 1 · relu → affine", "layer 2 · affine → relu", "layer 2 · relu → logits",
    )  # fmt: skip
    assert axis_letters(split) == ("x", "z", "h", "z", "h", "z")


def test_softmax_is_named_and_logits_come_before_it() -> None:
    split = mlp([2, 4, 3], "tanh").split()
    stops = stop_names(split)
    assert stops[-2:] == ("logits", "softmax")
    assert axis_letters(split)[-2:] == ("z", "p")


def test_whole_layers_name_their_activation() -> None:
    stops = stop_names(mlp([2, 3, 2], "gelu").logits())
    assert stops == ("input (x₁, x₂)", "layer 1 · affine 2→3, gelu", "logits")


def test_an_activation_after_the_last_affine_map_makes_no_logits() -> None:
    assert "logits" not in stop_names(Chain([Dense(np.eye(1, 2), np.zeros(1)), Activation("tanh")]))
    plain = mlp([2, 2], "relu", softmax=False)
    assert stop_names(plain, classifier=False)[-1] == "layer 1 · affine 2→2"


def test_other_inputs_have_no_pair_of_coordinates() -> None:
    assert stop_names(mlp([4, 3, 2], "relu"))[0] == "input"
    assert stop_names(mlp([1, 3, 2], "relu"))[0] == "input"


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=6), st.booleans(), st.booleans())
def test_one_name_for_each_state_and_act(widths: list[int], softmax: bool, whole: bool) -> None:
    chain = mlp(widths, "tanh", softmax=softmax)
    acts = chain if whole else chain.split()
    stops = stop_names(acts)
    assert len(stops) == len(acts) + 1
    for names in (act_names(acts, stops), brief_names(acts, stops)):
        assert len(names) == len(acts)
        assert all(name.count("→") == 1 for name in names)
    assert len(axis_letters(acts)) == len(stops)
    assert len(set(stops)) == len(stops)
    assert all(text and "\n" not in text for text in stops)


@pytest.mark.parametrize("layer", [Softmax(), Activation("sin")])
def test_a_chain_without_affine_maps_is_named_by_what_it_does(layer: object) -> None:
    chain = Chain([layer], width=2)  # type: ignore[list-item]
    assert stop_names(chain)[1] in ("softmax", "sin")


def test_steps_are_named_by_the_layers_that_they_belong_to() -> None:
    one = Dense(np.eye(2), np.zeros(2))
    assert step_names(Chain([Activation("relu"), one, Activation("tanh"), Softmax(log=True)])) == [
        "relu", "layer 1", "layer 1 · tanh", "log softmax"
    ]  # fmt: skip
    inner = Residual(Chain([one, Activation("sin")]))
    assert step_names(Chain([inner, one])) == ["layer 1", "layer 1 · sin", "layer 1 · x + f(x)",
                                               "layer 2"]  # fmt: skip
    deep = Residual(Chain([one, Residual(Chain([one, one]))]))
    assert step_names(Chain([one, deep]))[3:] == [
        "layer 4", "layers 3–4 · x + f(x)", "layers 2–4 · x + f(x)"
    ]  # fmt: skip
    assert stop_names(Chain([one, deep, one]))[1:3] == ("layer 1 · affine 2→2",
                                                        "layers 2–4 · x + f(x)")  # fmt: skip


def test_an_outline_names_three_activations_at_most() -> None:
    names = ["tanh", "relu", "sin", "tanh", "gelu"]
    for count, told in ((1, "tanh"), (3, "tanh, relu, sin"), (4, "tanh, relu, sin"),
                        (5, "tanh, relu, sin, …")):  # fmt: skip
        chain = mlp([1] * (count + 2), names[:count])
        assert outline(chain).split(", ", 1)[1] == f"{told}, {2 * count + 2} parameters"
    assert outline(mlp([1, 1, 1], "where(z < 0, z*2, z*3)")).startswith("1→1→1, where(z < 0, z*2, ")
    long = "where(z < 0, 22*z, 33*z)"
    assert outline(Chain([Activation(long)], 2)) == f"any width, {long[:20]}, 0 parameters"


def test_logits_are_closed_by_a_softmax_alone() -> None:
    one, bent = Dense(np.eye(2), np.zeros(2)), Dense(np.eye(2), np.zeros(2), "relu")
    chain = Chain([one, bent, one, Softmax(), Softmax()])
    assert [closes(chain, k) for k in range(5)] == [False, False, True, False, False]
    assert not closes(Chain([bent]), 0) and not closes(Chain([one, Activation("relu")]), 0)
    # Of three features the input's columns are not told, of an unknown number two are.
    assert stop_names(Chain([Softmax()]))[0] == "input (x₁, x₂)"
