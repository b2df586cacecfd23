"""Ways from one keyframe to the next.

`lerp` goes straight; every activation does, whatever the film's motion. A `Swing` goes the polar
way: it turns where the matrix turns. `MOTIONS` says how an affine act moves; None is straight.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats
from warpviz.model.layers import Dense, Layer
from warpviz.motion.polar import Turn

FIT = 1e-9
"""Directions in which points spread by less than this share of the most say nothing of a map."""
UPRIGHT = 0.8
"""A direction whose third part is more than this is upright."""


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


@dataclass(frozen=True, eq=False)
class Swing:
    """A polar motion of points (N, D).

    Attributes:
        turn: the affine map that acts, on the points' first axes.
        aside: (D,) where the axis beyond D is seen, through which a full-rank reflection of all D
            axes turns; None where there is room for it.
        rest: (N, D) what the points do besides, straight; None for nothing.
    """

    turn: Turn
    aside: Floats | None = None
    rest: Floats | None = None

    @property
    def size(self) -> int:
        """How many axes the motion needs."""
        return len(self.turn.stretch) + self.turn.extra

    @property
    def reversed_direction(self) -> Floats | None:
        """(d,) what a full-rank reflection reverses; None where nothing flips."""
        if not self.turn.reflects:
            return None
        direction: Floats = self.turn.rotation.planes[self.turn.rotation.turning, 0, :-1]
        return direction

    def at(self, start: Floats, t: float) -> Floats:
        """The points (N, D) at t in [0, 1] that were at `start` (N, D)."""
        moved = self.turn.at(start, t)
        axes = start.shape[1]
        if moved.shape[1] == axes:
            out = moved
        elif moved.shape[1] < axes:
            out = np.zeros_like(start)
            out[:, : moved.shape[1]] = moved
        else:
            out = moved[:, :axes].copy()
            if self.aside is not None:
                out += moved[:, axes:] * self.aside
        if self.rest is not None:
            out += t * self.rest
        return out


def straight(layer: Layer) -> Swing | None:
    """No layer swings."""
    return None


def polar(layer: Layer) -> Swing | None:
    """Affine layers swing, activations go straight."""
    if isinstance(layer, Dense) and layer.activation == "identity":
        return Swing(Turn.of(layer.weight, layer.bias))
    return None


MOTIONS: dict[str, Callable[[Layer], Swing | None]] = {"polar": polar, "lerp": straight}
"""How a layer moves its points."""


def moves_by_turning(motion: str, layer: Layer) -> bool:
    """Whether a layer swings, told without its swing."""
    affine = isinstance(layer, Dense) and layer.activation == "identity"
    return MOTIONS[motion] is not straight and affine


def fitted(start: Floats, end: Floats) -> Swing:
    """The swing of the affine map that takes points (N, 3) nearest to others (N, 3).

    What the map leaves over goes straight, so that the end is hit. This is how wide layers swing:
    as they are seen, not in a space that nobody sees.
    """
    centre_start, centre_end = start.mean(axis=0), end.mean(axis=0)
    matrix, *_ = np.linalg.lstsq(start - centre_start, end - centre_end, rcond=FIT)
    turn = Turn.of(matrix.T, centre_end - matrix.T @ centre_start)
    swing = seen(Swing(turn))
    return Swing(turn, swing.aside, end - swing.at(start, 1.0))


def seen(swing: Swing) -> Swing:
    """The same swing, its axes beyond the third folded into the picture's space."""
    reversed_one = swing.reversed_direction
    if swing.size <= 3 or reversed_one is None:
        return swing
    # At right angles to what is reversed, and as far up as can be.
    up = np.array([0.0, 0.0, 1.0]) if abs(reversed_one[2]) < UPRIGHT else np.array([0.0, 1.0, 0.0])
    aside: Floats = up - (up @ reversed_one) * reversed_one
    return Swing(swing.turn, aside / np.linalg.norm(aside), swing.rest)
