"""Training learns every data set, never ruins a lecture, repeats itself and tells its progress."""

import inspect
from dataclasses import fields

import numpy as np
import pytest

from tests.training.chains import GOOD, SMALL, film_chain
from warpviz.data import load_data
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.init import mlp
from warpviz.training.loop import _winner, train, training_steps
from warpviz.training.recipe import Recipe


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu"])
@pytest.mark.parametrize("seed", range(20))
def test_default_training_never_ruins_a_lecture(activation: str, seed: int) -> None:
    data = load_data("rings", seed=seed)
    fit = train(film_chain(activation, seed), data, starts=4, seed=seed)
    accuracy = np.mean(fit.chain(data.x).argmax(axis=1) == data.y)
    assert accuracy >= 0.99
    # What is filmed must not be a line: every weight has full rank, by far.
    for weight in fit.chain.parameters()[::2]:
        s = np.linalg.svd(weight, compute_uv=False)
        assert s[-1] > 0.2 * s[0]
    assert np.abs(fit.chain.logits()(data.x)).max() < 100


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("name", "hidden", "activation", "least"),
    [
        ("moons", [4, 4], "relu", 0.99),
        ("circles", [3, 3], "tanh", 0.99),
        ("spirals", [8, 8], "tanh", 0.98),
        ("spirals:3", [8, 8], "tanh", 0.98),
        ("xor", [3, 3], "relu", 0.99),
        ("blobs", [3, 3], "relu", 0.99),
        ("blobs:5", [8], "gelu", 0.98),
        ("checkerboard", [8, 8], "relu", 0.95),
    ],
)
def test_every_data_set_is_learnt(
    name: str, hidden: list[int], activation: str, least: float
) -> None:
    data = load_data(name)
    fit = train(mlp([2, *hidden, data.n_classes], activation), data, starts=4)
    assert fit.history.accuracies is not None and fit.history.accuracies[-1] >= least


def test_nothing_is_mutated_and_everything_repeats() -> None:
    chain = film_chain("relu", 1)
    before = [a.copy() for a in chain.parameters()]
    one = train(chain, SMALL, epochs=20, starts=3, seed=5)
    two = train(chain, SMALL, epochs=20, starts=3, seed=5)
    assert all(np.array_equal(a, b) for a, b in zip(before, chain.parameters(), strict=True))
    assert one.history.parameters.tobytes() == two.history.parameters.tobytes()


def test_one_start_is_the_chains_own_and_several_keep_the_best() -> None:
    chain = film_chain("relu", 3)
    alone = train(chain, SMALL, optimizer="descent", epochs=50)
    assert np.array_equal(alone.history.chain(0)(SMALL.x), chain(SMALL.x))
    many = train(chain, SMALL, optimizer="descent", epochs=50, starts=6)
    assert alone.history.accuracies is not None and many.history.accuracies is not None
    assert many.history.accuracies[-1] >= alone.history.accuracies[-1]


def test_steps_tell_the_progress_and_return_the_fit() -> None:
    chain = film_chain("tanh", 0)
    steps = training_steps(chain, SMALL, Recipe(optimizer="adam", epochs=30))
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            fit = end.value
            break
    assert [step.epoch for step in seen] == list(range(31)) and seen[0].epochs == 30
    assert [step.loss for step in seen] == fit.history.losses.tolist()
    again = train(chain, SMALL, optimizer="adam", epochs=30)
    assert np.array_equal(again.history.losses, fit.history.losses)


def test_regression_finds_the_line_that_least_squares_finds() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 3))
    y = x @ [1.0, -2.0, 0.5] + 3.0 + rng.normal(size=50)
    fit = train(mlp([3, 1], softmax=False), (x, y), loss="mean_squared_error")
    exact = np.linalg.lstsq(np.column_stack([x, np.ones(50)]), y, rcond=None)[0]
    assert np.allclose(fit.chain.parameters()[0][0], exact[:3], atol=1e-5)
    assert fit.history.accuracies is None


def test_train_and_recipe_agree_on_names_and_defaults() -> None:
    keywords = list(inspect.signature(train).parameters.values())[2:]
    assert [(k.name, k.default) for k in keywords] == [(f.name, f.default) for f in fields(Recipe)]


def test_divergence_ends_in_one_sentence() -> None:
    with pytest.raises(WarpvizError, match=r"Training diverged by epoch \d+: .* below 1e\+100\."):
        train(GOOD, SMALL, optimizer="descent", learning_rate=1e100, epochs=50)


def test_a_start_that_diverged_is_never_kept() -> None:
    losses, accuracies = np.array([np.nan, 3.0, 2.0, 2.5]), np.array([0.9, 0.5, 0.5, 0.4])
    assert _winner(losses, accuracies) == 2
    assert _winner(losses, None) == 2


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_no_activation_warns_however_large_the_weights(activation: str) -> None:
    # Warnings are errors in tests.
    chain = film_chain(activation, 0)
    large = chain.with_parameters([300.0 * array for array in chain.parameters()])
    train(large, SMALL, epochs=3, starts=2)
