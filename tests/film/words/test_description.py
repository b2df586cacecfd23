import pytest

from warpviz.data import make_data
from warpviz.film.build import animate, compare
from warpviz.film.words.description import DOES
from warpviz.model import ACTIVATIONS, Chain, Dense, mlp


def test_it_tells_model_data_and_acts() -> None:
    film = animate(mlp([2, 3, 2], "relu", seed=0), make_data("rings", n=60))
    assert film.description == (
        "rings: 60 points of 2 classes (inner, outer) lie on a sheet of graph paper, and a neural "
        "network of widths 2-3-2 moves both, act by act. Act 1: an affine map from 2 to 3 "
        "dimensions turns, stretches and shifts the sheet. Act 2: relu folds the sheet along "
        "straight lines. Act 3: an affine map from 3 to 2 dimensions turns, stretches and shifts "
        "the sheet; these are the logits, and the line between the classes is straight."
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_its_words(name: str) -> None:
    assert DOES[name.partition(":")[0]]
    chain = mlp([2, 2, 2], name, seed=0)
    whole = animate(chain, make_data("rings", n=40), whole_layers=True).description
    if name != "identity":
        assert f"and {name} {DOES[name]}" in whole


def test_units_panels_and_softmax() -> None:
    data = make_data("rings", n=40)
    units = animate(mlp([2, 2, 2], "relu", seed=0), data, one_by_one=True).description
    assert "unit 1 alone" in units and "unit 2 alone" in units
    chains = {"a": mlp([2, 2, 2], "relu", seed=0), "b": mlp([2, 4, 2], "tanh", seed=0)}
    both = compare(chains, data, softmax=True).description
    assert "each of 2 panels shows how a neural network of widths 2-2-2 or 2-4-2" in both
    assert " a. Act 1" in both and " b. Act 1" in both
    assert both.count("softmax turns scores into probabilities") == 2


def test_a_lone_map_has_no_logits() -> None:
    import numpy as np

    chain = Chain([Dense(-np.eye(2), np.zeros(2))])
    assert "logits" not in animate(chain, make_data("rings", n=40)).description
