"""A still stop that is turned around once, so that the film loops without a seam."""

from dataclasses import replace

import numpy as np

from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.looks.look import Look
from warpviz.film.options import Clock
from warpviz.film.reel.animation import Animation
from warpviz.film.words.description import of_turntable
from warpviz.motion.camera import TILTS
from warpviz.motion.fitted import turntable_camera
from warpviz.motion.timeline import Timeline
from warpviz.motion.trajectory import Trajectory
from warpviz.picture.scene import Panel, Scene

SECONDS = 6.0
"""Of a full turn, where no other time is asked for."""
STILL = frozenset({"track", "basis", "network"})
"""Parts that tell of acts, and of a still stop nothing."""


def check_turntable(stop: int | None, acts: int, clock: Clock) -> None:
    """Refuse a stop that there is not, and rests, which a turn has none of.

    Raises:
        WarpvizError: naming the stops that there are.
    """
    if stop is None:
        return
    if not 0 <= stop <= acts:
        raise WarpvizError(f"turntable expects a stop of the film, 0 to {acts}, got {stop}.")
    if clock.hold_at or (clock.hold, clock.start_hold, clock.end_hold) != (None, None, None):
        raise WarpvizError("turntable turns without a rest; leave out hold and its kin.")


def turned(film: Animation, data: Dataset, look: Look, clock: Clock) -> Animation:
    """The film's stop that `look` puts on a turntable, turned around once; else the film itself.

    Law: frames are one step of the turn apart, and so is the first one from the last.

    Args:
        film: a film of cloth.
        data: its dots.
        look: its look; planes are tilted as its camera tells, or as shows them well.
        clock: `seconds` is the whole turn, 6 by default.

    Raises:
        WarpvizError: as `check_turntable`.
    """
    scene, stop = film.scene, look.turntable
    check_turntable(stop, film.timeline.acts, clock)
    if stop is None or not isinstance(scene, Scene):
        return film
    acts = film.timeline.acts
    act, t = (stop, 0.0) if stop < acts or not acts else (stop - 1, 1.0)
    panels = tuple(
        _turning(panel, panel.stop(*panel.moment(act, t, scene.acts)), look)
        for panel in scene.panels
    )
    seconds = clock.seconds or SECONDS
    timeline = Timeline(1, seconds, 0.0, clock.fps, "linear", cyclic=True)
    words = of_turntable(
        data,
        {panel.title: panel.stops[0] for panel in panels},
        any(len(panel.sheet.vertices) for panel in panels),
        look.say,
    )
    return replace(
        film,
        scene=replace(scene, panels=panels, show=scene.show - STILL),
        timeline=timeline,
        description=words,
    )


def _turning(panel: Panel, stop: int, look: Look) -> Panel:
    """The panel at one of its stops, the camera around it."""
    points = panel.path.keyframes[stop]
    views = panel.camera.views
    azimuth, tilt = float(views.azimuth[stop]), float(views.tilt[stop])
    if panel.flat[stop] or tilt == 0.0:
        azimuth, tilt = look.direction or (0.0, float(TILTS[1]))
    here = {
        key: crease._replace(act=-1 if crease.act < stop else 1, start=0.0)
        for key, crease in panel.creases.items()
    }
    twice = np.array([stop, stop])
    chances = panel.chances if panel.chances.ndim == 2 else panel.chances[stop]
    return replace(
        panel,
        path=Trajectory(np.stack([points, points]), panel.path.widths[twice]),
        camera=turntable_camera(points, panel.camera.safe, azimuth, tilt),
        chances=chances,
        flat=np.zeros(2, dtype=np.bool_),
        creases=here,
        stops=(panel.stops[stop],) * 2,
        acts=(panel.stops[stop],),
        axis_names=(panel.axis_names[stop],) * 2,
        notes=tuple(panel.notes[k] for k in twice) if panel.notes else (),
        remarks=tuple(panel.remarks[k] for k in twice) if panel.remarks else (),
        origin=None,
        bases=(),
        network=None,
    )
