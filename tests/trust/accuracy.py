"""The values of activations, and how far each is from the truth in 40 digits.

At zeros of both signs, ±40, denormals, kinks and their neighbours, and at points of every size by
chance. What counts as wrong is a relative error above 1e-12; of the few whose formulas take nearly
equal numbers from each other, relative to those, which is said.
"""

import math
from collections.abc import Callable, Iterator
from random import Random

import mpmath as mp  # type: ignore[import-untyped]
import numpy as np

from tests.model.activations.oracles import ORACLES
from warpviz.arrays import Floats
from warpviz.model.activations import ACTIVATIONS

CLOSE = 1e-12
TINY = 2.2250738585072014e-308
"""Below, numbers have fewer digits: one unit of the last is all that can be asked."""
LAST = 5e-324
SMALLEST = {"gelu_tanh": 1e-294}
"""What is smaller is measured by this: on the way to 1e-306 an exponential overflows."""
TAKEN_FROM: dict[str, Callable[[float], float]] = {
    "tanhshrink": abs,  # z and tanh z are nearly equal around 0
    "hardsigmoid": lambda z: 0.5,  # z/6 + 1/2 is nearly 0 around −3
    "hardsigmoid:0.2": lambda z: 0.5,
    "hardswish": lambda z: abs(z) / 2,
}
"""Those that take nearly equal numbers from each other, and the size of these: where they cancel, a
last digit of theirs is what an error is measured by."""


def points(count: int, seed: int) -> Floats:
    """Points of all sizes up to 40: half of them evenly, half with every exponent alike."""
    rng = Random(seed)
    special = [0.0, -0.0, 40.0, -40.0, LAST, -LAST, TINY, -TINY, TINY / 3, -TINY / 3, 1e-160]
    kinks = sorted({at for name in ORACLES for at in ACTIVATIONS[name].branches})
    beside = [math.nextafter(at, way) for at in kinks for way in (-math.inf, math.inf)]
    chosen = [*special, *kinks, *beside]
    while len(chosen) < count:
        sign = rng.choice((-1, 1))
        chosen += [rng.uniform(-40, 40), sign * 40 * 2.0 ** rng.uniform(-1079, 0)]
    return np.array(chosen[: max(count, len(special))])


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Compare every activation at so many points; yield it with its worst error."""
    at = points(count, seed)
    for name in ORACLES:
        worst, where = worst_of(name, at)
        what = f"{name}: {worst:.1e}" + (f" at {where!r}" if worst > 1e-15 else "")
        what += " of the numbers that cancel" if name in TAKEN_FROM else ""
        yield what, "" if worst <= CLOSE else f"above {CLOSE}"


def worst_of(name: str, at: Floats) -> tuple[float, float]:
    """The largest error of an activation over the size of its value, and where it is."""
    found = ACTIVATIONS[name].f(at)
    worst, where = 0.0, 0.0
    with mp.workdps(40):
        for z, value in zip(at.tolist(), found.tolist(), strict=True):
            exact = ORACLES[name](mp.mpf(z))
            apart = abs(mp.mpf(value) - exact)
            if apart <= LAST:
                continue
            size = max(abs(exact), mp.mpf(SMALLEST.get(name, TINY)))
            if name in TAKEN_FROM:
                size = max(size, mp.mpf(TAKEN_FROM[name](z)))
            error = float(apart / size)
            if error > worst:
                worst, where = error, z
    return worst, where
