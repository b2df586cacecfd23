"""Zoom and pan: the picture always fills its safe area and never leaves it.

At keyframes the larger of (width, height) over the safe area's is `FILL`. Between them the
extent is the smallest curve above what is needed whose logarithm is concave: it holds the
log-interpolation of both ends, touches the need, and has no wobble.
"""

from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Floats
from warpviz.motion.camera import Views
from warpviz.motion.trajectory import Trajectory

FILL = 0.86
DISTANCE = 3.4
"""From the pivot to the camera, in radii of the cloud: how strong the perspective is."""
SAMPLES = 16
"""Where the need is measured in each act."""
COLLAPSED = 1e-3
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


def concave_cover(values: Floats) -> Floats:
    """The smallest concave sequence above equally spaced values: their upper hull.

    >>> concave_cover(np.array([0.0, 0.0, 3.0, 0.0, 0.0])).tolist()
    [0.0, 1.5, 3.0, 1.5, 0.0]
    """
    hull: list[int] = []
    for i in range(len(values)):
        while len(hull) > 1:
            a, b = hull[-2:]
            if (values[b] - values[a]) * (i - a) > (values[i] - values[a]) * (b - a):
                break
            hull.pop()
        hull.append(i)
    return np.interp(np.arange(len(values)), hull, values[hull])


@dataclass(frozen=True, eq=False)
class Camera:
    """From the picture's space to pixels.

    Attributes:
        views: the direction at each keyframe.
        safe: where the cloud may be.
        pivot: (K, 3) what it turns about.
        middle: (K, 2) the middle of the projected cloud, from the pivot.
        radius: (acts, samples + 1) log of the cloud's radius about the pivot.
        extent: (acts, samples + 1) log of units per pixel.
    """

    views: Views
    safe: Box
    pivot: Floats
    middle: Floats
    radius: Floats
    extent: Floats

    def _mix(self, table: Floats, k: int, t: float) -> Floats:
        if len(table) == 1:
            return np.asarray(table[0])
        return np.asarray((1 - t) * table[k] + t * table[k + 1])

    def _curve(self, table: Floats, k: int, t: float) -> float:
        place = np.linspace(0.0, 1.0, table.shape[1])
        return float(np.exp(np.interp(t, place, table[k])))

    def units_per_pixel(self, k: int, t: float) -> float:
        """Of the picture's space, at the pivot's depth."""
        return self._curve(self.extent, k, t)

    def project(self, points: Floats, k: int, t: float) -> tuple[Floats, Floats]:
        """Points (N, 3) to pixels (N, 2), y downwards, and nearness (N,).

        Nearness is 0 at the pivot's depth and 1 at one radius towards the viewer.
        """
        flat, nearness = _perspective(
            points,
            self.views.at(k, t),
            self._mix(self.pivot, k, t),
            self._curve(self.radius, k, t),
        )
        flat = flat - self._mix(self.middle, k, t)
        scale = 1.0 / self.units_per_pixel(k, t)
        x, y = self.safe.centre
        return np.column_stack([x + scale * flat[:, 0], y - scale * flat[:, 1]]), nearness


def _perspective(
    points: Floats, turn: Floats, pivot: Floats, radius: float
) -> tuple[Floats, Floats]:
    seen = (points - pivot) @ turn.T
    nearness = np.clip(seen[:, 2] / radius, -2.0, 2.0)
    flat: Floats = seen[:, :2] / (1.0 - nearness / DISTANCE)[:, None]
    return flat, nearness


def _need(flat: Floats, safe: Box) -> float:
    """Units per pixel at which a cloud about the origin just fits."""
    reach = np.abs(flat).max(axis=0)
    return float(max(2 * reach[0] / safe.width, 2 * reach[1] / safe.height))


def _box_middle(points: Floats) -> Floats:
    return np.asarray((points.min(axis=0) + points.max(axis=0)) / 2)


def frame(path: Trajectory, views: Views, safe: Box) -> Camera:
    """Choose pan and zoom for a whole film.

    Args:
        path: keyframes (K, N, 3) in the picture's space, of all that must be seen.
        views: the camera's direction at each.
        safe: the part of the panel that is free of caption, track and legend.
    """
    keyframes = path.keyframes
    acts = max(path.acts, 1)
    pivot = np.stack([_box_middle(keyframe) for keyframe in keyframes])
    reach = [
        float(np.linalg.norm(x - p, axis=1).max()) for x, p in zip(keyframes, pivot, strict=True)
    ]
    floor = COLLAPSED * (reach[0] if reach[0] > 0 else 1.0)
    times = np.linspace(0.0, 1.0, SAMPLES + 1)

    radius = np.empty((acts, SAMPLES + 1))
    for k in range(acts):
        for i, t in enumerate(times):
            centre = pivot[0] if path.acts == 0 else (1 - t) * pivot[k] + t * pivot[k + 1]
            away = np.linalg.norm(path.at(k, t) - centre, axis=1).max()
            radius[k, i] = np.log(max(float(away), floor))
        radius[k] = concave_cover(radius[k])

    middle = np.empty((len(keyframes), 2))
    for k, keyframe in enumerate(keyframes):
        act, t = (k, 0.0) if k < acts else (acts - 1, 1.0)
        size = float(np.exp(radius[act, 0 if t == 0.0 else -1]))
        middle[k] = _box_middle(_perspective(keyframe, views.at(act, t), pivot[k], size)[0])

    extent = np.empty_like(radius)
    smallest = floor / max(safe.width, safe.height)
    camera = Camera(views, safe, pivot, middle, radius, extent)
    for k in range(acts):
        for i, t in enumerate(times):
            flat, _ = _perspective(
                path.at(k, t),
                views.at(k, t),
                camera._mix(pivot, k, t),
                float(np.exp(radius[k, i])),
            )
            need = _need(flat - camera._mix(middle, k, t), safe) / FILL
            extent[k, i] = np.log(max(need, smallest))
        extent[k] = concave_cover(extent[k])
    return camera
