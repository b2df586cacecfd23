"""Lines, shapes and words as they are laid down, to be compared with what tests write."""

from typing import Any

import numpy as np

from tests.player.laid_down import Mark, Recorder
from warpviz.picture.layout import PanelLayout, lay_out
from warpviz.picture.raster.dots import MARKERS
from warpviz.picture.scene import SHOWN
from warpviz.picture.words.fonts import bundled_font
from warpviz.theme import THEMES

DARK, FONT = THEMES["dark"], bundled_font()
BACK, TEXT, MUTED = DARK.background, DARK.text, DARK.muted
Written = tuple[str, tuple[Any, ...], Any]


def layout_of(height: int) -> PanelLayout:
    """Of 960 pixels the unit is 2, an em 48 and a small letter 33; of 180 it is 0.375."""
    return lay_out((2 * height, height), ("",), ("input",), ("a", "b"), SHOWN, FONT)[0]


LARGE, SMALL = layout_of(960), layout_of(180)


def canvas() -> Any:
    """That remembers what is laid on it."""
    return Recorder()


def near(found: list[Mark], want: list[Written]) -> None:
    """That marks are those that are written, in their order."""
    assert [mark[:2] for mark in found] == [mark[:2] for mark in want]
    for a, b in zip(found, want, strict=True):
        flat = np.concatenate([np.ravel(each) for each in b[2]])
        np.testing.assert_allclose(a[2], flat, atol=1e-9, err_msg=str(b[:2]))


def stroke(start: Any, end: Any, width: float, colour: Any, ink: float = 1.0) -> Written:
    return "stroke", colour, (start, end, width, ink)


def shape(corners: Any, colour: Any, ink: float = 1.0) -> Written:
    corners = np.asarray(corners, dtype=float)
    return "marker", (*colour, corners.size), (corners, ink)


def circle(at: Any, radius: float, colour: Any) -> Written:
    return shape(MARKERS["circle"] * radius + np.asarray(at), colour)


def words(
    said: str, left: float, y: float, down: float, size: float, colour: Any, ink: float = 1.0
) -> Written:
    return "text", (said, *colour), (left, y, down, size, ink)
