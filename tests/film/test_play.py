import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.film.options import Staging
from warpviz.film.panel import creases_of
from warpviz.film.play import Play
from warpviz.model import ACTIVATIONS, Chain, Dense, Softmax, mlp


def test_units_in_turn_are_the_activation_of_a_part() -> None:
    chain = mlp([2, 3, 2, 2], "relu", seed=3)
    points = np.random.default_rng(0).normal(size=(40, 2))
    play = Play.of(chain, Staging(one_by_one=True))
    states = play.states(points)
    assert len(states) == len(play.stops) == len(play.acts) + 1 == len(play.letters)
    # affine, three units, affine, two units, logits
    assert [act.unit for act in play.acts] == [-1, 0, 1, 2, -1, 0, 1, -1]
    z, relu = states[1], ACTIVATIONS["relu"].f
    for unit in range(3):
        expected = z.copy()
        expected[:, : unit + 1] = relu(z[:, : unit + 1])
        np.testing.assert_array_equal(states[2 + unit], expected)
    np.testing.assert_allclose(states[-1], chain.logits()(points), rtol=1e-12)


def test_all_units_at_once_are_the_split_chain() -> None:
    chain = mlp([2, 3, 3, 2], "tanh", seed=1)
    points = np.random.default_rng(1).normal(size=(30, 2))
    states = Play.of(chain, Staging()).states(points)
    for one, other in zip(states, chain.logits().split().states(points), strict=True):
        np.testing.assert_array_equal(one, other)


def test_each_unit_folds_in_its_own_act() -> None:
    chain = mlp([2, 3, 2], "relu", seed=0)
    together = creases_of(Play.of(chain, Staging()))
    assert {crease.act for crease in together.values()} == {1}
    alone = creases_of(Play.of(chain, Staging(one_by_one=True)))
    assert [alone[1, unit].act for unit in range(3)] == [1, 2, 3]
    assert not creases_of(Play.of(mlp([2, 3, 2], "tanh", seed=0), Staging()))


def test_units_in_turn_take_less_time_each() -> None:
    lengths = Play.of(mlp([2, 4, 2], "relu", seed=0), Staging(one_by_one=True)).lengths()
    assert lengths == (1.0, 0.5, 0.5, 0.5, 0.5, 1.0)


def test_very_wide_layers_are_not_played_unit_by_unit() -> None:
    with pytest.raises(WarpvizError, match="at most 64 units, layer 1 has 65"):
        Play.of(mlp([2, 65, 2], "relu", seed=0), Staging(one_by_one=True))


def test_a_lone_affine_map_is_no_classifier() -> None:
    turn = Chain([Dense(-np.eye(2), np.zeros(2))])
    assert Play.of(turn, Staging()).stops[-1] == "layer 1 · affine 2→2"
    assert Play.of(Chain([*turn, Softmax()]), Staging()).stops[-1] == "logits"
