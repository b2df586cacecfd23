import numpy as np
import pytest

from tests.functions.formulas import FORMULAS, STRAIGHT
from warpviz.functions import read, straight, value


@pytest.mark.parametrize("text", FORMULAS)
def test_only_straight_formulas_have_pieces(text: str) -> None:
    assert (straight(read(text)) is not None) == (text in STRAIGHT)


@pytest.mark.parametrize("text", STRAIGHT)
def test_pieces_have_the_formula_s_values(text: str) -> None:
    pieces = straight(read(text))
    assert pieces is not None
    z = np.linspace(-5.01, 5, 1000)
    place = np.searchsorted(pieces.breaks, z)
    rise, at = np.array(pieces.lines)[place].T
    np.testing.assert_allclose(rise * z + at, value(read(text), z), atol=1e-14)


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("max(z, 0)", (0.0,)),
        ("abs(z - 1) - abs(z + 1)", (-1.0, 1.0)),
        ("max(z, z)", ()),
        ("2*max(0, 3*z - 1)/4", (1 / 3,)),
        ("where(z > 2, 1, 0)*min(z, 4)", (2.0, 4.0)),
        ("max(0, 0*z)", ()),
        ("-relu(-z) + relu(z)", ()),
        ("max(sin(1)*z, sqrt(2) - z)", (np.sqrt(2) / (1 + np.sin(1)),)),
    ],
)
def test_breaks_are_exact(text: str, breaks: tuple[float, ...]) -> None:
    pieces = straight(read(text))
    assert pieces is not None and pieces.breaks == pytest.approx(breaks, rel=1e-15)


def test_jumps_are_told() -> None:
    for text, jumps in (("where(z > 0, 1, 0)", True), ("where(z > 0, z, 0)", False)):
        pieces = straight(read(text))
        assert pieces is not None and pieces.jumps == jumps
