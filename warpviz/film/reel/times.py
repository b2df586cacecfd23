"""When a film's pictures and stops are due."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.motion.timeline import Moment, Timeline


def clocked(timeline: Timeline) -> Iterator[tuple[Moment, int]]:
    """Each moment in whole centiseconds; what rounding leaves is carried on."""
    due, shown = 0.0, 0
    for moment in timeline:
        due += 100 * moment.seconds
        centiseconds = max(1, round(due - shown))
        shown += centiseconds
        yield moment, centiseconds


def timed(
    pictures: Generator[Pixels, None, None], timeline: Timeline
) -> Generator[tuple[Pixels, Moment, int], None, None]:
    """Each picture with its moment and its centiseconds; the pictures are closed at the end."""
    with closing(pictures):
        for picture, (moment, centiseconds) in zip(pictures, clocked(timeline), strict=True):
            yield picture, moment, centiseconds


def chapters(timeline: Timeline, stops: Sequence[str]) -> tuple[tuple[float, str], ...]:
    """When each stop that is shown begins, in seconds, and its name; `stops` names all."""
    if timeline.cyclic:
        return ((0.0, stops[0]),)
    starts, due = [], 0.0
    for moment in timeline:
        if moment.t in (0.0, 1.0):
            starts.append(due)
        due += moment.seconds
    return tuple(zip(starts, stops[timeline.stops.start : timeline.stops.stop], strict=True))


def check_moment(timeline: Timeline, k: int, t: float) -> None:
    """Refuse an act, counted from 0, or a time in it that a film has not.

    Raises:
        WarpvizError: with those that it has.
    """
    acts = max(timeline.acts, 1)
    if not (0 <= k < acts and 0.0 <= t <= 1.0):
        raise WarpvizError(
            f"frame expects an act from 0 to {acts - 1} and t from 0 to 1, got {k} and {t:g}."
        )


def clipped(timeline: Timeline, first: int, last: int | None = None) -> Timeline:
    """The same clock from act to act, counted from 1; one act alone without a last one.

    Raises:
        WarpvizError: there are no such acts.
    """
    last = first if last is None else last
    if not 1 <= first <= last <= timeline.acts:
        asked = f"{first}" if first == last else f"{first} to {last}"
        raise WarpvizError(
            f"A clip expects acts from 1 to {timeline.acts}, the first before the last, "
            f"got {asked}."
        )
    return replace(timeline, clip=(first - 1, last))
