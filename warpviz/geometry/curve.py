"""The sheet of one feature: a piece of the number line, as the curve that a chain makes of it."""

import numpy as np

from warpviz.arrays import Floats, distinct
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.geometry.bisect import bent
from warpviz.geometry.sheet import Limits, Polyline, Sheet
from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.pieces import is_piecewise_linear
from warpviz.model.chain import Chain

PIECES = 384
"""Of the line, before it is cut where it bends."""
HALVINGS = 60
MARGIN = 0.05
"""What the line is longer than the data at each end, over its length."""


def curve_for(chain: Chain, low: float, high: float) -> Sheet:
    """The line from low to high with vertices where a chain of one feature bends it.

    Where an activation has a kink, one of the vertices is on it, so that between neighbours a
    piecewise linear chain is straight at every state; else no middle of two is off by more than
    half a pixel.

    Raises:
        WarpvizError: the line has no length.
    """
    if not low < high:
        raise WarpvizError(f"Limits expect x0 < x1, got {low:g},{high:g}.")
    path = bent(np.array([[low]]), np.array([[high]]), chain, parts=PIECES)[0][:, 0]
    path[[0, -1]] = low, high  # without what rounding on the way left
    found = [path]
    for layer in range(len(chain)):
        for bend in bends_of(chain, layer):
            for level in bend.function.breakpoints or ():
                found.append(_crossings(bend.before, path, level))
    places = distinct(np.concatenate(found))
    none = np.zeros(0, dtype=np.intp)
    line = Polyline(np.arange(len(places)), "curve")
    exact = is_piecewise_linear(chain)
    return Sheet(places[:, None], none, np.zeros(1, dtype=np.intp), (line,), exact)


def line_of(data: Dataset, limits: Limits | None) -> tuple[float, float]:
    """The ends of the line: the first two of the limits, else a little more than the data."""
    x = data.x[:, 0]
    if limits is not None:
        axis = data.axes[0]
        return axis.back(limits[0]), axis.back(limits[1])
    margin = MARGIN * max(float(np.ptp(x)), 1e-9)
    return float(x.min()) - margin, float(x.max()) + margin


def kinks(chain: Chain, layer: int, sheet: Sheet) -> int:
    """At how many places of a curve a layer has a kink."""
    path = distinct(sheet.vertices[:, 0])
    found = [
        _crossings(bend.before, path, level)
        for bend in bends_of(chain, layer)
        for level in bend.function.breakpoints or ()
    ]
    return len(distinct(np.round(np.concatenate([np.zeros(0), *found]), 12)))


def _crossings(before: Chain, path: Floats, level: float) -> Floats:
    """Where any unit crosses a level between neighbours of a path, by halving."""
    above = before(path[:, None]) > level
    place, unit = np.nonzero(above[1:] != above[:-1])
    low, high, start = path[place], path[place + 1], above[place, unit]
    for _ in range(HALVINGS if len(place) else 0):
        middle = 0.5 * (low + high)
        same = (before(middle[:, None])[np.arange(len(unit)), unit] > level) == start
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return 0.5 * (low + high)
