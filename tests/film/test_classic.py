"""The classic film against its published recipe, and against midpoints actually inserted."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats
from warpviz.data.classic import classic_plot_data
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.classic import classic_film, classic_grid, classic_scene
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Dense
from warpviz.output.lookup import lookup_table
from warpviz.picture.classic import ClassicScene
from warpviz.training.classic import classic_start

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text())["classic"]
COLOURS = {"gray": (128, 128, 128), "red": (255, 0, 0), "blue": (0, 0, 255)}


def points_of(scene: object, k: int, t: float) -> Floats:
    assert isinstance(scene, ClassicScene)
    return scene.path.at(k, t)


def with_midpoints(states: list[Floats], rounds: int) -> list[Floats]:
    """The states, with the midpoint of every two neighbours inserted, so many times over."""
    for _ in range(rounds):
        pairs = pairwise(states)
        states = [*(s for a, b in pairs for s in (a, (a + b) / 2)), states[-1]]
    return states


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=12)
@given(st.integers(0, 4), st.sampled_from(["relu", "tanh", "gelu_tanh"]), st.integers(0, 99))
def test_frames_are_midpoints_inserted_again_and_again(
    rounds: int, activation: str, seed: int
) -> None:
    chain = classic_start(activation, seed)
    film = classic_film(chain, rounds=rounds)
    x = np.concatenate([classic_grid(classic_plot_data().x), classic_plot_data().x])
    expected = with_midpoints([state[:, :2] for state in chain.states(x)], rounds)
    moments = list(film.timeline)
    assert len(film) == len(moments) == len(expected) == (6 - 1) * 2**rounds + 1
    for moment, points in zip(moments, expected, strict=True):
        shown = points_of(film.scene, moment.k, moment.t)
        np.testing.assert_allclose(shown, points, rtol=1e-12, atol=1e-12)


def test_the_film_is_the_published_one() -> None:
    film = classic_film(classic_start("relu"))
    assert isinstance(film.scene, ClassicScene)
    assert len(film) == REFERENCE["frames"] == 321
    assert list(film.size) == REFERENCE["size_px"]
    assert len(film.scene.path.keyframes) == REFERENCE["keyframes"]
    seconds = {moment.seconds for moment in film.timeline}
    assert seconds == {1 / REFERENCE["fps"]}, "no holds"
    steps = {round(64 * moment.t, 9) % 1 for moment in film.timeline}
    assert steps == {0.0}, "no easing"


def test_the_dots_are_the_published_ones() -> None:
    scene = classic_scene(classic_start("relu"))
    counts = (10_000, *(REFERENCE["plot"][f"class_{i}"]["points"] for i in (1, 2)))
    assert tuple(one.count for one in scene.series) == counts
    names = ("grid", "class_1", "class_2")
    for one, style in zip(scene.series, (REFERENCE["style"][n] for n in names), strict=True):
        assert one.name == style["label"]
        assert one.radius == style["marker_radius_px"]
        assert one.colour == COLOURS[style["colour"]]
    assert scene.theme.background == (255, 255, 255)


def test_the_grid_spans_the_rounded_range_of_the_data() -> None:
    grid = classic_grid(classic_plot_data().x)
    assert grid.shape == (10_000, 2)
    assert len(np.unique(grid, axis=0)) == 10_000
    assert (grid.min(), grid.max()) == (-1.0, 1.0)
    assert np.allclose(np.diff(np.unique(grid[:, 0].round(9))), 2 / 99)


def test_softmax_is_played() -> None:
    scene = classic_scene(classic_start("tanh"))
    last = scene.path.keyframes[-1]
    np.testing.assert_allclose(last.sum(axis=1), 1.0)


def test_frames_stay_five_hundredths_each() -> None:
    film = classic_film(mlp([2, 2, 2], "tanh", seed=0), rounds=1)
    assert [frame.centiseconds for frame in film.frames()] == [5] * len(film)


@pytest.mark.slow
def test_workers_draw_the_same_pictures() -> None:
    chain = mlp([2, 2], "tanh", seed=0)
    one = classic_film(chain, rounds=5, size=(240, 180), jobs=1)
    two = classic_film(chain, rounds=5, size=(240, 180), jobs=2)
    table = lookup_table(one.palette)
    pairs = zip(one.indexed(table), two.indexed(table), strict=True)
    assert all(np.array_equal(a[0], b[0]) and a[1] == b[1] for a, b in pairs)


def data_of(width: int) -> Dataset:
    x = np.random.default_rng(0).normal(size=(8, width))
    return Dataset(x, np.arange(8) % 2)


def blown_up() -> Chain:
    huge: npt.NDArray[np.float64] = np.full((2, 2), 1e200)
    return Chain([Dense(huge, np.zeros(2)), Dense(huge, np.zeros(2))])


@pytest.mark.parametrize(
    ("chain", "options", "words"),
    [
        (classic_start(), {"rounds": -1}, "rounds expects 0 to 12, got -1"),
        (classic_start(), {"rounds": 13}, "rounds expects 0 to 12, got 13"),
        (classic_start(), {"size": (10, 10)}, "size expects"),
        (classic_start(), {"fps": 0.0}, "fps expects"),
        (mlp([3, 2], "relu", seed=0), {}, "2 features, got 3"),
        (mlp([2, 1, 2], "relu", seed=0), {}, "every layer needs at least 2 units"),
        (blown_up(), {}, "Layer 2 .* overflows"),
    ],
)
def test_what_cannot_be_filmed_is_refused(
    chain: Chain, options: dict[str, object], words: str
) -> None:
    with pytest.raises(WarpvizError, match=words):
        classic_film(chain, **options)  # type: ignore[arg-type]


def test_data_of_three_features_is_refused() -> None:
    with pytest.raises(WarpvizError, match="2 features, got 2 and 3"):
        classic_scene(classic_start(), data_of(3))
