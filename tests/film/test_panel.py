"""What of data and chain a panel takes: dots that do not cover each other, units that fold."""

import numpy as np
import pytest

from tests.model.residuals import nested
from warpviz.data import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.learnt import _cloud
from warpviz.film.options import Staging
from warpviz.film.panel import (
    _check_states,
    creases_of,
    in_numbers,
    own_axes_of,
    thinned,
)
from warpviz.film.play import Play
from warpviz.geometry.plane import FARTHEST, on_plane, plane_of
from warpviz.model import Activation, Chain, Dense, Softmax, mlp


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_dots_of_a_class_that_would_cover_each_other_are_one(share: float) -> None:
    rng = np.random.default_rng(0)
    flat = rng.uniform(-3, 5, (600, 2)) * [1.0, 0.4] + 7
    labels = rng.integers(0, 2, 600)
    kept = thinned(flat, labels, share)
    reach = share * np.ptp(flat[:, 0])
    assert (np.diff(kept) > 0).all() and len(kept) < 600
    away = np.hypot(*(flat[:, None] - flat[kept]).transpose(2, 0, 1))
    away[labels[:, None] != labels[kept]] = np.inf
    among = away[kept]
    np.fill_diagonal(among, np.inf)
    assert among.min() >= reach
    # Whoever is left out is near one of those before it.
    for i in np.setdiff1d(np.arange(600), kept):
        assert (away[i][kept < i] < reach).any()


def test_up_to_four_hundred_dots_all_are_drawn() -> None:
    same, labels = np.zeros((401, 2)), np.zeros(401, dtype=np.int64)
    assert len(thinned(same[:400], labels[:400], 0.1)) == 400
    same[300:] = 1.0
    assert thinned(same, labels, 0.1).tolist() == [0, 300]


def test_every_unit_that_bends_has_its_crease() -> None:
    play = Play.of(nested("relu"), Staging())
    found = creases_of(play)
    for index, act in enumerate(play.acts):
        own = sorted(unit for layer, unit in found if layer == act.layer)
        if act.folds_from is None:
            assert not own
        else:
            assert own == list(range(len(own))) and len(own) >= 2
            assert {found[act.layer, unit].act for unit in own} == {index}
            assert {found[act.layer, unit].start for unit in own} == {act.folds_from}


def test_layers_in_plain_numbers_are_those_of_the_chain() -> None:
    chain = Chain([*mlp([2, 3, 2], "tanh").logits(), Activation("relu"), Softmax(log=True)])
    told = in_numbers(chain)
    assert [each.activation for each in told] == ["tanh", "identity", "relu", "log_softmax"]
    assert told[0].weight is chain[0].weight and told[2].weight is None  # type: ignore[union-attr]
    (residual,) = [each for each in in_numbers(nested("relu")) if each.activation == "residual"][:1]
    assert residual.inner and residual.weight is None


def test_states_that_are_too_far_to_be_drawn_are_named() -> None:
    limits = (-1.0, 1.0, -1.0, 1.0)
    for size, far in ((FARTHEST, False), (1.01 * FARTHEST, True)):
        play = Play.of(Chain([Dense(size * np.eye(2), np.zeros(2))]), Staging())
        if not far:
            _check_states(play, limits, None)
            continue
        with pytest.raises(WarpvizError, match=r"reaches 1e\+60 on the sheet, too far"):
            _check_states(play, limits, None)
    # In the middle between the corners of the first cells nothing is looked at: eight a side.
    plane = (np.zeros(3), np.array([[0.0, 0], [1, 0], [0, 1]]))
    wide = Play.of(Chain([Dense(2e60 * np.ones((2, 3)), np.zeros(2))]), Staging())
    with pytest.raises(WarpvizError, match="too far"):
        _check_states(wide, limits, plane)


def test_axes_are_told_where_anything_is_known_of_them() -> None:
    x, y = np.random.default_rng(0).normal(size=(9, 6)), np.arange(9) % 2
    assert own_axes_of(Dataset(x, y)) == ()
    named = Dataset(x, y, feature_names=tuple("abcdef"))
    assert [axis.name for axis in own_axes_of(named)] == [*"abcd"]
    assert len(own_axes_of(Dataset(x[:, :2], y).standardised())) == 2


def test_the_input_is_seen_on_its_plane() -> None:
    x, y = np.random.default_rng(0).normal(size=(9, 5)) + 4.0, np.arange(9) % 2
    data, chain = Dataset(x, y), mlp([5, 3, 2], "tanh")
    np.testing.assert_allclose(_cloud(chain, 0, data), on_plane(x, plane_of(data)), atol=1e-12)
    np.testing.assert_array_equal(_cloud(chain, 1, data), chain[:1](x))
    flat = Dataset(x[:, :2], y)
    np.testing.assert_array_equal(_cloud(mlp([2, 2]), 0, flat), flat.x)
