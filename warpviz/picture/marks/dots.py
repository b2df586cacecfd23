"""The data: outlined dots, colour and marker per class."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.colour import Colour
from warpviz.picture.raster.blend import Surface, ink, inks, many_inks, window
from warpviz.picture.raster.dots import MARKERS, Sprites, sprites, stamp
from warpviz.theme import Theme

RADIUS = 2.9
"""Of a dot, in units of the layout."""
OUTLINE = 0.9
"""Width of its outline, likewise."""
OPACITY = 0.97
MANY = 16
"""Classes of which each has a picture of its own in memory; of more they come one by one."""


def marker_of(label: int, theme: Theme) -> str:
    """The marker of a class; levels of a number are circles all."""
    names = tuple(MARKERS)
    if theme.ramp:
        return names[0]
    return names[theme.markers[label % len(theme.markers)] if theme.markers else label % len(names)]


@singledispatch
def paint_dots(canvas: Surface, flat: Floats, labels: Ints, unit: float, theme: Theme) -> None:
    """Lay dots over the canvas: first all outlines, then all fillings.

    So dots that touch join into one shape with one outline, and the order of the data does not
    matter.

    Args:
        canvas: (3, H, W), changed in place.
        flat: (N, 2) in pixels of the canvas, y downwards.
        labels: (N,) classes.
        unit: the layout's unit of length, in pixels.
        theme: colours.
    """
    if len(flat) == 0:
        return
    radius = RADIUS * unit
    place = window(flat, 3 * radius + 2, *canvas.shape[1:])
    if place is None:
        return
    rows, columns, corner = place
    part = canvas[:, rows, columns]
    size = part.shape[1:]
    groups = {int(c): flat[labels == c] for c in distinct(labels)}
    markers: dict[str, list[Floats]] = {}
    for c, group in groups.items():
        markers.setdefault(marker_of(c, theme), []).append(group)
    rim: Ints = np.zeros(size, dtype=np.int64)
    for marker, alike in markers.items():
        outer = sprites(marker, radius + OUTLINE * unit, OPACITY)
        rim += stamp(np.concatenate(alike), outer, *size, corner=corner)
    ink(part, rim, theme.outline)
    inner = {marker: sprites(marker, radius, OPACITY) for marker in markers}
    coloured = [
        (group, inner[marker_of(c, theme)], theme.classes[c % len(theme.classes)])
        for c, group in groups.items()
    ]
    if len(groups) > MANY:
        many_inks(canvas, _each_where_it_is(coloured, 3 * radius + 2, *canvas.shape[1:]))
        return
    fillings = [stamp(group, sprite, *size, corner=corner) for group, sprite, _ in coloured]
    inks(part, fillings, [colour for _, _, colour in coloured])


def _each_where_it_is(
    coloured: Iterable[tuple[Floats, Sprites, Colour]], reach: float, height: int, width: int
) -> Iterator[tuple[slice, slice, Ints, Colour]]:
    """Rows and columns that a class's dots can touch, their density there, and its colour."""
    for group, sprite, colour in coloured:
        place = window(group, reach, height, width)
        if place is not None:
            rows, columns, corner = place
            size = rows.stop - rows.start, columns.stop - columns.start
            yield rows, columns, stamp(group, sprite, *size, corner=corner), colour
