"""Cloth as it is painted: even layers without seams, folds that can be counted, lines."""

from collections import Counter

import numpy as np
import pytest

from tests.picture.cloths import DARK, HEIGHT, WIDTH, flat_view, lifted, painted, square, sure
from tests.scenes import panel_of
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.geometry.sheet import graph_paper
from warpviz.model import Chain, Dense, mlp
from warpviz.picture.cloth import CROWD, INKS, cloth_colours, cloth_mesh, paint_lines
from warpviz.picture.raster.shading import OPACITY
from warpviz.theme import THEMES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("classes", [2, 3, 8, 11])
def test_sure_cells_have_their_class_colour_and_doubt_greys(theme: str, classes: int) -> None:
    look = THEMES[theme]
    colours = cloth_colours(np.eye(classes), look)
    for label in range(classes):
        np.testing.assert_allclose(colours[label], look.cloth[label % len(look.cloth)], atol=0.5)
    even = cloth_colours(np.full((1, classes), 1 / classes), look)[0]
    palette = np.array([look.cloth[c % len(look.cloth)] for c in range(classes)], dtype=float)
    to_doubt = np.linalg.norm(even - np.array(look.doubt))
    assert to_doubt <= np.linalg.norm(palette.mean(axis=0) - np.array(look.doubt))
    assert np.isfinite(colours).all()
    assert colours.min() >= 0
    assert colours.max() <= 255


def test_a_plane_from_above_is_one_even_layer_without_seams() -> None:
    sheet = graph_paper((-2, 2, -2, 2), cells=9)
    canvas = painted(sheet, lifted(sheet.vertices), sure(sheet.n_cells))
    inside = canvas[:, 12:48, 17:53]
    expected = OPACITY * np.array(DARK.cloth[0]) + (1 - OPACITY) * 20
    np.testing.assert_allclose(inside, expected[:, None, None] * np.ones_like(inside), atol=0.6)
    # Not one pixel differs from another: the seams are exactly nothing.
    assert (inside == inside[:, :1, :1]).all()
    np.testing.assert_array_equal(canvas[:, :9], 20)
    np.testing.assert_array_equal(canvas[:, :, :14], 20)


def test_a_finer_mosaic_of_the_same_plane_is_the_same_picture() -> None:
    detail = np.random.default_rng(0).choice([1, 2, 4], (6, 6))
    plain, fine = (
        graph_paper((-2, 2, -2, 2), cells=6),
        graph_paper((-2, 2, -2, 2), cells=6, detail=detail),
    )
    assert fine.n_cells > plain.n_cells
    a = painted(plain, lifted(plain.vertices), sure(plain.n_cells))
    b = painted(fine, lifted(fine.vertices), sure(fine.n_cells))
    np.testing.assert_allclose(a, b, atol=0.01)


