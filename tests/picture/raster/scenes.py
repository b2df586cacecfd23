"""Random scenes for whoever draws: each takes a generator and returns what was drawn."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats, Ints, Longs, Pixels
from warpviz.film.reel.indexed import canvas_indices
from warpviz.motion.framing import Lens
from warpviz.output import palette
from warpviz.output.changes import patch_of
from warpviz.output.gif_container import compress
from warpviz.output.lookup import to_indices
from warpviz.picture.marks.outlined import outlined as outlined_sprites
from warpviz.picture.marks.outlined import paint_outlined
from warpviz.picture.marks.overlay import paint_bar
from warpviz.picture.raster.blend import Canvas, ink, inks, lay_cells, levels, window
from warpviz.picture.raster.dots import MARKERS, sprites, stamp
from warpviz.picture.raster.lines import splat
from warpviz.picture.raster.shading import cell_values
from warpviz.picture.words.text import put_mask

Rng = np.random.Generator


def size_of(rng: Rng) -> tuple[int, int]:
    """Rows and columns: from one pixel on."""
    height, width = rng.integers(1, 40, 2)
    return int(height), int(width)


def canvas_of(rng: Rng, height: int, width: int) -> Canvas:
    """A part of a larger canvas, as painters have it."""
    whole = rng.uniform(0, 255, (3, height + 3, width + 5)).astype(np.float32)
    return whole[:, 1 : height + 1, 2 : width + 2]


def points_of(rng: Rng, count: int, height: int, width: int) -> Floats:
    """Points in and about the picture; some on pixels' borders, upon each other, or far away."""
    points = rng.uniform(-0.4, 1.4, (count, 2)) * (width, height)
    kind = rng.integers(0, 8)
    if kind == 0:
        points = np.round(points)
    elif kind == 1:
        points[:] = points[0]
    elif kind == 2:
        points *= 10.0 ** rng.uniform(0, 4)
    elif kind == 3:
        points[:, rng.integers(2)] = rng.uniform(0, 20)
    return np.asarray(points)


def cells(rng: Rng) -> Canvas:
    """A fan of cells with edges between them."""
    height, width = size_of(rng)
    height *= int(rng.choice([1, 1, 4]))  # several bands of rows
    count = int(rng.integers(3, 30))
    flat = points_of(rng, count, height, width)
    corners = rng.integers(0, count, (int(rng.integers(1, 40)), 3))
    values = np.rint(rng.uniform(0, 300, (len(corners) + 1, 5)) * (8, 1, 200, 200, 200))
    values[-1] = 0.0
    a, b, c = flat[corners].transpose(1, 0, 2)
    u, v = b - a, c - a
    values[:-1] *= np.sign(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])[:, None]
    cell = np.arange(len(corners))
    outside = np.full(len(corners), len(corners))
    edges = np.concatenate(
        [np.column_stack([corners[:, i], corners[:, (i + 1) % 3], cell, outside]) for i in range(3)]
    )
    canvas = canvas_of(rng, height, width)
    lay_cells(canvas, flat, rng.uniform(-3, 3, 2), edges, values)
    return canvas


def seen(rng: Rng) -> Floats:
    """Points in perspective, some as near as it goes."""
    points = rng.normal(size=(int(rng.integers(1, 40)), 3)) * rng.choice([0.0, 1.0, 5.0, 1e150])
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    radius = float(rng.uniform(0.1, 9))
    lens = Lens(turn, rng.normal(size=3), radius, rng.normal(size=2), 0.01, (320.0, 240.0))
    flat, nearness = lens.project(points)
    return np.column_stack([flat, nearness])


def surrounded(rng: Rng) -> Floats:
    """The window about points, or about some of them."""
    points = points_of(rng, int(rng.integers(1, 30)), 40, 40)
    some = rng.integers(0, len(points), (int(rng.integers(1, 9)), 2))
    found = [window(points, 2.5, 40, 40, of=of) for of in (None, some)]
    corners = [(-1.0, -1.0) if each is None else each[2] for each in found]
    ends = [0 if each is None else each[0].stop + each[1].stop for each in found]
    return np.concatenate([*map(np.asarray, corners), np.array(ends, dtype=float)])


def shades(rng: Rng) -> Floats:
    """What the triangles of a crumpled sheet are laid down by."""
    count, cells = int(rng.integers(3, 30)), int(rng.integers(1, 9))
    points = rng.normal(size=(count, 3)) * 10.0 ** rng.choice([0.0, -9.0, 60.0])
    if rng.uniform() < 0.2:
        points[:] = points[0]
    if rng.uniform() < 0.3:  # coordinates first, as after a product of matrices
        points = np.asfortranarray(points)
    flat = points_of(rng, count, 30, 30)
    nearness = rng.uniform(-2, 2, count) * rng.choice([1.0, 0.1, 30.0])
    owners = np.concatenate([np.arange(cells), rng.integers(0, cells, int(rng.integers(0, 20)))])
    triangles = rng.integers(0, count, (len(owners), 3))
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    colours = rng.integers(0, 256, (cells, 3)).astype(float)
    shade = (int(rng.integers(256)), 3, 90)
    return cell_values(points, flat, nearness, turn, triangles, owners, colours, shade)


