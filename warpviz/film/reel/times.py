"""When a film's pictures and stops are due."""

from collections.abc import Iterator, Sequence

from warpviz.motion.timeline import Moment, Timeline


def clocked(timeline: Timeline) -> Iterator[tuple[Moment, int]]:
    """Each moment in whole centiseconds; what rounding leaves is carried on."""
    due, shown = 0.0, 0
    for moment in timeline:
        due += 100 * moment.seconds
        centiseconds = max(1, round(due - shown))
        shown += centiseconds
        yield moment, centiseconds


def chapters(timeline: Timeline, stops: Sequence[str]) -> tuple[tuple[float, str], ...]:
    """When each stop begins, in seconds, and its name."""
    starts, due = [], 0.0
    for moment in timeline:
        if moment.t in (0.0, 1.0):
            starts.append(due)
        due += moment.seconds
    return tuple(zip(starts, stops, strict=True))
