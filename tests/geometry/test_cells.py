"""Cells are cut where a chain bends, and nowhere else."""

from dataclasses import dataclass

import numpy as np
import pytest

from tests.geometry.nets import dense, net
from warpviz.geometry import cells
from warpviz.geometry.cells import _same_state, bending_cells
from warpviz.geometry.sheet import Sheet, graph_paper
from warpviz.geometry.straight.polygons import Polygons
from warpviz.geometry.tint import Tint
from warpviz.model import Chain, Softmax

OFF = (1.0, 4.0, 2.0, 5.0)
"""Limits that are not the same on both sides of 0."""


def count(sheet: Sheet) -> int:
    return len(sheet.offsets) - 1


def middles(sheet: Sheet) -> np.ndarray:
    sums = np.add.reduceat(sheet.vertices[sheet.corners], sheet.offsets[:-1], axis=0)
    return np.asarray(sums / np.diff(sheet.offsets)[:, None])


def test_what_is_straight_within_the_limits_stays_whole() -> None:
    # Softplus is z from 50 on, to the last digit.
    straight = Chain([dense(np.eye(2), [50.0, 50.0], "softplus")])
    assert count(bending_cells(straight, OFF, None, 8, None)) == 64


def test_cells_are_finer_where_it_bends() -> None:
    # A step at x = 2 alone: what is far from it stays whole.
    step = Chain([dense([[20.0, 0.0]], [-40.0], "tanh")])
    sheet = bending_cells(step, OFF, None, 12, None)
    x = middles(sheet)[:, 0]
    near, far = np.abs(x - 2) < 0.25, np.abs(x - 2) > 0.75
    assert count(sheet) > 144
    assert far.sum() == 12 * 6
    assert near.sum() > 4 * 12 * 2


def test_kinks_are_cut_along_exactly_before_and_nearly_after_a_bend() -> None:
    kink = dense([[1.0, 0.5]], [-3.5], "relu")
    sheet = bending_cells(Chain([kink]), OFF, None, 4, None)
    value = sheet.vertices @ [1.0, 0.5] - 3.5
    sides = np.split(value[sheet.corners], sheet.offsets[1:-1])
    assert all(side.max() < 1e-9 or side.min() > -1e-9 for side in sides)
    bent = Chain([dense(np.eye(2), [0.0, 0.0], "gelu"), kink])
    sheet = bending_cells(bent, OFF, None, 4, None)
    value = bent[:1](sheet.vertices) @ [1.0, 0.5] - 3.5
    sides = np.split(value[sheet.corners], sheet.offsets[1:-1])
    assert all(side.max() < 1e-3 or side.min() > -1e-3 for side in sides)


@pytest.mark.parametrize("units", [3, 4])
def test_kinks_of_wide_layers_are_left_alone(units: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_UNITS", 3)
    # Straight to the eye, but not by its formula, and then a fold along x = 2.6.
    first = dense(np.eye(2), [50.0, 50.0], "softplus")
    fold = dense([[1e-3, 0.0]] * units, [-0.0526] * units, "relu")
    sheet = bending_cells(
        Chain([first, fold, dense(np.ones((1, units)), [0.0])]), OFF, None, 4, None
    )
    cut = np.isclose(sheet.vertices[:, 0], 2.6, atol=1e-3).any()
    assert cut == (units == 3)


def test_no_sheet_has_many_more_cells_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_CELLS", 400)
    wild = Chain([dense(9 * np.eye(2), [0.0, 0.0], "sin")])
    assert 100 < count(bending_cells(wild, OFF, None, 10, None)) <= 400


def test_on_a_plane_of_many_features_states_are_those_of_the_plane() -> None:
    axes = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    plane = (np.array([9.0, 0.0, 0.0]), axes)
    step = [[0.0, 20.0, 0.0]]
    lifted = bending_cells(Chain([dense(step, [-40.0], "tanh")]), OFF, plane, 12, None)
    flat = bending_cells(Chain([dense([[20.0, 0.0]], [-40.0], "tanh")]), OFF, None, 12, None)
    np.testing.assert_allclose(lifted.vertices, flat.vertices)


@dataclass
class Bump:
    """A state that leaves the flat by one in one place alone."""

    at: np.ndarray

    def states(self, x: np.ndarray) -> list[np.ndarray]:
        return [x, 1.0 * (np.abs(x - self.at).max(axis=1, keepdims=True) < 1e-9)]


@pytest.mark.parametrize("at", [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5), (0.5, 0.5)])
def test_every_side_and_a_diagonal_of_a_cell_are_looked_at(at: tuple[float, float]) -> None:
    square = graph_paper((0.0, 2.0, 0.0, 2.0), cells=2)
    polygons = Polygons(square.vertices, square.corners, square.offsets)
    own = [i for i, middle in enumerate(square.centres().tolist()) if middle == [0.5, 0.5]]
    for blocks in (cells.BLOCK, 3):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cells, "BLOCK", blocks)
            off = cells._off(polygons, np.array(own), Bump(np.array(at)), None, [2.0, 4.0], None)
        # One is a quarter of the extent, and half of 400 pixels of it may remain.
        assert off == pytest.approx([0.25 * 800])


def test_the_state_that_a_tint_goes_by_is_known_by_its_layers() -> None:
    chain = net((2, 3, 3, 2), "tanh", seed=1)
    split, tint = chain.split(), Tint(chain.logits())
    assert (_same_state(split, tint), _same_state(chain, tint)) == (len(split), len(chain))
    assert _same_state(Chain([*split, Softmax()]), tint) == len(split)
    assert _same_state(split[:-1], tint) is None
    assert _same_state(net((2, 3, 3, 2), "tanh", seed=2), tint) is None
    assert _same_state(net((2, 3, 3, 2), "relu", seed=1), tint) is None
    assert _same_state(chain, Tint(lambda x: x)) is None
