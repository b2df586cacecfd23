import re

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.functions import read, value


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("z^2", "z**2"),
        ("z²", "z*z"),
        ("2·z − 1", "2*z - 1"),
        ("max(z, 0, 1)", "max(max(z, 0), 1)"),
        ("clip(z, 0, 1)", "min(max(z, 0), 1)"),
        ("where(0 < z, 1, 2)", "where(z > 0, 1, 2)"),
        ("pi*z", "3.141592653589793*z"),
        (" z ", "z"),
    ],
)
def test_ways_to_write_the_same(text: str, same: str) -> None:
    z = np.linspace(-3, 3, 31)
    np.testing.assert_allclose(value(read(text), z), value(read(same), z), rtol=1e-15)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no formula of z"),
        ("z +", "no formula of z"),
        ("x + 1", "the name 'x' in it; a formula's variable is z"),
        ("__import__(z)", "Unknown function"),
        ("z.real", "has more in it than"),
        ("z[0]", "has more in it than"),
        ("lambda: z", "has more in it than"),
        ("'z'", "has more in it than"),
        ("True", "has more in it than"),
        ("1j*z", "has more in it than"),
        ("z // 2", "has more in it than"),
        ("z and 1", "has more in it than"),
        ("tan(z)", "Unknown function 'tan'; did you mean 'tanh'?"),
        ("exp(z, z)", "exp takes 1 in brackets"),
        ("max(z)", "max takes two or more in brackets"),
        ("exp(z=1)", "has more in it than"),
        ("z > 0", "compares; say what follows"),
        ("(z > 0)*z", "calculates with a comparison"),
        ("max(z > 0, z)", "calculates with a comparison"),
        ("where(z, 1, 0)", "where expects a comparison"),
        ("where(0 < z < 1, 1, 0)", "has more in it than"),
        ("where(z == 0, 1, 0)", "none of <, <=, > and >="),
        ("1e400*z", "a number above"),
        ("9" * 500, "at most 400 signs"),
        ("(" * 60 + "z" + ")" * 60 + "+" + "-" * 50 + "z", "nested more than"),
        ("z\x00", "no formula of z"),
    ],
)
def test_what_is_no_formula_is_told(text: str, message: str) -> None:
    with pytest.raises(WarpvizError, match=re.escape(message)):
        read(text)


def test_refusals_are_short() -> None:
    for text in ("a" * 399, "z" + "+ q" * 100, "(" * 399):
        with pytest.raises(WarpvizError) as caught:
            read(text)
        assert len(str(caught.value)) < 300 and "\n" not in str(caught.value)
