import numpy as np
import pytest

from warpviz.geometry.bisect import HALF_A_PIXEL, MOST_POINTS, bent
from warpviz.geometry.fitting import fold_times, sheet_for
from warpviz.geometry.sheet import Limits, Sheet
from warpviz.model import ACTIVATIONS, Chain, Dense, mlp

LIMITS: Limits = (-1.1, 1.1, -1.1, 1.1)


def acts(activation: str | list[str], seed: int = 0) -> Chain:
    chain = mlp([2, 3, 3, 2], activation, seed=seed)
    rng = np.random.default_rng(seed)
    shaken = [p + rng.normal(0, 0.3, p.shape) for p in chain.parameters()]
    return chain.with_parameters(shaken).logits().split()


def area(sheet: Sheet) -> float:
    start = sheet.vertices[sheet.corners]
    end = np.roll(start, -1, axis=0)
    end[sheet.offsets[1:] - 1] = start[sheet.offsets[:-1]]
    return float(0.5 * np.sum(start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu", "sin", ["relu", "tanh"]], ids=str)
def test_cells_cover_the_limits(activation: str | list[str]) -> None:
    sheet = sheet_for(acts(activation), LIMITS)
    assert area(sheet) == pytest.approx(2.2**2, rel=1e-9)
    assert {"grid", "border"} <= {line.kind for line in sheet.lines}


@pytest.mark.parametrize("activation", ["tanh", "gelu", "sin"])
def test_the_middles_of_bent_lines_stay_near_their_chords(activation: str) -> None:
    chain = acts(activation)
    start = np.array([[-1.1, -1.1], [-1.1, 0.3]])
    end = np.array([[1.1, 1.1], [1.1, 0.3]])
    every = chain.states(np.random.default_rng(0).uniform(-1.1, 1.1, (4000, 2)))
    for line in bent(start, end, chain):
        states = chain.states(np.concatenate([line[:-1], line[1:], (line[:-1] + line[1:]) / 2]))
        for state, cloud in zip(states, every, strict=True):
            first, last, middle = np.split(state, 3)
            off = np.linalg.norm(middle - (first + last) / 2, axis=1)
            # Extents are measured on the lines themselves; a whole cloud is somewhat larger.
            assert off.max() <= 1.05 * HALF_A_PIXEL * np.ptp(cloud, axis=0).max() * 1.5


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("activation", ["tanh", "gelu", "sin", "elu", ["relu", "tanh"]], ids=str)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_sides_of_cells_stay_half_a_pixel_near_the_surface(
    activation: str | list[str], seed: int
) -> None:
    # Law: the image of a side's middle lies near the middle of the images of its ends.
    chain = acts(activation, seed)
    sheet = sheet_for(chain, LIMITS)
    start, end = (sheet.vertices[sheet.edges()[:, side]] for side in (0, 1))
    ends = zip(chain.states(start), chain.states(end), strict=True)
    middles = chain.states((start + end) / 2)
    for (before, after), middle in zip(ends, middles, strict=True):
        size = np.ptp(np.concatenate([before, after]), axis=0).max()
        away = np.abs((before + after) / 2 - middle).max(axis=1) / size
        assert np.quantile(away, 0.99) < HALF_A_PIXEL
        assert away.max() < 1.5 * HALF_A_PIXEL


def test_a_straight_line_needs_no_more_vertices() -> None:
    chain = mlp([2, 3, 2], "identity", seed=0).logits()
    (line,) = bent(np.array([[0.0, 0.0]]), np.array([[1.0, 2.0]]), chain, parts=4)
    np.testing.assert_allclose(line, np.outer(np.arange(5) / 4, [1.0, 2.0]))


def test_folds_of_gelu_lie_where_the_slope_of_the_act_is_zero() -> None:
    chain = acts("gelu")
    sheet = sheet_for(chain, LIMITS)
    folds = [line for line in sheet.lines if line.kind == "crease"]
    assert any(line.times is None for line in folds)
    assert any(line.times is not None for line in folds)
    onset = fold_times(chain)[1]
    assert onset == pytest.approx(0.8858, abs=1e-4)
    for line in folds:
        z = chain[: line.layer](sheet.vertices[line.vertices])[:, line.unit]
        slope = ACTIVATIONS["gelu"].derivative(z)
        # (1 − t) + t f'(z) = 0 for one t within the part of the act where the line is shown.
        t = 1 / (1 - slope)
        low, high = line.times or (1.0, 1.0)
        assert np.ptp(t) < 1e-6
        assert low - 1e-6 <= t.min() <= t.max() <= high + 1e-6


def test_creases_of_relu_lie_where_its_unit_is_zero_whatever_comes_later() -> None:
    chain = acts(["relu", "tanh"])
    sheet = sheet_for(chain, LIMITS)
    creases = [line for line in sheet.lines if line.kind == "crease"]
    assert {line.layer for line in creases} == {1}
    for line in creases:
        z = chain[: line.layer](sheet.vertices[line.vertices])[:, line.unit]
        assert np.abs(z).max() < 1e-9


def test_tanh_never_folds() -> None:
    chain = acts("tanh")
    assert fold_times(chain) == (None,) * len(chain)
    assert not [line for line in sheet_for(chain, LIMITS).lines if line.kind == "crease"]


def test_lines_that_wave_without_number_have_a_bounded_number_of_points() -> None:
    wild = Chain([Dense(3000.0 * np.eye(2), np.zeros(2), "sin")])
    start, end = np.column_stack([-np.ones(50), np.linspace(-1, 1, 50)]), np.ones((50, 2))
    end[:, 1] = start[:, 1]
    lines = bent(start, end, wild)
    assert 39_000 < sum(map(len, lines)) <= MOST_POINTS
    for line, first, last in zip(lines, start, end, strict=True):
        np.testing.assert_array_equal([line[0], line[-1]], [first, last])
        assert (np.diff(line[:, 0]) > 0).all() and len(line) >= 49


def test_lines_of_wide_states_are_bent_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = Chain([Dense.of(2, 5, "sin", seed=0), Dense.of(5, 2, seed=1)])
    start, end = np.array([[-3.0, -2.0], [2.0, -3.0]]), np.array([[3.0, 2.5], [-2.0, 3.0]])
    whole = bent(start, end, chain, parts=6)
    monkeypatch.setattr("warpviz.geometry.bisect.BLOCK", 60)
    for one, other in zip(whole, bent(start, end, chain, parts=6), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)
