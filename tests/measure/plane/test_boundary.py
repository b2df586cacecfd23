import numpy as np
import pytest

from warpviz.data import Dataset
from warpviz.measure.measured_sheet import MeasuredSheet
from warpviz.measure.plane.boundary import boundary_lengths, boundary_on
from warpviz.model import Chain, Dense

SQUARE = (-1.0, 1.0, -1.0, 1.0)
DATA = Dataset(np.eye(2), np.arange(2))


def lengths(*layers: Dense) -> list[float] | None:
    chain = Chain(layers)
    sheet = MeasuredSheet.of(chain, DATA, SQUARE)
    found = boundary_on(sheet, chain)
    return None if found is None else boundary_lengths(found, chain, sheet.axes)


@pytest.mark.parametrize("activation", ["identity", "relu", "tanh", "step"])
def test_a_straight_boundary_and_its_images(activation: str) -> None:
    # Two classes by the sign of x, seen after a stretch along the boundary and a squeeze.
    stretch = Dense(np.array([[1.0, 0.0], [0.0, 3.0]]), np.zeros(2))
    squeeze = Dense(np.array([[0.0, 0.0], [1.0, 0.0]]), np.zeros(2))
    bent = Dense(np.eye(2), np.array([0.0, -9.0]), activation)
    found = lengths(stretch, squeeze)
    assert found == pytest.approx([2.0, 6.0, 0.0])
    assert lengths(bent) is not None
    assert lengths(Dense(np.array([[1.0, 0.0]]), np.zeros(1), activation)) is None


def test_a_folded_boundary() -> None:
    # |y| = ½ by relu(y) + relu(−y): two lines, which the fold lays on one another.
    fold = Dense(np.array([[0.0, 1.0], [0.0, -1.0], [1.0, 0.0]]), np.array([0, 0, 9.0]), "relu")
    add = Dense(np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), np.zeros(2))
    last = Dense(np.array([[1.0, 0.0], [0.0, 0.0]]), np.array([-0.5, 0.0]))
    assert lengths(fold, add, last) == pytest.approx([4.0, 4.0, 4.0, 0.0])


def test_a_circle_by_squares() -> None:
    square = Dense(np.eye(2), np.zeros(2), "square")
    radius = Dense(np.array([[1.0, 1.0], [0.0, 0.0]]), np.array([-0.49, 0.0]))
    found = lengths(square, radius)
    assert found is not None
    # Squared, the circle is the line from (r², 0) to (0, r²), run over four times.
    assert found == pytest.approx([1.4 * np.pi, 4 * 0.49 * 2**0.5, 0.0], rel=2e-3, abs=0.05)


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_three_classes_meet_in_three_rays(activation: str) -> None:
    turn = np.pi / 2 + np.arange(3) * 2 * np.pi / 3
    rays = Dense(np.column_stack([np.cos(turn), np.sin(turn)]), np.zeros(3))
    # Behind an activation that keeps what it is given, or nearly.
    keep = Dense(1e-3 * np.eye(2), np.full(2, 9.0 if activation == "relu" else 0.0), activation)
    away = Dense(rays.weight, rays.weight @ -keep.bias)
    # To the rim: straight down 1, and up at 30° to either side 1 / cos 30°.
    expected = 1 + 2 / np.cos(np.pi / 6)
    found = lengths(keep, away)
    assert found is not None and found[0] == pytest.approx(expected, rel=2e-2)
    assert found[0] == pytest.approx(expected, rel=1e-9) or activation == "tanh"


def test_a_network_that_says_one_class_has_no_boundary() -> None:
    for activation in ("relu", "tanh"):
        dead = Dense(np.zeros((2, 2)), np.zeros(2), activation)
        assert lengths(dead, Dense(np.eye(2), np.zeros(2))) == [0.0, 0.0, 0.0]
