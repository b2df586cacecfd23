"""What a recorder keeps in a loop of one's own: every snapshot, and what has diverged."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import warpviz as wv
from tests.film.training.nets import DATA, Net
from warpviz.errors import WarpvizError
from warpviz.film.recorder import Recorder


def test_a_plain_loop_runs_the_module_once_for_all_snapshots() -> None:
    model = Net()
    recorder = wv.Recorder(model)
    run: list[int] = []
    hook = model.layers[0].register_forward_hook(lambda *_: run.append(1))
    for _ in range(20):
        with torch.no_grad():
            model.layers[0].weight.mul_(1.1)
        recorder.snapshot()
    hook.remove()
    assert not run and model.passes == 0
    weights = recorder.chains[-1].parameters()[0]
    np.testing.assert_array_equal(weights, model.layers[0].weight.detach().numpy())


def diverging() -> Recorder:
    recorder = wv.Recorder(model := Net())
    recorder.snapshot(0.5)
    with torch.no_grad():
        model.layers[0].weight.mul_(2)
    recorder.snapshot(float("nan"))
    recorder.snapshot(torch.tensor(float("inf")))
    with torch.no_grad():
        model.layers[0].weight.fill_(torch.nan)
    recorder.snapshot(torch.tensor(torch.nan))
    return recorder


def test_what_has_diverged_is_kept_and_named_in_the_film() -> None:
    recorder = diverging()
    assert recorder.lost == ["", "", "loss is NaN", "loss is ∞", "weights are NaN"]
    np.testing.assert_array_equal(recorder.losses[1:], [0.5, np.nan, np.inf, np.nan])
    assert recorder.chains[4] is recorder.chains[3]
    film = wv.animate_training(recorder, DATA, size=(480, 240), fps=20, seconds=2)
    stops = film.scene.stops
    assert stops[1].endswith("epoch 1") and stops[2].endswith("epoch 2 · loss is NaN")
    assert stops[4].endswith("epoch 4 · weights are NaN")
    told = "From epoch 2 on the loss is NaN: the training has diverged; the last weights that were "
    assert told in " ".join(film.notes)
    assert film.frame(3, 1.0).pixels.shape == (240, 480, 3)


BAD: dict[str, Any] = {
    "several numbers": ({"loss": torch.zeros(3)}, "a loss of one number, got a Tensor of shape"),
    "a word": ({"loss": "low"}, "a loss of one number, got 'low'"),
    "an epoch again": ({"epoch": 0}, "epochs that rise, got 0 after 0; it counts on by one"),
    "no epoch": ({"epoch": "one"}, "epochs that rise, got 'one'"),
    "no model": ({"model": object()}, "A snapshot was left out: to_chain expects"),
    "another model": ({"model": nn.Linear(2, 5)}, r"widths \(2, 3, 2\) throughout, got \(2, 5\)"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_snapshot_warns_once_and_raises_nothing(name: str) -> None:
    given, told = BAD[name]
    recorder = wv.Recorder(Net())
    with pytest.warns(RuntimeWarning, match=told):
        recorder.snapshot(**given)
    recorder.snapshot(**given)  # a second warning would be an error here
    assert len(recorder) == (1 if "model" in name else 3)


def test_a_recorder_without_a_model_waits_for_one() -> None:
    recorder = wv.Recorder()
    assert repr(recorder) == "<Recorder of no model: 0 snapshots>"
    with pytest.warns(RuntimeWarning, match=r"no model yet; give it one: Recorder\(model\)"):
        recorder.snapshot()
    with pytest.raises(WarpvizError, match="two snapshots or more, got 0"):
        wv.animate_training(recorder, DATA)


def test_a_model_that_is_made_anew_at_every_step() -> None:
    recorder = wv.Recorder()
    for epoch in range(3):
        recorder.snapshot(0.1, model=wv.mlp([2, 3, 2], "tanh", seed=epoch))
    wanted = [wv.mlp([2, 3, 2], "tanh", seed=k).parameters()[0] for k in range(3)]
    for chain, weights in zip(recorder.chains, wanted, strict=True):
        np.testing.assert_array_equal(chain.parameters()[0], weights)
