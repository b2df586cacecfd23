"""How brightly cells of cloth are lit, and how much the nearer one weighs."""

import numpy as np

from tests.picture.cloths import (
    ABOVE,
    DARK,
    HEIGHT,
    WIDTH,
    flat_view,
    lifted,
    painted,
    square,
    sure,
)
from warpviz.geometry.sheet import Sheet, graph_paper
from warpviz.picture.cloth import ClothMesh, cloth_colours, paint_cells


def test_nearer_cloth_weighs_more_in_the_colour() -> None:
    # Two cells at the same place, one of each class.
    corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    sheet = Sheet(np.array(corners * 2), np.arange(8), np.array([0, 4, 8]))
    near = np.repeat([1.0, -1.0], 4)
    first = painted(sheet, lifted(sheet.vertices), np.eye(2), nearness=near)[:, 30, 35]
    second = painted(sheet, lifted(sheet.vertices), np.eye(2), nearness=-near)[:, 30, 35]
    for seen, label in ((first, 0), (second, 1)):
        distance = [np.linalg.norm(seen - np.array(DARK.cloth[c])) for c in (label, 1 - label)]
        assert distance[0] < distance[1]


def test_the_order_of_cells_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    sheet = graph_paper((-2, 2, -2, 2), cells=7)
    points = lifted(sheet.vertices) + rng.normal(0, 0.5, (len(sheet.vertices), 3))
    chances = rng.dirichlet([1, 1], sheet.n_cells)
    order = rng.permutation(sheet.n_cells)
    sizes = np.diff(sheet.offsets)
    corners = np.concatenate(
        [sheet.corners[sheet.offsets[c] : sheet.offsets[c + 1]] for c in order]
    )
    offsets = np.concatenate([[0], np.cumsum(sizes[order])])
    shuffled = Sheet(sheet.vertices, corners, offsets, sheet.lines)
    a = painted(sheet, points, chances)
    b = painted(shuffled, points, chances[order])
    np.testing.assert_array_equal(a, b)


def test_cells_seen_edge_on_are_darker_than_from_the_front() -> None:
    sheet = graph_paper((-2, 2, -2, 2), cells=4)
    front = lifted(sheet.vertices)
    steep = front.copy()
    steep[:, 2] = -3 * front[:, 0]
    steep[:, 2] += 3 * front[:, 1]
    lit, shaded = (painted(sheet, p, sure(sheet.n_cells))[0, 30, 35] for p in (front, -steep))
    tilted = front.copy()
    tilted[:, 2] = -4 * front[:, 1]
    assert min(shaded, painted(sheet, tilted, sure(sheet.n_cells))[0, 30, 35]) < lit


def test_how_a_cell_is_lit_is_a_matter_of_direction_alone() -> None:
    sheet = square((0, 0), (1, 0), (1, 1), (0, 1))
    tilted = np.column_stack([sheet.vertices, sheet.vertices[:, 0]])
    seen = flat_view(lifted(sheet.vertices))
    pictures = []
    for size in (1.0, 2.0**260, 2.0**500):  # as of a training that diverged; warnings are errors
        canvas = np.full((3, HEIGHT, WIDTH), 20.0, dtype=np.float32)
        mesh = ClothMesh.of(sheet, cloth_colours(sure(1), DARK), {})
        paint_cells(canvas, mesh, size * tilted, seen, np.zeros(4), ABOVE, DARK)
        pictures.append(canvas)
    assert (pictures[0] != 20.0).any()
    assert (pictures[0] == pictures[1]).all() and (pictures[0] == pictures[2]).all()
