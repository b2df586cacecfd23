"""What stands around the cloth: strokes, markers, legend, track.

Strokes, bars and markers go onto pixels here; `picture.paper` has them for paper.
"""

import math
from functools import singledispatch
from pathlib import Path

import numpy as np

from warpviz import compiled
from warpviz.arrays import Floats, snap
from warpviz.colour import Colour
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.dots import OUTLINE, marker_of
from warpviz.picture.raster.area import fill
from warpviz.picture.raster.blend import Surface, ink, window
from warpviz.picture.raster.dots import sprites, stamp
from warpviz.picture.raster.lines import splat
from warpviz.picture.words.legend import LEGEND_ROW
from warpviz.picture.words.text import put_text, text_width
from warpviz.theme import Theme

Line = tuple[tuple[float, float], tuple[float, float]]

THINNEST = 1.0
"""Pixels that a stroke has at least."""
MARKS = {"down": 0.62, "radius": 0.32, "before": 0.65, "apart": 1.25}
"""The legend, over its letters' size: from its top to the letters' middle, the markers' radius,
from a name to its marker's middle, and from there to the name before."""
TRACK = {"stop": 0.2, "rail": 1.0, "ring": 1.1, "line": 2.4, "ink": 0.6}
"""The track: a stop's radius in ems; in units of the layout the rail, a stop's ring and the line of
what is played, which has at least two of the thinnest; the rail's opacity."""


@singledispatch
def paint_strokes(
    canvas: Surface, lines: list[Line], line_width: float, colour: Colour, opacity: float = 1.0
) -> None:
    """Draw straight lines ((x, y), (x, y)) in pixels."""
    if not lines or opacity <= 0:
        return
    ends = snap(np.array(lines, dtype=float))
    place = window(ends.reshape(-1, 2), line_width + 2, *canvas.shape[1:])
    if place is None:
        return
    rows, columns, corner = place
    part = canvas[:, rows, columns]
    pairs = np.arange(2 * len(ends)).reshape(-1, 2)
    strength = np.full(len(ends), 4.0)
    density = splat(
        ends.reshape(-1, 2), pairs, strength, line_width, *part.shape[1:], corner=corner
    )
    ink(part, density, colour, opacity)


@singledispatch
def paint_bar(canvas: Surface, x0: float, y0: float, x1: float, y1: float, colour: Colour) -> None:
    """Fill an upright rectangle, its borders anywhere between the pixels."""
    if compiled.KERNELS is not None:
        compiled.KERNELS.bar(canvas, (x0, y0, x1, y1), colour)
        return
    left, top = max(math.floor(x0), 0), max(math.floor(y0), 0)
    right = max(min(math.ceil(x1), canvas.shape[2]), left)
    bottom = max(min(math.ceil(y1), canvas.shape[1]), top)
    x, y = np.arange(left, right), np.arange(top, bottom)
    across = np.minimum(x + 1, x1) - np.maximum(x, x0)
    down = np.minimum(y + 1, y1) - np.maximum(y, y0)
    cover = (down[:, None] * across).astype(np.float32)
    part = canvas[:, top:bottom, left:right]
    part += cover * (np.array(colour, dtype=np.float32)[:, None, None] - part)


@singledispatch
def paint_polygon(canvas: Surface, corners: Floats, colour: Colour, opacity: float = 1.0) -> None:
    """Fill a polygon (M, 2) that does not cross itself; in pixels, with exact coverage."""
    place = window(corners, 1, *canvas.shape[1:])
    if place is None or opacity <= 0:
        return
    rows, columns, corner = place
    part = canvas[:, rows, columns]
    start = corners - corner
    ones = np.ones((1, len(start)))
    cover = np.abs(fill(start, np.roll(start, -1, axis=0), ones, *part.shape[1:])[0])
    share = (np.minimum(cover, 1.0) * opacity).astype(np.float32)
    part += share * (np.array(colour, dtype=np.float32)[:, None, None] - part)


@singledispatch
def paint_markers(
    canvas: Surface, at: list[tuple[float, float]], marker: str, radius: float, colour: Colour
) -> None:
    """Draw equal markers."""
    if not at:
        return
    places = np.array(at)
    place = window(places, 3 * radius + 2, *canvas.shape[1:])
    if place is None:
        return
    rows, columns, corner = place
    part = canvas[:, rows, columns]
    mark = sprites(marker, radius, 0.99)
    ink(part, stamp(places, mark, *part.shape[1:], corner=corner), colour)


def paint_legend(
    canvas: Surface,
    right_top: tuple[float, float],
    layout: PanelLayout,
    font: Path,
    theme: Theme,
) -> None:
    """Draw markers and class names in one row or in columns, its right top corner given."""
    small, names = layout.legend_small, layout.legend_names
    radius = MARKS["radius"] * small
    places = _legend_columns(right_top, layout) if layout.legend_columns else None
    x, y = right_top[0], right_top[1] + MARKS["down"] * small
    for label in range(len(names) - 1, -1, -1):
        if places is None:
            x -= text_width(names[label], font, small)
        else:
            x, y = places[label]
        put_text(canvas, names[label], (x, y), theme.text, font, small, (0, 0.5))
        x -= MARKS["before"] * small
        marker = marker_of(label, theme)
        paint_markers(canvas, [(x, y)], marker, radius + OUTLINE * layout.unit, theme.outline)
        paint_markers(canvas, [(x, y)], marker, radius, theme.classes[label % len(theme.classes)])
        x -= MARKS["apart"] * small


def _legend_columns(
    right_top: tuple[float, float], layout: PanelLayout
) -> list[tuple[float, float]]:
    """Where each name of a legend in columns begins, at half its height; row by row."""
    small, columns = layout.legend_small, layout.legend_columns
    room = layout.caption_width
    left, top = right_top[0] - room + small, right_top[1] + MARKS["down"] * small
    return [
        (left + k % columns * room / columns, top + k // columns * LEGEND_ROW * small)
        for k in range(len(layout.legend_names))
    ]


def _stops(layout: PanelLayout, stops: int) -> list[tuple[float, float]]:
    x0, x1, y = layout.track
    return [(x0 + (x1 - x0) * stop / max(stops - 1, 1), y) for stop in range(stops)]


def paint_rail(canvas: Surface, layout: PanelLayout, stops: int, theme: Theme) -> None:
    """Draw the track's rail with a hollow stop for each state."""
    x0, x1, y = layout.track
    radius, rail = TRACK["stop"] * layout.em, max(THINNEST, TRACK["rail"] * layout.unit)
    paint_strokes(canvas, [((x0, y), (x1, y))], rail, theme.muted, TRACK["ink"])
    places = _stops(layout, stops)
    paint_markers(canvas, places, "circle", radius, theme.muted)
    inner = radius - max(THINNEST, TRACK["ring"] * layout.unit)
    paint_markers(canvas, places, "circle", inner, theme.background)


def paint_track(
    canvas: Surface, layout: PanelLayout, stops: int, place: float, theme: Theme
) -> None:
    """Fill the rail and its stops up to `place`, counted in stops from 0."""
    places = _stops(layout, stops)
    (x0, y), (x1, _) = places[0], places[-1]
    now = x0 + (x1 - x0) * place / max(stops - 1, 1)
    if place > 0:
        half = max(THINNEST, TRACK["line"] / 2 * layout.unit)
        paint_bar(canvas, x0, y - half, now, y + half, theme.text)
    reached = [at for stop, at in enumerate(places) if stop <= place + 1e-9]
    paint_markers(canvas, reached, "circle", TRACK["stop"] * layout.em, theme.text)
