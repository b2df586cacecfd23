"""Differences over random nets never pass the bound, and meet it where that can be."""

from typing import Any

import numpy as np
import pytest

from warpviz.model import ACTIVATIONS, Chain, Dense, Softmax, mlp
from warpviz.model.slopes import _steepest, slope_bound


def steepest(chain: Chain, reach: float) -> np.ndarray:
    x = np.random.default_rng(0).uniform(-reach, reach, (3000, chain.widths[0]))
    step = 1e-6
    rises = [
        np.abs(chain(x + unit) - chain(x - unit)).max(axis=0) / (2 * step)
        for unit in step * np.eye(chain.widths[0])
    ]
    return np.column_stack(rises)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_slope_is_above_the_bound(name: str) -> None:
    for seed, chain in enumerate(mlp([2, 4, 3, 2], name, seed=seed) for seed in range(3)):
        for part in (chain, chain.logits()):
            bound = slope_bound(part, 2.0)
            assert bound.shape == (2, 2)
            assert (steepest(part, 2.0) <= bound * (1 + 1e-6) + 1e-9).all(), seed


def test_it_is_met_where_all_is_steepest_at_once() -> None:
    straight = Chain([Dense(np.array([[1.0, -2.0], [3.0, 0.5]]), np.ones(2))])
    np.testing.assert_allclose(slope_bound(straight, 5.0), [[1.0, 2.0], [3.0, 0.5]])
    two = Chain([*straight, Dense(np.array([[1.0, -1.0]]), np.zeros(1))])
    np.testing.assert_allclose(slope_bound(two, 5.0), [[4, 2.5]])
    wave = Chain([Dense(np.array([[3.0]]), np.zeros(1), "sin")])
    assert slope_bound(wave, 1e-3)[0, 0] == pytest.approx(3.0)
    assert slope_bound(Chain([Softmax()], 2), 3.0).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert slope_bound(Chain([Softmax(log=True)], 2), 3.0).tolist() == [[2.0, 2.0], [2.0, 2.0]]


def test_the_reach_counts_and_nothing_is_known_beyond_numbers() -> None:
    grown = Chain([Dense(np.eye(1), np.zeros(1), "softplus")])
    near, far = slope_bound(grown, 0.5)[0, 0], slope_bound(grown, 100.0)[0, 0]
    assert near == pytest.approx(1 / (1 + np.exp(-0.5))) and far == pytest.approx(1.0)
    shifted = Chain([Dense(np.eye(1), np.full(1, 2.0), "softplus")])
    assert slope_bound(shifted, 0.5)[0, 0] == pytest.approx(1 / (1 + np.exp(-2.5)))
    huge = Chain([Dense(np.array([[1e308]]), np.zeros(1))] * 2)
    assert slope_bound(huge, 1e300)[0, 0] == np.inf


@pytest.mark.parametrize("far", [0.5, 60.0, 61.0, 1e9, np.inf])
def test_slopes_are_looked_for_in_two_hundredths_and_beyond_sixty_by_factors(far: float) -> None:
    asked: list[np.ndarray] = []

    class Square:
        def value_and_slope(self, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            asked.append(z)
            return 5 * z, -3 * z

    function: Any = Square()
    steepest, highest = _steepest(function, far)
    (z,) = asked
    end = min(far, 1e300)
    assert z[0] == -z[-1] and z[-1] == pytest.approx(end)
    assert steepest == pytest.approx(3 * end) and highest == pytest.approx(5 * end)
    np.testing.assert_allclose(z, -z[::-1], atol=1e-12)
    near = z[np.abs(z) <= 60 + 1e-9]
    steps = np.diff(near)
    assert steps.max() == pytest.approx(2 * min(far, 60) / 24_000)
    beyond = z[z >= 60 - 1e-9]
    if far > 60:
        factors = beyond[2:] / beyond[1:-1]
        np.testing.assert_allclose(factors, (end / 60) ** (1 / 199))


def test_of_units_that_differ_the_steepest_counts() -> None:
    units = Chain([Dense(np.eye(2), np.zeros(2), "prelu:0.5:-3")])
    np.testing.assert_allclose(slope_bound(units, 1.0), [[3, 0], [0, 3]])
    after = Chain([*units, Dense(np.eye(2), np.zeros(2), "softplus")])
    # Before the bend are at most 3: the slope of softplus is σ(3).
    np.testing.assert_allclose(slope_bound(after, 1.0)[0, 0], 3 / (1 + np.exp(-3)))


def test_of_a_softmax_every_output_may_follow_the_steepest_input() -> None:
    chain = Chain([Dense(np.array([[1.0, -2.0], [3.0, 0.5]]), np.zeros(2)), Softmax()])
    np.testing.assert_allclose(slope_bound(chain, 1.0), [[1.5, 1.0]] * 2)
    log = Chain([chain[0], Softmax(log=True)])
    np.testing.assert_allclose(slope_bound(log, 1.0), [[6.0, 4.0]] * 2)
