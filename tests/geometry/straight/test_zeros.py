"""SciPy's bracketing search is the oracle of zeros along ways."""

import numpy as np
import pytest
from scipy.optimize import brentq  # type: ignore[import-untyped]

from warpviz.arrays import Floats
from warpviz.geometry.straight.zeros import STEPS, Values, zero_between


def bent(points: Floats) -> Floats:
    return np.asarray(np.tanh(points[:, 0]) + 0.4 * points[:, 1] ** 3 - 0.1)


def kinked(points: Floats) -> Floats:
    return np.asarray(np.maximum(points[:, 0], 5 * points[:, 0]) - points[:, 1])


@pytest.mark.parametrize("values", [bent, kinked])
def test_zeros_are_those_of_a_bracketing_search(values: Values) -> None:
    rng = np.random.default_rng(0)
    start, end = rng.normal(size=(2, 400, 2))
    first, last = values(start), values(end)
    apart = first * last < 0
    start, way, first, last = start[apart], (end - start)[apart], first[apart], last[apart]
    assert len(start) > 50
    found = zero_between(start, way, first, last, values)
    for i, t in enumerate(found):
        there = brentq(lambda s, i=i: values((start[i] + s * way[i])[None])[0], 0, 1)
        assert t == pytest.approx(there, abs=1e-3)


def test_a_straight_value_takes_one_look() -> None:
    looks = []

    def straight(points: Floats) -> Floats:
        looks.append(len(points))
        return np.asarray(points[:, 0] - 0.25)

    at = zero_between(np.zeros((2, 1)), np.ones((2, 1)), -0.25 * np.ones(2), 0.75 * np.ones(2),
                      straight)  # fmt: skip
    assert at.tolist() == [0.25, 0.25] and looks == [2]
    # And never more looks than there are steps.
    looks.clear()

    def steep(points: Floats) -> Floats:
        looks.append(len(points))
        return np.asarray(points[:, 0] ** 9 - 1e-9)

    zero_between(np.zeros((1, 1)), np.ones((1, 1)), np.array([-1e-9]), np.array([1.0]), steep)
    assert len(looks) <= STEPS


def test_a_way_that_begins_at_its_zero() -> None:
    # The second way keeps the search going where the first is done.
    found = zero_between(
        np.zeros((2, 1)), np.ones((2, 1)), np.array([0.0, -0.09]), np.array([-1.0, 0.91]),
        lambda points: np.array([-points[0, 0], points[1, 0] ** 2 - 0.09]),
    )  # fmt: skip
    assert found == pytest.approx([0.0, 0.3], abs=1e-3)
