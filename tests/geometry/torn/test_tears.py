"""Where an activation jumps the sheet is torn: cells and lines are on one side of every jump."""

import numpy as np
import pytest

from tests.geometry.nets import UNIT, dense, net
from warpviz.arrays import Floats
from warpviz.geometry.boundary import decision_boundary
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.straight.regions import linear_regions
from warpviz.geometry.tears import tears_sheet, torn
from warpviz.model.chain import Chain
from warpviz.model.layers import Activation

TORN = ["step", "hardshrink", "threshold:0.1:-1", "where(z > 0.2, sin(3*z), -z)"]


def levels(chain: Chain, sheet: Sheet) -> Floats:
    """(cells, units) by how much each cell's corners differ, where f gives two values alone."""
    state = chain.split()[:2](sheet.vertices)
    corners = state[sheet.corners]
    high = np.maximum.reduceat(corners, sheet.offsets[:-1], axis=0)
    return np.asarray(high - np.minimum.reduceat(corners, sheet.offsets[:-1], axis=0))


def test_a_step_leaves_two_flat_levels_and_nothing_between() -> None:
    chain = Chain([dense([[2.0, 1.0]], [0.3], "step"), dense([[1.0], [-1.0]], [0.0, 0.5])])
    sheet = sheet_for(chain.split(), UNIT)
    assert sheet.exact and (levels(chain, sheet) == 0).all()
    state = chain.split().states(sheet.vertices)[2]
    assert set(np.unique(state)) == {0.0, 1.0}
    # The tear is where 2x + y + 0.3 = 0, and has two lips; the boundary runs along both.
    for kind in ("crease", "boundary"):
        lips = [line for line in sheet.lines if line.kind == kind]
        away = [sheet.vertices[lip.vertices] @ [2.0, 1.0] + 0.3 for lip in lips]
        assert len(lips) == 2 and max(np.abs(a).max() for a in away) < 1e-3
        assert sorted(np.sign(a[0]) for a in away) == [-1, 1]
        assert all(len(set(np.sign(a))) == 1 for a in away)


@pytest.mark.many(quick=3)
@pytest.mark.parametrize(
    ("name", "widths"), [*((name, (2, 3, 2)) for name in TORN), ("step", (2, 3, 3, 2)),
                         ("hardshrink", (2, 3, 3, 2))]
)  # fmt: skip
def test_no_cell_and_no_segment_crosses_a_tear(name: str, widths: tuple[int, ...]) -> None:
    chain = net(widths, name, seed=5).split()
    assert tears_sheet(chain)
    sheet = sheet_for(chain, UNIT)
    states = chain.states(sheet.vertices)
    for k, layer in enumerate(chain):
        if not isinstance(layer, Activation):
            continue
        level = layer.function.jumps[0]
        above = states[k] > level
        ends = above[sheet.corners]
        low = np.minimum.reduceat(ends, sheet.offsets[:-1], axis=0)
        high = np.maximum.reduceat(ends, sheet.offsets[:-1], axis=0)
        lines = [above[line.vertices] for line in sheet.lines]
        crossing = np.mean([bool((line != line[0]).any()) for line in lines])
        # Where curves came before, tears are cut along as far as a grid tells them.
        assert (low != high).mean() <= (0.0 if sheet.exact else 0.001)
        assert crossing <= (0.0 if sheet.exact else 0.01)


@pytest.mark.slow
def test_cells_of_a_wide_net_keep_to_one_side_though_they_are_not_cut() -> None:
    chain = net((2, 24, 2), "step", seed=2).split()
    sheet = sheet_for(chain, UNIT)
    state = chain.states(sheet.vertices)[2]
    corners = state[sheet.corners]
    high = np.maximum.reduceat(corners, sheet.offsets[:-1], axis=0)
    low = np.minimum.reduceat(corners, sheet.offsets[:-1], axis=0)
    assert (high == low).all()


def test_the_sheet_stays_whole_before_the_act() -> None:
    chain = net((2, 3, 2), "step", seed=5).split()
    sheet = sheet_for(chain, UNIT)
    plain = sheet_for(net((2, 3, 2), "relu", seed=5).split(), UNIT)
    for each in (sheet, plain):
        x, y = each.vertices[each.corners].T
        nxt = np.roll(np.arange(len(each.corners)), -1)
        nxt[each.offsets[1:] - 1] = each.offsets[:-1]
        area = 0.5 * np.sum(x * y[nxt] - x[nxt] * y)
        assert area == pytest.approx(4.0, rel=2e-4)


def test_a_chain_without_jumps_is_left_alone() -> None:
    chain = net((2, 3, 2), "relu", seed=1).split()
    sheet = sheet_for(chain, UNIT)
    assert not tears_sheet(chain) and torn(sheet, chain) is sheet


def test_regions_of_a_net_of_steps_have_the_values_of_the_net() -> None:
    chain = net((2, 4, 3, 2), "step", seed=3)
    regions = linear_regions(chain, UNIT)
    assert regions is not None
    middles = np.add.reduceat(regions.vertices[regions.corners], regions.offsets[:-1], axis=0)
    middles /= np.diff(regions.offsets)[:, None]
    np.testing.assert_allclose(regions.shifts, chain(middles), atol=1e-12)
    assert not regions.maps.any() and regions.areas.sum() == pytest.approx(4.0)
    # Three parallel levels a layer at most: every crease is a whole line of the first layer.
    assert {line.layer for line in regions.creases} == {0}


def test_the_boundary_of_a_net_of_steps_runs_along_its_tears() -> None:
    chain = Chain([dense([[2.0, 1.0]], [0.3], "step"), dense([[1.0], [-1.0]], [0.0, 0.5])])
    lines = decision_boundary(chain, UNIT)
    assert len(lines.polylines) == 1
    assert lines.vertices @ [2.0, 1.0] == pytest.approx(-0.3, abs=1e-9)
