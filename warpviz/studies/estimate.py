"""How long a study takes, before it begins."""

import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from warpviz.studies.grid import Grid, Part
from warpviz.studies.part import filled
from warpviz.studies.points import Points

TRIED_SHAPES = 6
"""Of how many shapes the time is tried out."""
TRIED_EPOCHS = 20


def seconds_needed(grid: Grid, points: Mapping[str, Points]) -> float:
    """About how long one processor works on a whole grid, from a try of a few of its shapes."""
    shapes = list(grid.shapes())
    tried = {
        shapes[k]
        for k in np.linspace(0, len(shapes) - 1, min(TRIED_SHAPES, len(shapes))).astype(int)
    }
    epochs = min(TRIED_EPOCHS, grid.epochs)
    costs = []
    for shape in sorted(tried, key=shapes.index):
        part = Part(0, 0, shape, grid.seeds[:1])
        own = points[shape.data]
        none = replace(grid, epochs=epochs, times=(epochs,), measure=grid.measure)
        # Once for what is loaded when it is first used, once for the time.
        seconds = []
        for trial in (none, none, replace(none, epochs=2 * epochs, times=(2 * epochs,))):
            start = time.process_time()
            filled(part, trial, own, {})
            seconds.append(time.process_time() - start)
        epoch = max(seconds[2] - seconds[1], 0.0) / epochs
        look = max(seconds[1] - epoch * epochs, 0.0)
        costs.append(epoch * grid.epochs + look * len(grid.epochs_at))
    return float(np.mean(costs)) * len(grid)


def in_words(seconds: float) -> str:
    """A time as one would say it.

    >>> in_words(7.2), in_words(100), in_words(9000), in_words(4e6)
    ('8 s', '2 min', '2.5 h', '46 days')
    """
    if seconds < 90:
        return f"{int(np.ceil(max(seconds, 1)))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    hours = seconds / 3600
    return f"{hours:.1f} h" if hours < 48 else f"{round(hours / 24)} days"
