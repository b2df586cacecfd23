"""What cells of cloth are laid down by: how brightly each is lit, and how much it weighs."""

import numpy as np

from warpviz import compiled
from warpviz.arrays import Floats, Ints
from warpviz.picture.raster.lines import DENSITY

OPACITY = 0.44
"""Of one layer of cloth."""
LIGHT = np.array([-0.42, 0.36, 0.83])
"""Where light comes from: left, above, mostly from the viewer."""
NEARER = 0.7
"""How much more a cell weighs at one radius towards the viewer, in log."""
DEPTHS = 4
"""Steps of depth in one radius."""
WEIGHT = 64
"""Of a cell at the pivot's depth: weights are whole numbers."""
SHADE = {"dark": 0.28, "light": 0.72, "most": 1.15}
"""How bright a cell is at least, how much more where it faces the light, and of that at most."""

LARGE = 1e100
"""An area whose square may be beyond float64."""
_DEEPEST = 16
"""Radii of the cloud: what is nearer or further weighs as at that depth."""
_STEPS = np.arange(-_DEEPEST * DEPTHS, _DEEPEST * DEPTHS + 1)
_WEIGHTS = np.rint(WEIGHT * np.exp(NEARER * _STEPS / DEPTHS))
_LAYER = round(-np.log1p(-OPACITY) * DENSITY)


def cell_values(
    points: Floats,
    flat: Floats,
    nearness: Floats,
    turn: Floats,
    triangles: Ints,
    owners: Ints,
    colours: Floats,
    shade: tuple[int, int, int],
) -> Floats:
    """What each triangle of a sheet is laid down by, see `lay_cells`.

    All triangles of a cell weigh the same, so that no line shows between them; and in steps of
    depth, so that most neighbours weigh the same and their shared edge need not be drawn.

    Args:
        points: (V, 3) in the picture's space.
        flat: (V, 2) in pixels, y downwards.
        nearness: (V,) 0 at the pivot's depth, 1 at one radius towards the viewer.
        turn: (3, 3) the camera's rotation.
        triangles: (T, 3) their corners.
        owners: (T,) the cell of each.
        colours: (cells, 3) in full light, 0 … 255.
        shade: the colour of what no light meets.

    Returns:
        (T + 1, 5): density, weight, and weight × red, green, blue; of the opposite sign where a
        triangle turns left; 0 for what is outside.
    """
    # Where light comes from as the points are turned; a sum of three, the same on each machine.
    x, y, z = turn * LIGHT[:, None]
    way = x + y + z
    values = np.zeros((len(triangles) + 1, 5))
    # Points of a longer list, as with a trail, lie apart in memory.
    if compiled.KERNELS is not None and compiled.KERNELS.shades(
        np.ascontiguousarray(points), flat, nearness, triangles, owners, colours, _WEIGHTS, values,
        (float(LIGHT[2]), SHADE["dark"], SHADE["light"], SHADE["most"], float(_LAYER), DEPTHS),
        tuple(way), shade,
    ):  # fmt: skip
        return values
    light = _lit(points, triangles, owners, len(colours), way)[:, None]
    shaded = colours * light + np.array(shade) * np.maximum(1.0 - light, 0.0)
    shaded = np.rint(np.clip(shaded, 0, 255))
    count = np.bincount(owners, minlength=len(colours))
    near = np.bincount(owners, nearness[triangles[:, 1]], minlength=len(colours)) / count
    step = np.clip(np.rint(near * DEPTHS), _STEPS[0], _STEPS[-1]).astype(np.int64)
    a, b, c = flat.T.take(triangles.T, axis=1).transpose(1, 0, 2)
    u, v = b - a, c - a
    # 1 where a triangle turns right on the screen, −1 where left.
    sign = np.sign(u[0] * v[1] - u[1] * v[0])
    values[:-1, 0] = _LAYER * sign
    values[:-1, 1] = _WEIGHTS[step - _STEPS[0]][owners] * sign
    values[:-1, 2:] = shaded[owners] * values[:-1, 1:2]
    return values


def _lit(points: Floats, triangles: Ints, owners: Ints, cells: int, way: Floats) -> Floats:
    """How brightly each cell is lit, 1 for a plane seen from above: (cells,)."""
    # Coordinates in front: each is one block of memory.
    a, b, c = points.T.take(triangles.T, axis=1).transpose(1, 0, 2)
    u, v = b - a, c - a
    area = np.stack(
        [
            np.bincount(owners, u[i] * v[j] - u[j] * v[i], minlength=cells)
            for i, j in ((1, 2), (2, 0), (0, 1))
        ]
    )
    most = np.abs(area).max(initial=0.0)
    if most > LARGE:  # as of a training that diverged: only the direction counts
        area = np.ldexp(area, -np.frexp(most)[1])
    size = np.sqrt((area**2).sum(axis=0))
    lit = np.abs(way[0] * area[0] + way[1] * area[1] + way[2] * area[2])
    ratio = np.divide(lit, size, out=np.full(cells, LIGHT[2]), where=size > 0)
    return np.asarray(SHADE["dark"] + SHADE["light"] * np.minimum(ratio / LIGHT[2], SHADE["most"]))
