"""What learns, and what it is seen by: told by numpy and scipy."""

from typing import Any

import numpy as np
import pytest
from scipy.special import log_softmax  # type: ignore[import-untyped]

import warpviz as wv
from tests.scenes import figure_of
from warpviz.data.dataset import UNLABELLED
from warpviz.errors import WarpvizError
from warpviz.film.learners import Learner, loss_on
from warpviz.film.learnt import CELLS, _detail, _outline, shown_layer, state_name
from warpviz.geometry.sheet import Limits, graph_paper
from warpviz.model.predictions import predicted
from warpviz.picture.origin import Learnt

RINGS = wv.load_data("rings", n=40)
NETS = tuple(wv.mlp([2, 3, 2], "tanh", seed=seed) for seed in range(4))
LIMITS: Limits = (-1.0, 1.0, -1.0, 1.0)


def learner(**given: Any) -> Learner:
    asked = {
        "title": "", "chains": NETS, "epochs": np.array([0.0, 2, 5, 9]),
        "losses": np.array([0.5, np.nan, 0.25, np.nan]), "lost": ("", "", "", "loss is nan"),
    }  # fmt: skip
    return Learner(**{**asked, **given})


def entropy(chain: wv.Chain) -> float:
    logs = log_softmax(chain.logits()(RINGS.x), axis=1)
    return float(-np.mean([logs[i, label] for i, label in enumerate(RINGS.y)]))


def test_losses_that_were_not_told_are_those_of_the_data() -> None:
    found = learner().on(RINGS).losses
    assert found[:3].tolist() == [0.5, pytest.approx(entropy(NETS[1])), 0.25]
    assert np.isnan(found[3])
    assert np.isnan(loss_on(NETS[0], wv.Dataset(RINGS.x, np.zeros(40, dtype=int), UNLABELLED)))
    line = wv.mlp([2, 3, 1], "tanh", seed=0, softmax=False)
    heights = wv.Dataset.with_targets(RINGS.x, RINGS.x[:, 0] ** 2)
    squares = (line(RINGS.x)[:, 0] - RINGS.x[:, 0] ** 2) ** 2
    assert loss_on(line, heights) == pytest.approx(squares.mean())


def test_the_last_snapshot_until_then_holds() -> None:
    one = learner()
    epochs = np.array([-1.0, 0.0, 1.9, 2.0, 8.0, 9.0, 12.0])
    assert one.at(epochs).tolist() == [0, 0, 0, 1, 2, 3, 3]
    assert one.progress(epochs).tolist() == [0, 0, 0.95, 1.0, 2.75, 3.0, 3.0]
    told = one.moments(epochs, told=True)
    assert told[1:4] == ("epoch 0", "epoch 0", "epoch 2")
    assert told[5:] == ("epoch 9 · loss is nan", "epoch 9 · loss is nan · ended")
    assert one.moments(epochs, told=False)[5:] == ("epoch 9", "epoch 9 · ended")
    known = learner(losses=np.array([1.0, np.inf, -np.inf, np.nan])).finite
    assert known[0] == 1.0 and np.isnan(known[1:]).all()


def test_what_has_diverged_is_told_with_its_epochs() -> None:
    assert learner(lost=("",) * 4).diverged() == ()
    (lost,) = learner().diverged()
    assert lost.startswith("From epoch 9 on the loss is nan: the training has diverged; lower")
    weights = ("", "", "loss is inf", "weights are nan")
    (frozen,) = learner(lost=weights, title="relu").diverged()
    assert frozen.startswith("relu: From epoch 5 on the loss is inf") and "epoch 9 on" in frozen


def test_records_are_of_two_snapshots_at_least() -> None:
    fit = wv.train(NETS[0], RINGS, epochs=3)
    found = Learner.of("a", fit)
    assert len(found.chains) == len(fit.history) and found.model is None
    assert found.lost == ("",) * len(fit.history)
    np.testing.assert_array_equal(found.losses, fit.history.losses)
    recorder = wv.Recorder(NETS[0])
    with pytest.raises(WarpvizError, match="two snapshots or more, got 1"):
        Learner.of("", recorder)


def test_the_last_hidden_state_is_shown_unless_another_is_asked_for() -> None:
    deep, flat = wv.mlp([2, 3, 4, 2], "relu"), wv.mlp([2, 2], "relu")
    assert [shown_layer(deep, layer) for layer in (None, 0, 3)] == [2, 0, 3]
    assert shown_layer(flat, None) == 0
    for layer in (-1, 4):
        with pytest.raises(WarpvizError, match=rf"0 \(the input\) to 3 .*, got {layer}\."):
            shown_layer(deep, layer)
    names = [state_name(deep, layer) for layer in range(4)]
    assert names[0].startswith("input") and names[1:] == ["layer 1", "layer 2", "logits"]


