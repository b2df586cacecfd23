"""Nets that are dead, explode, overflow or fold too finely: filmed, or refused in one sentence."""

import numpy as np
import pytest

from tests.film.panels.shown import RINGS, panel
from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.model import Chain, Dense, Softmax, mlp


def test_states_that_overflow_name_their_layer() -> None:
    chain = Chain([Dense(1e200 * np.eye(2), np.zeros(2)), Dense(1e200 * np.eye(2), np.zeros(2))])
    with pytest.raises(WarpvizError, match=r"Layer 2 .*overflows"):
        panel(chain)


def test_states_too_far_to_be_drawn_name_their_layer() -> None:
    far = Dense(np.array([[1.0, 0.1], [0.1, 1.0]]), np.zeros(2), "exp(400*z)")
    with pytest.raises(WarpvizError, match=r"^Layer 1 .* reaches .*e\+2\d\d on the sheet, too far"):
        panel(Chain([far, Dense(np.eye(2), np.zeros(2))]))
    # What is large and can be drawn is drawn, without a word of numpy's on the way.
    panel(Chain([Dense(1e50 * np.eye(2), np.zeros(2), "relu"), Dense(np.eye(2), np.zeros(2))]))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("scale", [0.0, 1e-9, 1e6])
def test_dead_and_exploding_nets_have_a_film(scale: float) -> None:
    chain = Chain(
        [
            Dense(scale * np.array([[1.0, 0.4], [-0.3, 1.0], [0.2, 0.1]]), np.zeros(3), "relu"),
            Dense(np.array([[1.0, 0.4, 0.2], [-0.3, 1.0, 0.1]]), np.zeros(2)),
            Softmax(),
        ]
    )
    animation = animate(chain, RINGS, size=(240, 180), jobs=1)
    for k in range(animation.timeline.acts):
        for t in (0.0, 0.5, 1.0):
            assert len(np.unique(animation.frame(k, t).pixels.reshape(-1, 3), axis=0)) > 5


def test_a_net_whose_units_are_all_off_has_a_film() -> None:
    chain = Chain([Dense(np.eye(3, 2), -9 * np.ones(3), "relu"), Dense(np.eye(2, 3), np.ones(2))])
    animation = animate(chain, RINGS, size=(240, 180), jobs=1)
    for moment in ((1, 0.5), (1, 1.0), (2, 0.5), (2, 1.0)):
        assert animation.frame(*moment).pixels.shape == (180, 240, 3)


@pytest.mark.slow
def test_folds_that_are_too_many_to_be_exact_are_said_to_be_sampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chain, data = mlp([2, 8, 8, 2], "relu", seed=0), make_data("rings", n=60)
    assert animate(chain, data, jobs=1).notes == ()
    monkeypatch.setattr("warpviz.geometry.fitting.MOST_CELLS", 5)
    (note,) = animate(chain, data, jobs=1).notes
    assert "sampled" in note
    assert animate(mlp([2, 3, 2], "tanh", seed=0), data, jobs=1).notes == ()


@pytest.mark.slow
def test_what_is_too_narrow_to_be_seen_is_said() -> None:
    # A patch of the second class, 0.0006 wide, between the points of any grid.
    k = 4000.0
    steps = Dense(
        np.array([[k, 0.0], [k, 0.0], [0.0, k], [0.0, k]]),
        -k * np.array([0.3310, 0.3316, -0.2130, -0.2124]),
        "tanh",
    )
    narrow = Chain([steps, Dense(np.array([[0.0] * 4, [1.0, -1, 1, -1]]), np.array([0.0, -3.0]))])
    assert any("do not rule out islands" in note for note in animate(narrow, RINGS).notes)
    wide = mlp([2, 3, 2], "tanh", seed=4)
    assert not any("islands" in note for note in animate(wide, RINGS).notes)
