import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.geometry.nets import (
    SLANTED,
    UNIT,
    assert_tiles,
    centroids,
    dense,
    net,
    pattern,
    straight_chains,
)
from warpviz.geometry.sheet import Limits, Sheet
from warpviz.geometry.straight.regions import Regions, fold_sheet, linear_regions
from warpviz.model import Chain


def regions_of(chain: Chain, limits: Limits = UNIT) -> Regions:
    regions = linear_regions(chain, limits)
    assert regions is not None
    return regions


def sheet_of(
    chain: Chain, limits: Limits = UNIT, *, cells: int, every: int = 2, max_cells: int = 12_000
) -> Sheet:
    sheet = fold_sheet(chain, limits, cells=cells, every=every, max_cells=max_cells)
    assert sheet is not None
    return sheet


@pytest.mark.slow
@examples(80)
@given(straight_chains())
def test_regions_are_the_activation_patterns(chain: Chain) -> None:
    regions = regions_of(chain, SLANTED)
    assert_tiles(regions.vertices, regions.corners, regions.offsets, SLANTED)
    assert abs(regions.areas.sum() - 5.0 * 1.7) < 1e-9
    found = {tuple(row) for row in regions.patterns.tolist()}
    assert len(found) == regions.n_regions
    x, y = np.meshgrid(np.linspace(-2, 3, 131)[1:-1] + 1e-4, np.linspace(0, 1.7, 131)[1:-1] + 1e-4)
    lattice, near = pattern(chain, np.column_stack([x.ravel(), y.ravel()]))
    middle = np.add.reduceat(regions.vertices[regions.corners], regions.offsets[:-1], axis=0)
    middle /= np.diff(regions.offsets)[:, None]
    inside, doubtful = pattern(chain, middle)
    assert (inside == regions.patterns)[~doubtful].all()
    assert {tuple(row) for row in lattice[~near].astype(int).tolist()} <= found
    value = np.einsum("roi,ri->ro", regions.maps, middle) + regions.shifts
    assert value == pytest.approx(chain(middle), abs=1e-9)


@examples(40)
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_one_layer_makes_as_many_regions_as_its_lines_cross(seed: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    weight, bias = rng.normal(size=(m, 2)), rng.normal(size=m)
    chain = Chain([dense(weight, bias, "relu")])
    # A plane cut by lines in general position gains one part a line and one a crossing.
    far = np.abs(bias / np.hypot(*weight.T)).max() + 1
    crossings = [
        np.linalg.solve(weight[[i, j]], -bias[[i, j]])
        for i, j in itertools.combinations(range(m), 2)
    ]
    far = 2 * max([far, *(np.abs(point).max() for point in crossings)])
    assert regions_of(chain, (-far, far, -far, far)).n_regions == 1 + m + m * (m - 1) // 2
    here = sum(bool(np.abs(point).max() < 1) for point in crossings)
    corners = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]]) @ weight.T + bias
    lines = int(((corners.min(axis=0) < 0) & (corners.max(axis=0) > 0)).sum())
    assert regions_of(chain).n_regions == 1 + lines + here


def test_relu_of_one_line_folds_where_it_is_zero() -> None:
    regions = regions_of(Chain([dense([[1.0, 2.0]], [0.5], "relu")]))
    (crease,) = regions.creases
    ends = regions.vertices[crease.vertices]
    assert sorted(ends.tolist()) == [[-1.0, 0.25], [1.0, -0.75]]
    assert sorted(regions.areas) == pytest.approx([1.5, 2.5])
    assert regions.regions_after == (1, 2)


def test_xor_net_has_three_strips() -> None:
    # relu(x + y) - 2 relu(x + y - 1): the textbook net, 0 at (0,0), (1,1) and 1 at (1,0), (0,1).
    first = dense([[1.0, 1.0], [1.0, 1.0]], [0.0, -1.0], "relu")
    regions = regions_of(Chain([first, dense([[1.0, -2.0]], [0.0])]), (-0.5, 1.5, -0.5, 1.5))
    assert sorted(regions.areas) == pytest.approx([0.5, 1.5, 2.0])
    by_pattern = dict(zip(map(tuple, regions.patterns.tolist()), regions.maps[:, 0], strict=True))
    assert by_pattern[(0, 0)].tolist() == [0.0, 0.0]
    assert by_pattern[(1, 0)].tolist() == [1.0, 1.0]
    assert by_pattern[(1, 1)].tolist() == [-1.0, -1.0]


@pytest.mark.parametrize("depth", [1, 3, 6])
def test_folding_in_half_again_and_again_doubles_the_strips(depth: int) -> None:
    # The tent map 2 relu(x) - 4 relu(x - 1/2) on [0, 1], depth times (Telgarsky 2015).
    layers = [dense([[1.0, 0.0], [1.0, 0.0]], [0.0, -0.5], "relu")]
    layers += [dense([[2.0, -4.0], [2.0, -4.0]], [0.0, -0.5], "relu")] * (depth - 1)
    regions = regions_of(Chain(layers), (0.0, 1.0, 0.0, 1.0))
    assert regions.n_regions == 2**depth
    assert regions.areas == pytest.approx(np.full(2**depth, 2.0**-depth), abs=1e-12)
    assert regions.regions_after == tuple(2**k for k in range(depth + 1))


