import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.picture.frame import Frame

PIXELS = np.zeros((4, 6, 3), dtype=np.uint8)


def test_a_frame_is_a_picture_and_a_time() -> None:
    assert Frame(np.zeros((4, 6, 4), np.uint8), 1).pixels.shape == (4, 6, 4)
    assert Frame(PIXELS, 1).pixels is PIXELS and Frame(PIXELS, 70).centiseconds == 70


@pytest.mark.parametrize(
    "pixels",
    [PIXELS[0], PIXELS[..., :2], np.zeros((4, 6, 5), np.uint8), PIXELS.astype(np.float64)],
)
def test_what_is_no_picture_is_refused(pixels: np.ndarray) -> None:
    with pytest.raises(WarpvizError, match=r"Frame expects pixels .*uint8, got"):
        Frame(pixels, 5)


def test_a_picture_that_stays_for_no_time_is_refused() -> None:
    with pytest.raises(WarpvizError, match="at least 1 centisecond, got 0; use a lower fps"):
        Frame(PIXELS, 0)
