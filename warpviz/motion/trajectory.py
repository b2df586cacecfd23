"""The path of points: one keyframe after the other, whatever the keyframes count."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.motion.interpolate import MOTIONS, lerp


@dataclass(frozen=True, eq=False)
class Trajectory:
    """K keyframes of the same N points.

    Law: every keyframe is hit exactly, `at(k, 0) == keyframes[k]` and
    `at(k, 1) == keyframes[k + 1]`.

    Attributes:
        keyframes: (K, N, D), zero-padded to the widest state.
        widths: (K,) the true width of each.
    """

    keyframes: Floats
    widths: Ints

    def __post_init__(self) -> None:
        if self.keyframes.ndim != 3 or len(self.keyframes) == 0:
            raise WarpvizError(
                f"Trajectory expects keyframes of shape (K, N, D), got {self.keyframes.shape}."
            )
        if self.widths.shape != (len(self.keyframes),) or np.any(
            self.widths > self.keyframes.shape[2]
        ):
            raise WarpvizError(
                f"Trajectory expects {len(self.keyframes)} widths of at most "
                f"{self.keyframes.shape[2]}, got {self.widths.tolist()}."
            )

    @classmethod
    def of(cls, states: Sequence[Floats]) -> Self:
        """Pad states (N, width) with zeros to the widest and make them keyframes."""
        widths = np.array([state.shape[1] for state in states])
        keyframes = np.zeros((len(states), len(states[0]), int(widths.max())))
        for keyframe, state in zip(keyframes, states, strict=True):
            keyframe[:, : state.shape[1]] = state
        return cls(keyframes, widths)

    @classmethod
    def through(
        cls, chain: Chain, points: Floats, motion: str = "lerp", whole_layers: bool = False
    ) -> Self:
        """The points' states after every prefix of a chain.

        Args:
            chain: what acts on the points.
            points: (N, n_in) in input coordinates.
            motion: a name of `MOTIONS`.
            whole_layers: play a dense layer with its activation as one act, not as two.
        """
        if motion not in MOTIONS:
            raise WarpvizError(f"motion expects one of {', '.join(MOTIONS)}, got {motion!r}.")
        acts = chain if whole_layers else chain.split()
        return cls.of(acts.states(points))

    @property
    def acts(self) -> int:
        """How many acts lead from the first keyframe to the last."""
        return len(self.keyframes) - 1

    def at(self, k: int, t: float) -> Floats:
        """The points (N, D) in act k, counted from 0, at t in [0, 1]."""
        if self.acts == 0:
            return self.keyframes[0]
        return lerp(self.keyframes[k], self.keyframes[k + 1], t)
