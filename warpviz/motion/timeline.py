"""The clock of a film: which moment is shown when, and for how long."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from warpviz.arguments import check_fields, kinds_checked
from warpviz.errors import WarpvizError
from warpviz.motion.easing import EASINGS

MOST_FRAMES = 100_000
MOST_ROUNDS = 16
"""Of midpoints in a classic film: 2^16 frames an act are more than it may have."""
LONGEST_HOLD = 3600.0
"""Seconds: a video would hold a frame for each twentieth of it."""


def check_hold(name: str, seconds: float) -> None:
    """Refuse a rest of less than nothing, or of more than an hour."""
    if not 0 <= seconds <= LONGEST_HOLD:
        raise WarpvizError(f"{name} expects 0 to {LONGEST_HOLD:g} seconds, got {seconds:g}.")


class Moment(NamedTuple):
    """One frame's place in the film.

    Attributes:
        k: the act, counted from 0.
        t: how far it is played, eased, 0 … 1.
        seconds: how long the frame stays.
    """

    k: int
    t: float
    seconds: float


@dataclass(frozen=True)
class Timeline:
    """Acts, holds between them, and the frame rate.

    Iterating yields a `Moment` for each frame: every stop exactly once, at t = 0 of the act that
    leaves it (the film's last at t = 1), held as one long frame.

    Attributes:
        acts: how many acts the film has; 0 is a still.
        seconds: of motion per act.
        hold: seconds that each stop stays.
        fps: frames a second while things move.
        ease: a name of `EASINGS`.
        lengths: how long each act takes, in `seconds`; () is 1 for all.
        holds: seconds that each of the acts + 1 stops stays; () is `hold` for all.
        clip: the first and the last stop that are shown; () is all.
        cyclic: whether the end is the beginning: frames are in the middle of equal steps, and no
            stop is shown.

    >>> [(m.k, m.t, m.seconds) for m in Timeline(1, seconds=1, hold=0.5, fps=2, ease="linear")]
    [(0, 0.0, 0.5), (0, 0.5, 0.5), (0, 1.0, 0.5)]
    """

    acts: int
    seconds: float = 1.0
    hold: float = 0.5
    fps: float = 20.0
    ease: str = "smooth"
    lengths: tuple[float, ...] = ()
    holds: tuple[float, ...] = ()
    clip: tuple[int, ...] = ()
    cyclic: bool = False

    def __post_init__(self) -> None:
        check_fields(self)
        object.__setattr__(self, "lengths", tuple(self.lengths))
        object.__setattr__(self, "holds", tuple(self.holds))
        if self.acts < 0:
            raise WarpvizError(f"Timeline expects 0 acts or more, got {self.acts}.")
        if self.acts > MOST_FRAMES:
            raise WarpvizError(
                f"A film has at most {MOST_FRAMES:,} frames, got {self.acts:,} acts; lower them."
            )
        for name, value in (("fps", self.fps), ("seconds", self.seconds)):
            if not (math.isfinite(value) and value > 0):
                raise WarpvizError(f"{name} expects a number above 0, got {value:g}.")
        if self.fps * LONGEST_HOLD < 1.0:
            raise WarpvizError(
                f"fps expects at least 1/{LONGEST_HOLD:.0f}, a frame an hour, got {self.fps:g}."
            )
        check_hold("hold", self.hold)
        if self.ease not in EASINGS:
            raise WarpvizError(f"ease expects one of {', '.join(EASINGS)}, got {self.ease!r}.")

        if not self.lengths:
            object.__setattr__(self, "lengths", (1.0,) * self.acts)
        if len(self.lengths) != self.acts or not all(0 < x < math.inf for x in self.lengths):
            raise WarpvizError(f"Timeline expects {self.acts} lengths above 0.")
        if not self.holds:
            object.__setattr__(self, "holds", (self.hold,) * (self.acts + 1))
        if len(self.holds) != self.acts + 1:
            raise WarpvizError(f"Timeline expects {self.acts + 1} holds, got {len(self.holds)}.")
        for seconds in self.holds:
            check_hold("holds", seconds)
        object.__setattr__(self, "clip", tuple(self.clip))
        if self.clip and not (
            len(self.clip) == 2 and 0 <= self.clip[0] < self.clip[1] <= self.acts
        ):
            raise WarpvizError(
                f"clip expects two stops from 0 to {self.acts}, the first before the last, "
                f"got {', '.join(map(str, self.clip))}."
            )
        frames = 1 + self.seconds * sum(self.lengths) * self.fps
        if frames > MOST_FRAMES:
            raise WarpvizError(
                f"A film has at most {MOST_FRAMES:,} frames, {self.seconds:g} seconds an act at "
                f"{self.fps:g} fps make {frames:,.0f}; lower one of them."
            )

    @classmethod
    @kinds_checked
    def classic(cls, acts: int, rounds: int, fps: float = 20.0) -> "Timeline":
        """No easing, no holds, 2^rounds steps an act: `rounds` rounds of inserting midpoints."""
        if not (math.isfinite(fps) and fps > 0):
            raise WarpvizError(f"fps expects a number above 0, got {fps:g}.")
        if not 0 <= rounds <= MOST_ROUNDS:
            raise WarpvizError(f"rounds expects 0 to {MOST_ROUNDS}, got {rounds}.")
        return cls(acts, seconds=2**rounds / fps, hold=0.0, fps=fps, ease="linear")

    @property
    def stops(self) -> range:
        """The stops that are shown."""
        first, last = self.clip or (0, self.acts)
        return range(first, last + 1)

    @kinds_checked
    def steps(self, k: int) -> int:
        """Frames from stop k to the next."""
        if not 0 <= k < self.acts:
            raise WarpvizError(f"steps expects a stop from 0 to {self.acts - 1}, got {k}.")
        return max(1, round(self.seconds * self.lengths[k] * self.fps))

    @property
    def total_seconds(self) -> float:
        """How long one play takes."""
        # Python 3.12 sums more exactly than 3.11: this is the same in both.
        return math.fsum(moment.seconds for moment in self)

    def __len__(self) -> int:
        return sum(self.steps(k) for k in self.stops[:-1]) + (not self.cyclic)

    def __iter__(self) -> Iterator[Moment]:
        return iter(self._moments)

    @cached_property
    def _moments(self) -> tuple[Moment, ...]:
        return tuple(self._made())

    def _made(self) -> Iterator[Moment]:
        ease = EASINGS[self.ease]
        step = 1.0 / self.fps
        if self.cyclic:
            for k in self.stops[:-1]:
                steps = self.steps(k)
                yield from (Moment(k, (i + 0.5) / steps, step) for i in range(steps))
            return
        # A stop stays for its hold; without one it is a frame like all others.
        for k in self.stops[:-1]:
            steps = self.steps(k)
            yield Moment(k, 0.0, max(self.holds[k], step))
            for i in range(1, steps):
                yield Moment(k, ease(i / steps), step)
        last = self.stops[-1]
        ends = last == self.acts and self.acts > 0
        yield Moment(last - ends, float(ends), max(self.holds[last], step))
