import inspect
import re
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from warpviz.data import Dataset, load_data
from warpviz.errors import WarpvizError
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Softmax
from warpviz.training.loop import _winner, finish, train, training_steps
from warpviz.training.recipe import Recipe

RINGS = load_data("rings")
SMALL = load_data("rings", n=200)


def film_chain(activation: str, seed: int) -> Chain:
    """The default chain of `warpviz render`: 3:identity,3,3."""
    return mlp([2, 3, 3, 3, 2], ["identity", activation, activation], seed=seed)


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


def test_history_tells_what_happened() -> None:
    chain = film_chain("tanh", 0)
    fit = train(chain, SMALL, epochs=25)
    history = fit.history
    assert history.accuracies is not None
    assert history.epochs.tolist() == list(range(26))
    assert len(history) == len(history.losses) == len(history.parameters) == 26
    assert (np.diff(history.losses) <= 0).all()
    for s in (0, 13, -1):
        then = history.chain(s)
        guess = then(SMALL.x)
        assert history.accuracies[s] == np.mean(guess.argmax(axis=1) == SMALL.y)
        theta = np.concatenate([a.ravel() for a in then.parameters()])
        weights = then.parameters()[::2]
        uneven = sum(
            min(w.shape) * np.sum(np.linalg.svd(w, compute_uv=False) ** 4)
            / np.sum(w**2) ** 2 - 1.0
            for w in weights
        )  # fmt: skip
        own = -np.mean(np.log(guess[np.arange(200), SMALL.y]))
        expected = own + 0.003 * np.linalg.norm(theta) + 0.01 * uneven
        assert history.losses[s] == pytest.approx(expected, rel=1e-12)
    assert np.array_equal(history.chain(0).parameters()[0], chain.parameters()[0])
    assert np.array_equal(history.chain(-1)(SMALL.x), fit.chain(SMALL.x))


def test_snapshots_are_spread_evenly_over_long_trainings() -> None:
    fit = train(film_chain("relu", 0), SMALL, optimizer="descent", epochs=1000, snapshots=11)
    assert fit.history.epochs.tolist() == list(range(0, 1001, 100))


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


def test_arrays_train_like_a_dataset() -> None:
    chain = film_chain("tanh", 0)
    one = train(chain, SMALL, epochs=5)
    two = train(chain, (SMALL.x, SMALL.y), epochs=5)
    assert np.array_equal(one.history.parameters, two.history.parameters)


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


GOOD = film_chain("relu", 0)
ERRORS: list[tuple[Any, dict[str, Any], str]] = [
    ((GOOD, SMALL), {"loss": "cross_entrop"}, "did you mean 'cross_entropy'?"),
    ((GOOD, SMALL), {"optimizer": "adan"}, "did you mean 'adam'?"),
    ((GOOD, SMALL), {"precision": "float16"}, "Unknown precision 'float16'"),
    ((GOOD, SMALL), {"epochs": 0}, "expects epochs, a whole number from 1, got 0."),
    ((GOOD, SMALL), {"epochs": 2.5}, "expects epochs to be a whole number or None, got 2.5."),
    ((GOOD, SMALL), {"starts": 0}, "expects starts, a whole number from 1 to 10,000, got 0."),
    ((GOOD, SMALL), {"learning_rate": 0.0}, "expects a learning rate above 0, got 0.0."),
    ((GOOD, SMALL), {"learning_rate": np.inf}, "expects a learning rate above 0, got inf."),
    ((GOOD, SMALL), {"penalty": -1.0}, "expects a penalty of 0 or more, got -1.0."),
    ((GOOD, SMALL), {"seed": -1}, "expects seed, a whole number from 0, got -1."),
    ((GOOD, load_data("blobs")), {}, "as many outputs as classes, 3, got a chain with 2."),
    ((mlp([3, 2]), SMALL), {}, "points with 3 features, as the chain takes, got 2."),
    ((GOOD, (SMALL.x, np.zeros(200))), {}, "at least two classes, got 1."),
    ((GOOD, (SMALL.x * np.nan, SMALL.y)), {}, "finite x"),
    ((Chain([Softmax()], 2), SMALL), {}, "a chain with a Dense layer"),
    ((GOOD, (SMALL.x, np.ones(3))), {"loss": "mean_squared_error"}, "(200, 2), got (3, 1)."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "keywords", "message"), ERRORS)
