"""The path of points: one keyframe after the other, whatever the keyframes count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from warpviz.arguments import check_fields, kinds_checked
from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError
from warpviz.model.chain import Chain
from warpviz.model.code import shape_of
from warpviz.motion.interpolate import MOTIONS, Swing, lerp


@dataclass(frozen=True, eq=False, repr=False)
class Trajectory:
    """K keyframes of the same N points, and how they get from one to the next.

    Law: every keyframe is hit exactly, `at(k, 0) == keyframes[k]` and
    `at(k, 1) == keyframes[k + 1]`.

    Attributes:
        keyframes: (K, N, D), zero-padded to the widest state.
        widths: (K,) the true width of each.
        swings: K − 1 polar motions, None where an act goes straight; () is straight throughout.
    """

    keyframes: Floats
    widths: Ints
    swings: tuple[Swing | None, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self)
        object.__setattr__(self, "keyframes", np.asarray(self.keyframes, dtype=np.float64))
        object.__setattr__(self, "widths", np.asarray(self.widths))
        object.__setattr__(self, "swings", tuple(self.swings))
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

        if not self.swings:
            object.__setattr__(self, "swings", (None,) * self.acts)
        if len(self.swings) != self.acts:
            raise WarpvizError(f"Trajectory expects {self.acts} swings, got {len(self.swings)}.")

    def __repr__(self) -> str:
        stops, points, _ = self.keyframes.shape
        widths = shape_of(self.widths.tolist())
        return f"<Trajectory of {stops} keyframes of {points} points, widths {widths}>"

    @classmethod
    @kinds_checked
    def of(cls, states: Sequence[Floats], swings: Sequence[Swing | None] = ()) -> Self:
        """Pad states (N, width) with zeros to the widest and make them keyframes."""
        states = [np.asarray(state, dtype=np.float64) for state in states]
        if not states or any(state.ndim != 2 for state in states):
            raise WarpvizError("Trajectory.of expects states of shape (N, D), at least one.")
        if len({len(state) for state in states}) > 1:
            raise WarpvizError("Trajectory.of expects states of as many points each, got others.")
        widths = np.array([state.shape[1] for state in states])
        size = max([int(widths.max()), *(swing.size for swing in swings if swing)])
        keyframes = np.zeros((len(states), len(states[0]), size))
        for keyframe, state in zip(keyframes, states, strict=True):
            keyframe[:, : state.shape[1]] = state
        return cls(keyframes, widths, tuple(swings))

    @classmethod
    @kinds_checked
    def through(
        cls, chain: Chain, points: Floats, motion: str = "polar", whole_layers: bool = False
    ) -> Self:
        """The points' states after every prefix of a chain.

        Args:
            chain: what acts on the points.
            points: (N, n_in) in input coordinates.
            motion: a name of `MOTIONS`: how affine acts move.
            whole_layers: play a dense layer with its activation as one act, not as two.
        """
        if motion not in MOTIONS:
            raise WarpvizError(f"motion expects one of {', '.join(MOTIONS)}, got {motion!r}.")
        acts = chain if whole_layers else chain.split()
        return cls.of(acts.states(points), [MOTIONS[motion](layer) for layer in acts])

    @property
    def acts(self) -> int:
        """How many acts lead from the first keyframe to the last."""
        return len(self.keyframes) - 1

    @kinds_checked
    def of_points(self, index: Ints) -> "Trajectory":
        """The trajectory of some of the points."""
        index = np.asarray(index)
        count = self.keyframes.shape[1]
        whole = index.dtype.kind in "iu" or index.size == 0
        if index.ndim != 1 or not whole or not ((index >= -count) & (index < count)).all():
            raise WarpvizError(f"of_points expects whole numbers (n,) from 0 to {count - 1}.")
        index = index.astype(np.intp)
        swings = tuple(
            swing if swing is None or swing.rest is None else replace(swing, rest=swing.rest[index])
            for swing in self.swings
        )
        # By `take` the points of each keyframe lie side by side.
        return Trajectory(self.keyframes.take(index, axis=1), self.widths, swings)

    def centroid(self) -> "Trajectory":
        """The path of the points' mean: every motion is affine, so it is a path of one point."""
        swings = tuple(
            swing
            if swing is None or swing.rest is None
            else replace(swing, rest=swing.rest.mean(axis=0, keepdims=True))
            for swing in self.swings
        )
        return Trajectory(self.keyframes.mean(axis=1, keepdims=True), self.widths, swings)

    @kinds_checked
    def at(self, k: int, t: float) -> Floats:
        """The points (N, D) in act k, counted from 0, at t in [0, 1]."""
        if not (0 <= k < max(self.acts, 1) and 0.0 <= t <= 1.0):
            raise WarpvizError(
                f"at expects an act from 0 to {max(self.acts, 1) - 1} and t from 0 to 1, got {k} "
                f"and {t:g}."
            )
        if self.acts == 0:
            return np.asarray(self.keyframes[0])
        swing = self.swings[k]
        if swing is None or t in (0.0, 1.0):
            return lerp(self.keyframes[k], self.keyframes[k + 1], t)
        return swing.at(self.keyframes[k], t)
