"""Films of training: a loop of PyTorch, a callback of Keras, our own history."""

import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import warpviz as wv
from tests.film.training.shown import DATA, SMALL
from tests.scenes import figure_of
from warpviz.errors import WarpvizError
from warpviz.film.pace import spread
from warpviz.film.recorder import Recorder
from warpviz.picture.figure import FigureScene

os.environ["KERAS_BACKEND"] = "torch"


def recorded(epochs: int = 12, told: bool = True) -> Recorder:
    """A training loop as people write it."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 2))
    optimizer = torch.optim.Adam(model.parameters(), 0.02)
    x, y = torch.tensor(DATA.x, dtype=torch.float32), torch.tensor(DATA.y)
    recorder = wv.Recorder(model)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        recorder.snapshot(loss if told else None)
    return recorder


@pytest.mark.slow
def test_every_snapshot_is_the_model_of_that_moment() -> None:
    recorder = recorded()
    assert len(recorder) == 13 and recorder.epochs == list(range(13))
    with torch.no_grad():
        now = recorder.model(torch.tensor(DATA.x, dtype=torch.float32))
    np.testing.assert_allclose(recorder.chains[-1](DATA.x), now, rtol=1e-5, atol=1e-6)
    assert not np.allclose(recorder.chains[0](DATA.x), now, atol=1e-3)
    assert recorder.model.training


@pytest.mark.slow
def test_dots_are_where_each_snapshot_puts_them() -> None:
    recorder = recorded()
    film = wv.animate_training(recorder, DATA, layer=3, **SMALL)
    cloth = figure_of(film).cloth
    assert cloth is not None
    panel = cloth.panels[0]
    vertices = len(panel.sheet.vertices)
    assert len(panel.labels) == len(DATA)
    for number, stop in enumerate(panel.stops):
        chain = recorder.chains[int(stop.rpartition(" ")[2])]
        shown = panel.path.keyframes[number, vertices:, :2]
        np.testing.assert_allclose(shown, chain(DATA.x), atol=1e-9)
    assert figure_of(film).stops[0] == "logits · epoch 0"
    assert figure_of(film).stops[-1] == "logits · epoch 12"


@pytest.mark.slow
def test_the_marker_stands_on_the_loss_of_the_moment() -> None:
    recorder = recorded()
    film = wv.animate_training(recorder, DATA, **SMALL)
    (curve,) = figure_of(film).charts[0].curves
    assert curve.progress is not None
    for k in range(len(curve.progress) - 1):
        np.testing.assert_array_equal(curve.at(k, 0.0)[-1], curve.points[int(curve.progress[k])])
    # Lower losses are lower in the picture.
    order = np.argsort(np.nan_to_num(recorder.losses, nan=10.0)[1:])
    assert np.all(np.diff(curve.points[1:][order, 1]) <= 1e-9)


def test_untold_losses_are_computed() -> None:
    recorder = recorded(4, told=False)
    film = wv.animate_training(recorder, DATA, **SMALL)
    chain = recorder.chains[-1]
    expected = nn.functional.cross_entropy(torch.tensor(chain(DATA.x)), torch.tensor(DATA.y))
    assert f"to {float(expected):.3g}" in film.description


def test_early_epochs_get_more_time() -> None:
    picked = spread(np.arange(2001.0))
    assert picked[0] == 0 and picked[-1] == 2000 and len(picked) == 40
    gaps = np.diff(picked)
    assert gaps[:5].max() < 20 and gaps[-5:].min() > 80 and np.all(np.diff(gaps) >= -1)


@pytest.mark.slow
@pytest.mark.parametrize("layer", [None, 0, 1, 2, 3])
def test_our_own_history_at_every_layer(layer: int | None, tmp_path: Path) -> None:
    fit = wv.train(wv.mlp([2, 3, 5, 2], "gelu", seed=0), DATA, epochs=15)
    film = wv.animate_training(fit, DATA, layer=layer, **SMALL)
    (written,) = film.save(tmp_path / "learn.gif")
    image: Any
    with Image.open(written.path) as image:
        assert image.size == (480, 240)
        assert abs(written.seconds - film.seconds) < 0.06
        first = np.asarray(image.convert("RGB"), dtype=int)
        image.seek(image.n_frames - 1)
        last = np.asarray(image.convert("RGB"), dtype=int)
    assert np.abs(first - last).max() > 60
    assert np.abs(film.frame(0, 0.0).pixels.astype(int) - first).mean() < 3


def test_many_features_and_one_output() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(60, 5)), np.arange(60) % 2
    model = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 1), nn.Sigmoid())
    recorder = wv.Recorder(model)
    with torch.no_grad():
        model[0].weight.mul_(1.5)
    recorder.snapshot()
    for layer in range(3):
        assert len(wv.animate_training(recorder, x, y, layer=layer, **SMALL)) > 10


@pytest.mark.slow
def test_a_callback_of_keras() -> None:
    import keras

    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(3, activation="tanh"), keras.layers.Dense(2)]
    )
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    recorder = wv.Recorder(model)
    told = recorder.callback("keras")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Keras's own
        history = model.fit(DATA.x, DATA.y, epochs=3, verbose=0, callbacks=[told])
    assert recorder.losses[1:] == pytest.approx(history.history["loss"])
    assert len(wv.animate_training(recorder, DATA, **SMALL)) > 10


def test_what_makes_no_film(tmp_path: Path) -> None:
    recorder = wv.Recorder(nn.Linear(2, 2))
    with pytest.raises(WarpvizError, match="two snapshots or more, got 1"):
        wv.animate_training(recorder, DATA)
    recorder.snapshot()
    with pytest.raises(WarpvizError, match=r"0 \(the input\) to 1 \(the logits\), got 2"):
        wv.animate_training(recorder, DATA, layer=2)
    with pytest.raises(WarpvizError, match="expects record to be a Recorder, a Fit, a History or"):
        wv.animate_training("learn", DATA)  # type: ignore[arg-type]
    film = wv.animate_training(recorder, DATA, **SMALL)
    with pytest.raises(WarpvizError, match="is drawn in pixels"):
        film.save(tmp_path / "a.gif", tmp_path / "a.svg")
    assert not list(tmp_path.iterdir())


def test_how_much_of_a_wide_state_is_seen_is_said() -> None:
    x = np.random.default_rng(0).normal(size=(600, 6)) * np.arange(6, 0, -1)
    data = wv.Dataset(x, np.arange(600) % 2)
    fit = wv.train(wv.mlp([6, 5, 2], "tanh", seed=0), data, epochs=4)
    for layer, axes, state in ((0, 2, x), (1, 3, fit.chain[:1](x))):
        film = wv.animate_training(fit, data, layer=layer, size=(480, 240), fps=4, seconds=1)
        power = np.sort(np.linalg.eigvalsh(np.cov(state.T)))[::-1]
        share = int(100 * power[:axes].sum() / power.sum())
        assert isinstance(film.scene, FigureScene)
        assert film.scene.stops[-1].endswith(f" ({share} % seen)")
        assert film.notes and "of 600 points are drawn" in film.notes[0]