@pytest.mark.parametrize("folds", [1, 2, 3])
def test_folded_layers_can_be_counted(folds: int) -> None:
    # A strip is folded to and fro over one place: x runs there and back.
    sheet = graph_paper((0, folds + 1, 0, 1), cells=4 * (folds + 1))
    x, y = sheet.vertices.T
    zigzag = np.abs((x + 1) % 2 - 1)
    points = np.column_stack([2 * zigzag - 1, 2 * y - 1, np.zeros(len(x))])
    canvas = painted(sheet, points, sure(sheet.n_cells), background=0.0)
    through = (1 - OPACITY) ** (folds + 1)
    expected = (1 - through) * np.array(DARK.cloth[0])
    np.testing.assert_allclose(canvas[:, HEIGHT // 2, WIDTH // 2], expected, rtol=0.01, atol=0.6)


def test_a_reflected_sheet_is_as_dense_as_the_plain_one() -> None:
    sheet = graph_paper((-2, 2, -2, 2), cells=5)
    there = painted(sheet, lifted(sheet.vertices), sure(sheet.n_cells))
    back = painted(sheet, lifted(sheet.vertices * [-1, 1]), sure(sheet.n_cells))
    np.testing.assert_allclose(there, back, atol=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_no_cell_whatever_its_shape_leaves_the_range_of_colours(theme: str) -> None:
    # Where cloth folds inside a cell its outline crosses itself, like a bow-tie.
    bow = square((-2.0, -2.0), (2.0, -2.0), (-2.0, 2.0), (1.2, 1.6))
    for background in (0.0, 255.0):
        canvas = painted(bow, lifted(bow.vertices), sure(1), background=background, theme=theme)
        colour = np.array(THEMES[theme].cloth[0])[:, None, None]
        low, high = np.minimum(colour, background), np.maximum(colour, background)
        assert (canvas >= 0.28 * low - 1).all(), canvas.min()
        assert (canvas <= np.maximum(1.15 * high, background) + 1).all(), canvas.max()


def test_both_halves_of_a_cell_that_crosses_itself_are_cloth() -> None:
    bow = square((-2.0, -2.0), (2.0, -2.0), (-2.0, 2.0), (1.2, 1.6))
    canvas = painted(bow, lifted(bow.vertices), sure(1), background=0.0)
    full = OPACITY * DARK.cloth[0][0]
    for row, column in ((30 + 16, 34), (30 - 14, 28)):
        assert 0.7 * full < canvas[0, row, column] < 1.2 * full, (row, column)


@pytest.mark.parametrize("turn", range(4))
def test_every_corner_of_a_cell_is_painted(turn: int) -> None:
    # One corner juts out far, each in turn.
    corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    corners[turn] = (2.9 * corners[turn][0], 2.6 * corners[turn][1])
    sheet = square(*corners)
    canvas = painted(sheet, lifted(sheet.vertices), sure(1))
    tip = flat_view(lifted(0.9 * np.array([corners[turn]])))[0].astype(int)
    assert canvas[0, tip[1], tip[0]] > 40


@pytest.mark.parametrize("point", [(9.0, 0.0), (-9.0, 0.0), (0.0, 9.0), (0.0, -9.0)])
def test_cloth_outside_the_picture_leaves_it_alone(point: tuple[float, float]) -> None:
    sheet = graph_paper((-0.5, 0.5, -0.5, 0.5), cells=4)
    canvas = painted(sheet, lifted(sheet.vertices + np.array(point)), sure(sheet.n_cells))
    np.testing.assert_array_equal(canvas, 20)


def test_a_sheet_that_has_collapsed_leaves_the_canvas_alone() -> None:
    sheet = graph_paper((-1, 1, -1, 1), cells=6)
    point = np.zeros((len(sheet.vertices), 3))
    np.testing.assert_array_equal(painted(sheet, point, sure(sheet.n_cells)), 20)
    line = lifted(sheet.vertices * [1, 0])
    np.testing.assert_allclose(painted(sheet, line, sure(sheet.n_cells)), 20, atol=1e-3)


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("part", "kinds"),
    [("grid", {"grid", "border"}), ("creases", {"crease"}), ("boundary", {"boundary"})],
)
def test_a_part_shows_its_own_lines_only(part: str, kinds: set[str]) -> None:
    data = make_data("rings", n=60)
    panel = panel_of(animate(mlp([2, 3, 3, 2], "relu", seed=1), data, size=(240, 180)))
    mesh = cloth_mesh(panel, DARK, frozenset({part}))
    # Border and grid lines are drawn at once, each as dense as it is.
    assert {key[0] for key in mesh.segments} == kinds - {"border"}
    expected = Counter[float]()
    for line in panel.sheet.lines:
        if line.kind in kinds:
            expected[INKS[line.kind]] += len(line.vertices) - 1
    assert set(expected) == {INKS[kind] for kind in kinds}
    drawn = [strength for _, strength in mesh.segments.values()]
    assert Counter(np.concatenate(drawn).tolist()) == expected


def test_creases_of_a_crowded_layer_share_their_ink() -> None:
    data = make_data("rings", n=60)
    for units in (CROWD // 2, 2 * CROWD):
        # Rays about the middle: each unit folds the sheet along a line through it.
        turns = np.arange(units) * np.pi / units
        fan = np.column_stack([np.cos(turns), np.sin(turns)])
        chain = Chain(
            [Dense(fan, np.zeros(units), "relu"), Dense(np.ones((2, units)), np.zeros(2))]
        )
        panel = panel_of(animate(chain, data, size=(240, 180)))
        mesh = cloth_mesh(panel, DARK, frozenset({"creases"}))
        strengths = np.concatenate([strength for _, strength in mesh.segments.values()])
        assert np.allclose(strengths, INKS["crease"] * min(1.0, CROWD / units))


@pytest.mark.parametrize("width", [1.0, 2.2])
def test_a_line_is_drawn_from_end_to_end(width: float) -> None:
    # A crease of a plane is one long segment.
    canvas = np.zeros((3, HEIGHT, WIDTH), dtype=np.float32)
    flat = np.array([[8.5, 10.5], [60.5, 50.5]])
    paint_lines(canvas, np.array([[0, 1]]), np.array([3.0]), flat, width, (255, 255, 255))
    for share in np.linspace(0.03, 0.97, 20):
        x, y = (flat[0] + share * (flat[1] - flat[0])).astype(int)
        assert canvas[0, y - 1 : y + 2, x - 1 : x + 2].max() > 60, share
    assert not canvas[0, 40:, :20].any()
