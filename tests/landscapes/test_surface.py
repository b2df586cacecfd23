"""Landscapes against plain numpy, the training's own losses, and the line's closed form."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.landscapes.line import line_landscape
from warpviz.landscapes.surface import landscape, losses_at
from warpviz.model.layers import Dense
from warpviz.training.engine import flatten, unflatten
from warpviz.training.recipe import Recipe

REFERENCE = json.loads((Path(__file__).parents[1] / "reference.json").read_text())["landscape"]
DATA = wv.load_data("rings", n=200)


def fit(name: str = "tanh", **options: Any) -> Any:
    return wv.train(wv.mlp([2, 3, 2], name, seed=1), DATA, epochs=60, **options)


def test_the_line_as_it_was_published() -> None:
    land = line_landscape()
    assert land.a.tolist() == land.b.tolist() == np.linspace(-1, 3, 40).tolist()
    x = np.linspace(0, 1, 10)
    for i, j in ((0, 0), (39, 0), (12, 31), (20, 20)):
        own = ((land.a[j] * x + land.b[i] - np.exp(x)) ** 2).sum()
        assert land.loss[i, j] == pytest.approx(own, rel=1e-12)
    path = land.paths["descent"]
    assert len(path) == 101 and path[0].tolist() == [0, 0] and land.ceiling == 80
    assert "1000" in REFERENCE["path"] and "0.01" in REFERENCE["path"]
    # The least of the expected error lies at the fit of exp on [0, 1]; descent nears it slowly.
    best = np.array([18 - 6 * np.e, 4 * np.e - 10])
    distance = np.linalg.norm(path - best, axis=1)
    assert distance[-1] < 0.4 < distance[0]
    assert not np.array_equal(line_landscape(1).paths["descent"], path)


def test_one_step_of_descent_by_hand() -> None:
    path = line_landscape(3, steps=1, every=1).paths["descent"]
    x = np.random.default_rng(3).uniform(0, 1, 20)
    expected = 0.02 * np.array([(np.exp(x) * x).mean(), np.exp(x).mean()])
    np.testing.assert_allclose(path[1], expected, rtol=1e-12)


@pytest.mark.parametrize("directions", ["path", "random"])
@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_every_place_has_the_loss_of_its_parameters(name: str, directions: str) -> None:
    made = fit(name)
    land = landscape({"lbfgs": made}, DATA, directions=directions, grid=9)
    recipe = Recipe()
    for i, j in ((0, 0), (8, 3), (4, 4)):
        theta = land.origin + land.a[j] * land.directions[0] + land.b[i] * land.directions[1]
        chain = unflatten(made.chain, theta)
        p = chain(DATA.x)[np.arange(len(DATA)), DATA.y]
        norm = np.linalg.norm(theta)
        plain = -np.log(p).mean() + (recipe.penalty or 0) * norm
        assert land.loss[i, j] >= plain - 1e-9
    assert land.loss.shape == (9, 9)


def test_losses_are_those_that_training_tells() -> None:
    history = fit().history
    losses = losses_at(history.shape, history.parameters, DATA, Recipe())
    np.testing.assert_allclose(losses, history.losses, rtol=1e-9)


def test_the_paths_plane_holds_the_path() -> None:
    made = fit()
    land = landscape({"lbfgs": made}, DATA, grid=5)
    np.testing.assert_allclose(land.directions @ land.directions.T, np.eye(2), atol=1e-12)
    steps = made.history.parameters - flatten(made.chain)
    path = land.paths["lbfgs"]
    np.testing.assert_allclose(path, steps @ land.directions.T, atol=1e-9)
    share = (path**2).sum() / (steps**2).sum()
    assert f"{100 * share:.0f} % of its variance" in land.what
    # No other plane holds more: two random ones do not.
    rng = np.random.default_rng(0)
    for _ in range(20):
        other = np.linalg.qr(rng.normal(size=(steps.shape[1], 2)))[0]
        assert ((steps @ other) ** 2).sum() <= (path**2).sum() + 1e-9
    assert land.a[0] < path[:, 0].min() and land.a[-1] > path[:, 0].max()
    assert path[-1].tolist() == [0, 0]


def test_random_directions_are_normalised_filter_by_filter() -> None:
    made = fit("relu")
    land = landscape({"lbfgs": made}, DATA, directions="random", grid=5, seed=4)
    for direction in land.directions:
        moved = unflatten(made.chain, direction)
        for own, other in zip(made.chain, moved, strict=True):
            if isinstance(own, Dense) and isinstance(other, Dense):
                lengths = np.linalg.norm(own.weight, axis=1)
                np.testing.assert_allclose(np.linalg.norm(other.weight, axis=1), lengths)
                assert not other.bias.any()


def test_several_optimizers_from_one_start() -> None:
    start = wv.mlp([2, 3, 2], "tanh", seed=2)
    fits = {name: wv.train(start, DATA, optimizer=name, epochs=80) for name in ("descent", "adam")}
    land = landscape(fits, DATA, grid=7)
    assert [*land.paths] == ["descent", "adam"]
    np.testing.assert_allclose(land.paths["descent"][0], land.paths["adam"][0], atol=1e-9)


def test_what_makes_no_landscape() -> None:
    made = fit()
    with pytest.raises(WarpvizError, match="did you mean 'random'"):
        landscape({"a": made}, DATA, directions="randm")
    with pytest.raises(WarpvizError, match="5 to 1001"):
        landscape({"a": made}, DATA, grid=2)
    with pytest.raises(WarpvizError, match="at least one fit"):
        landscape({}, DATA)
