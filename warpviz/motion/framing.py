"""Zoom and pan: the picture always fills its safe area and never leaves it.

At keyframes the larger of (width, height) over the safe area's is `FILL`. Between them the
extent is the smallest curve above what is needed whose logarithm is concave: it holds the
log-interpolation of both ends, touches the need, and has no wobble.
"""

from dataclasses import dataclass, replace

import numpy as np

from warpviz.arrays import Floats, snap
from warpviz.motion.camera import Views
from warpviz.motion.perspective import perspective
from warpviz.motion.trajectory import Trajectory
from warpviz.motion.zoom import TIMES

FILL = 0.86
MOST_FILL = 0.98
"""What may be filled at a moment that the samples missed."""
COLLAPSED = 1e-2
"""A state smaller than this share of the first one is a point: the zoom stops there."""


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture in pixels, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """In pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """In pixels."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """In pixels."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, eq=False)
class Lens:
    """The camera at one moment.

    Attributes:
        turn: (3, 3) rows are the screen's right, up and towards the viewer.
        pivot: (3,) what it turns about.
        radius: of the cloud about the pivot.
        middle: (2,) what is in the middle of the safe area, from the pivot.
        units_per_pixel: of the picture's space, at the pivot's depth.
        centre: the middle of the safe area in pixels.
    """

    turn: Floats
    pivot: Floats
    radius: float
    middle: Floats
    units_per_pixel: float
    centre: tuple[float, float]

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        """Points (N, 3) to pixels (N, 2), y downwards, and nearness (N,).

        Nearness is 0 at the pivot's depth and 1 at one radius towards the viewer.
        """
        flat, nearness = perspective(points, self.turn, self.pivot, self.radius)
        return self._placed(flat), nearness

    def _placed(self, flat: Floats) -> Floats:
        return placed(flat, self.middle, self.units_per_pixel, self.centre)


@dataclass(frozen=True, eq=False)
class Camera:
    """From the picture's space to pixels.

    Attributes:
        views: the direction at each keyframe.
        safe: where the cloud may be.
        centre: the path of the cloud's centroid, (K, 1, 3).
        offset: (K, 3) from there to what the camera turns about, the middle of the cloud's box.
        middle: (K, 2) the middle of the projected cloud, from the pivot.
        radius: (acts, samples + 1) log of the cloud's radius about the pivot.
        extent: (acts, samples + 1) log of units per pixel.
    """

    views: Views
    safe: Box
    centre: Trajectory
    offset: Floats
    middle: Floats
    radius: Floats
    extent: Floats

    def pivot(self, k: int, t: float) -> Floats:
        """(3,) what the camera turns about: it goes with the cloud, also along an arc."""
        return np.asarray(self.centre.at(k, t)[0] + _mix(self.offset, k, t))

    def lens(self, k: int, t: float) -> Lens:
        """The camera in act k at t, from the curves."""
        return Lens(
            self.views.at(k, t),
            self.pivot(k, t),
            _curve(self.radius, k, t),
            _mix(self.middle, k, t),
            _curve(self.extent, k, t),
            self.safe.centre,
        )

    def look(self, points: Floats, k: int, t: float) -> tuple[Lens, Floats, Floats]:
        """The lens for all points (N, 3), their pixels (N, 2) and nearness (N,)."""
        lens = self.lens(k, t)
        flat, nearness = perspective(points, lens.turn, lens.pivot, lens.radius)
        # The curves are measured at samples; what they missed must still not leave the safe area.
        least = need(reach_of(flat - lens.middle), self.safe) / MOST_FILL
        lens = replace(lens, units_per_pixel=max(lens.units_per_pixel, least))
        return lens, lens._placed(flat), nearness

    def project(self, points: Floats, k: int, t: float) -> tuple[Floats, Floats]:
        """All points (N, 3) to pixels (N, 2) and nearness (N,), see `Lens.project`."""
        _, flat, nearness = self.look(points, k, t)
        return flat, nearness

    def units_per_pixel(self, k: int, t: float) -> float:
        """Of the picture's space, at the pivot's depth."""
        return _curve(self.extent, k, t)


def _mix(table: Floats, k: int, t: float) -> Floats:
    if len(table) == 1:
        return np.asarray(table[0])
    return np.asarray((1 - t) * table[k] + t * table[k + 1])


def _curve(table: Floats, k: int, t: float) -> float:
    return float(np.exp(np.interp(t, TIMES, table[k])))


def placed(
    flat: Floats, middle: Floats, units_per_pixel: Floats | float, centre: tuple[float, float]
) -> Floats:
    """What is seen from the pivot, unzoomed (…, 2), in pixels."""
    flat = (flat - middle) / units_per_pixel
    flat[..., 0] += centre[0]
    flat[..., 1] = centre[1] - flat[..., 1]
    return snap(flat)


def need(reach: tuple[float, float], safe: Box) -> float:
    """Units per pixel at which what reaches so far to both sides of the origin just fits."""
    return max(2 * reach[0] / safe.width, 2 * reach[1] / safe.height)


def reach_of(flat: Floats) -> tuple[float, float]:
    """How far a cloud (N, 2) reaches across and up, to both sides of the origin."""
    # Along each axis by itself: numpy is several times as fast then.
    across, up = (float(np.abs(flat[:, axis]).max()) for axis in (0, 1))
    return across, up


def box_middle(points: Floats) -> Floats:
    """The middle of the box around points (N, D)."""
    return np.array([(axis.min() + axis.max()) / 2 for axis in points.T])
