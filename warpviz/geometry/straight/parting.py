"""A tiling that comes apart where an activation jumps: the two sides share no vertices."""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Ints, paired, unpaired
from warpviz.geometry.sheet import Sheet
from warpviz.geometry.straight.joining import join
from warpviz.geometry.straight.polygons import Polygons


@dataclass(frozen=True, eq=False)
class Parted:
    """Polygons after they came apart.

    Attributes:
        polygons: the same ones; a vertex on a tear is there once for each side.
        origin: (V,) the old vertex of each new one.
        copy: (old V,) a new vertex of each old one.
        tears: unit and new vertices of each line along which they came apart.
    """

    polygons: Polygons
    origin: Ints
    copy: Ints
    tears: tuple[tuple[int, Ints], ...]


def parted(polygons: Polygons, sides: Ints) -> Parted:
    """Let polygons come apart where units are on different sides of a jump.

    Args:
        polygons: R of them.
        sides: (R, D) a number for each side of the jumps of each unit.

    >>> from warpviz.geometry.straight.polygons import rectangle
    >>> cut = parted(rectangle((0.0, 2.0, 0.0, 2.0), 2), np.array([[0], [1], [0], [1]]))
    >>> len(cut.polygons.points), [path.tolist() for _, path in cut.tears]
    (12, [[1, 5, 9]])
    """
    edges = Sheet(polygons.points[:, :2], polygons.corners, polygons.offsets).edges()
    edges = edges[(edges[:, 2:] >= 0).all(axis=1)]
    edge, unit = np.nonzero(sides[edges[:, 2]] != sides[edges[:, 3]])
    lines = join(edges[edge, :2], unit)
    label = np.unique(sides, axis=0, return_inverse=True)[1].reshape(-1)
    corner_label = np.repeat(label, np.diff(polygons.offsets))
    count = int(label.max(initial=0)) + 1
    keys, corners = np.unique(paired(polygons.corners, corner_label, count), return_inverse=True)
    origin, _ = unpaired(keys, count)
    copy = np.zeros(len(polygons.points), dtype=np.intp)
    copy[origin[::-1]] = np.arange(len(origin))[::-1]
    return Parted(
        Polygons(polygons.points[origin], corners.reshape(-1), polygons.offsets),
        origin,
        copy,
        tuple((tag, copy[path]) for tag, path in lines),
    )
