import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from warpviz.output.changes import KEPT, box_of, patch_of


@examples(80)
@given(st.integers(0, 10**6), st.floats(0, 0.3))
def test_a_patch_brings_the_picture_up_to_date(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    shown = rng.integers(0, 5, (7, 9), dtype=np.uint8)
    wanted = np.where(rng.random((7, 9)) < share, shown + np.uint8(1), shown).astype(np.uint8)
    screen, before = shown.copy(), shown.copy()
    patch, (x, y) = patch_of(shown, wanted, np.ones(256 * 256, dtype=bool))
    part = screen[y : y + patch.shape[0], x : x + patch.shape[1]]
    part[patch != KEPT] = patch[patch != KEPT]
    np.testing.assert_array_equal(screen, wanted)
    np.testing.assert_array_equal(shown, wanted)
    # And it is the smallest one: its first and last rows and columns have something to say.
    if (before != wanted).any():
        for edge in (patch[0], patch[-1], patch[:, 0], patch[:, -1]):
            assert (edge != KEPT).any()
    else:
        assert patch.shape == (1, 1) and patch[0, 0] == KEPT


def test_a_change_that_nobody_sees_is_left_out() -> None:
    visible = np.ones(256 * 256, dtype=bool)
    visible[1 << 8 | 2] = False
    shown = np.array([[1, 1]], dtype=np.uint8)
    patch, corner = patch_of(shown, np.array([[2, 3]], dtype=np.uint8), visible)
    assert (patch.tolist(), corner, shown.tolist()) == ([[3]], (1, 0), [[1, 3]])


def test_boxes() -> None:
    mask = np.zeros((5, 6), dtype=bool)
    assert box_of(mask) == (slice(0, 1), slice(0, 1))
    mask[1, 4] = mask[3, 2] = True
    assert box_of(mask) == (slice(1, 4), slice(2, 5))
