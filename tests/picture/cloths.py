"""Small cloths, painted as they are seen from above."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.geometry.sheet import Sheet
from warpviz.picture.cloth import ClothMesh, cloth_colours, paint_cells
from warpviz.picture.raster.blend import Canvas
from warpviz.theme import THEMES

DARK = THEMES["dark"]
HEIGHT, WIDTH = 60, 70
ABOVE = np.eye(3)


def flat_view(points: Floats, scale: float = 10.0) -> Floats:
    """Points (V, 3) seen from above, (0, 0) in the middle."""
    return np.column_stack([WIDTH / 2 + scale * points[:, 0], HEIGHT / 2 - scale * points[:, 1]])


def painted(
    sheet: Sheet, points: Floats, chances: Floats, *, nearness: Floats | None = None,
    background: float = 20.0, theme: str = "dark",
) -> Canvas:  # fmt: skip
    canvas = np.full((3, HEIGHT, WIDTH), background, dtype=np.float32)
    mesh = ClothMesh.of(sheet, cloth_colours(chances, THEMES[theme]), {})
    near = np.zeros(len(points)) if nearness is None else nearness
    paint_cells(canvas, mesh, points, flat_view(points), near, ABOVE, THEMES[theme])
    return canvas


def lifted(points: Floats) -> Floats:
    return np.column_stack([points, np.zeros(len(points))])


def sure(cells: int, label: int = 0, classes: int = 2) -> Floats:
    return np.asarray(np.eye(classes)[np.full(cells, label)])


def square(*corners: tuple[float, float]) -> Sheet:
    """One cell."""
    return Sheet(
        np.array(corners, dtype=float), np.arange(len(corners)), np.array([0, len(corners)])
    )
