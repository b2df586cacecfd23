"""How often lines are halved, by closed forms: a parabola leaves its chord by h²/4."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.geometry import bisect
from warpviz.geometry.bisect import bent


@dataclass
class States:
    """The input, and functions of its first feature; how many rows were asked for at once."""

    functions: Sequence[Any]
    asked: list[int] = field(default_factory=list)

    def states(self, x: Floats) -> list[Floats]:
        self.asked.append(len(x))
        return [x, *(np.asarray(f(x[:, :1])) for f in self.functions)]


def line(model: States, **given: Any) -> Floats:
    (points,) = bent(np.array([[0.0]]), np.array([[1.0]]), model, **given)
    assert points[0, 0] == 0 and points[-1, 0] == 1
    return np.asarray(points[:, 0])


@pytest.mark.parametrize(("error", "pieces"), [(0.3, 1), (0.1, 2), (0.02, 4), (1e-3, 16)])
def test_a_parabola_has_as_many_pieces_as_its_error_asks_for(error: float, pieces: int) -> None:
    for parts in (1, 2):
        found = line(States([np.square]), parts=parts, error=error)
        np.testing.assert_allclose(found, np.linspace(0, 1, max(pieces, parts) + 1))
    # Three times as far is the same share of its extent; what stands still has none.
    same = line(States([lambda x: 3 * x**2 - 7, np.zeros_like]), parts=1, error=error)
    np.testing.assert_allclose(same, np.linspace(0, 1, pieces + 1))
    half, usual = (line(States([np.square]), parts=1, **e) for e in ({"error": 0.5 / 400}, {}))
    np.testing.assert_array_equal(half, usual)


def test_a_jump_is_halved_ten_times() -> None:
    found = line(States([lambda x: 1.0 * (x > 1 / 3)]), parts=2)
    assert len(found) == 3 + 10 and np.diff(found).min() == pytest.approx(2**-11)
    assert np.abs(found - 1 / 3).min() < 2**-11


def test_each_line_is_halved_for_itself() -> None:
    start, end = np.array([[0.0, 5.0], [2.0, 5.0]]), np.array([[1.0, 5.0], [2.0, 9.0]])
    curved, straight = bent(start, end, States([np.square]), parts=1, error=0.01)
    # The parabola goes to 4 on the other line: a quarter of it is left to this one.
    np.testing.assert_allclose(curved[:, 0], np.linspace(0, 1, 5))
    np.testing.assert_allclose(straight, [[2, 5], [2, 9]])


def test_the_worst_pieces_have_what_points_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bisect, "MOST_POINTS", 12)
    found = line(States([lambda x: np.sin(40 * x**3)]), parts=4, error=1e-4)
    assert len(found) == 12
    assert (found > 0.5).sum() > (found < 0.5).sum()
    monkeypatch.setattr(bisect, "MOST_POINTS", 3)
    assert len(line(States([np.square]), parts=4, error=1e-4)) == 5


def test_states_worked_out_in_parts_give_the_same_points(monkeypatch: pytest.MonkeyPatch) -> None:
    def wave(x: Floats) -> Floats:
        return np.hstack([np.sin(9 * x), np.cos(7 * x), x])

    whole = States([wave])
    want = line(whole, parts=16)
    # Four numbers a state, three places a piece: five pieces at once.
    monkeypatch.setattr(bisect, "BLOCK", 5 * 3 * 4)
    parts = States([wave])
    np.testing.assert_array_equal(line(parts, parts=16), want)
    assert max(whole.asked) >= 48 and max(parts.asked) == 15
