from typing import Any

import pytest
from matplotlib.colors import CSS4_COLORS, to_rgb

from warpviz.colour_names import colour_of
from warpviz.errors import WarpvizError


@pytest.mark.parametrize(
    "text", [*CSS4_COLORS, "#d33", "#10203F", "0.2", ".5", "0", "1", "1.0", "0.735"]
)
def test_texts_mean_what_they_mean_to_matplotlib(text: str) -> None:
    # A digit alone is a grey to both.
    assert colour_of(text) == tuple(round(255 * part) for part in to_rgb(text))


def test_numbers_are_themselves() -> None:
    assert colour_of((1, 2, 255)) == (1, 2, 255)
    assert colour_of(" teal ") == colour_of("TEAL") == (0, 128, 128)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("tael", "Unknown colour 'tael'; did you mean 'teal'?"),
        ("qqqqqqqq", "Unknown colour 'qqqqqqqq'; a colour is three numbers of 0 to 255"),
        ("#12345", "got '#12345'"),
        ("1.5", "got '1.5'"),
        ("", "got ''"),
        ((1, 2), "got (1, 2)"),
        ((1, 2, 256), "got (1, 2, 256)"),
        (None, "got None"),
        (7, "got 7"),
    ],
)
def test_what_is_no_colour_is_told(given: Any, words: str) -> None:
    with pytest.raises(WarpvizError) as caught:
        colour_of(given)
    assert words in str(caught.value) and str(caught.value)[-1] in ".?"
