import math

import numpy as np
import pytest

from warpviz.arrays import Floats
from warpviz.data import Dataset
from warpviz.geometry.straight.bends import bends_of
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.plane.creases import (
    NEAR,
    _signs,
    crease_lengths,
    creases_of,
    local_complexities,
)
from warpviz.model import Chain, Dense

SQUARE = (-1.0, 1.0, -1.0, 1.0)
DATA = Dataset(np.eye(2), np.arange(2))


def lengths(chain: Chain) -> list[float] | None:
    found = creases_of(MeasuredSheet.of(chain, DATA, SQUARE), chain)
    return None if found is None else crease_lengths(found, len(chain) + 1)


def unit(weight: list[float], bias: float, activation: str) -> Chain:
    return Chain([Dense(np.array([weight]), np.array([bias]), activation)])


@pytest.mark.parametrize("activation", ["relu", "abs", "step", "leaky_relu"])
def test_one_unit_creases_the_square_along_a_line(activation: str) -> None:
    assert lengths(unit([1.0, 0.0], 0.5, activation)) == pytest.approx([0.0, 2.0])
    assert lengths(unit([1.0, -1.0], 0.0, activation)) == pytest.approx([0.0, 8**0.5])
    assert lengths(unit([1.0, 0.0], 2.0, activation)) == [0.0, 0.0]


def test_creases_in_one_place_count_once() -> None:
    both = Dense(np.array([[1.0, 0.0], [-3.0, 0.0], [0.0, 1.0]]), np.zeros(3), "relu")
    again = Dense(np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.0]]), np.array([0.0, -0.5]), "relu")
    # The second layer creases x = 0 anew, where it is creased, and y = ½.
    assert lengths(Chain([both, again])) == pytest.approx([0.0, 4.0, 6.0])


def test_smooth_activations_crease_where_they_fold() -> None:
    lowest = -0.751791524693564457  # of gelu, by mpmath
    assert lengths(unit([2.0, 0.0], 0.0, "gelu")) == pytest.approx([0.0, 2.0], rel=1e-9)
    assert lengths(unit([2.0, 2.0], 0.0, "gelu")) == pytest.approx(
        [0.0, math.sqrt(2) * (2 + lowest / 2)], rel=1e-3
    )
    # cos z = 0 at ±π/2 and ±3π/2, of ±6.
    assert lengths(unit([6.0, 0.0], 0.0, "sin")) == pytest.approx([0.0, 8.0], rel=1e-9)
    assert lengths(unit([6.0, 0.0], 0.0, "tanh")) == [0.0, 0.0]
    # Sharp between two curved parts, without a fold.
    assert lengths(unit([1.0, 0.0], 0.0, "elu:2")) == pytest.approx([0.0, 2.0], rel=1e-9)


def test_far_folds_without_number_are_none() -> None:
    assert lengths(unit([1e9, 0.0], 0.0, "sin")) is None
    assert lengths(unit([1e9, 0.0], 1.0, "gelu")) == pytest.approx([0.0, 2.0], rel=1e-6)
    assert lengths(unit([1.0, 0.0], 1e9, "gelu")) == [0.0, 0.0]


def local(points: Floats) -> list[float]:
    chain = Chain([Dense(np.array([[1.0, 0.0], [0.0, 1.0]]), np.zeros(2), "relu")])
    found = creases_of(MeasuredSheet.of(chain, DATA, SQUARE), chain)
    assert found is not None
    return local_complexities(found, 2, points, SQUARE)


def test_density_of_creases_near_points() -> None:
    radius = NEAR * 2.0
    through = 2 * radius / (math.pi * radius**2)  # of a disc that a line halves
    assert local(np.array([[0.5, 0.0]])) == pytest.approx([0.0, through])
    assert local(np.array([[0.0, 0.0]])) == pytest.approx([0.0, 2 * through])
    assert local(np.array([[0.5, 0.0], [0.5, 0.5]])) == pytest.approx([0.0, through / 2])
    aside = math.sqrt(1 - 0.6**2) * through
    assert local(np.array([[0.5, 0.6 * radius]])) == pytest.approx([0.0, aside])
    assert local(np.zeros((0, 2))) == [0.0, 0.0]


def test_points_everywhere_see_all_creases() -> None:
    # The density over the whole square is its crease length by its area, but for the rim.
    inside = 0.9
    points = np.random.default_rng(0).uniform(-inside, inside, (20_000, 2))
    assert local(points)[1] == pytest.approx(4 * inside / (2 * inside) ** 2, rel=0.03)


def test_waves_are_looked_for_up_to_sums_of_256() -> None:
    (bend,) = bends_of(unit([256.0, 0.0], 0.0, "sin"), 0)
    near = np.array([[-1.0, 0.0], [1.0, 0.0]])
    found = _signs(bend, near)
    # |cos z| is 0 at the odd multiples of π/2: 163 of them are within ±256.
    assert found is not None and len(found) == 2 * int(256 / np.pi + 0.5)
    assert _signs(bend, near * 1.001) is None
    (bent,) = bends_of(unit([300.0, 0.0], 0.0, "tanh"), 0)
    assert _signs(bent, near) == [] and _signs(bent, near * 0) == []
