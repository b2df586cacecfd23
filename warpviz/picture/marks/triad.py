"""The small axes of a space in the corner: which way its coordinates lead."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.picture.layout import PanelLayout
from warpviz.picture.marks.overlay import THINNEST, Line, paint_strokes
from warpviz.picture.raster.blend import Surface
from warpviz.picture.words.text import put_text, shortened, text_width
from warpviz.theme import Theme

LONGEST_NAME = 8.0
"""What a name may take beside the small axes of a space, over its size."""
TRIAD = 1.8
"""The longest of the small axes, over the size of their names."""
NAME = 0.65
"""From an axis' tip to the middle of its name."""
FURTHER = 1.8
"""How much further a name may stand where there is no room."""
APART = 1.1
"""Between the middles of two names, at least."""
TURNS = tuple(math.radians(angle) for angle in (0, 40, -40, 80, -80, 120, -120, 160, -160))
_ROTATIONS = np.array(
    [[[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]] for a in 2 * TURNS]
)
_REACHES = np.repeat([NAME, FURTHER * NAME], len(TURNS))
"""Where a name is tried: (18, 2, 2) turns, all near, then all further away."""
END_ON = 0.05
"""The length below which an axis has no direction."""
ASIDE = (0.8, -0.6)
"""Where the name of such an axis stands."""
REACH = 2.45
"""The longest axis with its name, over the name's size."""
MARGIN = 0.3
"""Left of it all, likewise."""
BESIDE = 0.4
"""From the corner to a word that stands beside it, likewise, at least."""
LETTER = 2
"""Signs of a name that stands as a letter with its index does; a longer one is a word."""
LINE = 1.1
"""The axes' width, in units of the layout."""


def paint_triad(
    canvas: Surface,
    layout: PanelLayout,
    ways: Floats,
    names: tuple[str, ...],
    font: Path,
    theme: Theme,
    opacity: float,
) -> None:
    """Draw small axes with their names in the corner, to tell the directions of a space.

    Args:
        canvas: (3, H, W), changed in place.
        layout: the panel's places.
        ways: (3, 2) where unit steps along the axes lead, in pixels.
        names: of the axes that there are, up to three.
        font: the font file.
        theme: colours.
        opacity: 0 … 1.
    """
    small, thin = layout.small, max(THINNEST, LINE * layout.unit)
    longest = max(float(np.hypot(ways[:, 0], ways[:, 1]).max()), 1e-9)
    names = tuple(shortened(name, font, small, LONGEST_NAME * small) for name in names)
    tips, places = triad_places(ways[: len(names)] / longest)
    words = [text_width(name, font, small) / small if len(name) > LETTER else 0.0 for name in names]
    stands = name_places(places, words)
    # They stand, names included, on the scale bar's row at the left margin.
    reach = REACH * small * ways / longest
    left = min(
        0.0,
        float(reach[:, 0].min()),
        *(small * (x - w) for (x, _, a), w in zip(stands, words, strict=True) if a == 1.0),
    )
    below = max(0.0, float(reach[:, 1].max()), *(small * y for (_, y, a) in stands if a != 0.5))
    corner = np.array([layout.track[0] - left + MARGIN * small, layout.scale[1] - below])
    little: list[Line] = []
    for name, tip, (x, y, anchor) in zip(names, tips, stands, strict=True):
        end = corner + small * tip
        little.append(((corner[0], corner[1]), (end[0], end[1])))
        where = (float(corner[0] + small * x), float(corner[1] + small * y))
        put_text(canvas, name, where, theme.muted, font, small, (anchor, 0.5), opacity)
    paint_strokes(canvas, little, thin, theme.muted, opacity)


def name_places(places: Floats, words: Sequence[float]) -> list[tuple[float, float, float]]:
    """Where names stand: a letter in its place, a word beside it, each of a side in a row.

    Args:
        places: (n, 2) middles of letters.
        words: how long each name is, 0 for a letter.

    Returns:
        x, y and the anchor of each: 0.5 its middle, 0 its begin, 1 its end.
    """
    stands = [(float(x), float(y), 0.5) for x, y in places]
    for side in (0.0, 1.0):
        row = -math.inf
        for index in np.argsort(places[:, 1], kind="stable").tolist():
            x, y = places[index].tolist()
            if words[index] and (x < 0) == bool(side):
                row = max(y, row + APART)
                stands[index] = (min(x, -BESIDE) if side else max(x, BESIDE), row, side)
    return stands


def triad_places(ways: Floats) -> tuple[Floats, Floats]:
    """Where small axes end and where their names stand, in units of the names' size.

    A name stands beyond its axis; where another name or the corner is too near, it turns about
    the axis' tip until there is room, so that each axis has its name also where two fall together
    or one is seen end-on.

    Args:
        ways: (n, 2) where the axes lead, the longest of length 1.

    Returns:
        tips (n, 2) and middles of the names (n, 2), from the corner at 0.
    """
    tips, places = TRIAD * ways, np.zeros_like(ways)
    lengths = np.hypot(ways[:, 0], ways[:, 1])
    taken = [np.zeros(2)]
    # The longest first: it is the least likely to need another place.
    for index in np.argsort(-lengths, kind="stable"):
        way = ways[index] / lengths[index] if lengths[index] > END_ON else np.array(ASIDE)
        tries = tips[index] + _REACHES[:, None] * (_ROTATIONS @ way)
        apart = tries[:, None] - np.array(taken)
        room = np.hypot(apart[..., 0], apart[..., 1]).min(axis=1)
        # The first that has room, or the roomiest.
        enough = room >= APART
        places[index] = tries[(enough if enough.any() else room).argmax()]
        taken.append(places[index])
    return tips, places
