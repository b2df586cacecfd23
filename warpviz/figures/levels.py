"""Levels of contours at round numbers, and which of them are told on the colour bar."""

import numpy as np

from warpviz.arrays import Floats

MANTISSAS = (
    (*(i / 10 for i in range(10, 20)), *(i / 5 for i in range(10, 25)),
     *(i / 2 for i in range(10, 20))),
    (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
    (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0),
    (1.0, 1.5, 2.0, 3.0, 5.0, 7.0),
    (1.0, 2.0, 5.0),
    (1.0, 3.0),
    (1.0,),
)  # fmt: skip
"""Round numbers of a decade, most first."""
TOLD = ((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0), (1.0, 2.0, 5.0), (1.0, 3.0), (1.0,))
"""Those that ticks stand at, most first."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
FEW = 2.0
"""Numbers that differ by less than this factor are told at even steps, on a logarithm too."""


def round_levels(low: float, high: float, most: int = 24) -> Floats:
    """Round numbers at even steps, (L,), from at most `low` to at least `high`; L ≤ most + 1.

    >>> round_levels(-0.93, 1.07, 4).tolist()
    [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5]
    """
    from matplotlib.ticker import MaxNLocator

    if not high > low:
        room = 1e-3 * (abs(low) or 1.0)
        low, high = low - room, high + room
    found = MaxNLocator(nbins=most, steps=STEPS).tick_values(low, high)
    # 0.3, not 0.30000000000000004.
    places = max(0, 3 - int(np.floor(np.log10(found[1] - found[0]))))
    return np.array([float(f"{value:.{places}f}") + 0.0 for value in found])


def round_decades(low: float, high: float, most: int = 24) -> Floats:
    """Round positive numbers for a logarithmic scale, as `round_levels`.

    >>> round_decades(0.03, 8.0, 8).tolist()
    [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]
    """
    if high < FEW * low:
        even = round_levels(low, high, most)
        return even if even[0] > 0 else even[even > 0]
    first, last = (int(np.floor(np.log10(edge))) for edge in (low, high))
    step = max(1, -(-(last - first + 1) // most))
    decades = [float(f"1e{k}") for k in range(first, last + step + 1, step)]
    found = np.array(decades)
    for mantissas in MANTISSAS if step == 1 else ():
        every = np.array([float(f"{m:g}e{k}") for k in range(first, last + 2)
                          for m in mantissas])  # fmt: skip
        begin = max(int(np.searchsorted(every, low * (1 + 1e-9), side="right")) - 1, 0)
        end = int(np.searchsorted(every, high * (1 - 1e-9)))
        found = every[begin : end + 1]
        if len(found) <= most + 1:
            break
    return found


def told_levels(levels: Floats, most: int = 8) -> Floats:
    """The levels that get a tick: as many as there is room for, and the roundest.

    >>> told_levels(np.array([0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]), 4).tolist()
    [0.1, 1.0, 10.0]
    >>> told_levels(round_levels(0.0, 80.0)).tolist()
    [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0]
    """
    step = levels[1] - levels[0]
    if np.allclose(np.diff(levels), step):
        for times in range(1, len(levels)):
            wide = times * step
            if np.isclose(wide / 10.0 ** np.floor(np.log10(wide) + 1e-9), STEPS).any():
                whole = np.isclose(levels / wide, np.round(levels / wide), atol=1e-6)
                if 0 < whole.sum() <= most + 1:
                    return np.asarray(levels[whole])
        return levels[[0, -1]]
    mantissas = levels / 10.0 ** np.floor(np.log10(levels) + 1e-9)
    for round_ones in TOLD:
        picked = levels[np.isclose(mantissas[:, None], round_ones).any(axis=1)]
        if 2 <= len(picked) <= most:
            return np.asarray(picked)
    return levels[:: -(-len(levels) // most)]


def words(levels: Floats) -> list[str]:
    """Levels as an axis tells them, with a minus that is as wide as a plus.

    >>> words(np.array([-0.5, 0.0, 100.0]))
    ['−0.5', '0', '100']
    """
    return [f"{level:g}".replace("-", "−") for level in levels]
