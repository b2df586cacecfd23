from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from warpviz.arrays import Floats
from warpviz.errors import WarpvizError
from warpviz.model import Chain, Dense, Softmax, mlp
from warpviz.motion.interpolate import MOTIONS
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory

fixed = examples(60)


def drawn(widths: list[int], activation: str, seed: int) -> Chain:
    rng = np.random.default_rng(seed)
    chain = mlp(widths, activation, seed=seed)
    return chain.with_parameters([rng.normal(size=p.shape) for p in chain.parameters()])


chains = st.builds(
    drawn,
    st.lists(st.integers(1, 6), min_size=2, max_size=5),
    st.sampled_from(["relu", "tanh", "gelu", "sin", "identity"]),
    st.integers(0, 10**6),
)


def cloud(chain: Chain, count: int = 11) -> Floats:
    return np.random.default_rng(3).normal(size=(count, chain.widths[0]))


@fixed
@given(chains, st.sampled_from(sorted(MOTIONS)), st.booleans())
def test_every_keyframe_is_hit_exactly(chain: Chain, motion: str, whole: bool) -> None:
    points = cloud(chain)
    path = Trajectory.through(chain, points, motion, whole)
    states = (chain if whole else chain.split()).states(points)
    assert path.acts == len(states) - 1
    for k, state in enumerate(states):
        width = state.shape[1]
        assert path.widths[k] == width
        np.testing.assert_array_equal(path.keyframes[k, :, :width], state)
        np.testing.assert_array_equal(path.keyframes[k, :, width:], 0)
        if k < path.acts:
            np.testing.assert_array_equal(path.at(k, 0.0), path.keyframes[k])
        if k:
            np.testing.assert_array_equal(path.at(k - 1, 1.0), path.keyframes[k])


@pytest.mark.slow
@fixed
@given(chains, st.sampled_from(sorted(MOTIONS)))
def test_paths_have_no_jumps_at_stops(chain: Chain, motion: str) -> None:
    path = Trajectory.through(chain, cloud(chain), motion)
    for k in range(path.acts):
        size = 1 + np.abs(path.keyframes[k : k + 2]).max()
        for t, stop in ((1e-7, k), (1 - 1e-7, k + 1)):
            np.testing.assert_allclose(path.at(k, t), path.keyframes[stop], atol=1e-5 * size)


@fixed
@given(chains, st.integers(0, 3))
def test_classic_frames_are_midpoints_of_midpoints(chain: Chain, rounds: int) -> None:
    path = Trajectory.through(chain, cloud(chain), "lerp", whole_layers=True)
    frames = list(path.keyframes)
    for _ in range(rounds):
        between = [(a + b) / 2 for a, b in pairwise(frames)]
        frames = [x for pair in zip(frames, between, strict=False) for x in pair] + frames[-1:]
    moments = list(Timeline.classic(path.acts, rounds))
    assert len(moments) == len(frames) == path.acts * 2**rounds + 1
    for moment, frame in zip(moments, frames, strict=True):
        size = 1 + np.abs(frame).max()
        np.testing.assert_allclose(path.at(moment.k, moment.t), frame, atol=1e-12 * size)


@pytest.mark.slow
@fixed
@given(chains, st.sampled_from(sorted(MOTIONS)), st.floats(0, 1), st.integers(0, 10**6))
def test_some_of_the_points_move_as_they_do_among_all(
    chain: Chain, motion: str, t: float, seed: int
) -> None:
    path = Trajectory.through(chain, cloud(chain), motion)
    index = np.random.default_rng(seed).integers(0, 11, 5)
    part = path.of_points(index)
    for k in range(path.acts):
        np.testing.assert_allclose(part.at(k, t), path.at(k, t)[index], rtol=1e-12, atol=1e-12)


def test_prefixes_of_the_chain_are_prefixes_of_the_film() -> None:
    chain = drawn([2, 3, 3, 2], "tanh", 5).logits().split()
    points = cloud(chain)
    whole = Trajectory.through(chain, points)
    for k in range(1, len(chain) + 1):
        prefix = Trajectory.through(chain[:k], points)
        size = prefix.keyframes.shape[2]
        np.testing.assert_array_equal(prefix.keyframes, whole.keyframes[: k + 1, :, :size])


def test_a_chain_without_layers_is_a_still() -> None:
    points = np.arange(6.0).reshape(3, 2)
    path = Trajectory.through(Chain([], width=2), points)
    assert path.acts == 0
    np.testing.assert_array_equal(path.at(0, 0.0), points)


def test_polar_keeps_the_size_of_a_half_turn_where_lerp_collapses() -> None:
    chain = Chain([Dense(-np.eye(2), np.zeros(2))])
    points = cloud(chain)
    polar, lerp = (Trajectory.through(chain, points, m).at(0, 0.5) for m in ("polar", "lerp"))
    np.testing.assert_allclose(lerp, 0, atol=1e-15)
    np.testing.assert_allclose(
        np.linalg.norm(polar, axis=1), np.linalg.norm(points, axis=1), rtol=1e-12
    )


def test_softmax_is_an_act_as_well() -> None:
    chain = Chain([Dense(np.eye(2), np.zeros(2)), Softmax()])
    path = Trajectory.through(chain, cloud(chain))
    np.testing.assert_allclose(path.keyframes[-1][:, :2].sum(axis=1), 1)


def test_bad_values_are_refused() -> None:
    chain = drawn([2, 2], "relu", 0)
    with pytest.raises(WarpvizError, match=r"motion expects one of .*polar.*, got 'jump'\."):
        Trajectory.through(chain, cloud(chain), "jump")
    with pytest.raises(WarpvizError, match=r"keyframes of shape \(K, N, D\), got \(3, 2\)"):
        Trajectory(np.zeros((3, 2)), np.array([2, 2, 2]))
    with pytest.raises(WarpvizError, match=r"3 widths of at most 2, got \[2, 3, 2\]"):
        Trajectory(np.zeros((3, 5, 2)), np.array([2, 3, 2]))
    with pytest.raises(WarpvizError, match=r"expects 2 swings, got 1"):
        Trajectory(np.zeros((3, 5, 2)), np.array([2, 2, 2]), (None,))
    with pytest.raises(WarpvizError, match=r"\(0, 5, 2\)"):
        Trajectory(np.zeros((0, 5, 2)), np.array([], dtype=np.int64))
