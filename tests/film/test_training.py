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
from warpviz.errors import WarpvizError
from warpviz.film.pace import spread
from warpviz.film.recorder import Recorder
from warpviz.geometry.sheet import graph_paper
from warpviz.model.predictions import predicted
from warpviz.picture.figure import FigureScene
from warpviz.picture.scene import Crease

os.environ["KERAS_BACKEND"] = "torch"
DATA = wv.load_data("rings", n=120)
SMALL: dict[str, Any] = {"size": (480, 240), "fps": 10.0, "seconds": 2.0}


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


def figure(film: wv.Animation) -> FigureScene:
    assert isinstance(film.scene, FigureScene)
    return film.scene


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
    cloth = figure(film).cloth
    assert cloth is not None
    panel = cloth.panels[0]
    vertices = len(panel.sheet.vertices)
    assert len(panel.labels) == len(DATA)
    for number, stop in enumerate(panel.stops):
        chain = recorder.chains[int(stop.rpartition(" ")[2])]
        shown = panel.path.keyframes[number, vertices:, :2]
        np.testing.assert_allclose(shown, chain(DATA.x), atol=1e-9)
    assert figure(film).stops[0] == "logits · epoch 0"
    assert figure(film).stops[-1] == "logits · epoch 12"


@pytest.mark.slow
def test_the_marker_stands_on_the_loss_of_the_moment() -> None:
    recorder = recorded()
    film = wv.animate_training(recorder, DATA, **SMALL)
    (curve,) = figure(film).charts[0].curves
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


@pytest.fixture(scope="module")
def fits() -> dict[str, wv.Fit]:
    return {
        name: wv.train(wv.mlp([2, 3, 2], name, seed=0), DATA, epochs=epochs, snapshots=8)
        for name, epochs in (("relu", 30), ("gelu", 12), ("tanh", 21))
    }


@pytest.mark.slow
def test_several_learn_side_by_side_on_one_clock(fits: dict[str, wv.Fit]) -> None:
    film = wv.animate_training(fits, DATA, layer=2, size=(600, 300), fps=10.0, seconds=2.0)
    cloth = figure(film).cloth
    assert cloth is not None and [panel.title for panel in cloth.panels] == list(fits)
    epochs = [float(stop.rpartition(" ")[2]) for stop in figure(film).stops]
    assert epochs[0] == 0 and epochs[-1] == 30 and epochs == sorted(epochs)
    (chart,) = figure(film).charts
    for panel, curve, (name, fit) in zip(cloth.panels, chart.curves, fits.items(), strict=True):
        vertices = len(panel.sheet.vertices)
        known = fit.history.epochs
        for number, epoch in enumerate(epochs):
            # The last snapshot until then; whoever has ended stays as it is.
            at = max(s for s in range(len(known)) if known[s] <= epoch)
            ended = " · ended" if epoch > known[-1] else ""
            assert panel.stops[number] == f"logits · epoch {known[at]}{ended}"
            logits = fit.history.chain(at).logits()(DATA.x)
            shown = panel.path.keyframes[number, vertices:, :2]
            np.testing.assert_allclose(shown, logits, atol=1e-9, err_msg=name)
        assert curve.progress is not None
        wanted = np.interp(epochs, known, np.arange(len(known)))
        np.testing.assert_allclose(curve.progress, wanted)
    assert len({curve.colour for curve in chart.curves}) == 3
    assert not {curve.colour for curve in chart.curves} & set(film.scene.theme.classes[:2])
    assert film.frame(0, 0.5).pixels.shape == (300, 600, 3)
    assert cloth.panels[1].stops[-1] == "logits · epoch 12 · ended"
    assert "gelu of widths 2-3-2 learns" in film.description
    assert "over 12 epochs: logits moves as" in film.description
    plane = wv.animate_training(fits["relu"], DATA, layer=0, **SMALL).description
    assert "in the plane of the input the creases and the boundary move as" in plane
    plane = wv.animate_training(fits["tanh"], DATA, layer=0, **SMALL).description
    assert "in the plane of the input the boundary moves as" in plane
    bare = wv.animate_training(fits["tanh"], DATA, layer=0, hide=("boundary",), **SMALL).description
    assert "in the plane of the input the tint changes as" in bare


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("layer", [0, 1])
@pytest.mark.parametrize("name", ["relu", "gelu", "tanh"])
def test_creases_and_boundary_are_those_of_each_snapshot(
    fits: dict[str, wv.Fit], name: str, layer: int
) -> None:
    history = fits[name].history
    film = wv.animate_training(fits[name], DATA, layer=layer, **SMALL)
    cloth = figure(film).cloth
    assert cloth is not None
    (panel,) = cloth.panels
    kinds = set()
    for line in panel.sheet.lines:
        if line.keyframe is None:
            continue
        kinds.add(line.kind)
        epoch = float(panel.stops[line.keyframe].rpartition(" ")[2])
        chain = history.chain(int(np.searchsorted(history.epochs, epoch))).logits()
        places = panel.sheet.vertices[line.vertices]
        here = panel.path.keyframes[line.keyframe, line.vertices]
        state = chain[:layer](places)
        np.testing.assert_allclose(here[:, : state.shape[1]], state, atol=1e-9)
        if line.kind == "boundary":
            z = chain(places)
            np.testing.assert_allclose(z[:, 0], z[:, 1], atol=1e-7)
        else:
            first = chain[0]
            assert isinstance(first, wv.Dense)
            level = {"relu": 0.0, "gelu": -0.7517915247}[name]
            np.testing.assert_allclose(first.affine(places)[:, line.unit], level, atol=1e-6)
    assert kinds == {"boundary"} | ({"crease"} if name != "tanh" else set())
    bare = wv.animate_training(fits[name], DATA, hide=("creases", "boundary"), **SMALL)
    assert (film.frame(0, 0.0).pixels != bare.frame(0, 0.0).pixels).any()
    assert all(line.keyframe is None for line in figure(bare).cloth.panels[0].sheet.lines)  # type: ignore[union-attr]


