"""Zoom and pan: the picture always fills its safe area and never leaves it.

At keyframes the larger of (width, height) over the safe area's is `FILL`. Between them the
extent is the smallest curve above what is needed whose logarithm is concave: it holds the
log-interpolation of both ends, touches the need, and has no wobble.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from warpviz.arrays import Floats, snap
from warpviz.motion.camera import Views, rotation
from warpviz.motion.perspective import perspective
from warpviz.motion.trajectory import Trajectory
from warpviz.motion.zoom import SAMPLES, TIMES, concave_cover, extents, stops

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
        flat = (flat - self.middle) / self.units_per_pixel
        flat[:, 0] += self.centre[0]
        flat[:, 1] = self.centre[1] - flat[:, 1]
        return snap(flat)


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
        need = _need(flat - lens.middle, self.safe)
        lens = replace(lens, units_per_pixel=max(lens.units_per_pixel, need / MOST_FILL))
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


def _need(flat: Floats, safe: Box) -> float:
    """Units per pixel at which a cloud about the origin just fits."""
    # Along each axis by itself: numpy is several times as fast then.
    across, up = (float(np.abs(flat[:, axis]).max()) for axis in (0, 1))
    return max(2 * across / safe.width, 2 * up / safe.height)


def _box_middle(points: Floats) -> Floats:
    return np.asarray((points.min(axis=0) + points.max(axis=0)) / 2)


def fitted_camera(path: Trajectory, views: Views, safe: Box) -> Camera:
    """Choose pan and zoom for a whole film.

    Args:
        path: keyframes (K, N, 3) in the picture's space, of all that must be seen.
        views: the camera's direction at each.
        safe: the part of the panel that is free of caption, track and legend.
    """
    keyframes = path.keyframes
    acts = max(path.acts, 1)
    centre = path.centroid()
    offset = np.stack([_box_middle(keyframe) for keyframe in keyframes]) - centre.keyframes[:, 0]
    middle = np.zeros((len(keyframes), 2))
    radius, extent = (np.zeros((acts, SAMPLES + 1)) for _ in range(2))
    camera = Camera(views, safe, centre, offset, middle, radius, extent)
    first = float(np.linalg.norm(keyframes[0] - camera.pivot(0, 0.0), axis=1).max())
    floor = COLLAPSED * (first if first > 0 else 1.0)

    for k in range(acts):
        for i, t in enumerate(TIMES):
            away = path.at(k, t) - camera.pivot(k, t)
            radius[k, i] = np.log(max(float(np.sqrt((away**2).sum(axis=1).max())), floor))
        radius[k] = concave_cover(TIMES, radius[k])
    for k, keyframe in enumerate(keyframes):
        act, t = (k, 0.0) if k < acts else (acts - 1, 1.0)
        lens = camera.lens(act, t)
        middle[k] = _box_middle(perspective(keyframe, lens.turn, lens.pivot, lens.radius)[0])
    needs = np.array(
        [[_need(flat, safe) / FILL for flat in _course(path, camera, k)] for k in range(acts)]
    )

    def course(k: int) -> Floats:
        return np.stack(list(_course(path, camera, k)))

    smallest = floor / max(safe.width, safe.height)
    ends = stops(needs, smallest, course, safe.height)
    for k in range(acts):
        extent[k] = np.log(extents(needs[k], smallest, ends[k : k + 2]))
    return camera


TURN = 72
"""Directions of a full turn in which a cloud is measured."""


def turntable_camera(points: Floats, safe: Box, azimuth: float, tilt: float) -> Camera:
    """A camera that goes around still points (N, 3) once, in one act, at one distance."""
    pivot = _box_middle(points)
    radius = float(np.linalg.norm(points - pivot, axis=1).max()) or 1.0
    around = azimuth + np.linspace(0.0, 2.0 * np.pi, TURN, endpoint=False)
    turns = np.moveaxis(rotation(around, tilt), -1, 0)
    need = max(_need(perspective(points, turn, pivot, radius)[0], safe) for turn in turns)
    extent = np.log(max(need / FILL, COLLAPSED * radius / max(safe.width, safe.height)))
    return Camera(
        Views(np.array([azimuth, azimuth + 2.0 * np.pi]), np.array([tilt, tilt])),
        safe,
        Trajectory.of([pivot[None]] * 2),
        np.zeros((2, 3)),
        np.zeros((2, 2)),
        np.full((1, SAMPLES + 1), np.log(radius)),
        np.full((1, SAMPLES + 1), extent),
    )


def _course(path: Trajectory, camera: Camera, k: int) -> Iterator[Floats]:
    """The points (N, 2) of act k at each of `TIMES`, from the middle of the view, unzoomed."""
    for t in TIMES.tolist():
        lens = camera.lens(k, t)
        flat, _ = perspective(path.at(k, t), lens.turn, lens.pivot, lens.radius)
        yield flat - lens.middle
