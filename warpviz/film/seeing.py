"""Where a panel's points are seen: path and camera of states that follow each other."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from warpviz.arrays import Bools, Floats, Ints
from warpviz.model.chain import Chain
from warpviz.motion.camera import BETWEEN, Direction, choose_views, seen_from
from warpviz.motion.fitted import fitted_camera
from warpviz.motion.framing import Box, Camera
from warpviz.motion.projection import Projection, project, project_blocks
from warpviz.motion.trajectory import Trajectory

AT_ONCE = 2**26
"""Numbers of states that are held together."""


class Seen(NamedTuple):
    """How states are seen.

    Attributes:
        path: of all points.
        camera: that keeps them in the picture.
        flat: (K,) whether a state is a plane with axes of its own.
        views: K, padded to the width of the path.
    """

    path: Trajectory
    camera: Camera
    flat: Bools
    views: tuple[Projection, ...]

    def named(self, letters: Sequence[str]) -> tuple[str, ...]:
        """The K states' axes by their letters; principal axes have none, they mix the units."""
        pairs = zip(self.views, letters, strict=True)
        return tuple("" if view.principal else letter for view, letter in pairs)


def seen_states(
    states: Trajectory,
    views: tuple[Projection, ...],
    view: str,
    safe: Box,
    framed: Ints,
    led: Ints,
    direction: Direction | None = None,
    *,
    broad: bool = False,
) -> Seen:
    """How states are seen.

    Args:
        states: the K keyframes.
        views: how each is projected.
        view: a name of `VIEWS`: 3d lets planes stand in space too.
        safe: where the points have to stay.
        framed: rows of the points that have to.
        led: rows of those that the camera's direction goes by.
        direction: that is told instead, for what is seen in space.
        broad: no state is seen edge-on if a view avoids it, see `choose_views`.
    """
    views = tuple(each.padded(states.keyframes.shape[2]) for each in views)
    return seen_path(
        project(states, views), states.widths, views, view, safe, framed, led, direction,
        broad=broad,
    )  # fmt: skip


def seen_path(
    path: Trajectory,
    widths: Ints,
    views: tuple[Projection, ...],
    view: str,
    safe: Box,
    framed: Ints,
    led: Ints,
    direction: Direction | None = None,
    *,
    broad: bool = False,
) -> Seen:
    """The same for points that are projected already, whose states have so many units (K,)."""
    everywhere = {"3d": True, "2d": False}
    space = np.full(len(views), everywhere[view]) if view in everywhere else widths > 2
    leaders = path.of_points(led)
    flips = [swing.reversed_direction if swing else None for swing in path.swings]
    between = [[leaders.at(k, t) for t in BETWEEN] for k in range(leaders.acts)]
    turns = choose_views(leaders.keyframes, space, flips, between, broad=broad)
    if direction is not None:
        turns = seen_from(turns, space, direction)
    flat = ~space & np.array([not each.principal for each in views])
    return Seen(path, fitted_camera(path.of_points(framed), turns, safe), flat, views)


def path_of(
    chains: Sequence[Chain], layer: int, points: Floats, views: Sequence[Projection]
) -> Trajectory:
    """What is seen of one state under each of several weights; never all of wide states at once."""
    parts = [chain[:layer] for chain in chains]
    if len(chains) * len(points) * len(views[0].centre) <= AT_ONCE:
        return project(Trajectory.of([part(points) for part in parts]), tuple(views))
    straight = [None] * (len(chains) - 1)
    return project_blocks(
        lambda places: [part(places) for part in parts], points, tuple(views), straight
    )
