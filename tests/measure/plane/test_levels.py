import numpy as np
import pytest

from warpviz.arrays import Floats, Ints
from warpviz.geometry.sheet import fans
from warpviz.geometry.straight.polygons import rectangle
from warpviz.measure.plane.levels import lengths, zero_segments


def squares(count: int) -> tuple[Floats, Ints]:
    """Vertices and triangles of count² squares on −1 … 1."""
    tiling = rectangle((-1.0, 1.0, -1.0, 1.0), count)
    return tiling.points, fans(tiling.corners, tiling.offsets)[0]


@pytest.mark.parametrize("unit", [1e-300, 1.0, 1e300])
def test_straight_lines_are_exact_wherever_they_lie(unit: float) -> None:
    places, triangles = squares(8)
    # Through vertices, along edges, along the diagonals of squares, and anywhere.
    for a, b, c, expected in (
        (1, 0, 0, 2),
        (1, 0, -0.25, 2),
        (1, -1, 0, 8**0.5),
        (3, 1, 0.1, 40**0.5 / 3),
    ):
        found = zero_segments(unit * (places @ [a, b] + c), triangles, places)
        assert lengths(found).sum() == pytest.approx(expected, rel=1e-12), (a, b, c)
        np.testing.assert_allclose(found @ [a, b] + c, 0.0, atol=1e-12)


def test_a_circle_nearly() -> None:
    places, triangles = squares(96)
    found = zero_segments((places**2).sum(axis=1) - 0.49, triangles, places)
    assert lengths(found).sum() == pytest.approx(1.4 * np.pi, rel=1e-3)


def test_what_does_not_change_its_sign_has_no_line() -> None:
    places, triangles = squares(4)
    for values in (np.zeros(len(places)), np.ones(len(places)), -(places[:, 0] ** 2) - 1):
        assert zero_segments(values, triangles, places).shape == (0, 2, 2)
