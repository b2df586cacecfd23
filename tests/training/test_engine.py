import os
import subprocess
import sys

import numpy as np
import pytest

from tests.model.differences import differences
from tests.training.plain_training import FUNCTIONS, descend
from tests.training.test_optimizers import after
from warpviz.arrays import Floats
from warpviz.data import load_data
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.chain import Chain
from warpviz.model.init import mlp
from warpviz.model.layers import Activation, Softmax
from warpviz.training.classic import CLASSIC_RECIPE, classic_start
from warpviz.training.engine import Engine, flatten, unflatten
from warpviz.training.loop import finish, training_steps
from warpviz.training.losses import LOSSES
from warpviz.training.optimizers import descent
from warpviz.training.recipe import Recipe

RNG = np.random.default_rng(4)


@pytest.mark.many(quick=5)
@pytest.mark.parametrize("name", [*ACTIVATIONS, "leaky_relu:0.2", "prelu:0.1:-0.5:2"])
@pytest.mark.parametrize("loss", LOSSES)
def test_gradient_matches_differences(name: str, loss: str) -> None:
    # Two chains at once, each with a Dense activation, one alone, and a softmax on the way.
    dense = mlp([2, 3, 3, 2], name, seed=1)
    chain = Chain([*dense[:2], Activation(name), Softmax(), *dense[2:]])
    y = RNG.integers(0, 2, 30)
    engine = Engine(
        chain, RNG.normal(size=(30, 2)), np.eye(2)[y], LOSSES[loss],
        penalty=0.1, evenness=0.1, starts=2,
    )  # fmt: skip
    theta = RNG.normal(size=engine.parameters.shape)

    def total(value: Floats) -> float:
        engine.parameters[...] = value
        return float(engine.losses_and_gradient()[0].sum())

    by = differences(total, theta)
    engine.parameters[...] = theta
    assert np.allclose(engine.gradient(), by, atol=2e-7)
    assert np.array_equal(engine.losses_and_gradient()[1], engine.gradient())


def test_gradient_is_that_of_the_layers() -> None:
    # The readable backward pass of Chain is the oracle of the tape.
    chain = mlp([2, 5, 3], "gelu", seed=2)
    x, y = RNG.normal(size=(40, 2)), RNG.integers(0, 3, 40)
    engine = Engine(chain, x, np.eye(3)[y], LOSSES["cross_entropy"])
    engine.parameters[0] = flatten(chain)
    p = chain(x)
    _, by_layers = chain.logits().backward(x, (p - np.eye(3)[y]) / 40)
    by_tape = unflatten(chain, engine.gradient()[0]).parameters()
    for mine, theirs in zip(by_tape, by_layers, strict=True):
        assert np.allclose(mine, theirs, rtol=0, atol=1e-15)
    loss = engine.losses_and_gradient()[0][0]
    assert loss == pytest.approx(-np.mean(np.log(p[np.arange(40), y])))
    assert engine.accuracies()[0] == np.mean(p.argmax(axis=1) == y)


def test_blocks_change_nothing_but_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = mlp([2, 4, 2], "tanh")
    x, target = RNG.normal(size=(1000, 2)), np.eye(2)[RNG.integers(0, 2, 1000)]
    results = []
    for entries in (10**9, 1000):
        monkeypatch.setattr("warpviz.training.engine.BLOCK_ENTRIES", entries)
        engine = Engine(chain, x, target, LOSSES["cross_entropy"], penalty=0.01)
        engine.parameters[0] = flatten(chain)
        losses, gradient = engine.losses_and_gradient()
        results.append((losses.copy(), gradient.copy(), engine.accuracies()))
    for one, many in zip(*results, strict=True):
        assert np.allclose(one, many, rtol=1e-13, atol=1e-15)


def test_flat_parameters_round_trip() -> None:
    chain = mlp([2, 3, 4, 2], "relu", seed=7)
    again = unflatten(chain, flatten(chain))
    for a, b in zip(chain.parameters(), again.parameters(), strict=True):
        assert np.array_equal(a, b)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("activation", FUNCTIONS)
@pytest.mark.parametrize(("precision", "tolerance"), [("float64", 1e-12), ("float32", 1e-5)])
def test_classic_losses_are_those_of_plain_numpy(
    activation: str, precision: str, tolerance: float
) -> None:
    data = load_data("rings")
    start = classic_start(activation)
    parameters = start.parameters()
    plain = descend(
        list(parameters[::2]), list(parameters[1::2]), activation, data.x, data.y, epochs=300
    )
    recipe = Recipe(
        optimizer="descent", learning_rate=0.1, epochs=300, penalty=0.01, evenness=0.0,
        precision=precision, snapshots=301,
    )  # fmt: skip
    assert CLASSIC_RECIPE.rate == 0.1 and CLASSIC_RECIPE.penalty == 0.01
    fit = finish(training_steps(start, data, recipe))
    assert np.allclose(fit.history.losses, plain, rtol=0, atol=tolerance)


PROGRAM = """
import hashlib, sys
import numpy as np
from warpviz.data import load_data
from warpviz.model import mlp
from warpviz.training import train
digest = hashlib.sha256()
for widths, name, n in (([2, 3, 3, 2], "relu", 7000), ([2, 70, 64, 2], "gelu", 3000)):
    for precision in ("float64", "float32"):
        fit = train(mlp(widths, name), load_data("moons", n=n), epochs=10, starts=2,
                    precision=precision)
        digest.update(fit.history.parameters.tobytes())
x = np.linspace(0, 1, 20000)[:, None]
fit = train(mlp([1, 16, 1], "tanh", softmax=False), (x, np.exp(x)), loss="mean_squared_error",
            epochs=10)
digest.update(fit.history.parameters.tobytes())
print(digest.hexdigest())
"""


@pytest.mark.slow
def test_training_gives_the_same_bytes_for_any_number_of_blas_threads() -> None:
    digests = set()
    for threads in ("1", "2", "4"):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr
        digests.add(run.stdout)
    assert len(digests) == 1


def test_descent_is_the_textbook_step() -> None:
    chain = mlp([2, 3, 2], "tanh")
    x, target = RNG.normal(size=(50, 2)), np.eye(2)[RNG.integers(0, 2, 50)]
    engine = Engine(chain, x, target, LOSSES["cross_entropy"])
    engine.parameters[0] = flatten(chain)
    expected = engine.parameters - 0.3 * engine.gradient()
    after(descent(engine, 0.3), 1)
    assert np.allclose(engine.parameters, expected, rtol=0, atol=1e-16)
