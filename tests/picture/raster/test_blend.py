from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.images import assert_pictures_match, psnr
from warpviz.arrays import Floats, Pixels
from warpviz.picture.raster.area import fill
from warpviz.picture.raster.blend import Canvas, cloth, ink, inks, window
from warpviz.picture.raster.dots import sprites, stamp
from warpviz.picture.raster.lines import DENSITY, splat

fixed = settings(derandomize=True, deadline=None, max_examples=40)
HEIGHT, WIDTH = 120, 160


def blank(height: int = 6, width: int = 7, value: float = 80.0) -> Canvas:
    return np.full((3, height, width), value, dtype=np.float32)


def density(opacity: float) -> float:
    """Densities are whole numbers."""
    return float(np.rint(-np.log1p(-opacity) * DENSITY))


@pytest.mark.parametrize("layers", [1, 2, 5])
def test_cloth_of_one_colour_covers_as_often_as_it_lies_there(layers: int) -> None:
    canvas, colour = blank(), np.array([200.0, 10.0, 90.0])
    one = np.array([round(density(0.44)), 64, *(64 * colour)])
    cloth(canvas, layers * np.broadcast_to(one[:, None, None], (5, 6, 7)))
    through = (1 - 0.44) ** layers
    expected = 80 * through + colour * (1 - through)
    np.testing.assert_allclose(canvas[:, 3, 3], expected, atol=0.05)


def test_cloth_takes_the_weighted_mean_colour() -> None:
    canvas = blank(value=0.0)
    layers = np.zeros((5, 6, 7))
    layers[0] = 2 * density(0.5)
    layers[1] = 30 + 90
    layers[2] = 30 * 240 + 90 * 40
    cloth(canvas, layers)
    covered = 1 - np.exp(-2 * density(0.5) / DENSITY)
    np.testing.assert_allclose(canvas[0], covered * (240 * 30 + 40 * 90) / 120, rtol=1e-5)


def test_no_density_leaves_the_canvas_alone() -> None:
    canvas = blank()
    cloth(canvas, np.zeros((5, 6, 7)))
    ink(canvas, np.zeros((6, 7)), (255, 0, 0))
    inks(canvas, [np.zeros((6, 7))] * 2, [(255, 0, 0), (0, 0, 255)])
    np.testing.assert_array_equal(canvas, 80)


@fixed
@given(st.floats(0.01, 0.98), st.floats(0, 1), st.integers(1, 5))
def test_ink_is_over_in_the_sense_of_porter_and_duff(a: float, share: float, times: int) -> None:
    canvas = blank()
    for _ in range(times):
        ink(canvas, np.full((6, 7), density(a)), (255, 0, 30), share)
    covered = 1 - np.exp(-density(a) / DENSITY)
    through = (1 - share * covered) ** times
    for channel, colour in enumerate((255, 0, 30)):
        assert canvas[channel, 2, 2] == pytest.approx(
            80 * through + colour * (1 - through), abs=0.02
        )


def test_inks_laid_at_once_know_no_order_and_one_is_as_ink() -> None:
    rng = np.random.default_rng(2)
    amounts = [rng.integers(0, 9000, (6, 7)).astype(float) for _ in range(3)]
    colours = [(255, 0, 0), (0, 200, 40), (20, 60, 250)]
    a, b, c, d = blank(), blank(), blank(), blank()
    inks(a, amounts, colours)
    inks(b, amounts[::-1], colours[::-1])
    np.testing.assert_allclose(a, b, atol=1e-3)
    inks(c, amounts[:1], colours[:1])
    ink(d, amounts[0], colours[0])
    np.testing.assert_allclose(c, d, atol=1e-3)
    total = np.exp(-sum(amounts) / DENSITY)
    mixed = sum(x * k[0] for x, k in zip(amounts, colours, strict=True)) / sum(amounts)
    np.testing.assert_allclose(a[0], 80 * total + mixed * (1 - total), atol=0.01)


@fixed
@given(st.integers(0, 10**6), st.integers(1, 5), st.floats(0, 6))
def test_the_window_holds_all_that_shapes_can_touch(seed: int, count: int, reach: float) -> None:
    points = np.random.default_rng(seed).uniform(-20, 60, (count, 2))
    found = window(points, reach, 30, 40)
    columns, rows = (np.arange(size) + 0.5 for size in (40, 30))
    near_x = np.any(np.abs(columns[:, None] - points[:, 0]) < reach, axis=1)
    near_y = np.any(np.abs(rows[:, None] - points[:, 1]) < reach, axis=1)
    if found is None:
        assert not (near_x.any() and near_y.any())
        return
    assert not np.delete(near_y, found[0]).any()
    assert not np.delete(near_x, found[1]).any()
    np.testing.assert_array_equal(found[2], [found[1].start, found[0].start])


