"""Waves that are faster than pixels: closed forms of their extremes are the oracle."""

import math

import numpy as np
import pytest

import warpviz as wv
from warpviz.figures.envelope import envelope
from warpviz.geometry.straight.kinks import kinks
from warpviz.model.activations import ACTIVATIONS
from warpviz.model.slopes import slope_bound

FAST = 1256.637


def sine_extremes(frequency: float, a: float, b: float) -> tuple[float, float]:
    """The lowest and highest sin(frequency x) on [a, b]: ends, or ±1 where a crest lies inside."""
    a, b = frequency * a, frequency * b
    ends = math.sin(a), math.sin(b)

    def holds(crest: float) -> bool:
        return math.floor((b - crest) / math.tau) > math.floor((a - crest) / math.tau)

    low = -1.0 if holds(-math.pi / 2) else min(ends)
    return low, 1.0 if holds(math.pi / 2) else max(ends)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("frequency", [1.0, 40.0, 211.0, FAST, 2 * math.pi * 200, 7777.7])
def test_every_column_reaches_from_its_lowest_to_its_highest_value(frequency: float) -> None:
    found = envelope(lambda x: np.sin(frequency * x), (0.0, 5.0), slope=frequency)
    known = np.array([
        sine_extremes(frequency, a, b)
        for a, b in zip(found.edges[:-1].tolist(), found.edges[1:].tolist(), strict=True)
    ])  # fmt: skip
    allowed = 2 / 500 if found.sure else 0.02
    np.testing.assert_allclose(found.low, known[:, 0], atol=allowed)
    np.testing.assert_allclose(found.high, known[:, 1], atol=allowed)
    if frequency * 5 / 1000 > math.tau:
        assert found.dense.mean() > 0.9
    elif frequency * 5 / 1000 < math.pi / 2:
        assert not found.dense.any()
        assert found.sure
        np.testing.assert_allclose(found.y, np.sin(frequency * found.x), atol=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_bounds_on_the_slope_hold_for_random_networks(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for activation in ACTIVATIONS:
        chain = wv.mlp([2, 5, 4, 2], activation, seed=seed, softmax=bool(seed % 2))
        x = rng.uniform(-3, 3, (400, 2))
        bound = slope_bound(chain, 3.0)
        for i in range(2):
            gradient = chain.backward(x, np.eye(2)[np.full(len(x), i)])[0]
            assert (np.abs(gradient).max(axis=0) <= bound[i] * (1 + 1e-9)).all()
    steep = slope_bound(wv.mlp([1, 1], "sin", seed=0, softmax=False), 1.0)
    assert np.isfinite(steep).all()


def test_a_piecewise_linear_function_is_drawn_with_its_own_bends() -> None:
    chain = wv.mlp([1, 9, 6, 1], "relu", seed=3, softmax=False)
    bends = kinks(chain, -2.0, 2.0)
    assert bends is not None

    def value(x: np.ndarray) -> np.ndarray:
        return chain(x[:, None])[:, 0]

    found = envelope(value, (-2.0, 2.0), bends=bends)
    assert found.sure and np.isin(bends, found.x).all() and not found.dense.any()


def test_jumps_break_the_line_and_what_is_no_number_leaves_a_gap() -> None:
    sides = np.array([[0.0, 5e-324]])
    found = envelope(lambda x: (x > 0).astype(float), (-1.0, 1.0), breaks=sides)
    gap = np.flatnonzero(np.isnan(found.y))
    assert len(gap) == 1 and found.y[gap[0] - 1] == 0 and found.y[gap[0] + 1] == 1
    assert set(found.y[~np.isnan(found.y)]) == {0.0, 1.0}
    none = envelope(lambda x: np.log(x), (-1.0, 1.0))
    assert np.isnan(none.y[none.x < 0]).all() and np.isfinite(none.y[none.x > 0]).all()


def test_a_constant_and_rounding_are_no_waves() -> None:
    assert not envelope(np.zeros_like, (0.0, 1.0), slope=0.0).dense.any()
    assert not envelope(lambda x: 1e9 + np.sin(1e5 * x) * 1e-9, (0.0, 1.0)).dense.any()
