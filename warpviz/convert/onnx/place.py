"""Where on the path through a graph we are: how a tensor holds the numbers of points.

A chain takes points as rows. A graph holds them in tensors of any shape: some neighbouring axes
count the points, all others together are the numbers of one, in their order.

    [N, 5]  [N, 1, 28, 28]      the first axis counts points
    [5, N]                      the second does, as in W x
    [5]  [1, 1, 1, 5]           one point
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.convert.parts import LARGEST_WIDTH
from warpviz.errors import WarpvizError

Sides: TypeAlias = tuple[int | None, ...]
POINTS = -2
"""In a shape that a graph computes: the number of points, which is not known."""
MIXES = "it reshapes so that points may be mixed"


@dataclass(frozen=True)
class Place:
    """A tensor's shape, and which of its axes count points.

    Attributes:
        sides: of the tensor, None for one that is not known.
        start: the first axis that counts points.
        stop: the axis behind the last; all are the numbers of one point where both are equal.
    """

    sides: Sides
    start: int
    stop: int

    @property
    def features(self) -> tuple[int, ...]:
        """The axes that a point's numbers are along."""
        return tuple(a for a in range(len(self.sides)) if not self.start <= a < self.stop)

    @property
    def width(self) -> int | None:
        """How many numbers a point has, None where that is not known."""
        return _product(self.sides[axis] for axis in self.features)

    @property
    def points(self) -> int | None:
        """How many points the tensor holds, None where that is not known."""
        return _product(self.sides[self.start : self.stop])

    def with_side(self, axis: int, side: int | None) -> "Place":
        """The same with another side."""
        return Place((*self.sides[:axis], side, *self.sides[axis + 1 :]), self.start, self.stop)

    def without(self, axes: Sequence[int]) -> "Place":
        """The same with axes taken away; those that count points must be of one point."""
        counting = [axis for axis in axes if self.start <= axis < self.stop]
        if any(self.sides[axis] not in (1, None) for axis in axes):
            raise WarpvizError("it takes away an axis that has more than one number")
        start = self.start - sum(axis < self.start for axis in axes)
        kept = tuple(side for axis, side in enumerate(self.sides) if axis not in axes)
        return Place(kept, start, start + self.stop - self.start - len(counting))

    def with_ones(self, axes: Sequence[int]) -> "Place":
        """The same with new axes of side 1, at these places among all."""
        sides, old = [], iter(enumerate(self.sides))
        where = {}
        for axis in range(len(self.sides) + len(axes)):
            if axis in axes:
                sides.append(1)
            else:
                before, side = next(old)
                where[before] = axis
                sides.append(side)  # type: ignore[arg-type]
        if self.start == self.stop:
            return Place(tuple(sides), 0, 0)
        return Place(tuple(sides), where[self.start], where[self.stop - 1] + 1)

    def turned(self, order: Sequence[int]) -> "Place":
        """The same with its axes in another order, in which a point's numbers stay as they are."""
        if sorted(order) != list(range(len(self.sides))):
            raise WarpvizError("its order is not of the tensor's axes")
        moved = [axis for axis in order if axis in self.features and self.sides[axis] != 1]
        counting = [place for place, axis in enumerate(order) if axis not in self.features]
        if moved != sorted(moved) or counting != [*range(*_ends(counting))]:
            raise WarpvizError("it puts a point's numbers into another order")
        return Place(tuple(self.sides[axis] for axis in order), *_ends(counting))

    def grouped(self, axis: int) -> "Place":
        """Two axes: all before one, and all from it on."""
        counting = set(range(self.start, self.stop))
        parts = [set(range(axis)), set(range(axis, len(self.sides)))]
        for at, part in enumerate(parts):
            own = _product(self.sides[a] for a in part - counting)
            if counting and counting <= part and own == 1:
                other = _product(self.sides[a] for a in parts[1 - at])
                return Place((self.points, other) if at == 0 else (other, self.points), at, at + 1)
        one = self
        for a in counting:
            one = one.with_side(a, self.sides[a] or 1)  # such a graph takes one point at a time
        return one.reshaped([_product(one.sides[a] for a in part) or -1 for part in parts])

    def reshaped(self, shape: Sequence[int], zero_copies: bool = True) -> "Place":
        """The same numbers in another shape.

        Args:
            shape: sides; -1 is what is left, `POINTS` as many as there are points.
            zero_copies: whether 0 is the old side.

        Raises:
            WarpvizError: points would be mixed, or numbers be lost.
        """
        wanted = list(shape)
        for axis, side in enumerate(wanted):
            if side == 0 and zero_copies and axis < len(self.sides):
                counts = (axis, axis + 1) == (self.start, self.stop)
                wanted[axis] = POINTS if counts else self.sides[axis] or -1
        width, points = self.width, self.points
        if wanted.count(POINTS) == 0 and points is None:
            if wanted.count(-1) == 1 and width in (None, _product(s for s in wanted if s != -1)):
                wanted[wanted.index(-1)] = POINTS
            else:
                points = 1  # such a graph takes one point at a time
        if wanted.count(-1) > 1 or wanted.count(POINTS) > 1 or min(wanted, default=1) < POINTS:
            raise WarpvizError(MIXES)
        before = _product(self.sides[: self.start])
        if POINTS in wanted:
            at = wanted.index(POINTS)
            sides = _filled(wanted[:at] + wanted[at + 1 :], width)
            if before != _product(sides[:at]):
                raise WarpvizError(MIXES)
            return Place((*sides[:at], self.points, *sides[at:]), at, at + 1)
        total = None if width is None or points is None else width * points
        sides = _filled(wanted, total)
        for start in range(len(sides) + 1):
            if _product(sides[:start]) != before:
                continue
            for stop in range(start + 1, len(sides) + 1):
                if _product(sides[start:stop]) == points:
                    return Place(sides, start, stop)
        if points == 1:
            return Place(sides, 0, 0)
        raise WarpvizError(MIXES)

    def spread(self, value: npt.ArrayLike) -> tuple[Floats, "Place"]:
        """A constant that acts on the tensor number by number.

        Returns:
            (D,) one for each of a point's numbers, or (1,) one for all; and the place behind it.
        """
        array = np.asarray(value, dtype=np.float64)
        place = self.with_ones(range(array.ndim - len(self.sides)))
        if array.size == 1:
            return array.reshape(1), place
        sides = (1,) * (len(place.sides) - array.ndim) + array.shape
        for axis, side in enumerate(sides):
            own = place.sides[axis]
            if side != 1 and axis not in place.features:
                raise WarpvizError("it gives each point other numbers")
            if own is None and side != 1:
                place = place.with_side(axis, side)
            elif side not in (1, own):
                raise WarpvizError(
                    f"its constants of shape {array.shape} do not fit points of "
                    f"{self.width or 'unknown many'} numbers"
                )
        whole = [
            1 if axis not in place.features else own or 1 for axis, own in enumerate(place.sides)
        ]
        return np.broadcast_to(array.reshape(sides), whole).reshape(-1).copy(), place

    def along(self, axis: int) -> None:
        """Refuse a map that takes the numbers along one axis, where a point has them elsewhere."""
        if axis not in self.features:
            raise WarpvizError("it adds up numbers of several points")
        if any(self.sides[other] != 1 for other in self.features if other != axis):
            raise WarpvizError("it acts on parts of a point one by one, a layer takes it whole")


