"""Where formulas bend sharply or jump: known by hand, and by one-sided limits."""

import pytest

from warpviz.functions import read, sharp_places, straight
from warpviz.model.activations import ACTIVATIONS

KNOWN: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "where(z > 1, sin(z), 0)": ((1.0,), (1.0,)),
    "where(abs(z) > 0.5, z**2, 0)": ((-0.5, 0.5), (-0.5, 0.5)),
    "z*clip(z/6 + 1/2, 0, 1)": ((-3.0, 3.0), ()),
    "relu(z)**2": ((), ()),
    "exp(min(z, 0)) - 1 + max(z, 0)": ((), ()),
    "0.5*expm1(min(0, z)) + max(0, z)": ((0.0,), ()),
    "max(sin(z), cos(z))*where(abs(z) < 4, 1, 0)": (
        (-4.0, -2.356194490192345, 0.7853981633974483, 3.9269908169872414, 4.0), (-4.0, 4.0),
    ),
    "where(z > 0, sin(z), z)": ((), ()),
    # Steep, but it does not jump: its sides meet.
    "where(z > 0, 9000*z, 5000*z)": ((0.0,), ()),
    "where(z > 0, 9000*sin(z), 5000*expm1(z))": ((0.0,), ()),
    "sin(z)": ((), ()),
}  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
def test_places(text: str) -> None:
    sharp, jumps = sharp_places(read(text))
    assert sharp == pytest.approx(KNOWN[text][0], abs=1e-12)
    assert jumps == pytest.approx(KNOWN[text][1], abs=1e-12)


def test_of_straight_pieces_they_are_the_breaks() -> None:
    for name, record in ACTIVATIONS.items():
        pieces = straight(read(record.formula))
        if pieces is not None:
            assert sharp_places(read(record.formula))[0] == pieces.breaks, name
            assert bool(record.jumps) == pieces.jumps
