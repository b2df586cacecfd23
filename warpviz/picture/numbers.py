"""The numbers that pictures are drawn by, in one table for whoever draws them elsewhere."""

from typing import Any

import numpy as np

from warpviz.motion import framing, perspective
from warpviz.picture import axes, classic, cloth, figure, paint
from warpviz.picture.marks import basis, dots, network, outlined, overlay, probe, still, triad
from warpviz.picture.raster import dots as stamps
from warpviz.picture.raster import lines, shading
from warpviz.picture.words import legend

NUMBERS: dict[str, Any] = {
    "DISTANCE": perspective.DISTANCE,
    "NEAREST": perspective.NEAREST,
    "MOST_FILL": framing.MOST_FILL,
    "DENSITY": lines.DENSITY,
    "PHASES": lines.PHASES,
    "SPACING": lines.SPACING,
    "TAILS": lines.TAILS,
    "SPARE": lines.SPARE,
    "DOT": {"radius": dots.RADIUS, "outline": dots.OUTLINE, "opacity": dots.OPACITY},
    "DOT_PHASES": stamps.PHASES,
    "MARKERS": [outline.tolist() for outline in stamps.MARKERS.values()],
    "OPACITY": shading.OPACITY,
    "LIGHT": shading.LIGHT.tolist(),
    "NEARER": shading.NEARER,
    "DEPTHS": shading.DEPTHS,
    "WEIGHT": shading.WEIGHT,
    "SHADE": shading.SHADE,
    "DOUBT": cloth.DOUBT,
    "CROWD": cloth.CROWD,
    "INKS": cloth.INKS,
    "WIDTHS": cloth.WIDTHS,
    "SHOWN_AS": cloth.SHOWN_AS,
    "LIT": paint.LIT,
    "FADE": paint.FADE,
    "HEADLINE": paint.HEADLINE,
    "ROUND": axes.ROUND,
    "MOST_STEPS": axes.MOST_STEPS,
    "FAR": axes.FAR,
    "PLAIN": axes.PLAIN,
    "BAR": axes.BAR,
    "AXES": axes.AXES,
    "THINNEST": overlay.THINNEST,
    "MARKS": {**overlay.MARKS, "row": legend.LEGEND_ROW},
    "TRACK": overlay.TRACK,
    "TRIAD": {
        "length": triad.TRIAD,
        "name": triad.NAME,
        "further": triad.FURTHER,
        "apart": triad.APART,
        "turns": np.array(triad.TURNS).tolist(),
        "end_on": triad.END_ON,
        "aside": triad.ASIDE,
        "reach": triad.REACH,
        "margin": triad.MARGIN,
        "beside": triad.BESIDE,
        "longest": triad.LONGEST_NAME,
        "letter": triad.LETTER,
        "line": triad.LINE,
    },
    "ARROW": basis.ARROW,
    "TINT": basis.TINT,
    "BASIS": {"COME": basis.COME, "EXPONENT": basis.EXPONENT},
    "LETTERS": probe.LETTERS,
    "PROBE": probe.PROBE,
    "TRAIL": {**probe.TRAIL, "steps": probe.STEPS},
    "NETWORK": {"LEVELS": network.LEVELS, "EDGE": network.EDGE, "UNIT": network.UNIT},
    "CURVE": {
        "ink": figure.INK,
        "head": figure.HEAD["radius"],
        "rim": figure.HEAD["rim"],
        "soft": figure.SOFT,
    },
    "BESIDE_GROUND": still.AROUND,
    "CLASSIC": {
        "alpha": outlined.ALPHA,
        "line": classic.OUTLINE,
        "size": classic.DRAWN_FOR,
        "margins": classic.MARGINS,
        "most_steps": classic.MOST_STEPS,
        "tick": classic.TICK,
        "legend": classic.LEGEND,
        "least": classic.LEAST,
        "widen": classic.WIDEN,
        "flattest": classic.FLATTEST,
    },
}
"""By name, as plain values; what each means stands where it is."""
