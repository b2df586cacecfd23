"""Points that are followed through the acts, and the numbers that they are drawn by."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from warpviz.arrays import Floats
from warpviz.colour import Colour
from warpviz.motion.trajectory import Trajectory
from warpviz.theme import Theme

LETTERS = "ABCDEFGH"
"""What followed points are called, one after the other."""
STEPS = 24
"""Straight pieces that the way through one act is drawn by."""
PROBE = {"ring": 6.0, "line": 2.0, "ground": 4.4, "middle": 0.8, "across": 8.5, "up": 5.0,
         "plate": 0.6, "rises": 0.84, "falls": 0.1, "beside": 0.12}  # fmt: skip
"""In units of the layout the ring's radius, its line, that line with the ground's colour around it,
the dot amid it, and where the letter begins; the opacity of the ground behind a letter, and how far
that reaches above, below and beside its foot, over the letters' size."""
TRAIL = {"line": 1.6, "halo": 1.1, "ground": 1.6, "ink": 2.6, "soft": 0.6, "stop": 2.1, "rim": 1.1}
"""In units of the layout a way's line, the ground's colour on each side of it, a stop's radius and
the ground around it; optical density in the middle of the ground and of the line; pixels by which a
line of hard edges must be wider to cover as much as ours."""


@dataclass(frozen=True, eq=False)
class Followed:
    """Points that are followed.

    Attributes:
        inputs: (P, n) in input coordinates.
        path: of the P points, as they are seen.
    """

    inputs: Floats
    path: Trajectory

    @cached_property
    def course(self) -> Floats:
        """(acts·`STEPS` + 1, P, 3) where they are, at equal steps of every act."""
        times = [i / STEPS for i in range(STEPS)]
        places = [self.path.at(k, t) for k in range(self.path.acts) for t in times]
        return np.stack([*places, self.path.keyframes[-1]])

    def way(self, k: int, t: float) -> Floats:
        """(M, P, 3) the places that were passed up to act k at t; every `STEPS`th is a stop.

        >>> stops = np.array([[[0.0, 0, 0]], [[1, 0, 0]], [[1, 2, 0]]])
        >>> line = Trajectory(stops, np.full(3, 2))
        >>> way = Followed(np.zeros((1, 2)), line).way(1, 0.25)
        >>> len(way), way[24, 0].tolist(), way[-1, 0].tolist()
        (31, [1.0, 0.0, 0.0], [1.0, 0.5, 0.0])
        """
        passed = k * STEPS + int(np.ceil(t * STEPS))
        return np.concatenate([self.course[:passed], self.path.at(k, t)[None]])


def way_colours(theme: Theme, classes: int) -> tuple[Colour, ...]:
    """The colours of the ways, in the order of `LETTERS`: those that no class has, then creases'.

    Args:
        theme: of the film.
        classes: how many it has.
    """
    free = (() if theme.ramp else theme.classes[classes:]) + theme.creases
    return tuple(free[index % len(free)] for index in range(len(LETTERS)))
