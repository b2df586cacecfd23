"""How far the camera is away: as near as can be, without a jump.

Between keyframes the extent is the smallest curve above what is needed whose logarithm is concave:
it holds the log-interpolation of both ends, touches the need, and has no wobble. Beside a state
that has collapsed to a point the zoom stops before any point would jump: the cloud is seen to
shrink.
"""

from collections.abc import Callable

import numpy as np

from warpviz.arrays import Floats

SAMPLES = 24
TIMES = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, SAMPLES + 1))
"""When the need is measured in each act: more often near its ends, where films linger."""
STEP = 0.1
"""Beside a state that is a point, how far anything may move from sample to sample, over the safe
area's height."""


def concave_cover(times: Floats, values: Floats) -> Floats:
    """The smallest concave curve above values at rising times: their upper hull.

    >>> concave_cover(np.arange(5.0), np.array([0.0, 0.0, 3.0, 0.0, 0.0])).tolist()
    [0.0, 1.5, 3.0, 1.5, 0.0]
    """
    hull: list[int] = []
    for i in range(len(values)):
        while len(hull) > 1:
            a, b = hull[-2:]
            rise, run = values[b] - values[a], times[b] - times[a]
            if rise * (times[i] - times[a]) > (values[i] - values[a]) * run:
                break
            hull.pop()
        hull.append(i)
    return np.interp(times, times[hull], values[hull])


def extents(needs: Floats, smallest: float, ends: Floats) -> Floats:
    """(samples,) units per pixel of an act, from what is needed and the least at its two ends."""
    least = np.maximum(needs, smallest)
    least[[0, -1]] = np.maximum(least[[0, -1]], ends)
    return np.asarray(np.exp(concave_cover(TIMES, np.log(least))))


def stops(needs: Floats, smallest: float, course: Callable[[int], Floats], height: float) -> Floats:
    """(acts + 1,) the least units per pixel at each stop.

    Args:
        needs: (acts, samples) units per pixel at which all just fits.
        smallest: below it a state is a point.
        course: of an act, the points (samples, N, 2) from the middle of the view, in units.
        height: of the safe area, in pixels.
    """
    found = np.full(len(needs) + 1, smallest)
    points = np.append(needs[:, 0], needs[-1, -1]) < smallest
    for k in np.flatnonzero(points).tolist():
        beside = [act for act in (k - 1, k) if 0 <= act < len(needs)]
        courses = {act: course(act) for act in beside}
        most = max(float(needs[act].max()) for act in beside)

        def jumps(act: int, courses: dict[int, Floats] = courses) -> bool:
            scale = extents(needs[act], smallest, found[act : act + 2])
            return _largest_step(courses[act] / scale[:, None, None]) > STEP * height

        while found[k] < most and any(map(jumps, beside)):
            found[k] = min(2.0 * found[k], most)
    # What stays a point stays at one scale.
    for k in [*range(1, len(found)), *range(len(found) - 1, 0, -1)]:
        if points[k - 1] and points[k]:
            found[k - 1 : k + 1] = found[k - 1 : k + 1].max()
    return found


def _largest_step(course: Floats) -> float:
    """How far a point moves at most from one sample to the next, of (samples, N, 2)."""
    return float(np.sqrt((np.diff(course, axis=0) ** 2).sum(axis=2).max()))
