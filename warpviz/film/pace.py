"""Which snapshots a film of training shows, and when."""

import numpy as np

from warpviz.arrays import Floats, Ints

KEYFRAMES = 40
"""States of a film at most; between them everything moves straight."""


EARLY = 2.2
"""Epoch = last · u^EARLY at the part u of the film: most is learnt in the first few."""


SECONDS = 8.0
"""Of a whole film."""


def spread(epochs: Floats, keyframes: int = KEYFRAMES) -> Ints:
    """Which snapshots a film shows: the early ones closer together, the first and last in it.

    >>> spread(np.arange(1001.0), 5).tolist()
    [0, 47, 218, 531, 1000]
    """
    wanted = epochs[0] + (epochs[-1] - epochs[0]) * np.linspace(0, 1, keyframes) ** EARLY
    after = np.searchsorted(epochs, wanted).clip(1, len(epochs) - 1)
    nearer = wanted - epochs[after - 1] <= epochs[after] - wanted
    return np.unique(np.where(nearer, after - 1, after))