def places(sides: Sides | None) -> Iterator[Place]:
    """How a graph's input may hold its points, the likeliest first.

    >>> [(place.start, place.stop) for place in places((1, 5))]
    [(0, 1), (1, 2), (0, 0)]
    """
    if not sides:
        yield Place((None, None), 0, 1)
        return
    rank = len(sides)
    if rank > 1 or sides[0] is None:
        yield Place(sides, 0, 1)
    if rank == 2:
        yield Place(sides, 1, 2)
    if rank > 2:
        yield Place(sides, 0, rank - 1)
    if None not in sides and prod(side or 0 for side in sides) <= LARGEST_WIDTH:
        yield Place(sides, 0, 0)


def _product(sides: Sequence[int | None] | Iterator[int | None]) -> int | None:
    total = 1
    for side in sides:
        if side is None:
            return None
        total *= side
    return total


def _filled(shape: Sequence[int], total: int | None) -> Sides:
    """A shape with what is left in place of -1."""
    known = prod(side for side in shape if side != -1)
    if -1 not in shape:
        if total is not None and known != total:
            raise WarpvizError(MIXES)
        return tuple(shape)
    if total is None:
        return tuple(None if side == -1 else side for side in shape)
    if known == 0 or total % known:
        raise WarpvizError(MIXES)
    return tuple(total // known if side == -1 else side for side in shape)


def _ends(axes: Sequence[int]) -> tuple[int, int]:
    return (axes[0], axes[-1] + 1) if axes else (0, 0)
