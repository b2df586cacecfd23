"""A chart as a tree of plain values and arrays: what stands still on it, and its curves."""

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.colour import Colour
from warpviz.picture.figure import Chart, Curve
from warpviz.picture.marks.still import Ground, Mark, Shape
from warpviz.player.packing import STEPS
from warpviz.theme import Theme

Tree = dict[str, Any]
Ink = str | list[int]

ONE = ("text", "muted", "background")
"""Colours of a theme by which a chart may be drawn, and"""
MANY = ("classes", "creases")
"""those of which it has several."""
BEYOND = 1.0
"""Heights of its axes that a curve is told beyond them: from there it is as good as upright."""
FINE = 20.0
"""Steps of a pixel in which the heights of a curve that moves are told."""


def chart_tree(chart: Chart, theme: Theme) -> Tree:
    """All that a player needs of a chart."""
    still, known = chart.still, theme
    if chart.ground is not None:
        # On a ground curves have colours of their own, alike in every theme.
        known = replace(theme, classes=(), creases=())
    assert still is not None and chart.inside is not None
    rows, columns, _ = chart.backdrop.shape
    x, y = chart.corner
    return {
        "box": {"x0": x, "y0": y, "x1": x + columns, "y1": y + rows},
        "inside": asdict(chart.inside),
        "scales": [asdict(scale) for scale in still.scales],
        "marks": [_mark(mark, known) for mark in still.marks],
        "curves": [_curve(curve, known) for curve in chart.curves],
        "ground": None if chart.ground is None else _ground(chart.ground),
    }


def _ground(ground: Ground) -> Tree:
    """Heights in steps, of their logarithms where these are seen."""
    heights = np.log(ground.heights) if ground.logarithmic else ground.heights
    low, high = float(heights.min()), float(heights.max())
    steps = np.rint((heights - low) / ((high - low) or 1.0) * STEPS).astype(np.uint16)
    return {
        "heights": {"low": low, "high": high, "steps": steps},
        "levels": ground.levels.astype(np.float64),
        "colours": np.array(ground.colours, dtype=np.uint8),
        "logarithmic": ground.logarithmic,
        "along": [each.astype(np.float32) for each in ground.along],
        "names": list(ground.names),
    }


def ink(colour: Colour, theme: Theme) -> Ink:
    """A colour by its name in the theme, so that another theme has its own; else itself.

    >>> from warpviz.theme import THEMES
    >>> ink(THEMES["dark"].classes[1], THEMES["dark"]), ink((1, 2, 3), THEMES["dark"])
    ('classes 1', [1, 2, 3])
    """
    for name in ONE:
        if getattr(theme, name) == colour:
            return name
    for name in MANY:
        known = getattr(theme, name)
        if colour in known:
            return f"{name} {known.index(colour)}"
    return list(colour)


def _mark(mark: Mark, theme: Theme) -> Tree:
    if isinstance(mark, Shape):
        return {
            "points": mark.points.astype(np.float32),
            "places": None if mark.places is None else mark.places.astype(np.float32),
            "fill": None if mark.fill is None else ink(mark.fill, theme),
            "line": None if mark.line is None else ink(mark.line, theme),
            "width": mark.width,
            "opacity": list(mark.opacity),
            "dashes": list(mark.dashes),
            "inside": None if mark.inside is None else asdict(mark.inside),
            "part": mark.part,
        }
    return {**asdict(mark), "at": list(mark.at), "colour": ink(mark.colour, theme)}


def _curve(curve: Curve, theme: Theme) -> Tree:
    told: Tree = {
        "name": curve.name,
        "colour": ink(curve.colour, theme),
        "width": curve.width,
        "head": curve.head,
        "inside": None if curve.inside is None else asdict(curve.inside),
    }
    if curve.points.ndim == 2:
        return told | {
            "points": curve.points.astype(np.float32),
            "progress": None if curve.progress is None else curve.progress.astype(np.float64),
            "ink": None if curve.ink is None else curve.ink.astype(np.float32),
        }
    return told | {"x": curve.points[0, :, 0].astype(np.float32), "rows": _rows(curve)}


def _rows(curve: Curve) -> Tree:
    """The heights (K, M) of a curve that moves up and down, in steps; step 0 is no number.

    A height is low + step · (step number − 1).
    """
    heights: Floats = curve.points[:, :, 1]
    if curve.inside is not None:
        reach = BEYOND * curve.inside.height
        heights = np.clip(heights, curve.inside.y0 - reach, curve.inside.y1 + reach)
    known = heights[np.isfinite(heights)]
    low, high = float(known.min(initial=np.inf)), float(known.max(initial=-np.inf))
    if not len(known):
        low = high = 0.0
    step = max(1 / FINE, (high - low) / (STEPS - 1))
    steps = np.rint((heights - low) / step) + 1
    return {"low": low, "step": step, "steps": np.nan_to_num(steps).astype(np.uint16)}
