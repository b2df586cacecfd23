"""Colours to indices against brute force; Oklab against published values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warpviz.colour import oklab
from warpviz.errors import WarpvizError
from warpviz.output.lookup import bins, lookup_table, to_indices, visible_changes


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 255))
def test_every_bin_has_its_nearest_colour(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 256, (count, 3), dtype=np.uint8)
    table = lookup_table(palette)
    code = rng.integers(0, 64**3, 500)
    middle = np.stack([code >> 12, code >> 6 & 63, code & 63], axis=1) * 4 + 1.5
    distance = ((middle[:, None] - palette) ** 2).sum(axis=2)
    held = np.isin(code, bins(palette))
    np.testing.assert_array_equal(table[code[~held]], distance.argmin(axis=1)[~held])


def test_colours_of_the_palette_are_exact_and_the_first_of_a_bin_wins() -> None:
    palette = np.array([[1, 1, 1], [2, 2, 2], [255, 0, 0], [251, 0, 0]], dtype=np.uint8)
    indices = to_indices(palette[None], lookup_table(palette))
    np.testing.assert_array_equal(indices, [[0, 0, 2, 3]])
    assert indices.dtype == np.uint8


def test_a_colour_at_the_edge_of_its_bin_is_exact() -> None:
    # (4, 1, 1) is as near to the middle of bin 0 as (0, 0, 0) is, and comes first.
    palette = np.array([[4, 1, 1], [0, 0, 0]], dtype=np.uint8)
    np.testing.assert_array_equal(to_indices(palette[None], lookup_table(palette)), [[0, 1]])


def test_views_with_gaps_are_read_right() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    table = lookup_table(pixels[0, :, :])
    part = pixels[::-2, 3::3]
    np.testing.assert_array_equal(to_indices(part, table), to_indices(part.copy(), table))


def test_oklab_of_published_colours() -> None:
    # The primaries as the CSS Color 4 specification converts them.
    colors = np.array([[255, 255, 255], [255, 0, 0], [0, 128, 0], [0, 0, 255]], dtype=np.uint8)
    expected = [
        [1.0, 0.0, 0.0],
        [0.62796, 0.22486, 0.12585],
        [0.51975, -0.14030, 0.10768],
        [0.45201, -0.03246, -0.31153],
    ]
    np.testing.assert_allclose(oklab(colors), expected, atol=2e-5)


def test_visible_changes_is_symmetric_and_widens() -> None:
    palette = np.random.default_rng(0).integers(0, 256, (200, 3), dtype=np.uint8)
    palette[7] = palette[3]
    exact = visible_changes(palette, 0).reshape(256, 256)[:200, :200]
    same = (palette[:, None] == palette).all(axis=2)
    np.testing.assert_array_equal(exact, ~same)
    loose = visible_changes(palette, 0.05).reshape(256, 256)[:200, :200]
    np.testing.assert_array_equal(loose, loose.T)
    assert loose.sum() < exact.sum() and not (loose & ~exact).any()


@pytest.mark.parametrize("tolerance", [-0.1, float("inf"), float("nan")])
def test_bad_tolerance_is_told(tolerance: float) -> None:
    with pytest.raises(WarpvizError, match="distance of 0 or more"):
        visible_changes(np.zeros((1, 3), dtype=np.uint8), tolerance)
