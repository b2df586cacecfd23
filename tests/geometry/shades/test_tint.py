import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geometry.nets import UNIT, centroids, net
from warpviz.arrays import Floats, Ints
from warpviz.geometry import tint as tinting
from warpviz.geometry.fitting import sheet_for
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.tint import Tint, settled
from warpviz.model import Chain, Dense

MOST = 0.12
"""How much a probability may change within a cell."""
KINDS = [("relu",), ("tanh",), ("gelu",), ("relu", "tanh"), ("tanh", "relu"), ("leaky_relu:0.2",)]


def steep(kind: tuple[str, ...], classes: int, seed: int) -> Chain:
    """A net whose logits are far apart, as after training."""
    names = [kind[k % len(kind)] for k in range(2)] + ["identity"]
    plain = net((2, 6, 6, classes), seed=seed)
    layers = [
        Dense(layer.weight * (1.0, 1.0, 4.0)[k], layer.bias, names[k])
        for k, layer in enumerate(plain)
        if isinstance(layer, Dense)
    ]
    return Chain(layers).split()


def chances(chain: Chain, x: Floats) -> Floats:
    z = chain(x)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def inside(sheet: Sheet, seed: int) -> tuple[Floats, Ints]:
    """Corners and random points of every cell, and the cell of each."""
    sizes = np.diff(sheet.offsets)
    cell = np.repeat(np.arange(sheet.n_cells), sizes)
    places, cells = [sheet.vertices[sheet.corners]], [cell]
    rng = np.random.default_rng(seed)
    for _ in range(6):
        share = rng.exponential(size=len(cell))
        total = np.add.reduceat(share, sheet.offsets[:-1])
        sums = np.add.reduceat(share[:, None] * places[0], sheet.offsets[:-1], axis=0)
        places.append(sums / total[:, None])
        cells.append(np.arange(sheet.n_cells))
    return np.concatenate(places), np.concatenate(cells)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("kind", "classes"),
    [*((kind, 2) for kind in KINDS), (("relu",), 5), (("relu", "tanh"), 3), (("gelu",), 3)],
    ids=str,
)
def test_a_prediction_changes_little_within_a_cell(kind: tuple[str, ...], classes: int) -> None:
    seed = 1
    chain = steep(kind, classes, seed)
    sheet = sheet_for(chain, UNIT, boundary=False, tint=Tint(chain))
    x, cell = inside(sheet, seed)
    p = chances(chain, x)
    low, high = np.full((sheet.n_cells, classes), 2.0), np.full((sheet.n_cells, classes), -1.0)
    np.minimum.at(low, cell, p)
    np.maximum.at(high, cell, p)
    assert (high - low).max() <= MOST
    tints = settled(chances(chain, centroids(sheet.vertices, sheet)))
    assert np.abs(tints[cell] - p).max() <= MOST


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_at_the_logits_the_tint_is_a_function_of_their_difference(kind: tuple[str, ...]) -> None:
    chain = steep(kind, 2, 3)
    sheet = sheet_for(chain, UNIT, boundary=False, tint=Tint(chain))
    tints = settled(chances(chain, centroids(sheet.vertices, sheet)))[:, 0]
    x, cell = inside(sheet, 1)
    z = chain(x)
    order = np.argsort(z[:, 0] - z[:, 1])
    shown = tints[cell][order]
    exact = chances(chain, x)[order, 0]
    # Two layers of cloth that lie over each other there have one tint: it only ever rises, but
    # for what a straight cut through a bent cell leaves over.
    slack = 1e-9 if "tanh" not in kind and "gelu" not in kind else 0.03
    for tint in np.unique(shown):
        others = exact[shown < tint].max(initial=0.0)
        assert exact[shown == tint].min() >= others - slack


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_cuts_leave_neither_gaps_nor_overlaps(kind: tuple[str, ...]) -> None:
    chain = steep(kind, 3, 1)
    sheet = sheet_for(chain, UNIT, boundary=False, tint=Tint(chain))
    start = sheet.vertices[sheet.corners]
    end = np.roll(start, -1, axis=0)
    end[sheet.offsets[1:] - 1] = start[sheet.offsets[:-1]]
    cross = start[:, 0] * end[:, 1] - start[:, 1] * end[:, 0]
    areas = 0.5 * np.add.reduceat(cross, sheet.offsets[:-1])
    assert areas.min() >= -1e-12
    assert areas.sum() == pytest.approx(4.0, rel=1e-9)
    lonely = sheet.edges()
    lonely = lonely[(lonely[:, 2:] < 0).any(axis=1), :2]
    ends = sheet.vertices[lonely]
    on_border = [(ends[:, :, axis] == side).all(axis=1) for axis in (0, 1) for side in (-1.0, 1.0)]
    assert np.logical_or.reduce(on_border).all()