def lines(rng: Rng) -> Floats | Ints:
    """Lines of every width."""
    height, width = size_of(rng)
    count = int(rng.integers(2, 30))
    flat = points_of(rng, count, height, width)
    pairs = rng.integers(0, count, (int(rng.integers(1, 40)), 2))
    strength = rng.uniform(0, 4, len(pairs))
    line_width = float(rng.uniform(0.2, 9))
    return splat(flat, pairs, strength, line_width, height, width, corner=rng.uniform(-3, 3, 2))


def sprite_of(rng: Rng) -> Any:
    """A marker of some size."""
    marker = list(MARKERS)[int(rng.integers(len(MARKERS)))]
    radius = float(rng.choice([1.0, 2.9, 6.0]))
    return sprites(marker, radius, float(rng.choice([0.3, 0.97])))


def dots(rng: Rng) -> Ints:
    """Dots, also where they reach over the border."""
    height, width = size_of(rng)
    at = points_of(rng, int(rng.integers(1, 60)), height, width)
    return stamp(at, sprite_of(rng), height, width, corner=rng.uniform(-3, 3, 2))


def inked(rng: Rng) -> Canvas:
    """Ink of one colour, then of several."""
    height, width = size_of(rng)
    canvas = canvas_of(rng, height, width)
    shape = (4, height, width)
    densities = rng.integers(0, 90_000, shape) * (rng.uniform(0, 1, shape) < 0.6)
    ink(canvas, densities[0], (10, 200, 30), float(rng.choice([1.0, 0.3, 0.77, 0.0])))
    inks(canvas, list(densities[1:]), [(1, 2, 3), (255, 0, 9), (80, 90, 100)])
    return canvas


def outlined(rng: Rng) -> Canvas:
    """Outlined dots."""
    height, width = size_of(rng)
    height *= int(rng.choice([1, 1, 4]))  # several bands of rows
    canvas = canvas_of(rng, height, width)
    at = points_of(rng, int(rng.integers(1, 90)), height, width)
    paint_outlined(canvas, at, outlined_sprites(3.0, 1.0), (255, 0, 40), 6.0)
    return canvas


def stamped(rng: Rng) -> Canvas:
    """Letters' masks and bars, also over the border and outside."""
    canvas = canvas_of(rng, *size_of(rng))
    mask: npt.NDArray[np.float32] = rng.uniform(0, 1, size_of(rng)).astype(np.float32)
    x, y = np.round(rng.uniform(-50, 50, 2) * 2) / 2  # many half-way between the pixels
    put_mask(canvas, mask, float(x), float(y), (255, 3, 90), float(rng.choice([1.0, 0.3])))
    left, top = rng.uniform(-30, 40, 2)
    wide, high = rng.uniform(0, 20, 2) * rng.choice([0.02, 1.0])
    paint_bar(canvas, left, top, left + wide, top + high, (9, 200, 255))
    return canvas


def indexed(rng: Rng) -> Pixels:
    """Colours as palette indices."""
    canvas = canvas_of(rng, *size_of(rng))
    table: npt.NDArray[np.uint8] = rng.integers(0, 255, 2**18).astype(np.uint8)
    canvas[rng.uniform(0, 1, canvas.shape) < 0.1] = rng.choice([0.0, 3.75, 254.7, 255.0])
    at_once = canvas_indices(canvas, table)
    np.testing.assert_array_equal(at_once, to_indices(np.moveaxis(levels(canvas), 0, -1), table))
    return at_once


def patched(rng: Rng) -> Pixels:
    """What changed between pictures: the patch, its corner, what is shown then."""
    shape = size_of(rng)
    shown, after = rng.integers(0, 4, (2, *shape)).astype(np.uint8)
    if rng.uniform() < 0.2:
        after = shown.copy()
    visible = rng.uniform(0, 1, 2**16) < rng.choice([0.0, 0.02, 0.6])
    patch, corner = patch_of(shown, after, visible)
    said = np.array([*corner, *patch.shape], dtype=np.uint8)
    return np.concatenate([patch.ravel(), said, shown.ravel()])


def coded(rng: Rng) -> Pixels:
    """The codes of a patch, most of which stays as it is: a part of a picture, or all of one."""
    whole = rng.integers(0, int(rng.choice([2, 60, 255])), (90, 120)).astype(np.uint8)
    kept = rng.uniform(0, 1, whole.shape) < rng.choice([0.0, 0.7, 0.97, 1.0])
    whole[kept | (np.arange(120) % int(rng.integers(1, 120)) > 9)] = 255
    height, width = rng.integers(1, 90, 2) if rng.uniform() < 0.6 else rng.integers(1, 4, 2)
    return np.frombuffer(compress(whole[-height:, :width]), dtype=np.uint8)


def pooled(rng: Rng) -> Longs:
    """How often each bin occurs in pictures of one size, and the sums of its colours."""
    sums = np.zeros((2**18, 4), dtype=np.int64)
    height, width = size_of(rng)
    for _ in range(2):
        planes = rng.integers(0, 256, (3, height, width)).astype(np.uint8)
        palette._count(np.moveaxis(planes, 0, -1)[:: rng.integers(1, 3)], sums)
    found = np.flatnonzero(sums[:, 0])
    return np.column_stack([found, sums[found]])


SCENES: dict[str, Callable[[Rng], npt.NDArray[Any]]] = {
    scene.__name__: scene
    for scene in (
        seen, surrounded, shades, cells, lines, dots, inked, outlined, stamped, indexed, patched,
        coded, pooled,
    )
}  # fmt: skip
"""What draws, by name."""
