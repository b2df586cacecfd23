"""How many linear regions a wide chain has at least, before any is cut."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.geometry.plane import Plane
from warpviz.geometry.sheet import Limits
from warpviz.geometry.straight.bends import Bend, bends_of
from warpviz.geometry.straight.pieces import room_for, up_to_logits
from warpviz.model.chain import Chain

SIDE = 160
"""Points along each axis that are looked at."""
BLOCK = 2**21
"""Numbers of a state that are kept at once."""
MOST_WORK = 2**32
"""Numbers that may be copied while regions are cut: one cut for each unit copies all of them."""
NARROW = 64
"""Chains of no more units that bend are not looked at: their regions are counted soon enough."""


def bending_units(chain: Chain) -> int:
    """How many units of a chain bend the plane."""
    return sum(bend.units for bend in _sharp(chain))


def _sharp(chain: Chain) -> list[Bend]:
    """Where a chain bends sharply."""
    logits = up_to_logits(chain)
    bends = [bend for k in range(len(logits)) for bend in bends_of(logits, k)]
    # Of units with a function each, not every breakpoint bends every unit: these are cut.
    return [bend for bend in bends if bend.function.breakpoints and not bend.function.units]


def patterns_seen(chain: Chain, limits: Limits, plane: Plane | None = None) -> int:
    """How many patterns of a piecewise-linear chain's units are seen among `SIDE`² points.

    Points on different pieces of any unit are in different regions, so there are at least as many
    linear regions. Of chains of few units that bend nothing is seen, 0.

    Args:
        chain: piecewise linear up to the logits.
        limits: x0, x1, y0, y1 in input (or plane) coordinates.
        plane: origin (n,) and axes (n, 2) for inputs of n features.

    >>> from warpviz.model.layers import Dense
    >>> patterns_seen(Chain([Dense([[1.0, 0.0]], [0.0], "relu")]), (-1.0, 1.0, -1.0, 1.0))
    0
    """
    bends = _sharp(chain)
    if sum(bend.units for bend in bends) <= NARROW:
        return 0
    places = _points(limits)
    if plane is not None:
        places = places @ plane[1].T + plane[0]
    size = max(BLOCK // max(chain.widths), 1)
    seen: set[int] = set()
    for start in range(0, len(places), size):
        seen.update(_patterns(bends, places[start : start + size]))
    return len(seen)


def too_many(chain: Chain, seen: int, most: int) -> bool:
    """Whether the regions of a chain are too many to be cut.

    Args:
        chain: as for `patterns_seen`.
        seen: the patterns that were seen of it.
        most: regions that may be cut, where all that they carry has room.
    """
    units = [bend.units for bend in _sharp(chain)]
    return seen > room_for(chain, most) or 2 * seen * sum(units) * max(units, default=1) > MOST_WORK


def _points(limits: Limits) -> Floats:
    x0, x1, y0, y1 = limits
    steps = (np.arange(SIDE) + 0.5) / SIDE
    x, y = np.meshgrid(x0 + (x1 - x0) * steps, y0 + (y1 - y0) * steps)
    return np.column_stack([x.ravel(), y.ravel()])


def _patterns(bends: list[Bend], points: Floats) -> list[int]:
    """A number for each point that is the same for all of one pattern."""
    rng = np.random.default_rng(0)
    keys = np.zeros(len(points), dtype=np.uint64)
    for bend in bends:
        z = bend.before(points)
        for at in bend.function.breakpoints or ():
            keys += (z > at) @ rng.integers(0, 2**63, z.shape[1], dtype=np.uint64)
    numbers: list[int] = keys.tolist()
    return numbers
