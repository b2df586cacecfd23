"""Residual layers cut the plane where f does: closed forms and counting points are the oracles."""

import numpy as np
import pytest

from tests.geometry.nets import dense
from tests.model.residuals import drawn, folded, nested
from warpviz.geometry.fitting import fold_times, sheet_for
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.kinks import kinks
from warpviz.geometry.straight.regions import linear_regions
from warpviz.model import Activation, Chain, Dense, Residual
from warpviz.model.layers import steps_of
from warpviz.model.residual import Add, Keep

BOX = (-2.0, 2.0, -2.0, 2.0)


def patterns(chain: Chain, x: np.ndarray) -> int:
    """How many activation patterns points have."""
    kept: list[np.ndarray] = []
    found = []
    for step in steps_of(chain):
        if isinstance(step, Keep):
            kept.append(x)
        elif isinstance(step, Add):
            x = kept.pop() + x
        else:
            z = step.affine(x) if isinstance(step, Dense) else x
            found += [] if getattr(step, "activation", "") == "identity" else [z > 0]
            x = step(x)
    return len(np.unique(np.hstack(found), axis=0))


def test_what_is_relu_is_cut_as_relu() -> None:
    own, relu = (linear_regions(c, BOX) for c in (folded(), Chain([Activation("relu")], 2)))
    assert own is not None and relu is not None
    assert sorted(own.areas) == sorted(relu.areas) == [4.0] * 4
    assert [(line.layer, line.unit) for line in own.creases] == [(0, 0), (0, 1)]
    ends = [np.sort(r.vertices[line.vertices], axis=0) for r in (own, relu) for line in r.creases]
    np.testing.assert_array_equal(ends[:2], ends[2:])
    at = [[1.0, -1.0], [1.0, 1.0]]
    for regions in (own, relu):
        centres = np.add.reduceat(regions.vertices[regions.corners], regions.offsets[:-1]) / 4
        values = np.einsum("rij,rj->ri", regions.maps, centres) + regions.shifts
        np.testing.assert_allclose(values, np.maximum(centres, 0), atol=1e-12)
        np.testing.assert_array_equal(np.maximum(at, 0), folded()(at))


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("seed", [0, 1])
def test_regions_are_as_many_as_patterns_of_points(seed: int) -> None:
    chain = nested(seed=seed).logits()
    regions = linear_regions(chain, BOX)
    assert regions is not None
    assert abs(regions.areas.sum() - 16) < 1e-9
    rows = np.random.default_rng(seed).uniform(-2, 2, (200_000, 2))
    large = int((regions.areas > 1e-3).sum())
    assert large <= patterns(chain, rows) <= regions.n_regions
    sums = np.add.reduceat(regions.vertices[regions.corners], regions.offsets[:-1], axis=0)
    centres = sums / np.diff(regions.offsets)[:, None]
    values = np.einsum("rij,rj->ri", regions.maps, centres) + regions.shifts
    np.testing.assert_allclose(values, chain(centres), rtol=1e-12, atol=1e-12)


def test_kinks_of_one_input_are_where_the_slope_changes() -> None:
    hat = Chain([dense([[1.0], [1.0]], [0.0, -1.0], "relu"), dense([[1.0, -2.0]], [0.0])])
    found = kinks(Chain([Residual(hat), Activation("relu")]), -2.0, 3.0)
    # x + hat(x) is x below 0, 2x up to 1, then 2: relu of it bends at 0 alone.
    assert found is not None and found.tolist() == [-2.0, 0.0, 1.0, 3.0]
    assert kinks(Chain([Residual(Chain([Activation("tanh")], 1))]), -1.0, 1.0) is None


def test_bends_are_counted_through() -> None:
    chain = nested("tanh").split()
    bends = bends_of(chain, 1)
    assert [(bend.first, bend.units) for bend in bends] == [(0, 3), (3, 2)]
    x = np.random.default_rng(0).normal(size=(5, 2))
    inner = chain[1].chain  # type: ignore[union-attr]
    np.testing.assert_array_equal(bends[0].before(x), inner.layers[0](chain[:1](x)))
    assert [bends_of(chain, k) for k in (0, 3, 4)] == [[], [], []]
    assert fold_times(nested("relu").split()) == (None, 0.0, 0.0, None, None)
    assert fold_times(nested("gelu").split())[1:3] == (None, None)


def test_the_sheet_is_straight_between_its_vertices_at_every_time() -> None:
    chain = nested().logits().split()
    sheet = sheet_for(chain, BOX)
    assert sheet.exact
    centres = sheet.centres()
    for state, middle in zip(chain.states(sheet.vertices), chain.states(centres), strict=True):
        sums = np.add.reduceat(state[sheet.corners], sheet.offsets[:-1], axis=0)
        np.testing.assert_allclose(sums / np.diff(sheet.offsets)[:, None], middle, atol=1e-9)
    creases = {(line.layer, line.unit) for line in sheet.lines if line.kind == "crease"}
    assert creases <= {(1, u) for u in range(5)} | {(2, 0), (2, 1)} and len(creases) > 3


@pytest.mark.slow
def test_creases_behind_something_smooth_are_where_units_are_zero() -> None:
    block = Residual(drawn(1, [2, 3, 2], "relu"))
    chain = Chain([*drawn(3, [2, 2], "tanh"), Activation("tanh"), block, *drawn(2, [2, 2], "relu")])
    sheet = sheet_for(chain, BOX)
    creases = [line for line in sheet.lines if line.kind == "crease"]
    assert creases and not sheet.exact
    for line in creases:
        assert line.layer == 2
        sums = bends_of(chain, 2)[0].before(sheet.vertices[line.vertices])
        assert np.abs(sums[:, line.unit]).max() < 1e-9
