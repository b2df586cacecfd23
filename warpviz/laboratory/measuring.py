"""By what states are measured, for the page that measures them live, and tells what it sees."""

import json
from typing import Any

from warpviz.film.words import affine, bending, crossings, teaching
from warpviz.measure import coverage, nearest_point, probe, separability, state, stretch
from warpviz.motion.polar import RANK

MEASURES = tuple(
    f"lab/measures/{name}"
    for name in (
        "clouds", "probe", "separable", "stretch", "coverage", "measures", "numbers", "affine",
        "bending", "telling", "stops",
    )
)  # fmt: skip
"""Names of the files in `js/`, each after those that it imports from; they follow the scene's."""
MEASURING: dict[str, Any] = {
    "PROBE": {
        "flat": probe.FLAT_COLUMN,
        "ridge": probe.RIDGE,
        "steps": probe.MOST_STEPS,
        "enough": probe.ENOUGH,
        "armijo": probe.ARMIJO,
        "bare": probe.BARE,
        "shortest": probe.SHORTEST,
    },
    "SEPARABLE": {
        "tolerance": separability.TOLERANCE,
        "rounding": float(separability.ROUNDING),
        "thinnest": separability.THINNEST,
        "patience": nearest_point.PATIENCE,
        "none": nearest_point.NONE,
    },
    "COLLAPSED": stretch.COLLAPSED,
    "FISHER": state.FISHER_CUTOFF,
    "RESOLUTION": coverage.RESOLUTION,
    "FAITHFUL": coverage.FAITHFUL,
    "WORDS": {
        "longest": teaching.LONGEST,
        "one": affine.ONE,
        "rank": RANK,
        "steep": bending.STEEP,
        "sure": crossings.SURE,
        "least": bending.LEAST,
    },
}
"""By topic, as plain values; what each means stands where it is."""


def measuring_module() -> str:
    """The text of `lab/measuring.js`."""
    return f"export const MEASURING = {json.dumps(MEASURING)};\n"