def test_lines_of_a_snapshot_come_and_go_with_it() -> None:
    line = Crease(1, 0.0, keyframe=3)
    assert [line.shown(k, t) for k, t in ((1, 1.0), (2, 0.25), (2, 1.0), (3, 0.0), (3, 0.75))] == [
        0.0, 0.25, 1.0, 1.0, 0.25,
    ]  # fmt: skip
    assert line.shown(5, 0.0) == 0.0 and not line.folding(1, 0.5)


@pytest.mark.slow
def test_a_tint_changes_little_within_a_cell() -> None:
    steep = wv.train(wv.mlp([2, 6, 2], "tanh", seed=0), DATA)
    film = wv.animate_training(steep, DATA, layer=0, **SMALL)
    cloth = figure(film).cloth
    assert cloth is not None
    (panel,) = cloth.panels
    sheet = panel.sheet
    chain = steep.chain

    def largest(corners: Any, offsets: Any) -> float:
        told = predicted(chain, sheet.vertices[corners])[:, 0]
        return float((np.maximum.reduceat(told, offsets[:-1])
                      - np.minimum.reduceat(told, offsets[:-1])).max())  # fmt: skip

    even = graph_paper((-1.1, 1.1, -1.1, 1.1), cells=48)
    told = predicted(chain, even.vertices[even.corners])[:, 0].reshape(-1, 4)
    assert largest(sheet.corners, sheet.offsets) < 0.5 * np.ptp(told, axis=1).max()


@pytest.mark.slow
def test_a_film_of_several_is_made_smaller(fits: dict[str, wv.Fit], tmp_path: Path) -> None:
    some = {name: fits[name] for name in ("relu", "tanh")}
    film = wv.animate_training(some, DATA, size=(600, 450), fps=8.0, seconds=1.0, jobs=1)
    whole = film.save(tmp_path / "a.gif")[0]
    (small,) = film.save(tmp_path / "b.gif", max_size=int(0.5 * whole.bytes))
    assert small.bytes <= 0.5 * whole.bytes and "pixels" in small.changes


def test_what_makes_no_film_of_several(fits: dict[str, wv.Fit]) -> None:
    with pytest.raises(WarpvizError, match="at least one record, got none"):
        wv.animate_training({}, DATA)
    with pytest.raises(WarpvizError, match="expects a Recorder, a Fit or its history, got str"):
        wv.animate_training({"relu": "fit"}, DATA)
    with pytest.raises(WarpvizError, match="too small to read"):
        wv.animate_training({str(i): fits["relu"] for i in range(12)}, DATA, size=(320, 240))
    with pytest.raises(WarpvizError, match=r"0 \(the input\) to 2 \(the logits\), got 3"):
        wv.animate_training(fits, DATA, layer=3)
