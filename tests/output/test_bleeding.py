import numpy as np
import pytest

from warpviz.output.bleeding import FAINT, bled


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (16, 16), (45, 61)])
def test_what_is_seen_stays_and_what_is_not_takes_its_colours(size: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (*size, 4), dtype=np.uint8)
    pixels[rng.random(size) < 0.5] = 0
    out = bled(pixels)
    seen = pixels[..., 3] >= FAINT
    np.testing.assert_array_equal(out[..., 3], pixels[..., 3])
    np.testing.assert_array_equal(out[seen], pixels[seen])
    if seen.any():
        # A mean of what is seen lies between the colours that are seen.
        low, high = pixels[seen, :3].min(axis=0), pixels[seen, :3].max(axis=0)
        unseen = out[pixels[..., 3] == 0, :3]
        if not ((pixels[..., 3] > 0) & ~seen).any():
            assert (unseen >= low).all() and (unseen <= high).all()


def test_one_colour_fills_all() -> None:
    pixels = np.zeros((20, 30, 4), dtype=np.uint8)
    pixels[3:6, 4:9] = (10, 200, 90, 255)
    out = bled(pixels)
    assert (out[..., :3] == (10, 200, 90)).all()
    # A faint pixel's own colour is coarse, and counts as little as it is seen.
    pixels[10, 10] = (255, 0, 255, 1)
    assert np.abs(bled(pixels)[10, 10, :3].astype(int) - (10, 200, 90)).max() < 90


def test_nothing_is_nothing() -> None:
    assert not bled(np.zeros((7, 4, 4), dtype=np.uint8)).any()
