"""The data: outlined dots, colour and marker per class."""

from functools import singledispatch

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.picture.raster.blend import Surface, ink, inks, window
from warpviz.picture.raster.dots import MARKERS, sprites, stamp
from warpviz.theme import Theme

RADIUS = 2.9
"""Of a dot, in units of the layout."""
OUTLINE = 0.9
"""Width of its outline, likewise."""
OPACITY = 0.97


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
    classes = [int(c) for c in distinct(labels)]
    groups = [flat[labels == c] for c in classes]
    rim: Ints = np.zeros(size, dtype=np.int64)
    for c, group in zip(classes, groups, strict=True):
        outer = sprites(marker_of(c, theme), radius + OUTLINE * unit, OPACITY)
        rim += stamp(group, outer, *size, corner=corner)
    ink(part, rim, theme.outline)
    fillings = [
        stamp(group, sprites(marker_of(c, theme), radius, OPACITY), *size, corner=corner)
        for c, group in zip(classes, groups, strict=True)
    ]
    inks(part, fillings, [theme.classes[c % len(theme.classes)] for c in classes])
