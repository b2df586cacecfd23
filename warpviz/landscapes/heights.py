"""The numbers of a landscape: losses on a plane of parameters, and paths on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from warpviz.arrays import Floats


@dataclass(frozen=True, eq=False, repr=False)
class Heights:
    """A surface and the paths on it.

    Attributes:
        a: (A,) along the first direction.
        b: (B,) along the second.
        loss: (B, A) a row for every b.
        paths: name → (S, 2) where an optimizer was, in units of a and b.
        names: of the two directions.
        what: what the plane is, in a sentence.
        ceiling: colours stop here; None where they follow the loss.
        origin: (P,) the parameters at (0, 0), and
        directions: (2, P) the plane's.
        losses: name → (S,) the true loss along each path, which the surface has only where the
            path lies on the plane, and
        off: name → (S,) how far it lies off, in the parameters' own units.
    """

    a: Floats
    b: Floats
    loss: Floats
    paths: Mapping[str, Floats]
    names: tuple[str, str]
    what: str
    ceiling: float | None = None
    origin: Floats = field(default_factory=lambda: np.zeros(0))
    directions: Floats = field(default_factory=lambda: np.zeros((2, 0)))
    losses: Mapping[str, Floats] = field(default_factory=dict)
    off: Mapping[str, Floats] = field(default_factory=dict)
