"""What clocks, paths and projections take, to the last number that they take."""

import math
from itertools import pairwise

import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model import Chain, Dense, mlp
from warpviz.motion import projection
from warpviz.motion.principal import within_span
from warpviz.motion.projection import project, project_blocks, projections, views_of
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory


def normal(*size: int) -> Floats:
    return np.random.default_rng(0).normal(size=size)


def test_a_film_has_a_hundred_thousand_frames_at_most() -> None:
    # Its first stop is a frame, too.
    assert len(Timeline(1, seconds=99_999.0, fps=1.0)) == 100_000
    with pytest.raises(
        WarpvizError, match="100,000 frames, 100000 seconds an act at 1 fps make 100,002;"
    ):
        Timeline(1, seconds=100_000.5, fps=1.0)
    assert len(Timeline(99_999, seconds=1.0, fps=1.0)) == 100_000
    for acts in (100_000, 100_001):
        with pytest.raises(WarpvizError, match="at most 100,000 frames"):
            Timeline(acts, seconds=1.0, fps=1.0)
    with pytest.raises(WarpvizError, match="got 100,001 acts; lower them"):
        Timeline(100_001, seconds=1e-9, fps=1.0)


def test_a_stop_is_held_an_hour_at_most() -> None:
    assert Timeline(1, hold=3600.0).total_seconds == pytest.approx(7200 + 0.95)
    for change in ({"hold": 3600.1}, {"holds": (0.0, 3600.1)}):
        with pytest.raises(WarpvizError, match="expects 0 to 3600 seconds"):
            Timeline(1, **change)
    with pytest.raises(WarpvizError, match="expects 2 holds, got 3"):
        Timeline(1, holds=(0.0, 0.0, 0.0))


def test_classic_rounds_are_sixteen_at_most() -> None:
    assert len(Timeline.classic(1, 16)) == 2**16 + 1 and len(Timeline.classic(3, 0)) == 4
    assert Timeline.classic(1, 3, fps=8.0).total_seconds == pytest.approx(9 / 8)
    for rounds in (-1, 17):
        with pytest.raises(WarpvizError, match="rounds expects 0 to 16, got"):
            Timeline.classic(1, rounds)
    for fps in (0.0, math.inf):
        with pytest.raises(WarpvizError, match="fps expects a number above 0"):
            Timeline.classic(1, 2, fps=fps)


def test_frames_that_end_where_they_begin_are_in_the_middle_of_equal_steps() -> None:
    told = Timeline(2, seconds=0.5, fps=8.0, cyclic=True)
    assert [(m.k, m.t, m.seconds) for m in told] == [
        (k, t, 0.125) for k in (0, 1) for t in (0.125, 0.375, 0.625, 0.875)
    ]
    assert len(told) == 8 and told.total_seconds == 1.0


def test_every_act_has_a_step_and_only_acts_have_steps() -> None:
    told = Timeline(2, seconds=1e-3, fps=10.0, lengths=(1.0, 1600.0))
    assert (told.steps(0), told.steps(1)) == (1, 16)
    for k in (-1, 2):
        with pytest.raises(WarpvizError, match=rf"steps expects a stop from 0 to 1, got {k}\."):
            told.steps(k)
    still = Timeline(0, hold=0.0, fps=4.0)
    assert [tuple(m) for m in still] == [(0, 0.0, 0.25)]


def path(acts: int) -> Trajectory:
    return Trajectory(normal(acts + 1, 5, 3), np.full(acts + 1, 3))


def test_a_path_is_asked_within_its_acts() -> None:
    for acts, last in ((0, 0), (1, 0), (3, 2)):
        one = path(acts)
        assert one.at(last, 1.0).shape == (5, 3)
        for k, t in ((last + 1, 0.5), (-1, 0.5), (0, -0.1), (0, 1.1)):
            match = rf"act from 0 to {last} and t from 0 to 1, got {k} and {t:g}\."
            with pytest.raises(WarpvizError, match=match):
                one.at(k, t)


def test_points_are_chosen_by_whole_numbers_of_points_that_there_are() -> None:
    one = path(1)
    np.testing.assert_array_equal(
        one.of_points(np.array([0, -1, -5, 4])).keyframes, one.keyframes[:, [0, 4, 0, 4]]
    )
    assert one.of_points(np.array([])).keyframes.shape == (2, 0, 3)
    assert one.of_points(np.array([1], dtype=np.uint8)).keyframes.shape == (2, 1, 3)
    for index in ([5], [-6], [0.0], [[0]], [True]):
        with pytest.raises(WarpvizError, match=r"whole numbers \(n,\) from 0 to 4\."):
            one.of_points(np.array(index))


def test_the_mean_goes_its_own_way_also_where_points_swing() -> None:
    turn = Dense(np.array([[0.0, -2.0, 0.5], [1.0, 0.0, 0.0], [0.3, 0.0, 1.0]]), np.ones(3))
    cloud = normal(9, 3)
    swinging = Trajectory.through(Chain([turn]), cloud)
    bent = Trajectory.through(mlp([3, 5, 3], "tanh", seed=1), cloud)
    wide = project(bent, projections(bent, slice(None)))
    for one in (swinging, wide):
        for t in (0.3, 0.5, 1.0):
            mean = one.at(0, t).mean(axis=0)
            np.testing.assert_allclose(one.centroid().at(0, t)[0], mean, atol=1e-12)
        part = one.of_points(np.array([2, 7]))
        np.testing.assert_allclose(part.at(0, 0.4), one.at(0, 0.4)[[2, 7]], atol=1e-12)


