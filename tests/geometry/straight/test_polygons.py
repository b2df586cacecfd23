import numpy as np
import pytest

from tests.geometry.nets import assert_tiles
from warpviz.geometry.straight.polygons import rectangle


def test_a_rectangle_has_equal_cells() -> None:
    polygons = rectangle((0.0, 2.0, 0.0, 1.0), 4)
    assert polygons.areas() == pytest.approx(np.full(16, 2 / 16))
    assert_tiles(polygons.points, polygons.corners, polygons.offsets, (0.0, 2.0, 0.0, 1.0))
