import numpy as np
import pytest

from warpviz.data import make_data
from warpviz.film.build import animate, compare
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


WORDS = ("folds", "bends", "squashes", "leaves", "tears", "stretches")
LAST = Dense(np.array([[1.0, 1.0], [1.0, -2.0]]), np.zeros(2))


def bent(name: str, shift: float) -> str:
    """What is said of a chain whose pre-activations are x + shift."""
    first = Dense(np.eye(2), np.full(2, shift), name)
    film = animate(Chain([first, LAST]), make_data("rings", n=40), whole_layers=True)
    return film.description.partition(f"and {name} ")[2].partition(".")[0]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("name", "shift", "said"),
    [
        ("relu", 0.0, "folds the sheet along straight lines"),
        ("relu", 5.0, "leaves the sheet as it is"),
        ("relu", -5.0, "presses the whole sheet onto one point"),
        ("leaky_relu:0.2", 0.0, "bends the sheet sharply along straight lines"),
        ("leaky_relu:-1", 0.0, "folds the sheet along straight lines"),
        ("leaky_relu:0.2", -5.0, "stretches the sheet, without a fold"),
        ("gelu", 0.0, "bends the sheet and folds it softly"),
        ("gelu", 3.0, "bends the sheet"),
        ("sin", 0.0, "bends the sheet"),
        ("sin", 1.5, "folds the sheet into waves"),
        ("tanh", 0.0, "squashes the sheet into a box"),
        ("softplus", 0.0, "bends the sheet"),
    ],
)
def test_no_fold_is_told_that_the_sheet_does_not_have(name: str, shift: float, said: str) -> None:
    assert bent(name, shift) == said


def test_a_unit_that_is_dead_everywhere_presses_the_sheet_flat() -> None:
    first = Dense(np.eye(2), np.array([5.0, -5.0]), "relu")
    film = animate(Chain([first, LAST]), make_data("rings", n=40))
    assert "relu presses the sheet flat in 1 of 2 directions, without a fold" in film.description


def test_folds_of_a_later_layers_last_unit_are_told() -> None:
    first = Dense(np.eye(2), np.zeros(2), "tanh")
    three = Dense(np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 1.0]]), np.array([1.0, 1.0, 0.0]), "relu")
    last = Dense(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, -2.0]]), np.zeros(2))
    said = animate(Chain([first, three, last]), make_data("rings", n=40)).description
    assert "relu folds the sheet along straight lines" in said
    five = Dense(np.zeros((5, 2)), np.ones(5), "relu")
    still = Chain([first, five, Dense(np.ones((2, 5)), np.zeros(2))])
    said = animate(still, make_data("rings", n=40)).description
    assert "relu leaves the sheet as it is" in said


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"identity"}))
def test_every_activation_has_its_words(name: str) -> None:
    assert bent(name, 0.3).partition(" ")[0] in WORDS


def test_a_unit_that_is_one_number_everywhere_is_pressed_by_nobody() -> None:
    weight = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    first = Dense(weight, np.array([5.0, -5.0, 5.0]), "relu")
    last = Dense(np.ones((2, 3)), np.zeros(2))
    film = animate(Chain([first, last]), make_data("rings", n=40))
    assert "relu presses the sheet flat in 1 of 3 directions, without a fold" in film.description


def test_no_line_is_told_between_classes_of_which_one_wins_everywhere() -> None:
    chain = Chain([Dense(np.eye(2), np.array([9.0, 0.0]), "relu"), Dense(np.eye(2), np.zeros(2))])
    said = animate(chain, make_data("rings", n=40)).description
    assert said.endswith("these are the logits.")


def test_a_zero_that_is_added_to_one_output_is_told() -> None:
    first = Dense(np.eye(2), np.zeros(2), "tanh")
    one = Chain([first, Dense(np.array([[1.0, 2.0]]), np.zeros(1))])
    film = animate(one, make_data("rings", n=40))
    assert "the first of them 0 throughout, which is added to the model's one output" in (
        film.description
    )
    assert any("z₁ = 0, which is added" in note for note in film.notes)
    two = animate(Chain([first, LAST]), make_data("rings", n=40))
    assert not any("z₁" in note for note in two.notes)


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
    chain = Chain([Dense(-np.eye(2), np.zeros(2))])
    assert "logits" not in animate(chain, make_data("rings", n=40)).description
