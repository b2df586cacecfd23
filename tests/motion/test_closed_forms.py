"""Polar motion by closed forms: turns, half turns, page flips, lifts."""

import math

import numpy as np
import pytest

from tests.motion.matrices import TIMES, random_frame, turn_of, turned
from warpviz.arrays import Floats
from warpviz.motion.interpolate import lerp


@pytest.mark.parametrize("degrees", [30, -30, 90, -90, 128, 179.9, -179.9])
def test_plane_rotation_keeps_its_sign(degrees: float) -> None:
    turn = turn_of(3.0 * turned(math.radians(degrees)))
    np.testing.assert_allclose(turn.angles, [math.radians(abs(degrees))], rtol=1e-13)
    np.testing.assert_allclose(turn.stretches, [3.0, 3.0])
    assert np.sign(np.linalg.det(turn.rotation.planes[0])) == np.sign(degrees)
    known = 2.0 * turned(math.radians(degrees) / 2)
    np.testing.assert_allclose(turn.matrix(0.5), known, atol=1e-13)


def test_half_turn_collapses_under_lerp_only() -> None:
    square = np.eye(2)
    assert np.linalg.det(lerp(square, -square, 0.5)) == 0.0
    polar = turn_of(-np.eye(2)).at(square, 0.5)
    np.testing.assert_allclose(polar, [[0.0, 1.0], [-1.0, 0.0]], atol=1e-15)


@pytest.mark.parametrize(
    ("signs", "planes"),
    [
        ([-1, -1, 1], [(0, 1)]),
        ([1, -1, -1], [(1, 2)]),
        ([-1, 1, -1], [(0, 2)]),
        ([-1, -1, -1, -1], [(0, 1), (2, 3)]),
        ([-1, 0, 0], [(0, 1)]),  # the null space lends the second axis
        ([-1], [(0, 1)]),  # mirrors: through the axis past the last
        ([1, -1], [(1, 2)]),
        ([-1, -1, -1], [(0, 1), (2, 3)]),
    ],
)
def test_half_turns_and_page_flips_lie_along_the_axes(
    signs: list[int], planes: list[tuple[int, int]]
) -> None:
    turn = turn_of(np.diag(signs).astype(float))
    axes = np.eye(turn.rotation.size)
    known = [[axes[i], axes[j]] for i, j in planes]
    np.testing.assert_allclose(turn.rotation.planes, known, atol=1e-15)
    np.testing.assert_allclose(turn.rotation.angles, math.pi)
    assert len(turn.angles) == len(planes) - turn.extra


C, S = math.cos(math.pi / 8), math.sin(math.pi / 8)
D = math.sqrt(0.5)


@pytest.mark.parametrize(
    ("weight", "half"),
    [
        (np.zeros((2, 2)), [[0.5, 0], [0, 0.5]]),
        (np.eye(3), np.eye(3)),
        (np.diag([3.0, 0.5]), [[2, 0], [0, 0.75]]),
        ([[2.0, 1.0], [1.0, 2.0]], [[1.5, 0.5], [0.5, 1.5]]),
        ([[1.0, 0.0], [0.0, -1.0]], [[1, 0], [0, 0], [0, 1]]),  # page flip
        ([[-1.0]], [[0], [1]]),
        ([[-1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], [[0, 0], [0, 1], [1, 0]]),  # flip in the space
        ([[0.0], [1.0]], [[D], [D]]),
        ([[0.0, 1.0]], [[0.5 * D, D], [-0.5 * D, D]]),
        ([[1.0], [1.0]], [[(1 + D * 2) / 2 * C], [(1 + D * 2) / 2 * S]]),
        # x and y go to z and w by two quarter-turns, not by a swap
        ([[0, 0], [0, 0], [1, 0], [0, 1]], [[D, 0], [0, D], [D, 0], [0, D]]),
    ],
)
def test_closed_forms_half_way(weight: Floats, half: Floats) -> None:
    turn = turn_of(np.asarray(weight, dtype=float))
    np.testing.assert_allclose(turn.matrix(0.5), np.asarray(half), rtol=0, atol=1e-14)


def test_open_null_directions_turn_with_the_range_in_any_frame() -> None:
    frame = random_frame(np.random.default_rng(3), 4)
    lift = np.zeros((4, 4))
    lift[[2, 3], [0, 1]] = 1.0
    half = np.eye(4) * D
    half[[2, 3], [0, 1]], half[[0, 1], [2, 3]] = D, -D
    known = frame @ half @ np.diag([1.0, 1.0, 0.5, 0.5]) @ frame.T
    turn = turn_of(frame @ lift @ frame.T)
    np.testing.assert_allclose(turn.matrix(0.5), known, rtol=0, atol=1e-14)


def test_lifting_the_plane_into_space_is_rigid() -> None:
    points = np.random.default_rng(2).normal(size=(20, 2))
    turn = turn_of(random_frame(np.random.default_rng(3), 3)[:, :2])
    known = np.linalg.norm(points[:, None] - points, axis=2)
    for t in TIMES:
        moved = turn.at(points, t)
        np.testing.assert_allclose(
            np.linalg.norm(moved[:, None] - moved, axis=2), known, atol=1e-13
        )


@pytest.mark.many(quick=1)
@pytest.mark.parametrize("shape", [(64, 64), (100, 2), (3, 64)])
def test_wide_layers_end_exactly(shape: tuple[int, int]) -> None:
    weight = np.random.default_rng(1).normal(size=shape)
    end = turn_of(weight).matrix(1.0)
    np.testing.assert_allclose(end[: shape[0]], weight, rtol=0, atol=1e-12)
    np.testing.assert_allclose(end[shape[0] :], 0.0, rtol=0, atol=1e-12)
