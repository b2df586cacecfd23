"""Units that have slopes of their own: regions in closed form."""

import numpy as np

from tests.geometry.nets import UNIT, centroids, dense
from warpviz.geometry.straight.polygons import Polygons
from warpviz.geometry.straight.regions import linear_regions
from warpviz.model import Chain


def test_units_with_slopes_of_their_own_have_regions_with_these() -> None:
    chain = Chain([dense(np.eye(2), [0.5, 0.0], "prelu:0.1:-0.5"), dense([[1, 1]], [2])])
    found = linear_regions(chain, UNIT)
    assert found is not None and len(found.areas) == 4
    middles = centroids(found.vertices, Polygons(found.vertices, found.corners, found.offsets))
    x = np.where(middles > [-0.5, 0.0], 1.0, [0.1, -0.5])
    np.testing.assert_allclose(found.maps[:, 0], x, atol=1e-12)
    np.testing.assert_allclose(found.shifts[:, 0], 2 + 0.5 * x[:, 0], atol=1e-12)
