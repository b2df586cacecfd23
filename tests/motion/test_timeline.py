import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from warpviz.errors import WarpvizError
from warpviz.motion.easing import EASINGS
from warpviz.motion.timeline import Timeline

fixed = examples(80)
rates = st.sampled_from([1.0, 7.0, 12.5, 20.0, 24.0, 29.97, 30.0, 50.0])


def midpoints(values: list[float], rounds: int) -> list[float]:
    """Rounds of inserting the middle between all neighbours."""
    for _ in range(rounds):
        out = [values[0]]
        for a, b in pairwise(values):
            out += [(a + b) / 2, b]
        values = out
    return values


@pytest.mark.parametrize("acts", [1, 2, 5])
@pytest.mark.parametrize("rounds", [0, 1, 3, 6])
def test_classic_is_rounds_of_midpoints(acts: int, rounds: int) -> None:
    timeline = Timeline.classic(acts, rounds)
    moments = list(timeline)
    assert len(timeline) == len(moments) == acts * 2**rounds + 1
    np.testing.assert_allclose(
        [m.k + m.t for m in moments], midpoints([float(k) for k in range(acts + 1)], rounds)
    )
    assert {m.seconds for m in moments} == {1 / 20}


def test_the_original_has_321_frames() -> None:
    assert len(list(Timeline.classic(5, 6))) == 321


@fixed
@given(
    st.integers(0, 7), st.floats(0.05, 4), st.floats(0, 3), rates, st.sampled_from(sorted(EASINGS))
)
def test_laws_of_the_clock(acts: int, seconds: float, hold: float, fps: float, ease: str) -> None:
    timeline = Timeline(acts, seconds=seconds, hold=hold, fps=fps, ease=ease)
    moments = list(timeline)
    assert len(moments) == len(timeline)
    places = [m.k + m.t for m in moments]
    assert all(a < b for a, b in pairwise(places))
    # Every stop once, and all of them.
    assert [p for p in places if p == int(p)] == list(range(acts + 1))
    assert all(0 <= m.k < max(acts, 1) and 0 <= m.t <= 1 for m in moments)
    assert math.isclose(timeline.total_seconds, sum(m.seconds for m in moments))
    assert timeline.total_seconds == pytest.approx(
        (len(moments) - acts - 1) / fps + (acts + 1) * max(hold, 1 / fps)
    )
    assert moments[-1].t == (1.0 if acts else 0.0)


@pytest.mark.slow
@fixed
@given(st.integers(1, 6), st.floats(0.3, 3), st.floats(0.1, 2), rates)
def test_an_act_lasts_about_its_seconds(acts: int, seconds: float, hold: float, fps: float) -> None:
    timeline = Timeline(acts, seconds=seconds, hold=hold, fps=fps)
    # A step belongs to the hold's own frame; the rest is rounding to whole frames.
    moving = timeline.total_seconds - (acts + 1) * max(hold, 1 / fps)
    assert abs(moving - acts * seconds) <= acts * 1.5 / fps + 1e-9


def test_acts_may_differ_in_length() -> None:
    timeline = Timeline(2, seconds=1, fps=20, lengths=(0.5, 2.0))
    assert [sum(m.k == k for m in timeline) for k in (0, 1)] == [10, 41]
    for lengths in ((1.0,), (1.0, 0.0), (1.0, math.inf)):
        with pytest.raises(WarpvizError, match="expects 2 lengths above 0"):
            Timeline(2, lengths=lengths)


@pytest.mark.parametrize("name", EASINGS)
def test_an_easing_rises_from_0_to_1_and_is_symmetric(name: str) -> None:
    ease = EASINGS[name]
    t = np.linspace(0, 1, 201)
    values = np.array([ease(float(x)) for x in t])
    assert ease(0.0) == 0
    assert ease(1.0) == pytest.approx(1, abs=1e-15)
    assert (np.diff(values) > 0).all()
    np.testing.assert_allclose(values + values[::-1], 1, atol=1e-12)


@pytest.mark.parametrize(("name", "order"), [("smooth", 1), ("sine", 1), ("smoother", 2)])
def test_a_smooth_easing_starts_and_ends_at_rest(name: str, order: int) -> None:
    ease, h = EASINGS[name], 1e-3
    for end in (0.0, 1.0 - order * h):
        slope = (ease(end + h) - ease(end)) / h
        assert abs(slope) < 0.01
    if order == 2:
        assert abs(ease(2 * h) - 2 * ease(h)) / h**2 < 0.1


def test_a_still_has_one_frame() -> None:
    moments = list(Timeline(0, hold=2.0))
    assert [tuple(m) for m in moments] == [(0, 0.0, 2.0)]


def test_iterating_twice_gives_the_same() -> None:
    timeline = Timeline(3, fps=30)
    assert list(timeline) == list(timeline)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"acts": -1}, r"Timeline expects 0 acts or more, got -1\."),
        ({"fps": 0}, r"fps expects a number above 0, got 0\."),
        ({"fps": -3}, r"fps expects a number above 0, got -3\."),
        ({"fps": 1e-9}, r"fps expects at least 1/3600, a frame an hour, got 1e-09\."),
        ({"fps": math.nan}, r"fps expects a number above 0, got nan\."),
        ({"fps": math.inf}, r"fps expects a number above 0, got inf\."),
        ({"seconds": 0}, r"seconds expects a number above 0, got 0\."),
        ({"seconds": -1}, r"seconds expects a number above 0, got -1\."),
        ({"hold": -0.1}, r"hold expects 0 to 3600 seconds, got -0\.1\."),
        ({"hold": math.nan}, r"hold expects 0 to 3600 seconds, got nan\."),
        ({"ease": "bounce"}, r"ease expects one of linear, .*, got 'bounce'\."),
    ],
)
def test_bad_values_are_refused(change: dict[str, float | str], message: str) -> None:
    with pytest.raises(WarpvizError, match=message):
        Timeline(**{"acts": 2, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("clip", [(0, 1), (1, 3), (2, 4), (3, 4), (0, 4)])
def test_a_clip_is_a_part_of_the_film_with_both_its_stops(clip: tuple[int, int]) -> None:
    first, last = clip
    whole = Timeline(4, seconds=0.5, fps=8, lengths=(1, 2, 1, 0.5), holds=(0.1, 0.2, 0.3, 0.4, 0.5))
    part = replace(whole, clip=clip)
    moments = [m for m in whole if first <= m.k + m.t <= last]
    assert list(part) == moments and len(part) == len(moments)
    assert part.total_seconds == pytest.approx(sum(m.seconds for m in moments))
    assert (part.acts, list(part.stops)) == (4, list(range(first, last + 1)))


@pytest.mark.parametrize("clip", [(1, 1), (2, 1), (-1, 2), (0, 5), (0,), (0, 1, 2)])
def test_a_clip_of_stops_that_there_are_not_is_refused(clip: tuple[int, ...]) -> None:
    with pytest.raises(WarpvizError, match="clip expects two stops from 0 to 4, the first before"):
        Timeline(4, clip=clip)
