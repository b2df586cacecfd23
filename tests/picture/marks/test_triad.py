"""The small axes of a space: each has its name, wherever one looks from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.motion.camera import TILTS, rotation
from warpviz.picture.marks.triad import APART, NAME, TRIAD, triad_places

ANGLES = st.floats(-np.pi, np.pi)


@pytest.mark.slow
@settings(derandomize=True, max_examples=300, deadline=None)
@given(ANGLES, ANGLES)
def test_every_axis_is_named_apart_from_the_others(azimuth: float, tilt: float) -> None:
    ways = rotation(azimuth, tilt)[:2].T * (1.0, -1.0)
    ways = ways / np.hypot(ways[:, 0], ways[:, 1]).max()
    tips, places = triad_places(ways)
    np.testing.assert_allclose(tips, TRIAD * ways)
    points = np.vstack([np.zeros(2), places])
    away = np.hypot(*(points[:, None] - points[None, :]).transpose(2, 0, 1))
    assert away[np.triu_indices(4, 1)].min() >= 0.9 * APART
    # Each name is by its own axis' tip.
    assert (np.hypot(*(places - tips).T) <= 1.8 * NAME + 1e-9).all()


def test_no_axis_is_seen_edge_on_from_where_the_camera_stands() -> None:
    for tilt in TILTS:
        for azimuth in np.radians(np.arange(0, 360, 5)):
            ways = rotation(azimuth, tilt)[:2].T
            assert np.hypot(ways[:, 0], ways[:, 1]).min() > 0.5
