"""Panels of several sizes, and where something was drawn in them."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.raster.blend import Canvas
from warpviz.picture.scene import SHOWN
from warpviz.picture.words.fonts import bundled_font
from warpviz.theme import THEMES

DARK, FONT = THEMES["dark"], bundled_font()
SIZES = [(240, 180), (640, 480), (1280, 720), (360, 440)]


def layout_of(size: tuple[int, int]) -> PanelLayout:
    return lay_out(size, ("",), ("input (x₁, x₂)",), ("a", "b"), SHOWN, FONT)[0]


def blank(size: tuple[int, int]) -> Canvas:
    return np.zeros((3, size[1], size[0]), dtype=np.float32)


def touched(canvas: Canvas) -> tuple[Floats, Floats]:
    rows, columns = np.nonzero(canvas.max(axis=0) > 2)
    return rows.astype(float), columns.astype(float)