def test_states_of_other_numbers_of_points_are_no_path() -> None:
    for states in ([], [np.zeros(3)], [np.zeros((2, 2)), np.zeros(2)]):
        with pytest.raises(WarpvizError, match=r"states of shape \(N, D\), at least one"):
            Trajectory.of(states)
    with pytest.raises(WarpvizError, match="as many points each"):
        Trajectory.of([np.zeros((2, 2)), np.zeros((3, 2))])
    padded = Trajectory.of([np.ones((2, 1)), np.ones((2, 3))])
    assert padded.keyframes.tolist()[0] == [[1, 0, 0], [1, 0, 0]] and padded.acts == 1


def test_what_is_left_out_is_told_by_its_variance() -> None:
    cloud = normal(50, 4) * [1.0, 2.0, 3.0, 0.5]
    power = cloud.var(axis=0)
    (flat,) = views_of([cloud], "2d")
    assert flat.variance == pytest.approx(power[:2].sum() / power.sum())
    assert not flat.whole and not flat.principal
    np.testing.assert_array_equal(flat(cloud), cloud[:, :3] * [1, 1, 0])
    (three,) = views_of([cloud[:, :3]], "2d")
    assert three.variance == pytest.approx(power[:2].sum() / power[:3].sum())
    for width, view in ((2, "2d"), (3, "auto"), (1, "pca")):
        (own,) = views_of([cloud[:, :width]], view)
        assert own.variance == 1.0 and own.whole and not own.principal
    assert views_of([np.zeros((5, 4))], "2d")[0].variance == 1.0


@pytest.mark.parametrize(("width", "count"), [(2, 30), (6, 30), (6, 3), (40, 5)])
def test_principal_axes_are_those_of_the_covariance(width: int, count: int) -> None:
    cloud = normal(count, width) * np.linspace(3, 1, width) + 5.0
    (one,) = views_of([cloud], "pca")
    power, axes = np.linalg.eigh(np.cov(cloud.T))
    kept = min(3, width, count - 1)
    told, want = one.axes[:, :kept], axes[:, ::-1][:, :kept]
    np.testing.assert_allclose(np.abs(told), np.abs(want), atol=1e-9)
    assert one.variance == pytest.approx(power[::-1][:3].sum() / power.sum())
    assert one.principal and not one.whole
    # No sign of a library shows: the largest part of each axis is positive.
    assert (told[np.abs(told).argmax(axis=0), np.arange(kept)] > 0).all()


def test_states_of_more_than_four_times_as_many_units_as_points_are_told_by_their_points() -> None:
    wide = normal(12, 49)
    assert within_span(wide[:, :48]) is not None and within_span(wide[:, :48]).shape == (12, 48)
    assert within_span(wide).shape == (12, 12)


def test_wide_states_are_projected_in_parts_as_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = mlp([2, 6, 3, 3, 2], "tanh", seed=4, softmax=False).split()
    points = normal(23, 2)
    states = chain.states(points)
    views = views_of(states)
    path = Trajectory.through(chain, points)
    whole = project(path, projections(path, slice(None)))
    asked: list[int] = []

    def some(part: Floats) -> list[Floats]:
        asked.append(len(part))
        return list(chain.states(part))

    swings = [None if swing is None else (lambda swing=swing: swing) for swing in path.swings]
    numbers = sum(state.shape[1] for state in states)
    monkeypatch.setattr(projection, "BLOCK", 5 * numbers + 1)
    parts = project_blocks(some, points, views, swings)
    assert asked == [5, 5, 5, 5, 3]
    np.testing.assert_allclose(parts.keyframes, whole.keyframes, atol=1e-12)
    for k in range(whole.acts):
        np.testing.assert_allclose(parts.at(k, 0.5), whole.at(k, 0.5), atol=1e-9)
    seen = [(a.whole and b.whole) for a, b in pairwise(views)]
    assert True in seen and False in seen
    monkeypatch.setattr(projection, "BLOCK", 1)
    assert project_blocks(some, points[:3], views, [None] * len(swings)).acts == whole.acts
    assert asked[5:] == [1, 1, 1]


def test_a_clip_is_of_two_stops_of_the_film() -> None:
    assert list(Timeline(3, clip=(0, 3)).stops) == [0, 1, 2, 3]
    assert list(Timeline(3, clip=(1, 2)).stops) == [1, 2] and list(Timeline(3).stops) == [
        0,
        1,
        2,
        3,
    ]
    for clip in ((0,), (0, 1, 2), (-1, 2), (1, 1), (2, 1), (0, 4)):
        with pytest.raises(WarpvizError, match="clip expects two stops from 0 to 3, the first"):
            Timeline(3, clip=clip)
