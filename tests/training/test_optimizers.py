from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from warpviz.training.engine import Engine
from warpviz.training.optimizers import OPTIMIZERS, Steps, adam, lbfgs


def each_epoch(method: Steps, most: int) -> Iterator[Any]:
    """The losses after every epoch, `most` of them or as many as there are."""
    next(method)
    for _ in range(most):
        try:
            epochs, losses = method.send(1)
        except StopIteration:
            return
        assert epochs == 1
        yield losses


def after(method: Steps, epochs: int) -> None:
    """Make so many epochs in one go."""
    next(method)
    assert method.send(epochs)[0] == epochs


class Bowl:
    """An engine whose loss is a function of two variables, for B points at once."""

    descend, adapt = Engine.descend, Engine.adapt

    def __init__(self, start: Any, f: Any, slope: Any) -> None:
        self.parameters = np.array(start, dtype=np.float64)
        self.f, self.slope = f, slope

    def gradient(self) -> Any:
        return self.slope(self.parameters)

    def losses_and_gradient(self) -> Any:
        return self.f(self.parameters), self.slope(self.parameters)


def rosenbrock(v: Any) -> Any:
    return (1 - v[:, 0]) ** 2 + 100 * (v[:, 1] - v[:, 0] ** 2) ** 2


def rosenbrock_slope(v: Any) -> Any:
    inner = v[:, 1] - v[:, 0] ** 2
    return np.stack([-2 * (1 - v[:, 0]) - 400 * v[:, 0] * inner, 200 * inner], axis=1)


def test_lbfgs_finds_the_bottom_of_rosenbrocks_valley_from_everywhere() -> None:
    bowl: Any = Bowl([[-1.2, 1.0], [3.0, -4.0], [0.0, 0.0]], rosenbrock, rosenbrock_slope)
    falling = []
    for losses in each_epoch(lbfgs(bowl, 0.5), 300):
        falling.append(losses)
    assert np.allclose(bowl.parameters, 1.0, atol=1e-4)
    assert (np.diff(np.array(falling), axis=0) <= 0).all()  # it never goes uphill


def test_lbfgs_moves_every_chain_of_a_batch_as_if_alone() -> None:
    starts = [[-1.2, 1.0], [3.0, -4.0]]
    together: Any = Bowl(starts, rosenbrock, rosenbrock_slope)
    list(each_epoch(lbfgs(together, 0.5), 25))
    for b, start in enumerate(starts):
        alone: Any = Bowl([start], rosenbrock, rosenbrock_slope)
        list(each_epoch(lbfgs(alone, 0.5), 25))
        assert np.allclose(alone.parameters[0], together.parameters[b], rtol=1e-9)


def test_lbfgs_ends_at_a_minimum() -> None:
    bowl: Any = Bowl([[0.0, 0.0]], lambda v: (v**2).sum(axis=1), lambda v: 2 * v)
    assert len(list(each_epoch(lbfgs(bowl, 0.5), 100))) < 100


def test_lbfgs_survives_a_wall_of_nan() -> None:
    # log(x) is not a number left of 0; the minimum of x − log x is at 1.
    def f(v: Any) -> Any:
        return (v - np.log(v)).sum(axis=1)

    bowl: Any = Bowl([[0.01, 20.0]], f, lambda v: 1 - 1 / v)
    with np.errstate(invalid="ignore", divide="ignore"):
        list(each_epoch(lbfgs(bowl, 50.0), 100))
    assert np.allclose(bowl.parameters, 1.0, atol=1e-3)


def test_adam_takes_its_first_step_along_the_signs() -> None:
    # With both hats, m̂ = g and √v̂ = |g| in the first epoch, whatever the gradient's size.
    bowl: Any = Bowl([[5.0, -0.001]], lambda v: (v**2).sum(axis=1), lambda v: 2 * v)
    after(adam(bowl, 0.1), 1)
    assert np.allclose(bowl.parameters, [[4.9, 0.099]], atol=1e-6)


def test_adam_second_step_by_hand() -> None:
    bowl: Any = Bowl([[1.0]], lambda v: (v**2).sum(axis=1), lambda v: 2 * v)
    after(adam(bowl, 0.1), 2)
    g1, g2 = 2.0, 2 * 0.9
    m = (0.9 * 0.1 * g1 + 0.1 * g2) / (1 - 0.9**2)
    v = (0.999 * 0.001 * g1**2 + 0.001 * g2**2) / (1 - 0.999**2)
    assert bowl.parameters[0, 0] == pytest.approx(0.9 - 0.1 * m / np.sqrt(v), abs=1e-7)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_goes_down_with_its_own_rate(name: str) -> None:
    optimizer = OPTIMIZERS[name]
    bowl: Any = Bowl([[1.0, -2.0]], lambda v: (v**2).sum(axis=1), lambda v: 2 * v)
    list(each_epoch(optimizer.method(bowl, optimizer.learning_rate), 200))
    assert (bowl.parameters**2).sum() < 0.01
