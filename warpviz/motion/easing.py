"""How acts begin and end: plain functions of time, each from one formula."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from warpviz.arrays import Floats
from warpviz.functions import Node, read, value, written


@dataclass(frozen=True)
class Easing:
    """A function of [0, 1] onto itself, rising, with f(0) = 0 and f(1) = 1.

    Attributes:
        formula: of the time z, in the signs of `warpviz.functions.read`.

    >>> Easing("z*z*(3 - 2*z)")(0.5), Easing("z*z*(3 - 2*z)").source("javascript")
    (0.5, 'z * z * (3 - 2 * z)')
    """

    formula: str

    @cached_property
    def _node(self) -> Node:
        return read(self.formula)

    def __call__(self, t: float) -> float:
        """How far an act is, 0 … 1, after the part t of its time."""
        return float(value(self._node, np.array(t, dtype=np.float64)))

    def of(self, times: Floats) -> Floats:
        """The same for several times."""
        return value(self._node, times)

    def source(self, language: str) -> str:
        """The formula in a language of `warpviz.functions.LANGUAGES`."""
        return written(self._node, language)


EASINGS: dict[str, Easing] = {
    "linear": Easing("z"),
    "smooth": Easing("z*z*(3 - 2*z)"),
    "smoother": Easing("z*z*z*(z*(6*z - 15) + 10)"),
    "sine": Easing("0.5 - 0.5*cos(pi*z)"),
}
"""By name, the plainest first; `Timeline` and the player read them here."""
