"""Rotations as planes and angles: closed forms, half-turns, the basis that axes choose."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.motion.matrices import random_frame, turned
from warpviz.motion.rotation import Rotation, canonical_axes

SETTINGS = examples(150)
TIMES = (0.0, 0.1, 0.5, 0.9, 0.99)


@pytest.mark.slow
@SETTINGS
@given(
    st.lists(
        st.one_of(
            st.floats(-3.14, 3.14),
            st.sampled_from([0.0, 1e-9, 1e-5, 1e-5 + 1e-10, 0.5, -0.5, 1.57, 3.14, -3.14]),
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 100),
)
def test_every_plane_turns_by_t_times_its_angle(angles: list[float], seed: int) -> None:
    frame = random_frame(np.random.default_rng(seed), 2 * len(angles))
    turn = Rotation.of(frame @ turned(*angles) @ frame.T)
    for t in (0.25, 0.5, 1.0):
        known = frame @ turned(*(t * angle for angle in angles)) @ frame.T
        np.testing.assert_allclose(turn.matrix(t), known, rtol=0, atol=1e-12)
    seen = np.zeros(len(angles))
    seen[: turn.turning] = turn.angles[: turn.turning]
    known = np.sort(np.abs(angles))[::-1]
    np.testing.assert_allclose(seen, known, rtol=0, atol=1e-12)


@pytest.mark.parametrize("gap", [0.0, 1e-15, -1e-15, 1e-9, -1e-9, 1e-7, -1e-7])
def test_half_turn_goes_counter_clockwise_however_it_is_rounded(gap: float) -> None:
    turn = Rotation.of(turned(math.pi + gap))
    for t in TIMES:
        np.testing.assert_allclose(
            turn.matrix(t), turned(t * math.pi), atol=1.01 * abs(gap) + 1e-13
        )
        assert np.linalg.det(turn.matrix(t)) == pytest.approx(1.0, abs=1e-12)
    np.testing.assert_allclose(turn.matrix(1.0), turned(math.pi + gap), rtol=0, atol=1e-14)
    np.testing.assert_allclose(turn.angles[: turn.turning], [math.pi])


def test_near_half_turns_in_space_follow_the_half_turn() -> None:
    frame = random_frame(np.random.default_rng(5), 4)
    near = frame @ turned(math.pi - 3e-8, 7e-8 - math.pi) @ frame.T
    exact, turn = Rotation.of(-np.eye(4)), Rotation.of(near)
    for t in TIMES:
        np.testing.assert_allclose(turn.matrix(t), exact.matrix(t), rtol=0, atol=2e-7)
    np.testing.assert_allclose(turn.matrix(1.0), near, rtol=0, atol=1e-14)


@SETTINGS
@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 10**6))
def test_canonical_axes_depend_on_the_subspace_alone(size: int, count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = min(size, count)
    # Directions that lean on the first axes by 1 to 1e-4, so that rounding could pile up.
    leaning = rng.normal(size=(size, count)) * 10.0 ** rng.uniform(-4, 0, size=(size, 1))
    basis = np.linalg.qr(leaning)[0]
    axes = canonical_axes(basis)
    np.testing.assert_allclose(axes.T @ axes, basis @ basis.T, atol=1e-13)
    np.testing.assert_allclose(axes @ axes.T, np.eye(count), atol=1e-13)
    again = canonical_axes(basis @ random_frame(rng, count))
    np.testing.assert_allclose(axes, again, atol=1e-11)


def test_nothing_turns_in_the_identity() -> None:
    still = Rotation.of(np.eye(3))
    assert still.planes.shape == (0, 2, 3) and not still.flips
    assert np.array_equal(still.matrix(0.7), np.eye(3))
