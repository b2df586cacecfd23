"""SciPy's convex hull is the oracle of the smallest curve above."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import ConvexHull  # type: ignore[import-untyped]

from warpviz.motion.zoom import SAMPLES, STEP, TIMES, concave_cover, extents, stops


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.floats(-5, 5), min_size=4, max_size=20))
def test_the_cover_is_the_upper_hull(values: list[float]) -> None:
    times, heights = np.arange(float(len(values))), np.array(values)
    cover = concave_cover(times, heights)
    assert (cover >= heights - 1e-12).all() and (np.diff(cover, 2) <= 1e-9).all()
    # Two points far below make the hull's upper side the only one between first and last.
    low = heights.min() - 10
    points = np.column_stack([[*times, times[0], times[-1]], [*heights, low, low]])
    hull = ConvexHull(points, qhull_options="QJ").vertices
    upper = np.unique([k for k in hull if k < len(times)])
    assert cover == pytest.approx(np.interp(times, times[upper], heights[upper]), abs=1e-6)


def test_extents_never_cut_and_never_wobble() -> None:
    needs = 1 + np.sin(7 * TIMES) ** 2
    told = extents(needs, 0.1, np.array([0.5, 4.0]))
    assert (told >= needs - 1e-12).all() and told[-1] == pytest.approx(4.0)
    assert told[0] == pytest.approx(needs[0])
    slopes = np.diff(np.log(told)) / np.diff(TIMES)
    assert (np.diff(slopes) <= 1e-9).all()
    assert (extents(0 * TIMES, 0.1, np.zeros(2)) == pytest.approx(0.1)) is True


def test_times_are_denser_near_the_ends() -> None:
    assert len(TIMES) == SAMPLES + 1 and TIMES[0] == 0 and TIMES[-1] == pytest.approx(1)
    steps = np.diff(TIMES)
    assert steps[0] < 0.2 * steps[SAMPLES // 2] and steps == pytest.approx(steps[::-1])


def test_beside_a_state_that_is_a_point_nothing_jumps() -> None:
    # One act in which a cloud of two points shrinks to nothing.
    cloud = np.zeros((SAMPLES + 1, 2, 2))
    cloud[:, 0, 0], cloud[:, 1, 0] = 1 - TIMES, TIMES - 1
    height, smallest = 100.0, 1e-6
    needs = (2 * (1 - TIMES) / height)[None]
    found = stops(needs, smallest, lambda act: cloud, height)
    scale = extents(needs[0], smallest, found)
    assert np.abs(np.diff(cloud[:, 0, 0] / scale)).max() <= STEP * height
    # The camera stops no sooner than it must: half of that scale would let something jump.
    assert found[0] == smallest and found[1] > smallest
    nearer = extents(needs[0], smallest, np.array([smallest, found[1] / 2]))
    assert np.abs(np.diff(cloud[:, 0, 0] / nearer)).max() > STEP * height


def test_what_stays_a_point_stays_at_one_scale_and_all_else_is_free() -> None:
    still = np.zeros((SAMPLES + 1, 1, 2))
    none = stops(np.ones((2, SAMPLES + 1)), 1e-6, lambda act: still, 100.0)
    assert none.tolist() == [1e-6] * 3
    cloud = np.zeros((SAMPLES + 1, 2, 2))
    cloud[:, 0, 0], cloud[:, 1, 0] = 1 - TIMES, TIMES - 1
    needs = np.array([2 * (1 - TIMES) / 100, 0 * TIMES])
    found = stops(needs, 1e-6, lambda act: (cloud, np.repeat(still, 2, axis=1))[act], 100.0)
    assert found[1] == found[2] > found[0]


SMALLEST = 1e-6
STILL = np.zeros((SAMPLES + 1, 2, 2))


def shrinking(size: float) -> np.ndarray:
    cloud = STILL.copy()
    cloud[:, 0, 1], cloud[:, 1, 1] = size * (1 - TIMES), size * (TIMES - 1)
    return cloud


def least(cloud: np.ndarray, needs: np.ndarray, end: int) -> float:
    """By doubling: the first scale of the state that is a point at which nothing jumps."""
    for n in range(40):
        ends = np.full(2, SMALLEST)
        ends[end] = SMALLEST * 2**n
        scale = extents(needs, SMALLEST, ends)[:, None, None]
        if np.hypot(*np.diff(cloud / scale, axis=0).transpose(2, 0, 1)).max() <= STEP * 100.0:
            return float(ends[end])
    raise AssertionError("always a jump")


def test_points_side_by_side_have_the_scale_of_those_that_need_most() -> None:
    small, large = shrinking(1.0), shrinking(5.0)[::-1]
    shrinks, grows = 2 * (1 - TIMES) / 100, 10 * TIMES / 100
    want = least(large, grows, 0)
    assert want > least(small, shrinks, 1) > SMALLEST
    for acts, points in (
        ([(small, shrinks), (STILL, 0 * TIMES), (large, grows)], [1, 2]),
        ([(small, shrinks), (STILL, 0 * TIMES), (STILL, 0 * TIMES), (large, grows)], [1, 2, 3]),
        ([(STILL, 0 * TIMES), (large, grows), (STILL, 0 * TIMES + 1)], [0, 1]),
        ([(STILL, 0 * TIMES), (STILL, 0 * TIMES), (large, grows)], [0, 1, 2]),
    ):
        needs = np.array([need for _, need in acts])
        found = stops(needs, SMALLEST, [course for course, _ in acts].__getitem__, 100.0)
        told = np.full(len(acts) + 1, SMALLEST)
        told[points] = want
        assert found == pytest.approx(told)


def test_a_point_between_clouds_is_looked_at_from_both_sides() -> None:
    small, large = shrinking(1.0), shrinking(5.0)[::-1]
    needs = np.array([2 * (1 - TIMES) / 100, 10 * TIMES / 100])
    found = stops(needs, SMALLEST, lambda act: (small, large)[act], 100.0)
    want = max(least(small, needs[0], 1), least(large, needs[1], 0))
    assert found == pytest.approx([SMALLEST, want, SMALLEST])
    # No more than all of the film needs.
    far = stops(needs[:1], SMALLEST, lambda act: 1e9 * small, 100.0)
    assert far.tolist() == [SMALLEST, needs[0].max()]
