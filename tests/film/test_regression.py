"""Films of models that give a number: scikit-learn's regressor is the oracle of the colours."""

from pathlib import Path

import numpy as np
import pytest
from sklearn.neural_network import MLPRegressor  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.recorder import Recorder
from warpviz.model import Dense
from warpviz.picture.cloth import cloth_colours
from warpviz.picture.scene import Scene
from warpviz.sklearn import WarpDisplay
from warpviz.theme import THEMES, with_levels

RNG = np.random.default_rng(0)
X = RNG.uniform(-1, 1, (150, 2))
Y = X[:, 0] * X[:, 1] + 0.3 * X[:, 0]
MODEL = MLPRegressor(
    hidden_layer_sizes=(3,), activation="tanh", solver="lbfgs", max_iter=5000, random_state=0
).fit(X, Y)


def test_levels_are_what_the_numbers_are() -> None:
    data = Dataset.with_targets(X, Y)
    assert data.n_classes == 13 and data.class_names[0] == f"{Y.min():.3g}".replace("-", "−")
    values = np.linspace(Y.min(), Y.max(), 13)
    assert np.abs(values[data.y] - Y).max() <= np.ptp(Y) / 24 + 1e-12
    shares = data.levels_of(Y)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    np.testing.assert_allclose(shares @ values, Y, atol=1e-12)
    assert ((shares > 0).sum(axis=1) <= 2).all()
    np.testing.assert_allclose(data.levels_of(np.array([-99.0, 99.0])) @ values, values[[0, -1]])


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("theme", THEMES)
def test_the_cloth_has_the_colour_of_what_the_model_says(theme: str) -> None:
    film = wv.animate(MODEL, X, Y, size=(320, 240), theme=theme)
    assert isinstance(film.scene, Scene)
    panel = film.scene.panels[0]
    said = MODEL.predict(panel.sheet.centres())
    colours = cloth_colours(panel.chances, film.scene.theme)
    ramp = np.array(film.scene.theme.cloth, dtype=float)
    place = np.clip((said - Y.min()) / np.ptp(Y), 0, 1) * 12
    for channel in range(3):
        expected = np.interp(place, np.arange(13), ramp[:, channel])
        np.testing.assert_allclose(colours[:, channel], expected, atol=0.51)
    assert "with a number each" in film.description and "logits" not in film.description


@pytest.mark.parametrize("theme", THEMES)
def test_levels_are_even_steps_that_are_told_apart(theme: str) -> None:
    made = with_levels(THEMES[theme])
    steps = np.linalg.norm(np.diff(np.array(made.classes, dtype=float), axis=0), axis=1)
    assert len(set(made.classes)) == 13 and steps.min() > 8 and made.ramp


@pytest.mark.slow
def test_every_format_takes_it(tmp_path: Path) -> None:
    film = wv.animate(MODEL, X, Y, size=(240, 180), fps=5)
    names = ("a.gif", "a.html", "a.svg", "a.webp")
    assert [one.path.name for one in film.save(*(tmp_path / name for name in names))] == list(names)


def test_two_levels_of_a_number_are_no_two_classes() -> None:
    data = Dataset(X, (Y > Y.mean()).astype(int), ("low", "high"), targets=Y)
    film = wv.animate(MODEL, data, size=(240, 180), fps=5)
    assert isinstance(film.scene, Scene) and film.notes == ()
    # The last state is the number itself, not two logits of a classifier.
    path, said = film.scene.panels[0].path, MODEL.predict(X)
    np.testing.assert_allclose(path.keyframes[-1, -len(said) :, 0], said, atol=1e-9)
    assert not path.keyframes[-1, :, 1:].any()


@pytest.mark.parametrize("targets", [None, Y])
def test_the_loss_of_a_film_of_learning_is_that_of_its_task(targets: Floats | None) -> None:
    """Two snapshots of one output z, without a loss told: squares of a number, else σ(z)."""
    data = Dataset(X, (Y > Y.mean()).astype(int), ("low", "high"), targets=targets)
    recorder = Recorder(chain := wv.Chain([Dense(np.array([[1.0, -0.5]]), np.array([0.1]))]))
    recorder.snapshot()
    film = wv.animate_training(recorder, data, size=(480, 240), fps=5, layer=1)
    z = chain(X)[:, 0]
    chance = 1 / (1 + np.exp(np.where(data.y == 1, -z, z)))
    loss = -np.log(chance).mean() if targets is None else ((z - Y) ** 2).mean()
    assert f"to {loss:.3g}." in film.description


def test_whole_numbers_as_targets_and_what_does_not_fit() -> None:
    with pytest.raises(WarpvizError, match="whole numbers"):
        wv.animate(wv.mlp([2, 3, 2], "relu"), X, Y)
    with pytest.raises(WarpvizError, match="not all the same"):
        Dataset.with_targets(X, np.ones(150))
    with pytest.raises(WarpvizError, match="has 2 outputs, but each point of the data has one"):
        wv.animate(wv.mlp([2, 3, 2], "relu"), Dataset.with_targets(X, Y))


def test_a_regressor_of_whole_numbers() -> None:
    counts = np.rint(3 * Y + 5).astype(int)
    film = wv.animate(MODEL, X, counts, size=(240, 180), fps=5)
    assert "with a number each" in film.description


def test_a_state_of_a_regressor_in_ones_own_axes() -> None:
    display = WarpDisplay.from_estimator(MODEL, X, Y, layer=2)
    assert display.ax_ is not None and display.figure_ is not None
