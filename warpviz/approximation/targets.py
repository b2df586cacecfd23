"""What a network is to learn: a function by its name, an expression, or points from a table."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.tables import read_numbers
from warpviz.errors import WarpvizError
from warpviz.explain.formulas.sympy_functions import sympy_module
from warpviz.explain.graphing.parsing import parse
from warpviz.functions.normal import lower_tail

NAMED: dict[str, tuple[Callable[[Floats], Floats], tuple[float, float]]] = {
    "exp": (lambda x: np.exp(x), (0.0, 1.0)),
    "sin": (lambda x: np.sin(x), (-np.pi, np.pi)),
    "abs": (lambda x: np.abs(x), (-1.0, 1.0)),
    "step": (lambda x: (x > 0).astype(float), (-1.0, 1.0)),
}
"""Name → the function, and where it is learnt."""


@dataclass(frozen=True, eq=False, repr=False)
class Target:
    """A function of one number, or points of one.

    Attributes:
        name: what it is called.
        limits: where it is learnt.
        function: from x (N,) to y (N,); None where only points are known.
        points: (N, 2) x and y, None for a function.
    """

    name: str
    limits: tuple[float, float]
    function: Callable[[Floats], Floats] | None = None
    points: Floats | None = None

    def __repr__(self) -> str:
        low, high = self.limits
        points = "" if self.points is None else f", {len(self.points)} points"
        return f"<Target {self.label} on {low:.4g} … {high:.4g}{points}>"

    @property
    def label(self) -> str:
        """The name, short enough for a chart."""
        return self.name if len(self.name) <= 24 else f"{self.name[:23]}…"

    @property
    def settings(self) -> str:
        """What tells it from others: the name, and of points what they are."""
        if self.points is None:
            return self.name
        return f"{self.name} ({len(self.points)} points, {zlib.crc32(self.points.tobytes()):08x})"

    def draw(self, rng: np.random.Generator, batch: int) -> tuple[Floats, Floats]:
        """So many x (B, 1) and y (B, 1): uniform on the limits, or of the points."""
        if self.function is None:
            assert self.points is not None
            chosen = self.points[rng.integers(0, len(self.points), batch)]
            return chosen[:, :1], chosen[:, 1:]
        x = rng.uniform(*self.limits, (batch, 1))
        return x, self.function(x)

    def values(self, x: Floats) -> Floats:
        """What should come out at x (N,): NaN at NaN, and everywhere where only points are known.

        At the points of a table, in their order, it is their y.
        """
        if self.function is not None:
            known = ~np.isnan(x)
            y = np.full(len(x), np.nan)
            y[known] = self.function(x[known])
            return y
        assert self.points is not None
        if np.array_equal(x, self.points[:, 0]):
            return self.points[:, 1]
        return np.full(len(x), np.nan)

    def seen(self, count: int = 100) -> tuple[Floats, Floats]:
        """Points x (N,) and y (N,) to measure errors on."""
        if self.points is not None:
            return self.points[:, 0], self.points[:, 1]
        assert self.function is not None
        x = np.linspace(*self.limits, count)
        return x, self.function(x)


def target_of(text: str, limits: Sequence[float] | None = None) -> Target:
    """A name of `NAMED`, the path of a table of x and y, or an expression in x.

    Raises:
        WarpvizError: for none of these, or values that are not finite numbers there.
    """
    if limits is not None and (len(limits) != 2 or not limits[0] < limits[1]):
        raise WarpvizError("limits expects x0,x1 with x0 < x1.")
    chosen = None if limits is None else (float(limits[0]), float(limits[1]))
    if Path(text).suffix.lower() in (".csv", ".tsv"):
        points = read_numbers(Path(text), 2)
        low, high = float(points[:, 0].min()), float(points[:, 0].max())
        if low == high:
            raise WarpvizError(f"Data file '{text}' expects several values of x, got one.")
        return Target(
            Path(text).stem, chosen or (low, high), None, points[np.argsort(points[:, 0])]
        )
    if text in NAMED:
        function, usual = NAMED[text]
        return Target(text, chosen or usual, function)
    expression = parse(text, ("x",))
    sympy = sympy_module()
    known_functions = [
        {"erf": lambda z: 2 * lower_tail(np.sqrt(2) * np.asarray(z))[0] - 1},
        "numpy",
    ]
    made = sympy.lambdify(sympy.Symbol("x", real=True), expression, known_functions)

    def values(x: Floats) -> Floats:
        with np.errstate(all="ignore"):
            return np.asarray(np.broadcast_to(np.asarray(made(x), dtype=float), x.shape))

    target = Target(text, chosen or (-1.0, 1.0), values)
    try:
        known = target.seen(1001)[1]
    except (TypeError, ValueError, NameError):
        known = np.array([np.nan])
    if not np.isfinite(known).all():
        low, high = target.limits
        raise WarpvizError(
            f"'{text}' is not a finite number everywhere from {low:g} to {high:g}; choose other "
            "limits (--limits)."
        )
    return target
