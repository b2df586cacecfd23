from dataclasses import replace

import numpy as np
import pytest

from warpviz.data import Dataset
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.plane.turning import straight_lines, turnings, turns
from warpviz.model import Chain, Dense

SQUARE = (-1.0, 1.0, -1.0, 1.0)
FOLD = Chain(
    [
        Dense(np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 0.0, 9.0]), "relu"),
        Dense(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), np.zeros(2)),
    ]
)
"""(|x|, y + 9)."""


def test_straight_lines_cross_from_rim_to_rim_with_their_own_measure() -> None:
    limits = (0.0, 3.0, -1.0, 1.0)
    lines, weights = straight_lines(limits)
    inside = np.abs((lines - [1.5, 0.0]) / [1.5, 1.0]).max(axis=2)
    assert inside.max() <= 1 + 1e-12
    np.testing.assert_allclose(inside[:, [0, -1]], 1.0)
    np.testing.assert_allclose(np.diff(lines, 2, axis=1), 0.0, atol=1e-12)
    # The mean chord of a convex body is π A / P (Crofton).
    chord = np.linalg.norm(lines[:, -1] - lines[:, 0], axis=1)
    assert weights @ chord == pytest.approx(np.pi * 6 / 10, rel=0.01)


def turned(chain: Chain, *, exact: bool = True) -> list[float]:
    """By how much lines across the square turn."""
    sheet = MeasuredSheet.of(chain, Dataset(np.eye(2), np.arange(2)), SQUARE)
    if not exact:
        sheet = replace(sheet, cut=None)
    return turnings(sheet, list(sheet.slopes(chain)), chain)


def test_a_fold_across_a_square_turns_a_line_by_one_radian_in_the_mean() -> None:
    # A line at the angle θ to the crease turns by 2 min(θ, π − θ), and meets it with the density
    # |sin θ|: of all lines across the square, 2 ∫ 2 min(θ, π − θ) sin θ dθ / 8 = 1.
    assert turned(FOLD)[::2] == pytest.approx([0.0, 1.0], abs=1e-3)
    assert turned(FOLD, exact=False)[::2] == pytest.approx([0.0, 1.0], abs=0.05)


@pytest.mark.parametrize("seed", [0, 1])
def test_lines_that_are_followed_turn_as_much_as_the_creases_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain = Chain(
        [
            Dense(rng.normal(size=(6, 2)), rng.normal(size=6) / 2, "relu"),
            Dense(rng.normal(size=(4, 6)), rng.normal(size=4) / 2, "leaky_relu"),
        ]
    )
    assert turned(chain) == pytest.approx(turned(chain, exact=False), rel=0.08)


def test_what_stands_still_does_not_turn() -> None:
    # relu(x) on a line: all of it moves one way, or not at all.
    half = Chain([Dense(np.array([[1.0, 0.0]]), np.zeros(1), "relu")])
    dead = Chain([Dense(np.eye(2), np.full(2, -9.0), "relu")])
    for exact in (True, False):
        assert turned(half, exact=exact)[-1] == pytest.approx(0.0, abs=1e-12)
        assert turned(dead, exact=exact)[-1] == 0.0


def test_turns_of_single_lines() -> None:
    half = np.linspace(0, np.pi, 500)
    circle = np.column_stack([np.cos(half), np.sin(half), 0 * half])
    assert turns(circle[None])[0] == pytest.approx(np.pi, abs=0.01)
    there_and_back = np.array([[[0.0], [1.0], [0.5], [2.0], [2.0], [1.0]]])
    assert turns(there_and_back)[0] == pytest.approx(2 * np.pi)
    assert turns(1e200 * there_and_back)[0] == pytest.approx(2 * np.pi)
    assert turns(np.ones((2, 9, 3))).tolist() == [0.0, 0.0]
    straight = 1e6 + np.linspace(0, 1, 97)[:, None] * np.array([0.3, 0.4])
    assert turns(straight[None])[0] < 1e-5
