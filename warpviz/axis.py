"""What a coordinate of the data is called, and what its numbers are in their own units."""

from collections.abc import Sequence
from typing import NamedTuple

from warpviz.arrays import Floats

Limits = tuple[float, float, float, float]
SCALED: Limits = (-1.0, 1.0, -1.0, 1.0)
"""What is looked at of inputs that nobody has told the limits of: as if they were scaled."""
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Axis(NamedTuple):
    """A coordinate u of the data, which is shift + factor·u in its own units.

    Attributes:
        name: of the column, its unit in it; x₁, x₂, … without.
        shift: what was taken from it when it was standardised, else 0.
        factor: by what it was divided then, above 0; else 1.

    >>> Axis("height (cm)", 170.0, 10.0).own(-1.5)
    155.0
    """

    name: str
    shift: float = 0.0
    factor: float = 1.0

    def own(self, u: float) -> float:
        """A coordinate in its own units."""
        return self.shift + self.factor * u

    def back(self, value: float) -> float:
        """A number in its own units as a coordinate."""
        return (value - self.shift) / self.factor


def axes_named(
    names: Sequence[str], mean: Floats | None, scale: Floats | None, width: int
) -> tuple[Axis, ...]:
    """An axis for each of so many features.

    Args:
        names: of the features, () for none.
        mean: of each, (D,), and
        scale: of each, (D,), as they were standardised; None where they were not.
        width: how many.

    >>> [axis.name for axis in axes_named((), None, None, 11)][8:]
    ['x₉', 'x₁₀', 'x₁₁']
    """
    shown = tuple(names) or tuple(f"x{str(i + 1).translate(SUBSCRIPTS)}" for i in range(width))
    if mean is None or scale is None:
        return tuple(Axis(name) for name in shown)
    return tuple(map(Axis, shown, mean.tolist(), scale.tolist()))


def limits_of(limits: Limits | None, axes: Sequence[Axis]) -> Limits | None:
    """Limits x0, x1, y0, y1 in own units as coordinates of the data.

    Principal axes of more than two features have no units of their own: theirs stay.

    >>> limits_of((150.0, 190.0, 0.0, 1.0), [Axis("cm", 170.0, 10.0), Axis("m")])
    (-2.0, 2.0, 0.0, 1.0)
    """
    if limits is None or len(axes) != 2:
        return limits
    (x0, x1, y0, y1), (first, second) = limits, axes
    return first.back(x0), first.back(x1), second.back(y0), second.back(y1)
