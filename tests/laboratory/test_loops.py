"""The page's loops beside formulas and slopes by numpy."""

from pathlib import Path

import numpy as np
import pytest

from tests.player.modules import node, write_modules
from warpviz.functions import slope, value
from warpviz.laboratory.loops import loop
from warpviz.model import ACTIVATIONS

FILLED = """
const { FILLS } = await import("./lab/known.js");
const [names, z] = given;
const zs = Float64Array.from(z.map(Number));
told(names.map((name) => {
  const [heights, slopes] = [new Float64Array(zs.length), new Float64Array(zs.length)];
  FILLS[name](zs, heights, slopes, 0, zs.length, 0);
  return [Array.from(heights, String), Array.from(slopes, String)];
}));
"""


def test_values_and_slopes_are_those_of_the_formula(tmp_path: Path) -> None:
    places = np.concatenate([np.linspace(-40, 40, 1601), [-1e-9, 3e-12, 700.0, -700.0, 1e300]])
    names = [name for name, record in ACTIVATIONS.items() if not record.units]
    found = node(FILLED, write_modules(tmp_path), names, [repr(float(z)) for z in places])
    for name, (heights, slopes) in zip(names, found, strict=True):
        formula = ACTIVATIONS[name].node("JavaScript")
        with np.errstate(all="ignore"):
            wanted = value(formula, places), value(slope(formula), places)
        for ours, theirs in zip((heights, slopes), wanted, strict=True):
            assert np.array(ours, dtype=float) == pytest.approx(
                theirs, rel=1e-12, abs=2e-14, nan_ok=True
            ), name


def test_an_exponential_is_worked_out_once() -> None:
    for name in ("gelu", "erf", "silu", "sigmoid", "softplus", "logsigmoid", "mish"):
        assert loop(ACTIVATIONS[name]).count("Math.exp(") == 1, name
    assert "pow" not in loop(ACTIVATIONS["gelu_tanh"])
