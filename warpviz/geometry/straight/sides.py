"""On which side of every jump places are, told by the chain itself."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from warpviz.arrays import Bools, Floats, Ints
from warpviz.geometry.plane import Plane
from warpviz.geometry.straight.bends import Bend, bends_of
from warpviz.model.chain import Chain

NEAR = 1e-9
"""What lies on a tear, as a part of the numbers that tell it."""


@dataclass(frozen=True, eq=False)
class Sides:
    """On which side of every jump places are, told by the chain itself."""

    chain: Chain
    plane: Plane | None

    @cached_property
    def bends(self) -> list[tuple[int, Bend]]:
        """Layer and activation of all that jump."""
        layers = range(len(self.chain))
        found = [(k, bend) for k in layers for bend in bends_of(self.chain, k)]
        return [(k, bend) for k, bend in found if bend.function.jumps]

    @cached_property
    def columns(self) -> list[tuple[int, int]]:
        """(layer, unit) of each column of `of`."""
        return [
            (k, bend.first + unit)
            for k, bend in self.bends
            for _ in bend.function.jumps
            for unit in range(bend.units)
        ]

    def of(self, places: Floats) -> tuple[Bools, Bools]:
        """(N, J) whether places (N, 2) are above each jump, and whether they are at one."""
        lifted = places if self.plane is None else places @ self.plane[1].T + self.plane[0]
        above, at = [np.zeros((len(places), 0), bool)], [np.zeros((len(places), 0), bool)]
        for _, bend in self.bends:
            sums = bend.before(lifted)
            scale = NEAR * (1.0 + np.abs(sums).max(initial=0.0))
            for level in bend.function.jumps:
                above.append(sums > level)
                at.append(np.abs(sums - level) <= scale)
        return np.hstack(above), np.hstack(at)

    def winner(self, places: Floats) -> Ints:
        """(N,) the output that is largest."""
        lifted = places if self.plane is None else places @ self.plane[1].T + self.plane[0]
        return np.asarray(self.chain(lifted).argmax(axis=1))
