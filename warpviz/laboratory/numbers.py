"""The numbers by which Python cuts sheets, reads formulas, makes data and trains, for the page."""

from collections.abc import Mapping
from typing import Any

from warpviz.data import labels, lattice
from warpviz.data.reading import cells as table_cells
from warpviz.data.reading import choosing, text
from warpviz.data.synthetic import DATASETS, MOST_ARMS, SHAPES
from warpviz.functions import lines, reading, statements, switches
from warpviz.geometry import (
    bisect,
    boundary,
    cells,
    extrema,
    fitting,
    folds,
    mosaic,
    tears,
    tint,
)  # fmt: skip
from warpviz.geometry.curved import hidden, tracing
from warpviz.geometry.straight import pieces, regions, sides
from warpviz.measure import measured_sheet
from warpviz.model.activations import function
from warpviz.training import engine, optimizers

NUMBERS: Mapping[str, Any] = {
    "CLOSE": pieces.CLOSE,
    "FAINT": pieces.FAINT,
    "ROOM": pieces.ROOM,
    "SAME": regions.SAME,
    "MOST_REGIONS": measured_sheet.MOST,
    "CELLS": fitting.CELLS,
    "EVERY": fitting.EVERY,
    "MOST_CELLS": fitting.MOST_CELLS,
    "FORMING": fitting.FORMING.tolist(),
    "TANGLED": tracing.TANGLED / boundary.FINE**2,
    "WANDERING": fitting.WANDERING,
    "SPAN": folds.SPAN,
    "MOST_LINES": folds.MOST_LINES,
    "WIDE_SQUARES": hidden.COARSE,
    "MOST_LOOKED": hidden.MOST,
    "FEW_TURNS": hidden.FEW_TURNS,
    "TREMBLES": extrema.TREMBLES,
    "MOST_CROSSED": folds.MOST_CROSSED,
    "PER_UNIT": extrema.NODES_PER_UNIT,
    "MOST_NODES": extrema.MOST_NODES,
    "SEEN": extrema.SEEN,
    "HALVINGS": extrema.HALVINGS,
    "LEVELS": tint.LEVELS.tolist(),
    "SHADES": tint.SHADES.tolist(),
    "SNAP": tint.SNAP,
    "MOST_KINKED": cells.MOST_UNITS,
    "FLAT": bisect.HALF_A_PIXEL,
    "DEPTH": bisect.DEPTH,
    "MOST_POINTS": bisect.MOST_POINTS,
    "HALVED": tears.HALVINGS,
    "FINEST": mosaic.FINEST,
    "HAIR": tears.HAIR,
    "LIP": tears.FINE,
    "NEAR": sides.NEAR,
    "SAMPLED": measured_sheet.FINE,
    "KEEP": engine.KEEP,
    "EPSILON": engine.EPSILON,
    "LBFGS": {
        "patience": optimizers.PATIENCE,
        "gain": optimizers.GAIN,
        "memory": optimizers.MEMORY,
        "armijo": optimizers.ARMIJO,
        "shorter": optimizers.SHORTER,
        "useful": optimizers.USEFUL,
        "least": optimizers.SHORTEST,
    },
    "GRAMMAR": {
        "longest": reading.LONGEST,
        "deepest": reading.DEEPEST,
        "largest": reading.LARGEST,
        "shown": reading.SHOWN,
        "signs": {chr(code): sign for code, sign in reading.SIGNS.items()} | statements.WORDS,
        "constants": reading.CONSTANTS,
        "functions": reading.WORDS,
    },
    "MOST_STRAIGHT": lines.MOST,
    "SWITCHES": {
        "span": switches.SPAN,
        "nodes": switches.NODES,
        "halvings": switches.HALVINGS,
        "beside": switches.BESIDE,
        "sure": switches.SURE,
    },
    "SQUASHING": {"large": function.LARGE, "nodes": function.NODES, "part": function.BOUNDED},
    "SHAPES": SHAPES,
    "MOST_ARMS": MOST_ARMS,
    "DATASETS": {
        name: {"noise": maker.noise, "classes": maker.classes, "layers": maker.layers}
        for name, maker in DATASETS.items()
    },
    "LATTICE": {"limits": lattice.LIMITS, "points": lattice.POINTS, "name": lattice.NAME},
    "TABLE": {
        "separators": text.SEPARATORS,
        "comments": text.COMMENTS,
        "first": text.FIRST,
        "missing": sorted(table_cells.MISSING),
        "most": labels.MOST_CLASSES,
        "few": labels.FEW,
        "counters": choosing.COUNTERS.pattern,
        "counted": choosing.COUNTED,
    },
}
"""By name, as plain values; what each means stands where it is."""
