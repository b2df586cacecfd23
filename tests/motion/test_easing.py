import math
from collections.abc import Callable

import numpy as np
import pytest

from warpviz.motion.easing import EASINGS, Easing

T = np.linspace(0, 1, 101)
WRITTEN: dict[str, Callable[[float], float]] = {
    "linear": lambda t: t,
    "smooth": lambda t: 3 * t**2 - 2 * t**3,
    "smoother": lambda t: 6 * t**5 - 15 * t**4 + 10 * t**3,
    "sine": lambda t: (1 - math.cos(math.pi * t)) / 2,
}


@pytest.mark.parametrize("name", EASINGS)
def test_each_is_what_its_name_stands_for(name: str) -> None:
    ease = EASINGS[name]
    values = [ease(t) for t in T]
    assert values == pytest.approx([WRITTEN[name](t) for t in T.tolist()], abs=1e-12)
    assert (values[0], values[-1]) == (0.0, 1.0) and (np.diff(values) > 0).all()
    # The second half is the first one backwards.
    assert np.add(values, values[::-1]) == pytest.approx(np.ones(101))
    # Slopes at the ends: 1, or none; and no bend there of the smoothest.
    step = 1e-4
    assert ease(step) / step == pytest.approx(1.0 if name == "linear" else 0.0, abs=1e-3)
    if name == "smoother":
        assert ease(step) / step**2 < 1e-2


def test_the_formula_is_code_elsewhere() -> None:
    code = Easing("z**2").source("python")
    assert eval(code, {"z": 0.5, "np": np}) == Easing("z**2")(0.5) == 0.25
