"""Which snapshots a film of training shows, and when: its whole length is given, rests and all."""

from itertools import pairwise

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.film.options import Clock
from warpviz.motion.timeline import Timeline

KEYFRAMES = 40
"""States of a film at most; between them everything moves straight."""


EARLY = 2.2
"""Epoch = last · u^EARLY at the part u of the film: most is learnt in the first few."""


SECONDS = 8.0
"""Of a whole film."""
END = 1.5
"""Seconds that the last picture stays, at least, where the film is long enough."""
RESTING = 0.5
"""Part of a film that rests at most."""


def spread(epochs: Floats, keyframes: int = KEYFRAMES) -> Ints:
    """Which snapshots a film shows: the early ones closer together, the first and last in it.

    >>> spread(np.arange(1001.0), 5).tolist()
    [0, 47, 218, 531, 1000]
    """
    wanted = epochs[0] + (epochs[-1] - epochs[0]) * np.linspace(0, 1, keyframes) ** EARLY
    after = np.searchsorted(epochs, wanted).clip(1, len(epochs) - 1)
    nearer = wanted - epochs[after - 1] <= epochs[after] - wanted
    return distinct(np.where(nearer, after - 1, after))


def _rests(clock: Clock) -> tuple[float, float]:
    """Seconds that the first and the last picture stay: as asked, but at most half of the film."""
    first = clock.rest if clock.start_hold is None else clock.start_hold
    last = max(END, clock.rest) if clock.end_hold is None else clock.end_hold
    part = min(1.0, RESTING * length(clock) / max(first + last, 1e-9))
    # A picture stays for a frame at least.
    return max(part * first, 1 / clock.fps), max(part * last, 1 / clock.fps)


def length(clock: Clock) -> float:
    """Seconds of the whole film."""
    return clock.seconds or SECONDS


def most_acts(clock: Clock) -> int:
    """Acts that the film has frames for."""
    moving = length(clock) - sum(_rests(clock))
    return max(1, int(moving * clock.fps + 1 + 1e-9))


def whole_film(clock: Clock, acts: int) -> Timeline:
    """A clock of so many acts, alike to a frame, that is as long as was asked for.

    >>> clock = whole_film(Clock(seconds=3.0, fps=10.0), 7)
    >>> round(clock.total_seconds, 9), len(clock)
    (3.0, 17)
    """
    first, last = _rests(clock)
    step = 1 / clock.fps
    frames = max(acts, int((length(clock) - first - last) * clock.fps + 1 + 1e-9))
    # What rounding left over goes to the last picture.
    last = max(step, length(clock) - first - (frames - 1) * step)
    ends = [round(k * frames / acts) for k in range(acts + 1)]
    lengths = tuple(float(b - a) for a, b in pairwise(ends))
    holds = (first, *[0.0] * (acts - 1), last)
    return Timeline(acts, step, 0.0, clock.fps, "linear", lengths, holds)
