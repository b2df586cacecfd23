import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.geometry.sheet import fans, graph_paper
from warpviz.geometry.straight.polygons import rectangle
from warpviz.measure.coverage import overlap, too_coarse

SHEET = graph_paper((-1, 1, -1, 1), cells=8)


def layers(image: np.ndarray) -> float | None:
    return overlap(image, SHEET.corners, SHEET.offsets)


def test_a_flat_sheet_is_one_layer_however_it_lies() -> None:
    rng = np.random.default_rng(0)
    for _ in range(10):
        assert layers(SHEET.vertices @ rng.normal(size=(2, 2)) + rng.normal(size=2)) == 1


def test_a_sheet_folded_in_half_has_two_layers_and_in_quarters_four() -> None:
    x, y = SHEET.vertices.T
    assert layers(np.column_stack([np.abs(x), y])) == 2
    assert layers(np.abs(SHEET.vertices)) == 4


@pytest.mark.parametrize("crease", [-0.5, 0.0, 0.25, 0.75])
def test_a_part_folded_over_counts_by_area(crease: float) -> None:
    # The part right of the crease lies on the left: total area 2, covered 1 + max(…) by width.
    x, y = SHEET.vertices.T
    image = np.column_stack([np.minimum(x, 2 * crease - x), y])
    covered = max(crease + 1, 1 - crease)
    assert layers(image) == pytest.approx(2 / covered, rel=0.01)


def test_a_sliver_is_seen_as_finely_as_a_square() -> None:
    x, y = SHEET.vertices.T
    image = np.column_stack([x, 1e-6 * np.minimum(y, 0.5 - y)])
    slope = np.array([[0.6, 0.8], [-0.8, 0.6]])
    assert layers(image @ slope) == pytest.approx(2 / 1.25, rel=0.01)


def test_collapsed_parts_do_not_cover() -> None:
    assert layers(np.maximum(SHEET.vertices, 0)) == 1
    assert layers(np.zeros_like(SHEET.vertices)) is None
    x, y = SHEET.vertices.T
    assert layers(np.column_stack([x, 0.3 * x])) is None
    assert layers(np.column_stack([x, 0.3 * x + 1e-12 * y])) is None


def test_agrees_with_counting_triangles_point_by_point() -> None:
    rng = np.random.default_rng(1)
    image = np.sin(2 * SHEET.vertices @ rng.normal(size=(2, 2)))
    triangles = image[fans(SHEET.corners, SHEET.offsets)[0]]
    low, high = image.min(axis=0), image.max(axis=0)
    points = rng.uniform(low, high, size=(20_000, 2))
    counts = np.zeros(len(points))
    for a, b, c in triangles:
        sides = [
            (q[0] - p[0]) * (points[:, 1] - p[1]) - (q[1] - p[1]) * (points[:, 0] - p[0])
            for p, q in ((a, b), (b, c), (c, a))
        ]
        counts += np.all(np.sign(sides) == np.sign(sides[0]), axis=0)
    found = layers(image)
    assert found is not None
    assert found > 1.05
    assert found == pytest.approx(counts.sum() / np.count_nonzero(counts), rel=0.02)


def test_cells_of_any_number_of_corners_become_fans() -> None:
    triangles, cell = fans(np.arange(12), np.array([0, 3, 8, 12]))
    assert triangles.tolist() == [
        [0, 1, 2],
        [3, 4, 5],
        [3, 5, 6],
        [3, 6, 7],
        [8, 9, 10],
        [8, 10, 11],
    ]
    assert cell.tolist() == [0, 1, 1, 1, 2, 2]


def test_bad_vertices_say_what_was_expected() -> None:
    with pytest.raises(WarpvizError, match=r"finite vertices \(V, 2\), got shape \(4, 3\)"):
        overlap(np.zeros((4, 3)), np.arange(4), np.array([0, 4]))


def curled(count: int, times: float) -> tuple[Floats, Floats]:
    """A square of count² cells as a thin strip that is bent to waves, and its true slopes."""
    tiling = rectangle((0.0, 1.0, 0.0, 1.0), count)
    x, y = tiling.points.T
    middle = (np.arange(count) + 0.5) / count
    u = np.tile(middle, count)
    image = np.column_stack([x, np.sin(times * x) + 1e-3 * y])
    slopes = np.zeros((count * count, 2, 2))
    slopes[:, 0, 0], slopes[:, 1, 0], slopes[:, 1, 1] = 1.0, times * np.cos(times * u), 1e-3
    return image, slopes


def test_squares_that_do_not_follow_the_sheet_are_told() -> None:
    areas = np.full(400, 1 / 400)
    tiling = rectangle((0.0, 1.0, 0.0, 1.0), 20)
    rest = tiling.corners, tiling.offsets
    straight = tiling.points * [1.0, 1e-3]
    assert not too_coarse(straight, *rest, np.repeat(np.diag([1.0, 1e-3])[None], 400, 0), areas)
    # Sheared waves keep areas, of triangles too; a strip that goes around its bends does not.
    image, slopes = curled(20, 3.0)
    assert not too_coarse(image, *rest, slopes, areas)
    turn = 40.0 * tiling.points[:, 0]
    radius = 1.0 - 1e-3 * tiling.points[:, 1]
    ring = radius[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    true = np.repeat(np.diag([40.0, 1e-3])[None], 400, 0)
    assert too_coarse(ring, *rest, true, areas)
    for unit in (1e-200, 1e200):
        assert too_coarse(unit * ring, *rest, unit * true, areas)
        assert not too_coarse(unit * image, *rest, unit * slopes, areas)
