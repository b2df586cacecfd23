"""The camera of a whole film: all that has to be seen is seen, and nothing jumps."""

from collections.abc import Callable, Iterator
from functools import cache

import numpy as np

from warpviz import compiled
from warpviz.arrays import Floats
from warpviz.motion.camera import Views, rotation
from warpviz.motion.framing import COLLAPSED, FILL, Box, Camera, Lens, box_middle, need, reach_of
from warpviz.motion.interpolate import lerp
from warpviz.motion.perspective import perspective, sight_of
from warpviz.motion.trajectory import Trajectory
from warpviz.motion.zoom import SAMPLES, TIMES, concave_cover, extents, stops

KEPT = 50_000
"""Points of all acts, of which the places at all moments may be kept between two measurements."""


def _farthest(start: Floats, end: Floats, t: float, pivot: Floats) -> float:
    """How far any point (N, 3) that goes straight from start to end is from a pivot at t."""
    if compiled.KERNELS is not None:
        square = compiled.KERNELS.farthest(start, end, t, tuple(pivot.tolist()))
    else:
        x, y, z = (lerp(start, end, t) - pivot).T
        square = (x * x + y * y + z * z).max()
    return float(np.sqrt(square))


def _widest(start: Floats, end: Floats, t: float, lens: Lens) -> tuple[float, float]:
    """How far any of them is seen from the middle of the view, across and up, unzoomed."""
    if compiled.KERNELS is not None:
        found: tuple[float, float] = compiled.KERNELS.widest(
            start,
            end,
            t,
            *sight_of(lens.turn, lens.pivot, lens.radius),
            tuple(lens.middle.tolist()),
        )
        return found
    flat, _ = perspective(lerp(start, end, t), lens.turn, lens.pivot, lens.radius)
    return reach_of(flat - lens.middle)


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
    offset = np.stack([box_middle(keyframe) for keyframe in keyframes]) - centre.keyframes[:, 0]
    middle = np.zeros((len(keyframes), 2))
    radius, extent = (np.zeros((acts, SAMPLES + 1)) for _ in range(2))
    camera = Camera(views, safe, centre, offset, middle, radius, extent)
    first = float(np.linalg.norm(keyframes[0] - camera.pivot(0, 0.0), axis=1).max())
    floor = COLLAPSED * (first if first > 0 else 1.0)

    ways = [_way(path, k) for k in range(acts)]
    for k, way in enumerate(ways):
        for i, t in enumerate(TIMES.tolist()):
            radius[k, i] = np.log(max(_farthest(*way(t), camera.pivot(k, t)), floor))
        radius[k] = concave_cover(TIMES, radius[k])
    for k, keyframe in enumerate(keyframes):
        act, t = (k, 0.0) if k < acts else (acts - 1, 1.0)
        lens = camera.lens(act, t)
        middle[k] = box_middle(perspective(keyframe, lens.turn, lens.pivot, lens.radius)[0])
    needs = np.array(
        [
            [need(_widest(*way(t), camera.lens(k, t)), safe) / FILL for t in TIMES.tolist()]
            for k, way in enumerate(ways)
        ]
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
    pivot = box_middle(points)
    radius = float(np.linalg.norm(points - pivot, axis=1).max()) or 1.0
    around = azimuth + np.linspace(0.0, 2.0 * np.pi, TURN, endpoint=False)
    turns = np.moveaxis(rotation(around, tilt), -1, 0)
    reaches = [reach_of(perspective(points, turn, pivot, radius)[0]) for turn in turns]
    least = max(need(reach, safe) for reach in reaches)
    extent = np.log(max(least / FILL, COLLAPSED * radius / max(safe.width, safe.height)))
    return Camera(
        Views(np.array([azimuth, azimuth + 2.0 * np.pi]), np.array([tilt, tilt])),
        safe,
        Trajectory.of([pivot[None]] * 2),
        np.zeros((2, 3)),
        np.zeros((2, 2)),
        np.full((1, SAMPLES + 1), np.log(radius)),
        np.full((1, SAMPLES + 1), extent),
    )


def _way(path: Trajectory, k: int) -> Callable[[float], tuple[Floats, Floats, float]]:
    """Of an act, for each time, two places of its points, and the time on the way between them."""
    if path.acts and path.swings[k] is None:
        ends = path.keyframes[k], path.keyframes[k + 1]
        return lambda t: (*ends, t)

    def at(t: float) -> tuple[Floats, Floats, float]:
        points = np.ascontiguousarray(path.at(k, t))
        return points, points, 0.0

    return cache(at) if path.acts * path.keyframes.shape[1] <= KEPT else at


def _course(path: Trajectory, camera: Camera, k: int) -> Iterator[Floats]:
    """The points (N, 2) of act k at each of `TIMES`, from the middle of the view, unzoomed."""
    for t in TIMES.tolist():
        lens = camera.lens(k, t)
        flat, _ = perspective(path.at(k, t), lens.turn, lens.pivot, lens.radius)
        yield flat - lens.middle
