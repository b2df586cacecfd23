"""How often the sheet lies over itself: a scanline count of layers on a lattice.

    cells ──fans──► triangles ──edges × rows──► signed steps ──cumulative sum──► layers per pixel

Layers add, whichever side of the sheet is up.
"""

import numpy as np

from warpviz.arrays import Floats, Ints, distinct
from warpviz.errors import WarpvizError
from warpviz.geometry.sheet import fans
from warpviz.measure.stretch import COLLAPSED

FAITHFUL = 1.1
"""Triangles whose images have so many times the area of the sheet's, or less, are true to it."""

RESOLUTION = 256
"""Pixels along each side of the lattice."""


def overlap(
    vertices: Floats, corners: Ints, offsets: Ints, *, resolution: int = RESOLUTION
) -> float | None:
    """Mean number of sheet layers over a covered pixel: 1 is flat, 2 folded in half everywhere.

    Cells are cut into triangles, whose images never cross themselves; layers are counted at the
    pixel centres of a lattice of resolution² over the image. The count does not change under
    affine maps, so the lattice is laid out with the image's own variances: a sliver is seen as
    finely as a square. Triangles thinner than `COLLAPSED` times the image's extent do not count.

    Args:
        vertices: (V, 2) as seen, in the coordinates of the state or of its view.
        corners: (M,) vertex indices of all cells, one cell after the other.
        offsets: (cells + 1,) where each cell begins in `corners`.
        resolution: pixels along each side.

    Returns:
        The mean, at least 1; None where no pixel is covered.

    Raises:
        WarpvizError: the vertices are not (V, 2) or not finite.

    >>> import numpy as np
    >>> strip = np.array([[0, 0], [1, 0], [0, 0], [0, 1], [1, 1], [0, 1]], dtype=float)
    >>> overlap(strip, np.array([0, 1, 4, 3, 1, 2, 5, 4]), np.array([0, 4, 8]))
    2.0
    """
    seen = np.asarray(vertices, dtype=np.float64)
    if seen.ndim != 2 or seen.shape[1] != 2 or not np.all(np.isfinite(seen)):
        raise WarpvizError(f"overlap expects finite vertices (V, 2), got shape {seen.shape}.")
    used = distinct(corners)
    extent = float(np.max(np.ptp(seen[used], axis=0), initial=0.0))
    if extent == 0:
        return None
    seen = (seen - seen[used].min(axis=0)) / extent
    triangles = fans(corners, offsets)[0]
    triangles = triangles[_thickness(seen[triangles]) > COLLAPSED]
    if not len(triangles):
        return None
    lattice = _laid_out(seen, distinct(triangles)) * resolution
    layers = _layers(lattice[triangles], resolution)
    covered = int(np.count_nonzero(layers))
    return float(layers.sum() / covered) if covered else None


def too_coarse(
    vertices: Floats, corners: Ints, offsets: Ints, jacobians: Floats, areas: Floats
) -> bool:
    """Whether cells are too coarse to tell how often the sheet lies over itself.

    The images of their triangles have an area of their own, which is ∫ |det J| over the sheet where
    they follow it. Where it is pressed thin and bent, straight triangles cross one another though
    the sheet does not, and their area is larger: more than `FAITHFUL` times it is too much.

    Args:
        vertices: as for `overlap`, like the two that follow.
        corners: (M,).
        offsets: (cells + 1,).
        jacobians: (cells, 2, 2) of the map in the middle of each.
        areas: (cells,) on the sheet.

    >>> import numpy as np
    >>> square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)
    >>> cell = square, np.arange(4), np.array([0, 4])
    >>> [too_coarse(*cell, factor * np.eye(2)[None], np.ones(1)) for factor in (1.0, 0.5)]
    [False, True]
    """
    seen = np.asarray(vertices, dtype=np.float64)
    unit = max(float(np.ptp(seen, axis=0).max(initial=0.0)), np.finfo(np.float64).tiny)
    drawn = float(np.abs(_doubled_area(seen[fans(corners, offsets)[0]] / unit)).sum()) / 2
    j = jacobians / unit
    true = float(np.abs(j[:, 0, 0] * j[:, 1, 1] - j[:, 0, 1] * j[:, 1, 0]) @ areas)
    return not true / FAITHFUL <= drawn <= true * FAITHFUL


def _doubled_area(triangles: Floats) -> Floats:
    """(T,) signed, positive counter-clockwise, for triangles (T, 3, 2)."""
    a, b = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _thickness(triangles: Floats) -> Floats:
    """(T,): the least height of each triangle (T, 3, 2); 0 for one without extent."""
    sides = np.hypot(*np.moveaxis(triangles - np.roll(triangles, 1, axis=1), -1, 0)).max(axis=1)
    return np.abs(_doubled_area(triangles)) / np.where(sides > 0, sides, 1.0)


def _laid_out(vertices: Floats, used: Ints) -> Floats:
    """(V, 2) in the unit square: sheared until the axes are uncorrelated, then stretched.

    Sums are elementwise, not matrix products, so that equal vertices stay equal to the last bit
    and two layers that coincide cover the same pixels.
    """
    inner = vertices - vertices[used].mean(axis=0)
    wide = int(np.argmax(np.var(inner[used], axis=0)))
    u, v = inner[:, wide], inner[:, 1 - wide]
    v = v - u * (np.dot(u[used], v[used]) / np.dot(u[used], u[used]))
    sheared = np.column_stack([u, v])
    low = sheared[used].min(axis=0)
    return np.asarray((sheared - low) / np.ptp(sheared[used], axis=0))


def _layers(triangles: Floats, resolution: int) -> Ints:
    """(resolution, resolution): how many triangles (T, 3, 2), in pixels, hold each pixel centre.

    An edge that crosses a row steps the count of all pixels to its right: up where the sheet
    begins, down where it ends. A shared edge is walked from below by both its triangles, hence
    meets each row in the same place to the last bit and leaves neither gap nor double cover.
    """
    turn = np.sign(_doubled_area(triangles))
    start, end = triangles.reshape(-1, 2), np.roll(triangles, -1, axis=1).reshape(-1, 2)
    step = np.repeat(turn, 3) * np.where(end[:, 1] < start[:, 1], 1, -1)
    rising = (start[:, 1] < end[:, 1])[:, None]
    low, high = np.where(rising, start, end), np.where(rising, end, start)
    first = np.clip(np.ceil(low[:, 1] - 0.5), 0, resolution).astype(np.intp)
    last = np.clip(np.ceil(high[:, 1] - 0.5), 0, resolution).astype(np.intp)
    rows = last - first
    edge = np.repeat(np.arange(len(rows)), rows)
    row = first[edge] + np.arange(len(edge)) - (np.cumsum(rows) - rows)[edge]
    run = (high - low)[edge]
    x = low[edge, 0] + (row + 0.5 - low[edge, 1]) * (run[:, 0] / run[:, 1])
    column = np.clip(np.ceil(x - 0.5), 0, resolution).astype(np.intp)
    wide = resolution + 1
    steps = np.bincount(row * wide + column, weights=step[edge], minlength=resolution * wide)
    counts = np.cumsum(steps.reshape(resolution, wide), axis=1)[:, :resolution]
    return np.asarray(np.rint(counts).astype(np.intp))