def test_errors_come_before_any_work(
    arguments: Any, keywords: dict[str, Any], message: str
) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        chain, data = arguments
        training_steps(chain, data, Recipe(**keywords))  # not one step is taken


def test_divergence_ends_in_one_sentence() -> None:
    with pytest.raises(WarpvizError, match=r"Training diverged by epoch \d+: .* below 1e\+100\."):
        train(GOOD, SMALL, optimizer="descent", learning_rate=1e100, epochs=50)


def test_classes_may_be_named_by_the_data() -> None:
    data = Dataset(SMALL.x, SMALL.y, ("a", "b", "c"))
    fit = finish(training_steps(mlp([2, 3, 3]), data, Recipe(epochs=3)))
    assert fit.chain.widths[-1] == 3


def test_a_start_that_diverged_is_never_kept() -> None:
    losses, accuracies = np.array([np.nan, 3.0, 2.0, 2.5]), np.array([0.9, 0.5, 0.5, 0.4])
    assert _winner(losses, accuracies) == 2
    assert _winner(losses, None) == 2


def narrow(seed: int) -> Chain:
    """A sigmoid net whose first weights are so small that the norm penalty takes them to 0."""
    chain = film_chain("sigmoid", seed)
    return chain.with_parameters([0.25 * array for array in chain.parameters()])


def test_weights_that_fell_to_0_are_trained_again_and_penalised_later() -> None:
    data = load_data("xor", n=400)
    steps = training_steps(narrow(0), data, Recipe(snapshots=40))
    begun = 0
    while True:
        try:
            begun += next(steps).epoch == 0
        except StopIteration as end:
            fit = end.value
            break
    assert begun == 2
    history = fit.history
    first, last = (np.linalg.norm(history.parameters[s]) for s in (0, -1))
    assert last > first and history.accuracies[-1] >= 0.99
    # What is told is the whole loss, also of epochs that did not see the penalty.
    for s in (0, len(history) // 4, -1):
        theta, weights = history.parameters[s], history.chain(s).parameters()[::2]
        uneven = sum(
            min(w.shape) * np.sum(np.linalg.svd(w, compute_uv=False) ** 4)
            / np.sum(w**2) ** 2 - 1.0
            for w in weights
        )  # fmt: skip
        own = -np.mean(np.log(history.chain(s)(data.x)[np.arange(400), data.y]))
        expected = own + 0.003 * np.linalg.norm(theta) + 0.01 * uneven
        assert history.losses[s] == pytest.approx(expected, rel=1e-9)


def test_without_a_norm_penalty_nothing_is_trained_twice() -> None:
    steps = training_steps(narrow(0), load_data("xor", n=400), Recipe(penalty=0.0, epochs=20))
    assert sum(step.epoch == 0 for step in steps) == 1


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_no_activation_warns_however_large_the_weights(activation: str) -> None:
    # Warnings are errors in tests.
    chain = film_chain(activation, 0)
    large = chain.with_parameters([300.0 * array for array in chain.parameters()])
    train(large, SMALL, epochs=3, starts=2)


def test_where_every_start_ended_is_told() -> None:
    data = load_data("rings", n=60, seed=0)
    fit = train(mlp([2, 3, 2], "tanh", seed=0), data, starts=3, epochs=9)
    alone = train(mlp([2, 3, 2], "tanh", seed=0), data, starts=1, epochs=9)
    assert len(fit.ends) == 3 and len(alone.ends) == 1
    np.testing.assert_allclose(fit.ends[0](data.x), alone.chain(data.x), atol=1e-6)
    assert any(
        all(np.array_equal(a, b) for a, b in zip(end.parameters(), fit.chain.parameters(),
                                                 strict=True)) for end in fit.ends
    )  # fmt: skip
