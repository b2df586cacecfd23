"""The worst place, found: closed forms, and exact bends, are the oracle."""

import math
from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from warpviz.approximation.approximation import Approximation
from warpviz.approximation.largest_error import jumps, largest_error
from warpviz.approximation.learning import approximate, fresh
from warpviz.approximation.targets import target_of
from warpviz.model.layers import Dense
from warpviz.training.online import Online


def line(slope: float, shift: float) -> wv.Chain:
    return wv.Chain([Dense(np.array([[slope]]), np.array([shift]))])


@pytest.mark.parametrize("seed", range(3))
def test_no_continuous_network_is_nearer_than_half_to_a_step(seed: int) -> None:
    found = approximate("step", layers=(8,), steps=400, rate=0.01, seed=seed)
    at_jump = found(0.0)
    assert found.error() >= max(abs(at_jump), abs(1 - at_jump)) - 1e-9
    assert found.error() >= 0.5


def test_closed_forms() -> None:
    # exp against its chord on [0, 1]: worst where exp' is the chord's slope, log(e − 1).
    chord = math.e - 1
    worst = 1 + chord * math.log(chord) - chord
    assert largest_error(line(chord, 1.0), np.exp, (0.0, 1.0)) == pytest.approx(worst, rel=1e-12)
    # A kink off every grid: |x − 1/π| against nothing, and against a line through the kink.
    kink = 1 / math.pi
    tip = largest_error(line(0.0, 1.0), lambda x: np.abs(x - kink), (-0.5, 0.9))
    assert tip == pytest.approx(1.0, abs=1e-9)
    # A jump off every grid.
    jump = 1 / math.e
    off = largest_error(line(0.0, 0.25), lambda x: (x > jump).astype(float), (-1.0, 1.0))
    assert off == 0.75
    one_side = largest_error(line(1.0, 0.0), lambda x: np.where(x > jump, x, 0), (-1.0, 1.0))
    assert one_side == pytest.approx(1.0, abs=1e-12)  # at −1
    just_left = largest_error(line(2.0, 0.0), lambda x: np.where(x > jump, 2 * x, 0), (0.0, 1.0))
    assert just_left == pytest.approx(2 * jump, abs=1e-12)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu:0.2"])
@pytest.mark.parametrize("seed", range(8))
def test_a_piecewise_linear_network_against_abs_is_worst_at_a_bend(
    seed: int, activation: str
) -> None:
    rng = np.random.default_rng(seed)
    chain = wv.Chain([
        Dense(rng.normal(size=(5, 1)) * 3, rng.normal(size=5), activation),
        Dense(rng.normal(size=(1, 5)), rng.normal(size=1)),
    ])  # fmt: skip
    layer = chain[0]
    assert isinstance(layer, Dense)
    bends = -layer.bias / layer.weight[:, 0]
    ends = np.array([-1.0, 0.0, 1.0, *bends[np.abs(bends) < 1]])
    true = np.abs(chain(ends[:, None])[:, 0] - np.abs(ends)).max()
    assert largest_error(chain, np.abs, (-1.0, 1.0)) == pytest.approx(true, abs=1e-13)


def test_a_narrow_peak_is_climbed() -> None:
    def peak(x: np.ndarray) -> np.ndarray:
        return np.asarray(np.exp(-(((x - 0.123456789) / 1e-4) ** 2)))

    assert largest_error(line(0.0, 0.0), peak, (-1.0, 1.0)) == pytest.approx(1, abs=1e-7)


def test_jumps_are_told_from_steep_slopes() -> None:
    places = np.array([-0.9, -1 / 3, 0.0, 0.4321, 0.77])
    found = jumps(lambda x: np.searchsorted(places, x).astype(float), -1.0, 1.0)
    assert (np.nextafter(found[:, 0], 2) >= found[:, 1]).all()
    np.testing.assert_allclose(found.mean(axis=1), places, atol=1e-15)
    steep = (lambda x: np.tanh(1e6 * x), np.exp, lambda x: np.sqrt(np.abs(x)), np.zeros_like)
    for smooth in steep:
        assert not len(jumps(smooth, -1.0, 1.0))
    assert len(jumps(lambda x: 1 / (x - 0.1234567), -1.0, 1.0)) == 1


def test_points_of_a_table_are_all_there_is(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("0,0\n1,5\n2,1\n")
    target = target_of(str(path))
    found = Approximation("", target, Online.start(fresh((3,), "tanh", target.limits, 0), 0))
    off = np.abs(found.chain(np.array([[0.0], [1.0], [2.0]]))[:, 0] - [0, 5, 1]).max()
    assert found.error() == off