@pytest.mark.parametrize("steep", [0.0, 3.0, 10.0, 60.0, 400.0])
def test_cells_are_as_fine_as_their_tint_turns(steep: float) -> None:
    # Of two classes, p = 1 / (1 + exp(−steep·(x + y/2))).
    weight, none = np.array([[steep, steep / 2], [0.0, 0.0]]), np.zeros(2)
    chain = wv.Chain([wv.Dense(weight, none), wv.Softmax()])
    still = wv.Chain([wv.Dense(0 * weight, none), wv.Softmax()])
    detail = _detail([still, chain, still], RINGS, LIMITS)
    at = np.linspace(-1, 1, CELLS + 1)
    p = 1 / (1 + np.exp(-steep * (at[None, :] + at[:, None] / 2)))
    # It rises in x and in y: from corner to corner of a cell.
    turn = p[1:, 1:] - p[:-1, :-1]
    for step in 0.1 * 1.3 ** np.arange(30):
        want = np.select([turn <= step, turn <= 2 * step, turn <= 4 * step], [1, 2, 4], 8)
        if (want**2).sum() <= 9_000:
            break
    np.testing.assert_array_equal(detail, want)


def test_the_camera_goes_by_a_corner_of_every_square_and_the_whole_border() -> None:
    detail = np.ones((CELLS, CELLS), dtype=np.int64)
    detail[3, 5], detail[0, 0] = 4, 2
    paper = graph_paper(LIMITS, cells=CELLS, detail=detail)
    found = _outline(paper, LIMITS)
    places = paper.vertices[found]
    assert len(np.unique(found)) == len(found)
    used = np.unique(paper.corners)
    # None is further from one of them than a square is wide, and they are not many more.
    away = np.abs(paper.vertices[used][:, None] - places).max(axis=2).min(axis=1)
    assert away.max() <= 2 / CELLS + 1e-9
    assert len(found) <= CELLS**2 + 4 * CELLS + 9
    border = used[(np.abs(paper.vertices[used]) == 1).any(axis=1)]
    assert np.isin(border, found).all()
    assert len(found) < len(used)


@pytest.mark.parametrize(("layer", "features"), [(0, 5), (1, 5), (2, 5), (1, 2)])
def test_a_state_is_seen_as_its_numbers_say(layer: int, features: int) -> None:
    rng = np.random.default_rng(0)
    data = wv.Dataset(rng.normal(size=(30, features)) + 4.0, np.arange(30) % 2)
    chain = wv.mlp([features, 4, 2], "tanh", seed=1)
    fit = wv.train(chain, data, epochs=4, snapshots=3)
    film = wv.animate_training(
        fit, data, layer=layer, size=(480, 240), fps=4.0, seconds=1.0, hide=("creases", "boundary")
    )
    cloth = figure_of(film).cloth
    assert cloth is not None
    (panel,) = cloth.panels
    origin = panel.origin
    assert isinstance(origin, Learnt) and origin.shown == layer and origin.levels is None
    assert (origin.plane is None) == (features == 2)
    vertices = len(panel.sheet.vertices)
    np.testing.assert_array_equal(origin.dots, data.x)
    middles = panel.sheet.centres()
    if origin.plane is not None:
        middles = middles @ origin.plane[1].T + origin.plane[0]
    for number, (centre, axes) in enumerate(origin.views):
        state = data.x
        chances = middles
        for index, each in enumerate(origin.layers):
            weight, bias = (np.asarray(numbers)[number] for numbers in (each.weight, each.bias))
            bend = np.tanh if each.activation == "tanh" else np.asarray
            if index < layer:
                state = bend(state @ weight.T + bias)
            chances = bend(chances @ weight.T + bias)
        dots = panel.path.keyframes[number, vertices:]
        np.testing.assert_allclose((state - centre) @ axes, dots, atol=1e-9)
        shares = np.exp(log_softmax(chances, axis=1))
        np.testing.assert_allclose(shares, panel.chances[number], atol=1e-9)
    np.testing.assert_allclose(panel.chances[-1], predicted(fit.chain, middles), atol=1e-9)
    plane = layer == 0 and features > 2
    assert all(("x" in name) != plane or layer for name in panel.axis_names[-1])
