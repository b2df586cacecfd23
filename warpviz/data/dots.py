"""A data set as a drawing of its dots, for notebooks."""

from collections.abc import Sequence

import numpy as np

from warpviz import svg
from warpviz.arrays import Floats, Ints, distinct
from warpviz.axis import Axis
from warpviz.theme import themed

SIDE = 320.0
"""Pixels of the field of dots."""
MOST = 2000
"""Dots that are drawn; of more some, evenly, and the picture says so."""
LONG = 4.0
"""Times as long as wide that dots may lie before each axis has a scale of its own."""
NAMES = 64
"""Classes that the legend names."""
ROWS, COLUMN = 18, 140
"""Names in a column of it, and the pixels between two columns."""


def dots(
    x: Floats,
    y: Ints,
    class_names: Sequence[str],
    axes: Sequence[Axis],
    numbers: bool,
    told: str,
) -> str:
    """An SVG of points; of more than two features along their first two principal axes.

    Args:
        x: (N, D) the points.
        y: (N,) their classes.
        class_names: of the C classes; of levels of a number some are "".
        axes: what the features are called, and their own units.
        numbers: whether the classes are levels of a number.
        told: what the data is, in a line.
    """
    look = themed(svg.LOOK, len(class_names), numbers)
    flat, shown = (x, list(axes)) if x.shape[1] == 2 else (on_principal_axes(x), [])
    low, high = flat.min(axis=0), flat.max(axis=0)
    extent = np.maximum(high - low, 1e-12)
    # Features of unlike units would be a line at equal aspect.
    size = extent if extent.max() > LONG * extent.min() else np.full(2, extent.max())
    scale = (SIDE - 24) / size
    corner = (low + high) / 2 - size / 2
    index = np.arange(len(x))
    if len(x) > MOST:
        index = distinct(np.linspace(0, len(x) - 1, MOST).astype(np.intp))
        told += f"; {len(index):,} of them shown"
    # In one order for all classes: none lies on top of the others.
    order = np.random.default_rng(0).permutation(index)
    places = 28 + (flat - corner) * scale
    colours = look.classes

    def marked(label: int, at: tuple[float, float], radius: float) -> str:
        # Few classes are told apart by their colours; more have the markers of films too.
        place = look.markers[label % len(look.markers)] if look.markers else 0
        return svg.mark(place, at, radius, colours[label % len(colours)], look.outline)

    parts = [
        marked(c, (a, SIDE + 32 - b), 3.0)
        for (a, b), c in zip(places[order].tolist(), y[order].tolist(), strict=True)
    ]
    named = [(label, name) for label, name in enumerate(class_names) if name]
    for row, (label, name) in enumerate(named[:NAMES]):
        left, top = SIDE + 52 + COLUMN * (row // ROWS), 32 + 18 * (row % ROWS)
        parts.append(marked(label, (left, top), 4.0))
        parts.append(svg.words(left + 10, top + 4, f"{name:.18}", size=11, anchor="start"))
    columns = -(-min(len(named), NAMES) // ROWS)
    if len(named) > NAMES:
        told += f"; {NAMES} of their names shown"
    below = ["first principal axis", "second principal axis"]
    if shown:
        below = [
            f"{axis.name:.24}: "
            + f"{axis.own(float(low[i])):.4g} … {axis.own(float(high[i])):.4g}".replace("-", "−")
            for i, axis in enumerate(shown)
        ]
    for place, sign, words in ((SIDE + 46, "→", below[0]), (18, "↑", below[1])):
        parts.append(svg.words(20, place, f"{sign} {words}", size=11, anchor="start"))
    parts.append(svg.words(20, SIDE + 66, told, size=10, anchor="start"))
    return svg.drawing(SIDE + 60 + COLUMN * max(columns, 1), SIDE + 76, parts, told)


def principal_plane(x: Floats) -> tuple[Floats, Floats]:
    """The mean (D,) of points (N, D) and their first two principal axes, (D, 2)."""
    origin = x.mean(axis=0)
    _, _, directions = np.linalg.svd(x - origin, full_matrices=False)
    axes = directions[:2].T
    # The sign of an SVD is chance: the largest component of each axis is positive.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return origin, axes


def on_principal_axes(x: Floats) -> Floats:
    """Points (N, D) along their first two principal axes, (N, 2); of one feature on a line."""
    if x.shape[1] == 1:
        return np.hstack([x, 0.0 * x])
    origin, axes = principal_plane(x)
    return np.asarray((x - origin) @ axes)
