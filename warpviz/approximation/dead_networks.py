"""Networks of one input that cannot learn any more."""

import numpy as np

from warpviz.geometry.straight.bends import bends_of
from warpviz.geometry.straight.kinks import kinks
from warpviz.model.chain import Chain
from warpviz.model.residual import Residual

POINTS = 2001


def dead_layer(chain: Chain, limits: tuple[float, float]) -> int | None:
    """The first layer, counted from 1, none of whose units answers anywhere between the limits.

    The slope of its activation is 0 at every sum that occurs, as of a relu that only sees sums
    below 0: the output is the same for every x, and every gradient before it is 0. None where every
    layer answers somewhere.
    """
    x = np.linspace(*limits, POINTS)
    bends = kinks(chain, *limits)
    if bends is not None:
        # A middle of each straight piece: a bend itself tells the slope of one side alone.
        x = np.concatenate([x, (bends[:-1] + bends[1:]) / 2])
    for k, layer in enumerate(chain):
        # Beside what is dead in a residual layer its input goes on.
        alive = isinstance(layer, Residual)
        for bend in () if alive else bends_of(chain, k):
            if not bend.function.derivative(bend.before(x[:, None])).any():
                return k + 1
    return None
