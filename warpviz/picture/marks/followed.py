"""Points that are followed, painted: the way of each, a ring where it is, its letter."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.colour import Colour
from warpviz.motion.framing import Box, Lens
from warpviz.picture.clipping import within
from warpviz.picture.cloth import paint_lines
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.overlay import paint_polygon
from warpviz.picture.marks.probe import LETTERS, PROBE, STEPS, TRAIL, Followed
from warpviz.picture.raster.blend import Surface
from warpviz.picture.words.text import put_text, text_height, text_width
from warpviz.theme import Theme

ROUND = 40
"""Corners that a circle is drawn by."""


def paint_followed(
    canvas: Surface,
    layout: PanelLayout,
    followed: Followed,
    lens: Lens,
    moment: tuple[int, float],
    colours: Sequence[Colour],
    font: Path,
    theme: Theme,
) -> None:
    """Draw the ways up to a moment, then the points.

    A way is where its point was in the picture's space, as the camera sees it now.

    Args:
        canvas: (3, H, W), changed in place.
        layout: the panel's places; what is outside of its box is cut off.
        followed: at most as many points as there are letters.
        lens: of the moment.
        moment: act k and t.
        colours: of the ways, see `way_colours`.
        font: the font file.
        theme: colours.
    """
    way = followed.way(*moment)
    flat = lens.project(way.reshape(-1, 3))[0].reshape(len(way), -1, 2)
    for each, colour in zip(np.moveaxis(flat, 1, 0), colours, strict=False):
        _trail(canvas, layout, each, colour, theme)
    for letter, (x, y) in zip(LETTERS, flat[-1].tolist(), strict=False):
        if _inside(layout.box, x, y):
            _probe(canvas, layout, (x, y), letter, font, theme)


def _trail(
    canvas: Surface, layout: PanelLayout, flat: Floats, colour: Colour, theme: Theme
) -> None:
    unit, box = layout.unit, layout.box
    parts, _ = within(flat, box)
    width, radius = TRAIL["line"] * unit, TRAIL["stop"] * unit
    stops = [at for at in flat[:-1:STEPS] if _inside(box, *at)]
    grown = ((2 * TRAIL["halo"] * unit, TRAIL["rim"] * unit, TRAIL["ground"], theme.background),
             (0.0, 0.0, TRAIL["ink"], colour))  # fmt: skip
    for more, rim, ink, paint in grown:
        if len(parts):
            pairs, strength = _pairs(parts), np.full(len(parts), ink)
            paint_lines(canvas, pairs, strength, parts.reshape(-1, 2), width + more, paint)
        for at in stops:
            paint_polygon(canvas, at + _circle(radius + rim), paint)


def _pairs(parts: Floats) -> Ints:
    """Ends (S, 2) of segments (S, 2, 2) among their 2·S ends; where one goes on, it is the same."""
    pairs = np.arange(2 * len(parts)).reshape(-1, 2)
    goes_on = (parts[1:, 0] == parts[:-1, 1]).all(axis=1)
    pairs[1:, 0] -= goes_on
    return pairs


def _inside(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1


def _probe(
    canvas: Surface,
    layout: PanelLayout,
    at: tuple[float, float],
    letter: str,
    font: Path,
    theme: Theme,
) -> None:
    unit, small = layout.unit, layout.small
    for line, colour in ((PROBE["ground"], theme.background), (PROBE["line"], theme.text)):
        for outline in _ring(PROBE["ring"] * unit, PROBE["middle"] * unit, line * unit / 2):
            paint_polygon(canvas, at + outline, colour)
    x, foot = at[0] + PROBE["across"] * unit, at[1] - PROBE["up"] * unit
    left, right = x - PROBE["beside"] * small, x + text_width(letter, font, small)
    right += PROBE["beside"] * small
    top, bottom = foot - PROBE["rises"] * small, foot + PROBE["falls"] * small
    plate = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    paint_polygon(canvas, plate, theme.background, PROBE["plate"])
    top = foot - text_height(font, small)[0]
    put_text(canvas, letter, (x, top), theme.text, font, small)


def _circle(radius: float) -> Floats:
    turn = np.linspace(0.0, 2.0 * np.pi, ROUND + 1)
    return radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)


def _ring(radius: float, middle: float, half: float) -> Iterator[Floats]:
    """A ring, one outline that goes around and back inside, and the dot amid it."""
    yield np.concatenate([_circle(radius + half), _circle(radius - half)[::-1]])
    yield _circle(middle + half)
