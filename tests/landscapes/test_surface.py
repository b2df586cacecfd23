"""Landscapes against plain numpy, the training's own losses, and the line's closed form."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.decomposition import PCA  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.errors import WarpvizError
from warpviz.landscapes.line import line_landscape
from warpviz.landscapes.surface import loss_landscape, losses_at
from warpviz.model.layers import Dense
from warpviz.training.engine import unflatten
from warpviz.training.history import Fit, History
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
    best = np.array([18 - 6 * math.e, 4 * math.e - 10])
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
    land = loss_landscape({"lbfgs": made}, DATA, directions=directions, grid=9)
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


@pytest.mark.parametrize("seed", range(4))
def test_the_principal_plane_is_that_of_scikit_learn(seed: int) -> None:
    start = wv.mlp([2, 3, 2], ("tanh", "relu")[seed % 2], seed=seed)
    fits = {name: wv.train(start, DATA, optimizer=name, epochs=70) for name in ("adam", "lbfgs")}
    if seed > 1:
        del fits["lbfgs"]
    land = loss_landscape(fits, DATA, directions="path", grid=5)
    every = np.concatenate([fit.history.parameters for fit in fits.values()])
    found = PCA(2).fit(every)
    cosines = np.linalg.svd(land.directions @ found.components_.T)[1]
    np.testing.assert_allclose(cosines, 1.0, atol=1e-9)
    share = found.explained_variance_ratio_.sum()
    assert f"{np.floor(100 * share):.0f} % of" in land.what
    # The mean lies on the plane, as it does on every plane that leaves the least squares.
    rest = found.mean_ - land.origin
    np.testing.assert_allclose(rest, land.directions.T @ (land.directions @ rest), atol=1e-9)
    distance = np.linalg.norm(every - found.inverse_transform(found.transform(every)), axis=1)
    np.testing.assert_allclose(np.concatenate([*land.off.values()]), distance, atol=1e-9)
    assert land.paths["adam"][-1] == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("names", [("lbfgs",), ("adam", "lbfgs"), ("lbfgs", "descent", "adam")])
@pytest.mark.parametrize("seed", range(3))
def test_the_plane_goes_through_the_ends_where_it_can(names: tuple[str, ...], seed: int) -> None:
    start = wv.mlp([2, 3, 2], ("tanh", "relu", "gelu")[seed], seed=seed)
    fits = {name: wv.train(start, DATA, optimizer=name, epochs=90) for name in names}
    land = loss_landscape(fits, DATA, grid=5)
    np.testing.assert_allclose(land.directions @ land.directions.T, np.eye(2), atol=1e-12)
    for name, fit in fits.items():
        theta = fit.history.parameters
        drawn = land.origin + land.paths[name] @ land.directions
        # Nobody is nearer: the rest is at right angles to the plane.
        np.testing.assert_allclose((theta - drawn) @ land.directions.T, 0, atol=1e-9)
        np.testing.assert_allclose(np.linalg.norm(theta - drawn, axis=1), land.off[name], atol=1e-9)
        np.testing.assert_allclose(drawn[-1], theta[-1], atol=1e-9)
        there = losses_at(start, drawn[-1:], DATA, Recipe())[0]
        assert there == pytest.approx(fit.history.losses[-1], rel=1e-9)
        np.testing.assert_allclose(land.losses[name], fit.history.losses, rtol=1e-9)
        assert (land.off[name][0] < 1e-9) == (len(names) < 3)
    assert ("start" in land.what) == (len(names) < 3)


def test_four_ends_do_not_lie_on_one_plane_and_that_is_told() -> None:
    fits = {f"{i}": wv.train(wv.mlp([2, 3, 2], "tanh", seed=i), DATA, epochs=40) for i in range(4)}
    land = loss_landscape(fits, DATA, grid=5)
    ends = [land.off[name][-1] for name in fits]
    assert max(ends[:3]) < 1e-9 < 0.1 < ends[3] and "ends of 0, 1 and 2" in land.what


@pytest.mark.parametrize("directions", ["ends", "path"])
def test_a_path_along_a_line_spans_a_plane_too(directions: str) -> None:
    made = fit(optimizer="descent", learning_rate=0.1)
    history = made.history
    line = history.parameters[0] + np.outer([0.0, 0.5, 1.0], np.ptp(history.parameters, axis=0))
    straight = Fit(history.shape, History(np.arange(3), np.zeros(3), None, line, history.shape))
    land = loss_landscape({"a": straight}, DATA, directions=directions, grid=5)
    np.testing.assert_allclose(land.directions @ land.directions.T, np.eye(2), atol=1e-9)
    np.testing.assert_allclose(land.off["a"], 0, atol=1e-9)
    still = Fit(
        history.shape, History(np.arange(3), np.zeros(3), None, line[[1, 1, 1]], made.chain)
    )
    with pytest.raises(WarpvizError, match="does not move"):
        loss_landscape({"a": still}, DATA, directions=directions, grid=5)


def test_random_directions_are_normalised_filter_by_filter() -> None:
    made = fit("relu")
    land = loss_landscape({"lbfgs": made}, DATA, directions="random", grid=5, seed=4)
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
    land = loss_landscape(fits, DATA, grid=7)
    assert [*land.paths] == ["descent", "adam"]
    np.testing.assert_allclose(land.paths["descent"][0], land.paths["adam"][0], atol=1e-9)


def test_what_makes_no_landscape() -> None:
    made = fit()
    with pytest.raises(WarpvizError, match="did you mean 'random'"):
        loss_landscape({"a": made}, DATA, directions="randm")
    with pytest.raises(WarpvizError, match="5 to 1001"):
        loss_landscape({"a": made}, DATA, grid=2)
    with pytest.raises(WarpvizError, match="at least one fit"):
        loss_landscape({}, DATA)
