"""Convex polygons that tile the plane.

Neighbours share vertices by index. A function that is continuous on the plane and affine on each
polygon is known by its values at the vertices, so the sign of a vertex, and the crossing on an
edge, are decided once for all polygons around it: neighbours can never disagree, an edge is cut
for both or for neither, and the tiling stays without gaps, overlaps and T-junctions.
"""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class Polygons:
    """A tiling by R convex polygons, counter-clockwise, no T-junctions.

    Attributes:
        points: (V, 2 + n) position, then n quantities that are affine on every polygon.
        corners: (M,) vertex indices, one polygon after the other.
        offsets: (R + 1,) where each polygon begins in `corners`.
    """

    points: Floats
    corners: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def areas(self) -> Floats:
        """(R,) areas, by the shoelace formula around each polygon's first corner."""
        first = np.repeat(self.offsets[:-1], np.diff(self.offsets))
        at = self.points[self.corners, :2] - self.points[self.corners[first], :2]
        to = at[following(self.offsets)]
        doubled = at[:, 0] * to[:, 1] - at[:, 1] * to[:, 0]
        return np.asarray(0.5 * np.add.reduceat(doubled, self.offsets[:-1]))


def rectangle(limits: tuple[float, float, float, float], cells: int = 1) -> Polygons:
    """A rectangle (x0, x1, y0, y1) of cells² equal rectangles.

    >>> rectangle((0.0, 2.0, 0.0, 1.0)).areas()
    array([2.])
    """
    x0, x1, y0, y1 = limits
    mesh = np.meshgrid(np.linspace(x0, x1, cells + 1), np.linspace(y0, y1, cells + 1))
    row, column = np.divmod(np.arange(cells * cells), cells)
    first = row * (cells + 1) + column
    corners = np.column_stack([first, first + 1, first + cells + 2, first + cells + 1])
    return Polygons(
        np.stack(mesh, axis=-1).reshape(-1, 2), corners.ravel(), np.arange(cells * cells + 1) * 4
    )


def following(offsets: Ints) -> Ints:
    """(M,) for each corner the place of the next one around its polygon."""
    places = np.arange(1, offsets[-1] + 1)
    places[offsets[1:] - 1] = offsets[:-1]
    return places
