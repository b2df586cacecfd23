"""How many regions there are at least: strips between parallel lines are counted by hand."""

import numpy as np
import pytest

from tests.geometry.nets import dense
from warpviz.geometry.straight import counting
from warpviz.geometry.straight.counting import bending_units, patterns_seen, too_many
from warpviz.geometry.straight.kinks import kinks
from warpviz.model import Activation, Chain, Softmax, mlp

LIMITS = (-1.0, 3.0, 0.0, 2.0)


def strips(units: int, across: int = 0) -> Chain:
    """Parallel lines at even distances, so that they cut the limits into one strip more."""
    weight = np.zeros((units, 2))
    weight[:, across] = 1.0
    low, high = LIMITS[2 * across : 2 * across + 2]
    places = low + (high - low) * np.arange(1, units + 1) / (units + 1)
    return Chain([dense(weight, -places, "relu"), dense(np.ones((1, units)), [0.0])])


@pytest.mark.parametrize("across", [0, 1])
@pytest.mark.parametrize(("units", "seen"), [(64, 0), (65, 66), (120, 121)])
def test_strips_are_seen_where_there_are_many(units: int, seen: int, across: int) -> None:
    chain = strips(units, across)
    assert bending_units(chain) == units
    assert patterns_seen(chain, LIMITS) == seen


def test_a_point_is_in_the_middle_of_each_of_160_squares_a_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # 159 lines lie between as many points, 170 do not.
    assert patterns_seen(strips(159), LIMITS) == 160
    assert patterns_seen(strips(170), LIMITS) == 160
    monkeypatch.setattr(counting, "BLOCK", 1000)
    assert patterns_seen(strips(120), LIMITS) == 121


def test_a_plane_among_features_is_looked_at() -> None:
    lines = strips(70)[0].weight @ np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])  # type: ignore[union-attr]
    chain = Chain([dense(lines, strips(70)[0].bias, "relu"), dense(np.ones((1, 70)), [0.0])])  # type: ignore[union-attr]
    plane = (np.array([0.0, 0.0, 5.0]), np.eye(3, 2))
    assert patterns_seen(chain, LIMITS, plane) == 71


def test_too_many_are_those_that_have_no_room_or_take_too_long() -> None:
    # 512 units leave room for 12,288 pieces; 2 · seen · 512 · 512 numbers may be 2³².
    wide = mlp([2, 512, 2], "relu").logits()
    assert not too_many(wide, 8192, 20_000) and too_many(wide, 8193, 20_000)
    small = mlp([2, 3, 2], "relu").logits()
    assert not too_many(small, 100, 100) and too_many(small, 101, 100)
    assert not too_many(Chain([], 2), 1, 1)


def test_more_bends_than_anyone_can_look_at_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    saw = Chain([dense(np.ones((3, 1)), [-1.0, -2.0, -3.0], "relu")])
    assert kinks(saw, 0.0, 4.0).tolist() == [0, 1, 2, 3, 4]  # type: ignore[union-attr]
    monkeypatch.setattr("warpviz.geometry.straight.kinks.MOST", 5)
    assert kinks(saw, 0.0, 4.0) is not None
    monkeypatch.setattr("warpviz.geometry.straight.kinks.MOST", 4)
    assert kinks(saw, 0.0, 4.0) is None
    assert kinks(Chain([Activation("relu"), Softmax()], 1), 0.0, 4.0) is None