def test_the_lines_of_a_sheet_stay_where_they_are() -> None:
    chain = steep(("relu",), 2, 0)
    plain, cut = sheet_for(chain, UNIT), sheet_for(chain, UNIT, tint=Tint(chain))
    assert cut.exact and len(plain.lines) == len(cut.lines)
    for one, other in zip(plain.lines, cut.lines, strict=True):
        np.testing.assert_array_equal(plain.vertices[one.vertices], cut.vertices[other.vertices])


def test_the_number_of_a_regression_changes_little_within_a_cell() -> None:
    chain = steep(("tanh",), 1, 0)
    marks = np.linspace(-3.0, 3.0, 25)
    sheet = sheet_for(chain, UNIT, tint=Tint(chain, marks))
    x, cell = inside(sheet, 0)
    number = np.clip(chain(x)[:, 0], -3.0, 3.0)
    low, high = np.full(sheet.n_cells, 9.0), np.full(sheet.n_cells, -9.0)
    np.minimum.at(low, cell, number)
    np.maximum.at(high, cell, number)
    assert (high - low).max() <= 1.35 * 0.25


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(2, 12), st.integers(0, 10_000))
def test_settled_chances_keep_their_winner_and_sum_to_one(classes: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.full(classes, 0.3), size=50)
    shades = settled(p)
    np.testing.assert_allclose(shades.sum(axis=1), 1.0)
    np.testing.assert_array_equal(shades.argmax(axis=1), p.argmax(axis=1))
    assert shades.min() >= 0


@pytest.mark.many(quick=2)
@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_what_was_cut_along_the_boundary_is_not_cut_there_again(seed: int, classes: int) -> None:
    # One half is a level, and there the sheet is cut already, up to rounding.
    chain = steep(("relu",), classes, seed)
    sheet = sheet_for(chain, UNIT, tint=Tint(chain.logits()))
    following = np.arange(1, len(sheet.corners) + 1)
    following[sheet.offsets[1:] - 1] = sheet.offsets[:-1]
    here, there = sheet.vertices[sheet.corners].T, sheet.vertices[sheet.corners[following]].T
    doubled = here[0] * there[1] - here[1] * there[0]
    areas = np.add.reduceat(doubled, sheet.offsets[:-1]) / 2
    assert areas.sum() == pytest.approx((UNIT[1] - UNIT[0]) * (UNIT[3] - UNIT[2]))
    assert areas.min() > 1e-13 * areas.sum()


@pytest.mark.parametrize("outputs", [1, 2, 3, 5])
@pytest.mark.parametrize("marks", [None, np.array([0.0, 1.0])])
def test_one_score_is_that_column_of_all(outputs: int, marks: Floats | None) -> None:
    tint = Tint(net((2, 4, outputs), "tanh", seed=outputs).logits(), marks)
    x = np.random.default_rng(0).normal(size=(30, 2))
    scores = tint.scores(x)
    for column in range(scores.shape[1]):
        np.testing.assert_array_equal(tint.score(x, column), scores[:, column])


def test_scores_of_many_classes_are_those_of_each() -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(size=(50, tinting.MANY_CLASSES + 6)) * rng.choice(
        [0.01, 1, 30, 300], size=(50, 1)
    )
    z[:, 3] = z[:, 5]  # ties
    z[:9, 7] = z.max() + 500.0
    scores = Tint(lambda x: x).scores_of(z)
    for label in range(z.shape[1]):
        others = np.delete(z, label, axis=1)
        np.testing.assert_array_equal(scores[:, z.shape[1] + label], z[:, label] - others.max(1))
        odds = z[:, label] - np.logaddexp.reduce(others, axis=1)
        np.testing.assert_allclose(scores[:, label], odds, rtol=1e-12, atol=1e-12)
