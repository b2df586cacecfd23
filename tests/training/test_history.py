"""What a training leaves behind: its losses, its snapshots, where each start ended."""

import numpy as np
import pytest

from tests.training.chains import SMALL, film_chain
from warpviz.data import load_data
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.training.loop import train, training_steps
from warpviz.training.recipe import Recipe


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
