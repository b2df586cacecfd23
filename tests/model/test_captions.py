import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.model import Activation, Chain, Dense, Softmax, mlp
from warpviz.model.captions import act_names, axis_letters, brief_names, stop_names


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