@pytest.mark.parametrize(
    ("weight", "bias", "count"),
    [
        ([[0.0, 0.0]], [0.0], 1),  # nothing at all
        ([[0.0, 0.0], [0.0, 0.0]], [1.0, -1.0], 1),  # constants
        ([[1.0, 0.0]], [-5.0], 1),  # dead
        ([[1.0, 0.0]], [1.0], 1),  # along the border
        ([[1.0, 0.0]] * 5, [0.25] * 5, 2),  # the same line again and again
        ([[1.0, 0.3], [-3.0, -0.9], [0.1, 0.03]], [0.7, -2.1, 0.07], 2),  # and scaled
        ([[1.0, 0.0]] * 4, [-0.5, 0.0, 0.25, 0.75], 5),  # parallel
        ([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -1.0]], [0.0] * 4, 8),  # through one point
    ],
)
def test_degenerate_layers(weight: list[list[float]], bias: list[float], count: int) -> None:
    for activation in ("relu", "leaky_relu:0.1"):
        regions = regions_of(Chain([dense(weight, bias, activation)]))
        assert regions.n_regions == count
        assert regions.areas.min() > 1e-3
        assert_tiles(regions.vertices, regions.corners, regions.offsets, UNIT)


def test_a_unit_that_is_zero_but_for_rounding_bends_nowhere() -> None:
    first = dense([[0.1, 0.7], [0.3, 2.1]], [0.1, 0.3], "leaky_relu:0.1")
    second = dense([[3.0, -1.0], [-3.0, 1.0], [1.0, 0.0]], [0.0, 0.0, 0.5], "relu")
    regions = regions_of(Chain([first, second]))
    assert regions.regions_after == (1, 2, 2)
    assert {(line.layer, line.unit) for line in regions.creases} == {(0, 0), (0, 1)}


def test_the_identity_is_one_region() -> None:
    regions = regions_of(Chain([], 2))
    assert regions.n_regions == 1 and regions.creases == ()
    assert regions.maps[0].tolist() == [[1, 0], [0, 1]] and regions.regions_after == (1,)


def test_too_many_regions_are_told() -> None:
    assert linear_regions(net((2, 16, 16, 2)), UNIT, max_regions=50) is None


@pytest.mark.slow
@examples(60)
@given(straight_chains())
def test_every_segment_stays_straight_at_every_keyframe(chain: Chain) -> None:
    sheet = sheet_of(chain, SLANTED, cells=6, every=1)
    assert_tiles(sheet.vertices, sheet.corners, sheet.offsets, SLANTED)
    starts = np.concatenate([line.vertices[:-1] for line in sheet.lines])
    ends = np.concatenate([line.vertices[1:] for line in sheet.lines])
    states = chain.split().states(sheet.vertices)
    for part in (0.5, 0.123):
        between = (1 - part) * sheet.vertices[starts] + part * sheet.vertices[ends]
        for state, on in zip(states, chain.split().states(between), strict=True):
            assert on == pytest.approx((1 - part) * state[starts] + part * state[ends], abs=1e-9)


@examples(30)
@given(straight_chains())
def test_cells_are_affine_and_of_one_class(chain: Chain) -> None:
    sheet = sheet_of(chain, SLANTED, cells=5)
    state = chain(sheet.vertices)
    middle = centroids(sheet.vertices, sheet)
    assert centroids(state, sheet) == pytest.approx(chain(middle), abs=1e-9)
    best = np.repeat(chain(middle).argmax(axis=1), np.diff(sheet.offsets))
    corner = state[sheet.corners]
    assert (corner.max(axis=1) - np.take_along_axis(corner, best[:, None], 1)[:, 0]).max() < 1e-9


def test_x_from_two_half_lines_is_two_patterns_and_one_piece() -> None:
    # relu(x) − relu(−x) = x, and relu(x) + relu(−x) = |x|.
    both = dense([[1, 0], [-1, 0]], [0, 0], "relu")
    for sign, pieces in ((-1, 1), (1, 2)):
        regions = linear_regions(Chain([both, dense([[1, sign]], [0])]), UNIT)
        assert regions is not None
        assert (regions.n_regions, regions.n_pieces) == (2, pieces)


@pytest.mark.parametrize("seed", range(12))
def test_pieces_are_what_joining_neighbours_one_by_one_leaves(seed: int) -> None:
    # Oracle: slopes by differences in the middles, neighbours joined one by one.
    chain = net((2, 4, 2, 2), seed=seed)
    regions = linear_regions(chain, UNIT)
    assert regions is not None and regions.n_pieces <= regions.n_regions
    tiles = Sheet(regions.vertices, regions.corners, regions.offsets)
    middles = centroids(regions.vertices, tiles)
    step = 1e-6
    slopes = np.stack(
        [(chain(middles + step * e) - chain(middles - step * e)) / (2 * step) for e in np.eye(2)]
    )
    alike = np.abs(slopes[:, :, None] - slopes[:, None]).max(axis=(0, 3)) < 1e-6
    edges = tiles.edges()[:, 2:].tolist()
    group = list(range(regions.n_regions))
    for left, right in edges:
        if left >= 0 and right >= 0 and alike[left, right]:
            old, new = group[left], group[right]
            group = [new if label == old else label for label in group]
    assert len(set(group)) == regions.n_pieces
    # One number a piece, and no number left out.
    assert len(set(zip(group, regions.pieces.tolist(), strict=True))) == regions.n_pieces
    assert set(regions.pieces.tolist()) == set(range(regions.n_pieces))
