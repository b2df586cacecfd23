"""Where activations are zero, bend and jump, by hand."""

import pytest

from tests.curves.known import facts


@pytest.mark.parametrize(
    ("name", "zeros", "zero_on", "slopes", "kinks", "jumps"),
    [
        ("relu", (), ((None, 0.0),), (0, 1), (0,), ()),
        ("leaky_relu:0.2", (0,), (), (0.2, 1), (0,), ()),
        ("elu:0.5", (0,), (), (0.5, 1), (0,), ()),
        ("elu", (0,), (), (1, 1), (), ()),
        ("relu(z)**2", (), ((None, 0.0),), (0, 0), (), ()),
        ("z*clip(z+3, 0, 6)/6", (0,), ((None, -3.0),), (0.5, 0.5), (-3, 3), ()),
        ("where(abs(z) < 0.5, 0, z)", (), ((-0.5, 0.5),), (0, 0), (-0.5, 0.5), (-0.5, 0.5)),
        ("where(z < 0, 0, 1)", (), ((None, 0.0),), (0, 0), (0,), (0,)),
        ("sigmoid", (), (), (0.25, 0.25), (), ()),
        ("z**3 - z", (-1, 0, 1), (), (-1, -1), (), ()),
        ("1/z", (), (), (None, None), None, None),
        ("where(z < 0.3, exp(z), z + 1)", (), (), (1, 1), (0.3,), (0.3,)),
        ("3", (), (), (0, 0), (), ()),
        ("0*z", (), ((None, None),), (0, 0), (), ()),
    ],
)
def test_where_it_is_zero_bends_and_jumps(
    name: str, zeros: tuple[float, ...], zero_on: object, slopes: object, kinks: object,
    jumps: object,
) -> None:  # fmt: skip
    found = facts(name)
    assert found.zeros == pytest.approx(zeros, abs=1e-9)
    assert len(found.zero_on) == len(zero_on)  # type: ignore[arg-type]
    for pair, known in zip(found.zero_on, zero_on, strict=True):  # type: ignore[call-overload]
        for end, wanted in zip(pair, known, strict=True):
            assert end is wanted is None or end == pytest.approx(wanted, abs=1e-9)
    left, right = found.slopes_at_0
    assert (left, right) == slopes or (left, right) == pytest.approx(slopes, abs=1e-9)
    assert found.slope_at_0 == (left if left == right and 0.0 not in found.jumps_at else None)
    if kinks is not None:
        assert found.breakpoints == pytest.approx(kinks, abs=1e-8)
        assert found.jumps_at == pytest.approx(jumps, abs=1e-8)
