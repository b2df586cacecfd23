import inspect
import re

import numpy as np
import pytest

from tests.geometry.nets import UNIT, dense, net
from warpviz.geometry.boundary import decision_boundary, level_lines
from warpviz.geometry.curved.hidden import NARROW, _open, slope_range
from warpviz.geometry.curved.tracing import traced
from warpviz.geometry.mosaic import FINEST
from warpviz.model import ACTIVATIONS, Chain
from warpviz.model.activations import activation

PLACE = (0.3313, -0.2127)


def island(size: float) -> Chain:
    """The second class wins on a disc-like patch of about `size`, around `PLACE`."""
    k, (x, y) = 2 / size, PLACE
    steps = dense(
        [[k, 0], [k, 0], [0, k], [0, k]],
        [-k * (x - size), -k * (x + size), -k * (y - size), -k * (y + size)],
        "tanh",
    )
    return Chain([steps, dense([[0, 0, 0, 0], [1, -1, 1, -1]], [0, -3])])


@pytest.mark.parametrize("size", [0.02, 0.005, 0.002, 0.001])
def test_an_island_between_the_points_of_the_grid_is_found(size: float) -> None:
    # The squares of the grid are 0.0104 wide.
    lines = traced(island(size), UNIT)
    assert len(lines.polylines) == 1
    path = lines.vertices[lines.polylines[0].vertices]
    np.testing.assert_array_equal(path[0], path[-1])
    assert np.abs(path - PLACE).max() < size
    z = island(size)(path)
    assert np.abs(z[:, 0] - z[:, 1]).max() < 1e-9


def test_what_is_too_narrow_to_be_found_is_not_ruled_out() -> None:
    lines = traced(island(0.0003), UNIT)
    assert lines.polylines == () and lines.unsure > 0
    assert traced(island(0.02), UNIT).unsure == 0
    assert decision_boundary(Chain([dense([[1, 0], [0, 1]], [0, 0])]), UNIT).unsure == 0


@pytest.mark.parametrize("activation", ["tanh", "gelu", "sin", "relu", "softplus"])
def test_no_other_class_wins_in_a_square_that_is_closed(activation: str) -> None:
    rng = np.random.default_rng(0)
    closed = 0
    for seed in range(6):
        chain = net((2, 6, 5, 3), activation, seed=seed)
        middles = rng.uniform(-1, 1, (200, 2))
        half = np.array([0.02, 0.03])
        winner, may = _open(chain, middles, half, (np.zeros(2), np.eye(2)))
        points = middles[:, None] + half * rng.uniform(-1, 1, (200, 60, 2))
        there = chain(points.reshape(-1, 2)).argmax(axis=1).reshape(200, 60)
        assert not (there != winner[:, None])[~may].any()
        closed += int((~may).sum())
    assert closed > 600


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_over_an_interval_are_between_their_bounds(name: str) -> None:
    function = ACTIVATIONS[name]
    rng = np.random.default_rng(1)
    low = rng.uniform(-6, 5, 300)
    high = low + rng.uniform(0.001, 2.0, 300)
    least, most = slope_range(function, low, high)
    inner = np.linspace(low, high, 400)
    slopes = function.derivative(inner)
    assert (slopes >= least - 1e-9).all() and (slopes <= most + 1e-9).all()
    # Nor are they far: a dense sample comes near to both, but where a slope has a kink or a jump.
    if function.breakpoints is None:
        assert np.quantile(np.abs(slopes.min(axis=0) - least), 0.8) < 1e-4
        assert np.quantile(np.abs(slopes.max(axis=0) - most), 0.8) < 1e-4


def test_grids_are_as_fine_as_what_is_told_of_them() -> None:
    told = re.findall(r"narrower than 1/(\d+) of the sheet", NARROW)
    for traces in (traced, decision_boundary, level_lines):
        fine = inspect.signature(traces).parameters["fine"].default
        assert [str(fine * FINEST)] == told


def test_of_many_extrema_all_count_within_an_interval_and_none_beside() -> None:
    wave = ACTIVATIONS["sin"]
    # Between two turns of the slope, at multiples of π, it is between its values at the ends.
    low = np.array([0.5, 31.5, 90.2, -40.0])
    least, most = slope_range(wave, low, low + 0.5)
    ends = np.cos([low, low + 0.5])
    np.testing.assert_allclose([least, most], [ends.min(axis=0), ends.max(axis=0)])
    wide = slope_range(wave, low, low + 7.0)
    np.testing.assert_allclose(wide, [[-1.0] * 4, [1.0] * 4], atol=1e-6)


@pytest.mark.parametrize("name", ["sin", "gelu", "tanh", "sin(9*z)", "prelu:0.5:-1:2"])
def test_slopes_over_intervals_are_those_that_are_there(name: str) -> None:
    function = activation(name)
    units = len(function.units) or 1
    low = np.tile(np.linspace(-9.013, 9.1, 37)[:, None], units)
    for wide in (0.01, 0.7, 40.0):
        least, most = slope_range(function, low, low + wide)
        inside = np.linspace(low, low + wide, 4001)
        slopes = function.derivative(inside)
        assert (least <= slopes.min(axis=0) + 1e-9).all()
        assert (most >= slopes.max(axis=0) - 1e-9).all()
        # Where the slope rises or falls throughout, its ends are all that there is.
        steps = np.diff(slopes, axis=0)
        even = (steps >= 0).all(axis=0) | (steps <= 0).all(axis=0)
        np.testing.assert_allclose(least[even], slopes[[0, -1]].min(axis=0)[even])
        np.testing.assert_allclose(most[even], slopes[[0, -1]].max(axis=0)[even])
        assert even.any() or wide > 0.01
