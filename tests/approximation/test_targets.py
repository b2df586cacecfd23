"""Functions and tables of points that are learnt, against numpy."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warpviz.approximation.learning import approximate
from warpviz.approximation.targets import NAMED, target_of
from warpviz.errors import WarpvizError


@pytest.mark.parametrize("text", [*NAMED, "sin(3*x)*x", "exp(-x^2)", "7"])
def test_targets(text: str) -> None:
    target = target_of(text)
    x, y = target.draw(np.random.default_rng(0), 30)
    known: dict[str, Any] = {
        "exp": np.exp, "sin": np.sin, "abs": np.abs, "step": lambda v: np.heaviside(v, 0),
        "sin(3*x)*x": lambda v: np.sin(3 * v) * v, "exp(-x^2)": lambda v: np.exp(-(v**2)),
        "7": lambda v: 7 + 0 * v,
    }  # fmt: skip
    np.testing.assert_allclose(y, known[text](x), rtol=1e-12)
    assert x.shape == (30, 1) and x.min() >= target.limits[0] and x.max() <= target.limits[1]


def test_a_table_of_points(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("x;y\n" + "\n".join(f"{v:g};{v * v:g}" for v in np.linspace(-2, 2, 41)))
    target = target_of(str(path))
    assert target.limits == (-2.0, 2.0) and target.name == "points"
    found = approximate(target, steps=1500, rate=0.005)
    assert found.error() < 0.4
    path.write_text("1,2,3\n")
    with pytest.raises(WarpvizError, match="lines of 2 numbers; line 1 has 3"):
        target_of(str(path))


@pytest.mark.parametrize("text", ["1/x", "log(x)", "sqrt(x)", "y", "__import__('os')", "none.csv"])
def test_what_cannot_be_learnt(text: str) -> None:
    with pytest.raises(WarpvizError):
        target_of(text)
