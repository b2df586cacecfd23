"""Dots: sprites by sub-pixel phase, stamped as differences and summed along the rows.

N equal dots over each other cover 1 − (1 − a)ᴺ, so a dot adds log-transmittance, in any order.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from warpviz import compiled
from warpviz.arrays import Floats, Ints
from warpviz.picture.raster.area import fill
from warpviz.picture.raster.lines import BLOCK, DENSITY

PHASES = 8
_ORIGIN = np.zeros(2)
_AT_ONCE = 2**16  # entries that are added at a time: they stay in the cache


def _polygon(corners: int, turn: float = 0.0) -> Floats:
    angle = 2 * np.pi * np.arange(corners) / corners + turn
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _star(points: int, inner: float) -> Floats:
    outline = _polygon(2 * points, -np.pi / 2)
    outline[1::2] *= inner
    return outline


def _equal_area(outline: Floats) -> Floats:
    """Scale an outline to the area of the unit disc, so that no class looks heavier."""
    x, y = outline.T
    area = 0.5 * abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))))
    scaled: Floats = outline * np.sqrt(np.pi / area)
    return scaled


_PLUS = np.array(
    [(1, 3), (1, 1), (3, 1), (3, -1), (1, -1), (1, -3),
     (-1, -3), (-1, -1), (-3, -1), (-3, 1), (-1, 1), (-1, 3)], dtype=float
)  # fmt: skip

MARKERS: dict[str, Floats] = {
    "circle": _equal_area(_polygon(48)),
    "square": _equal_area(_polygon(4, np.pi / 4)),
    "triangle": _equal_area(_polygon(3, -np.pi / 2)),
    "diamond": _equal_area(_polygon(4)),
    "plus": _equal_area(_PLUS),
    "star": _equal_area(_star(5, 0.5)),
    "down": _equal_area(_polygon(3, np.pi / 2)),
    "hexagon": _equal_area(_polygon(6)),
}
"""Outlines of the area of the unit disc, y downwards, in the order in which classes take them."""


@dataclass(frozen=True, eq=False)
class Sprites:
    """One marker at every sub-pixel phase, as differences along the rows.

    Attributes:
        rows: (phases², n) row of each difference, from the sprite's top.
        columns: (phases², n) its column.
        steps: (phases², n) its value, integers in units of 1/4096; padded with zeros.
        size: rows and columns of a sprite.
    """

    rows: Ints
    columns: Ints
    steps: Ints
    size: int

    @classmethod
    def of(cls, densities: Ints) -> "Sprites":
        """Keep what changes along the rows of pictures (phases², size, size)."""
        phases, size, _ = densities.shape
        changes = np.diff(densities, axis=2, prepend=0, append=0).reshape(phases, -1)
        # The places that change, in order, in front of those that do not.
        most = int(np.count_nonzero(changes, axis=1).max())
        place = np.argsort(changes == 0, axis=1, kind="stable")[:, :most]
        steps = np.take_along_axis(changes, place, axis=1)
        return cls(place // (size + 1), place % (size + 1), steps, size)

    @cached_property
    def pictures(self) -> Ints:
        """For the kernel: (phases, phases, size, pitch), by rows and columns of phases.

        The size without what is empty around all pictures, the pitch in whole blocks.
        """
        pictures = self.densities()
        most = np.abs(pictures).max(axis=0)
        filled = np.flatnonzero(most.max(axis=0) + most.max(axis=1))
        bare = min(filled[0], self.size - 1 - filled[-1]) if len(filled) else self.size // 2
        pictures = pictures[:, bare : self.size - bare, bare : self.size - bare]
        size, phases = pictures.shape[1], math.isqrt(len(pictures))
        pictures = np.pad(pictures, ((0, 0), (0, 0), (0, -size % BLOCK)))
        return pictures.astype(np.int64, copy=False).reshape(phases, phases, size, -1)

    def densities(self) -> Ints:
        """The pictures (phases², size, size)."""
        steps = np.zeros((len(self.rows), self.size, self.size + 1), dtype=np.int64)
        # Padding repeats a place with steps of 0: what is added must not be lost.
        np.add.at(steps, (np.arange(len(steps))[:, None], self.rows, self.columns), self.steps)
        return np.asarray(steps.cumsum(axis=2)[..., :-1])


@lru_cache(maxsize=64)
def sprites(marker: str, radius: float, opacity: float) -> Sprites:
    """Draw a marker at 8×8 phases.

    Args:
        marker: a name of `MARKERS`.
        radius: of the disc of the same area, in pixels.
        opacity: of one dot where it covers a pixel wholly, below 1.
    """
    outline = MARKERS[marker] * radius
    reach = int(np.ceil(np.abs(outline).max())) + 1
    size = 2 * reach + 1
    # All phases in one picture, one under the other.
    phase = np.arange(PHASES * PHASES)
    shift = reach + (np.column_stack([phase % PHASES, phase // PHASES]) + 0.5) / PHASES
    shift[:, 1] += phase * size
    start = outline + shift[:, None]
    end = np.roll(start, -1, axis=1)
    edges = (start.reshape(-1, 2), end.reshape(-1, 2), np.ones((1, start.size // 2)))
    coverage = fill(*edges, len(phase) * size, size)[0].reshape(len(phase), size, size)
    density = np.rint(-np.log1p(-opacity * np.clip(np.abs(coverage), 0, 1)) * DENSITY)
    return Sprites.of(density.astype(np.int64))


def stamp(
    at: Floats, sprite: Sprites, height: int, width: int, *, corner: Floats = _ORIGIN
) -> Ints:
    """Accumulate the density of equal dots.

    Args:
        at: (N, 2) centres x, y in pixels, y downwards.
        sprite: the marker.
        height: rows.
        width: columns.
        corner: x, y of the first row's and column's corner.

    Returns:
        (height, width): optical density in units of 1/4096.
    """
    if compiled.KERNELS is not None:
        density = np.zeros((height, width), dtype=np.int64)
        compiled.KERNELS.dots(density, np.ascontiguousarray(at), tuple(corner), sprite.pictures)
        return density
    size = sprite.size
    rows, columns = height + 2 * size, width + 2 * size + 1
    reach = size // 2
    x, y = (at - corner).T
    inside = (x > -reach) & (x < width + reach) & (y > -reach) & (y < height + reach)
    x_fixed = np.floor(x[inside] * PHASES).astype(np.intp)
    y_fixed = np.floor(y[inside] * PHASES).astype(np.intp)
    which = y_fixed % PHASES * PHASES + x_fixed % PHASES
    first = size - reach
    corner = (y_fixed // PHASES + first) * columns + x_fixed // PHASES + first
    offset = sprite.rows * columns + sprite.columns
    flat = np.zeros(rows * columns, dtype=np.int64)
    some = max(1, _AT_ONCE // offset.shape[1])
    for begin in range(0, len(which), some):
        part = which[begin : begin + some]
        index = offset.take(part, axis=0)
        index += corner[begin : begin + some, None]
        np.add.at(flat, index.ravel(), sprite.steps.take(part, axis=0).ravel())
    # Every sprite ends within its rows, so one sum runs over them all.
    padded = np.cumsum(flat, out=flat).reshape(rows, columns)
    return padded[size : size + height, size : size + width]
