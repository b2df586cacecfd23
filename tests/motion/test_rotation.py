"""Rotations as planes and angles: closed forms, half-turns, the basis that axes choose."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from tests.motion.matrices import random_frame, turned
from warpviz.motion.rotation import Rotation, _widest_gap, canonical_axes

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


def test_planes_turn_by_falling_angles_and_the_page_flips_last() -> None:
    angles = (0.4, 3.0, 1.2, -2.0)
    turn = Rotation.of(turned(*angles))
    assert turn.angles.tolist() == pytest.approx([3.0, 2.0, 1.2, 0.4]) and turn.turning == 4
    for plane, axis in zip(turn.planes, (1, 3, 2, 0), strict=True):
        assert set(np.flatnonzero(np.abs(plane).max(axis=0) > 1e-9)) == {2 * axis, 2 * axis + 1}
    mirror = turned(*angles) @ np.diag([1.0] * 7 + [-1.0])
    page = Rotation.of(mirror)
    assert page.flips and page.size == 9 and page.angles[page.turning] == np.pi
    assert (np.diff(page.angles[: page.turning]) <= 0).all()


def test_the_widest_gap_is_looked_for_between_minus_a_half_and_a_half() -> None:
    for cosines, middle in (
        ([-0.9, -0.4, 0.1, 0.3, 0.9], -0.15), ([], 0.0), ([-0.5, 0.5, 0.9], 0.0),
        ([-0.9, 0.2, 0.2], -0.15), ([-0.3, -0.1, 0.9], 0.2), ([-1.0, 1.0], 0.0),
    ):  # fmt: skip
        assert _widest_gap(np.array(cosines)) == pytest.approx(middle)


def test_an_axis_that_brings_less_than_a_tenth_of_the_average_is_passed_over() -> None:
    # Of three axes, a third each on average: a π-th of a tenth of that in squares.
    least = 0.1 / (np.pi * 3)
    for part, first in ((0.99, False), (1.01, True)):
        x = np.sqrt(part * least)
        way = np.array([-x, np.sqrt(1 - x * x), 0.0])
        np.testing.assert_allclose(canonical_axes(way[:, None]), [-way if first else way])
