"""Cuts of polygons that tile the plane, all of them at once.

    Polygons ── split (one zero line) ──► Polygons, parents, sides
             ── bend (all units of a layer, all their levels) ──► Polygons, parents, codes

cut.c and bend.c do the same in the same order: equal indices, and vertices equal to the last bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from warpviz import compiled
from warpviz.arrays import Floats, Ints, Longs
from warpviz.geometry.straight.appending import Appends, appended, growing
from warpviz.geometry.straight.plain_cuts import Cut, cut_plainly
from warpviz.geometry.straight.polygons import Polygons
from warpviz.geometry.straight.zeros import Values, zero_between

Codes: TypeAlias = npt.NDArray[np.int8]

MOST_LEVELS = 63
"""Of a unit: a code is a byte."""


@dataclass(frozen=True, eq=False)
class Split:
    """Polygons after a cut.

    Attributes:
        polygons: the new tiling; the old vertices keep their indices.
        parents: (R,) index of the old polygon that each came from.
        sides: (R,) −1, 0 or 1: the sign of the cutting value inside; 0 where it is zero throughout.
    """

    polygons: Polygons
    parents: Ints
    sides: Ints


def split(
    polygons: Polygons, z: Floats, steepness: Floats, *, close: float,
    values: Values | None = None, append: Appends = appended,
) -> Split:  # fmt: skip
    """Cut every polygon along z = 0.

    A vertex nearer than `close` to the line counts as lying on it, for all polygons around it, so
    that a line through a vertex (or along an edge) splits off no slivers.

    Args:
        polygons: what is cut.
        z: (V,) values at the vertices, affine on each polygon; exactly 0 where rounding decides.
        steepness: (R,) length of the gradient of z on each polygon.
        close: a distance, in the unit of the positions.
        values: where the values are not affine along edges, what they are: the cuts then cross
            each edge at a true zero, and go straight between two edges.
        append: puts the crossings behind the points.
    """
    cut = _cut(polygons, z, steepness, close)
    if len(cut.parents) == len(polygons):
        return Split(polygons, cut.parents, cut.sides)
    low, high = cut.ends.T
    new = polygons.points[low]
    way = polygons.points[high] - new
    if values is None:
        t = z[low] / (z[low] - z[high])
    else:
        t = zero_between(new, way, z[low], z[high], values)
    new += t[:, None] * way
    points = append(polygons.points, new)
    return Split(Polygons(points, cut.corners, cut.offsets), cut.parents, cut.sides)


def _cut(polygons: Polygons, z: Floats, steepness: Floats, close: float) -> Cut:
    if compiled.KERNELS is None:
        return cut_plainly(polygons.corners, polygons.offsets, z, steepness, close)
    given = (np.ascontiguousarray(each, dtype=np.float64) for each in (z, steepness))
    found = compiled.KERNELS.split(*_topology(polygons), *given, close)
    ends, corners, offsets, parents = (_indices(each) for each in found[:4])
    sides = np.frombuffer(found[4], dtype=np.int8).astype(np.intp)
    return Cut(ends.reshape(-1, 2), corners, offsets, parents, sides)


def _indices(found: bytearray) -> Ints:
    return np.frombuffer(found, dtype=np.int64).astype(np.intp, copy=False)


def _topology(polygons: Polygons) -> tuple[Longs, Longs]:
    """Corners and offsets as kernels take them."""
    corners, offsets = (
        np.ascontiguousarray(each, dtype=np.int64) for each in (polygons.corners, polygons.offsets)
    )
    return corners, offsets


def bend(
    polygons: Polygons, maps: Floats, levels: Sequence[float],
    *, close: float, faint: float, most: int,
) -> tuple[Polygons, Ints, Codes] | None:  # fmt: skip
    """Cut polygons by all levels of all units.

    Args:
        polygons: R of them, which carry z of U units, and the sizes of its terms, from the third
            column on.
        maps: (R, 3, U) rows 0 and 1 are the gradients of the units.
        levels: rising.
        close: as for `split`.
        faint: z is at a level where it differs by less than this part of its terms' size.
        most: how many polygons are too many.

    Returns:
        The polygons, (R',) the old one of each, and (R', U) a unit's code on each: 2 k above k
        levels, 2 k + 1 where it is at level k throughout. None past `most` polygons.
    """
    if compiled.KERNELS is None or len(levels) > MOST_LEVELS:
        return _bend_plainly(polygons, maps, levels, close, faint, most)
    points = np.ascontiguousarray(polygons.points)
    given = np.ascontiguousarray(maps), np.array(levels, dtype=np.float64)
    found = compiled.KERNELS.bend(points, *_topology(polygons), *given, close, faint, most)
    if found is None:
        return None
    places = np.frombuffer(found[0]).reshape(-1, points.shape[1])
    corners, offsets, parents = (_indices(each) for each in found[1:4])
    codes = np.frombuffer(found[4], dtype=np.int8).reshape(len(parents), -1)
    return Polygons(places, corners, offsets), parents, codes


def _bend_plainly(
    polygons: Polygons,
    maps: Floats,
    levels: Sequence[float],
    close: float,
    faint: float,
    most: int,
) -> tuple[Polygons, Ints, Codes] | None:
    parents, width = np.arange(len(polygons)), maps.shape[2]
    steepness = np.hypot(maps[:, 0], maps[:, 1])
    codes = np.zeros((len(polygons), width), dtype=np.int8)
    append = growing()
    for unit in range(width):
        for number, at in enumerate(levels):
            z = polygons.points[:, 2 + unit] - at
            z[np.abs(z) <= faint * (polygons.points[:, 2 + width + unit] + abs(at))] = 0.0
            cut = split(polygons, z, steepness[parents, unit], close=close, append=append)
            if len(cut.polygons) > most:
                return None
            polygons, parents, codes = cut.polygons, parents[cut.parents], codes[cut.parents]
            codes[:, unit] += 2 * (cut.sides > 0)
            codes[cut.sides == 0, unit] = 2 * number + 1
    return polygons, parents, codes
