"""Ways from one keyframe to the next.

A motion is a function of the layer that acts and of t that gives the points at t. `lerp` goes
straight: it is the motion of every activation, whatever the film's motion.
"""

from warpviz.arrays import Floats


def lerp(start: Floats, end: Floats, t: float) -> Floats:
    """(1 − t)·start + t·end, exact at both ends.

    >>> import numpy as np
    >>> lerp(np.array([0.0, 2.0]), np.array([1.0, 4.0]), 0.5)
    array([0.5, 3. ])
    """
    if t == 0.0:
        return start
    if t == 1.0:
        return end
    return (1.0 - t) * start + t * end


MOTIONS = ("lerp",)
"""Motions of an affine act."""
