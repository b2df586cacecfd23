from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.geometry.sheet import Sheet, graph_paper, lattice, rulings, squares

fixed = settings(derandomize=True, deadline=None, max_examples=40)
LIMITS = (-1.0, 2.0, 0.5, 1.5)


def mosaic(seed: int, cells: int) -> Ints:
    detail: Ints = np.random.default_rng(seed).choice([1, 2, 4, 8], (cells, cells))
    return detail


def areas(sheet: Sheet) -> Floats:
    """Signed area of each cell (shoelace)."""
    found = []
    for begin, end in zip(sheet.offsets[:-1], sheet.offsets[1:], strict=True):
        x, y = sheet.vertices[sheet.corners[begin:end]].T
        found.append(0.5 * float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))))
    return np.array(found)


papers = st.builds(
    lambda seed, cells: graph_paper(LIMITS, cells=cells, detail=mosaic(seed, cells)),
    st.integers(0, 10**6),
    st.integers(1, 7),
)


@pytest.mark.slow
@fixed
@given(papers)
def test_cells_tile_the_rectangle_counter_clockwise(sheet: Sheet) -> None:
    assert (areas(sheet) > 0).all()
    assert areas(sheet).sum() == pytest.approx(3.0 * 1.0, rel=1e-12)


@pytest.mark.slow
@fixed
@given(st.integers(0, 10**6), st.integers(1, 7))
def test_detail_says_into_how_many_parts_each_cell_is_cut(seed: int, cells: int) -> None:
    detail = mosaic(seed, cells)
    sheet = graph_paper(LIMITS, cells=cells, detail=detail)
    assert sheet.n_cells == (detail**2).sum()
    expected = np.sort(np.repeat(3.0 / cells**2 / detail.ravel() ** 2, detail.ravel() ** 2))
    np.testing.assert_allclose(np.sort(areas(sheet)), expected, rtol=1e-9)


@fixed
@given(papers)
def test_every_edge_has_a_cell_on_each_side_or_is_the_rim(sheet: Sheet) -> None:
    edges = sheet.edges()
    start, end, left, right = edges.T
    assert (start < end).all()
    assert len({(a, b) for a, b in zip(start.tolist(), end.tolist(), strict=True)}) == len(edges)
    # Each cell's own sides, counted without the code under test.
    sides: Counter[tuple[int, int, int]] = Counter()
    for cell in range(sheet.n_cells):
        ring = sheet.corners[sheet.offsets[cell] : sheet.offsets[cell + 1]].tolist()
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            sides[a, b, cell] += 1
    assert set(sides.values()) == {1}
    assert sum(sides.values()) == int((left >= 0).sum() + (right >= 0).sum())
    for a, b, one, other in edges.tolist():
        assert one < 0 or (a, b, one) in sides
        assert other < 0 or (b, a, other) in sides
    # No gap: what has no cell on one side lies on the rim.
    rim = edges[(left < 0) | (right < 0)]
    middle = 0.5 * (sheet.vertices[rim[:, 0]] + sheet.vertices[rim[:, 1]])
    x0, x1, y0, y1 = LIMITS
    to_rim = np.min(np.abs(middle[:, [0, 0, 1, 1]] - [x0, x1, y0, y1]), axis=1)
    np.testing.assert_allclose(to_rim, 0, atol=1e-12)
    length = np.linalg.norm(sheet.vertices[rim[:, 0]] - sheet.vertices[rim[:, 1]], axis=1).sum()
    assert length == pytest.approx(2 * (3 + 1))


@fixed
@given(papers)
def test_the_sheet_is_whole_by_eulers_formula(sheet: Sheet) -> None:
    used = len(np.unique(sheet.corners))
    # V − E + F = 1 for a disc without its outside.
    assert used - len(sheet.edges()) + sheet.n_cells == 1


