"""Ottosson's own table of Oklab, and contrasts that the web's guidelines publish."""

import numpy as np
import pytest

from warpviz.colour import contrast, hexadecimal, mixed, oklab, oklab_of, rgb_of

PUBLISHED = {
    (255, 255, 255): (1.0, 0.0, 0.0),
    (255, 0, 0): (0.628, 0.225, 0.126),
    (0, 255, 0): (0.866, -0.234, 0.179),
    (0, 0, 255): (0.452, -0.032, -0.312),
    (0, 0, 0): (0.0, 0.0, 0.0),
}


@pytest.mark.parametrize("colour", PUBLISHED)
def testoklab_of_is_the_published_one_in_both_forms(colour: tuple[int, int, int]) -> None:
    assert oklab(np.array(colour, dtype=np.uint8)) == pytest.approx(PUBLISHED[colour], abs=6e-4)
    assert oklab_of(colour) == pytest.approx(PUBLISHED[colour], abs=6e-4)


def test_there_and_back_is_the_same_colour() -> None:
    for colour in np.random.default_rng(0).integers(0, 256, (200, 3)).tolist():
        red, green, blue = colour
        lab = oklab_of((red, green, blue))
        assert rgb_of(lab) == (red, green, blue)
        assert oklab(np.array(colour, dtype=np.uint8)) == pytest.approx(lab, abs=1e-9)


def test_what_no_screen_has_is_the_nearest_that_it_has() -> None:
    assert rgb_of((2.0, 0.0, 0.0)) == (255, 255, 255)
    assert rgb_of((-1.0, 0.0, 0.0)) == (0, 0, 0)


def test_contrasts() -> None:
    # Grey 767676 is the lightest, 777777 the first that misses 4.5 on white.
    white = (255, 255, 255)
    assert contrast((0x76,) * 3, white) == pytest.approx(4.54, abs=0.005)
    assert contrast((0x77,) * 3, white) == pytest.approx(4.48, abs=0.005)
    assert contrast((255, 0, 0), white) == contrast(white, (255, 0, 0))
    assert contrast((255, 0, 0), white) == pytest.approx(4.0, abs=0.005)
    assert contrast((7, 7, 7), (7, 7, 7)) == 1.0


def test_mixtures_and_names() -> None:
    assert mixed((0, 10, 20), (100, 20, 0), 0.0) == (0, 10, 20)
    assert mixed((0, 10, 20), (100, 20, 0), 1.0) == (100, 20, 0)
    assert mixed((0, 10, 20), (100, 20, 0), 0.25) == (25, 12, 15)
    assert hexadecimal((0, 10, 255)) == "#000aff"