def agg(shapes: list[tuple[Floats, str, dict[str, object]]]) -> Pixels:
    """What matplotlib's Agg draws of polygons and lines on black, y downwards."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Polygon
    from matplotlib.transforms import Affine2D

    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), dpi=72, facecolor="black")
    canvas = FigureCanvasAgg(figure)
    down = Affine2D().scale(1, -1).translate(0, HEIGHT)
    for points, kind, look in shapes:
        if kind == "polygon":
            artist = Polygon(points, **look)  # type: ignore[arg-type]
        else:
            artist = Line2D(points[:, 0], points[:, 1], **look)  # type: ignore[arg-type,assignment]
        artist.set_transform(down)
        artist.set_snap(False)
        figure.add_artist(artist)
    canvas.draw()  # type: ignore[no-untyped-call]
    drawn = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    return np.asarray(drawn)[:, :, :3].copy()


def as_picture(canvas: Canvas) -> Pixels:
    return np.rint(canvas).astype(np.uint8).transpose(1, 2, 0)


def turned(points: Floats, degrees: float = 23.0) -> Floats:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    moved: Floats = points @ np.array([[c, s], [-s, c]]) + np.array([WIDTH / 2, HEIGHT / 2])
    return moved


def quads() -> list[Floats]:
    """A rotated mesh of 6 × 5 cells, and a second one over it."""
    grid = np.stack(np.meshgrid(np.linspace(-60, 40, 7), np.linspace(-40, 30, 6)), axis=-1)
    meshes = turned(grid), turned(grid, -41.0)
    return [
        np.array([m[i, j], m[i, j + 1], m[i + 1, j + 1], m[i + 1, j]])
        for m in meshes
        for i in range(5)
        for j in range(6)
    ]


def test_a_translucent_mesh_is_as_agg_draws_it_but_for_its_seams(tmp_path: Path) -> None:
    cells = quads()
    start = np.concatenate(cells)
    end = np.concatenate([np.roll(cell, -1, axis=0) for cell in cells])
    colour = np.array([240.0, 140.0, 40.0])
    one = np.array([round(density(0.44)), 64, *(64 * colour)])
    layers = fill(start, end, np.repeat(one[:, None], len(start), axis=1), HEIGHT, WIDTH)
    canvas = blank(HEIGHT, WIDTH, 0.0)
    cloth(canvas, layers)
    look = {"facecolor": tuple(colour / 255), "alpha": 0.44, "linewidth": 0}
    # Agg has seams inside a mesh: so it draws the two outlines.
    outline = [np.array([c[0][0], c[5][1], c[29][2], c[24][3]]) for c in (cells[:30], cells[30:])]
    expected = agg([(shape, "polygon", look) for shape in outline])
    assert psnr(as_picture(canvas), expected) > 42
    assert_pictures_match(as_picture(canvas), expected, tmp_path, largest=20, mean=0.6)
    # With its seams Agg is clearly another picture, of about the same brightness.
    seams = agg([(cell, "polygon", look) for cell in cells])
    assert 25 < psnr(as_picture(canvas), seams) < psnr(as_picture(canvas), expected) - 1


def test_lines_are_as_agg_draws_them() -> None:
    rng = np.random.default_rng(4)
    start = rng.uniform((10, 10), (WIDTH - 10, HEIGHT - 10), (25, 2))
    end = rng.uniform((10, 10), (WIDTH - 10, HEIGHT - 10), (25, 2))
    # Opacity 0.3 in the middle of a line of 2.2 pixels.
    pairs = np.arange(50).reshape(2, 25).T.copy()
    strength = np.full(25, -np.log(0.7))
    amount = splat(np.concatenate([start, end]), pairs, strength, 2.2, HEIGHT, WIDTH)
    canvas = blank(HEIGHT, WIDTH, 0.0)
    ink(canvas, amount, (255, 255, 255))
    look = {"color": "white", "alpha": 0.3, "linewidth": 2.2, "solid_capstyle": "butt"}
    expected = agg([(np.array(p), "line", look) for p in zip(start, end, strict=True)])
    ours = as_picture(canvas)
    # Our kernel is a pixel softer, and so exp(−density) a little brighter.
    assert psnr(ours, expected) > 30
    assert ours.mean() == pytest.approx(expected.mean(), rel=0.06)


def test_dots_are_as_agg_draws_them() -> None:
    rng = np.random.default_rng(5)
    at = rng.uniform((10, 10), (WIDTH - 10, HEIGHT - 10), (60, 2))
    canvas = blank(HEIGHT, WIDTH, 0.0)
    ink(canvas, stamp(at, sprites("circle", 6.0, 0.3), HEIGHT, WIDTH), (255, 60, 60))
    angle = np.linspace(0, 2 * np.pi, 97)[:-1]
    disc = 6.0 * np.column_stack([np.cos(angle), np.sin(angle)])
    look = {"facecolor": (1.0, 60 / 255, 60 / 255), "alpha": 0.3, "linewidth": 0}
    expected = agg([(disc + p, "polygon", look) for p in at])
    assert psnr(as_picture(canvas), expected) > 38