@pytest.mark.slow
@fixed
@given(papers)
def test_cells_are_convex_and_centres_inside(sheet: Sheet) -> None:
    centres = sheet.centres()
    for cell in range(sheet.n_cells):
        ring = sheet.vertices[sheet.corners[sheet.offsets[cell] : sheet.offsets[cell + 1]]]
        side = np.roll(ring, -1, axis=0) - ring
        follow = np.roll(side, -1, axis=0)
        assert (side[:, 0] * follow[:, 1] - side[:, 1] * follow[:, 0] >= -1e-12).all()
        away = centres[cell] - ring
        assert (side[:, 0] * away[:, 1] - side[:, 1] * away[:, 0] > 0).all()


@pytest.mark.parametrize(("cells", "every"), [(48, 2), (6, 3), (5, 2), (4, 1)])
def test_lines_rule_the_paper_and_the_border_closes_it(cells: int, every: int) -> None:
    sheet = graph_paper(LIMITS, cells=cells, every=every)
    kinds = Counter(line.kind for line in sheet.lines)
    assert kinds["border"] == 4
    assert kinds["grid"] == 2 * (len(range(0, cells, every)) - 1)
    x0, x1, y0, y1 = LIMITS
    for line in sheet.lines:
        points = sheet.vertices[line.vertices]
        spread = np.ptp(points, axis=0)
        axis = int(spread.argmax())
        assert spread[1 - axis] == 0
        assert spread[axis] == pytest.approx((x1 - x0, y1 - y0)[axis])
        assert (np.diff(points[:, axis]) > 0).all()
        assert len(points) >= 4 * cells + 1
    rim = [line for line in sheet.lines if line.kind == "border"]
    low = np.min([sheet.vertices[line.vertices].min(axis=0) for line in rim], axis=0)
    high = np.max([sheet.vertices[line.vertices].max(axis=0) for line in rim], axis=0)
    np.testing.assert_allclose([*low, *high], [x0, y0, x1, y1])


def test_rulings_are_at_the_sides_of_cells() -> None:
    places = {float(start[0]) for _, start, end in rulings(LIMITS, 6, 2) if start[0] == end[0]}
    assert places == {-1.0, 0.0, 1.0, 2.0}


@fixed
@given(st.integers(0, 10**6), st.integers(1, 9))
def test_every_place_is_in_its_square(seed: int, cells: int) -> None:
    places = np.random.default_rng(seed).uniform((-1.0, 0.5), (2.0, 1.5), (40, 2))
    row, column = np.divmod(squares(places, LIMITS, cells), cells)
    x, y = np.linspace(-1, 2, cells + 1), np.linspace(0.5, 1.5, cells + 1)
    assert np.all((x[column] <= places[:, 0]) & (places[:, 0] <= x[column + 1]))
    assert np.all((y[row] <= places[:, 1]) & (places[:, 1] <= y[row + 1]))


def test_the_lattice_holds_the_corners_of_whole_cells() -> None:
    corners = lattice(LIMITS, 5).reshape(-1, 2)
    sheet = graph_paper(LIMITS, cells=5)
    used = sheet.vertices[np.unique(sheet.corners)]
    order = np.lexsort(used.T)
    np.testing.assert_allclose(used[order], corners[np.lexsort(corners.T)], atol=1e-12)


@pytest.mark.parametrize(
    "limits",
    [(1.0, 1.0, 0.0, 1.0), (0.0, 1.0, 2.0, 1.0), (0.0, np.nan, 0.0, 1.0), (-np.inf, 1.0, 0.0, 1.0)],
)
def test_limits_that_hold_nothing_are_refused(limits: tuple[float, float, float, float]) -> None:
    with pytest.raises(WarpvizError, match="Limits expect x0 < x1 and y0 < y1, got"):
        graph_paper(limits)


def test_a_sheet_checks_itself() -> None:
    square = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    ring = np.arange(4)
    Sheet(square, ring, np.array([0, 4]))
    with pytest.raises(WarpvizError, match=r"vertices of shape \(V, 2\), got \(4, 1\)"):
        Sheet(square[:, :1], ring, np.array([0, 4]))
    with pytest.raises(WarpvizError, match="offsets from 0 to the number of corners"):
        Sheet(square, ring, np.array([0, 3]))
    with pytest.raises(WarpvizError, match="at least 3 corners"):
        Sheet(square, ring, np.array([0, 2, 4]))
