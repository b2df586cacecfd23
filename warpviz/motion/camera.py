"""Where the camera stands: from above for planes, tilted and slowly turning for spaces.

A view is a turn about the third axis (azimuth), then a tilt about the screen's horizontal. At a
plane both are zero, so that inputs and logits read as plots.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from warpviz.arrays import Bools, Floats

TILTS = np.radians([38.0, 48.0, 58.0])
AZIMUTHS = np.radians(np.arange(-165.0, 181.0, 15.0))
LIFT = (np.radians(35.0), np.radians(40.0))
"""Azimuth (to either side) and tilt in the middle of a page flip between planes."""
CALM = 1.5
"""What points that move cost, per squared radius of the cloud, against the log of the area seen."""
BETWEEN = (0.25, 0.5, 0.75)
"""When a cloud is looked at during an act."""
ON_THE_WAY = 0.8
"""What a look at such a time counts against one at a keyframe."""
STEP = np.radians(12.0)
"""The camera is never quite still while things move: it turns by this or more in every act."""
STILL = 0.3
"""What an act without a turn costs."""
NARROW, EDGE_ON = np.log(0.5), 5.0
"""Of the log of the area that the best view shows, what less than counts as edge-on, and how much
each unit below it costs where views are to be broad."""
FLAT = 1e-4
"""The spread, per squared radius, below which a cloud is a line or a point."""


Direction = tuple[float, float]
"""Azimuth and tilt in radians."""


def rotation(azimuth: float | Floats, tilt: float | Floats) -> Floats:
    """(3, 3): rows are the screen's right, up and towards the viewer; for n angles (3, 3, n).

    >>> rotation(0.0, 0.0).tolist()
    [[1.0, 0.0, 0.0], [-0.0, 1.0, 0.0], [0.0, -0.0, 1.0]]
    """
    ca, sa, ct, st = np.cos(azimuth), np.sin(azimuth), np.cos(tilt), np.sin(tilt)
    rows = ((ca, sa, 0.0 * ca), (-sa * ct, ca * ct, st), (sa * st, -ca * st, ct))
    turn = np.empty((3, 3, *np.shape(rows[1][0])))
    for i, row in enumerate(rows):
        for j, entry in enumerate(row):
            turn[i, j] = entry
    return turn


@dataclass(frozen=True, eq=False)
class Views:
    """The camera's direction at each keyframe.

    Attributes:
        azimuth: (K,) radians.
        tilt: (K,) radians, 0 from above.
        lift: K − 1 pairs (azimuth, tilt) that come and go during an act, so that a page which
            flips from plane to plane is seen to flip; () for none.
    """

    azimuth: Floats
    tilt: Floats
    lift: tuple[tuple[float, float], ...] = ()

    def lifted(self, k: int) -> bool:
        """Whether the camera leaves its height during act k."""
        return bool(self.lift) and self.lift[k] != (0.0, 0.0)

    def at(self, k: int, t: float) -> Floats:
        """The camera's rotation (3, 3) in act k at t."""
        if len(self.tilt) == 1:
            return rotation(float(self.azimuth[0]), float(self.tilt[0]))
        azimuth = (1 - t) * self.azimuth[k] + t * self.azimuth[k + 1]
        tilt = (1 - t) * self.tilt[k] + t * self.tilt[k + 1]
        if self.lift:
            there = np.sin(np.pi * t)
            azimuth, tilt = azimuth + there * self.lift[k][0], tilt + there * self.lift[k][1]
        return rotation(float(azimuth), float(tilt))


def seen_from(views: Views, space: Bools, direction: Direction) -> Views:
    """The same, but that all states in space are seen from one direction."""
    azimuth, tilt = (np.where(space, angle, 0.0) for angle in direction)
    return replace(views, azimuth=azimuth, tilt=tilt)


def _seen(cloud: Floats, rotations: Floats) -> Floats:
    """How much of a cloud's flat extent each view shows: log of projected over largest area."""
    spread = cloud.T @ cloud / len(cloud)
    sizes = np.maximum(np.sort(np.linalg.eigvalsh(spread))[::-1], FLAT)
    screen = rotations[:, :2] @ spread @ rotations[:, :2].transpose(0, 2, 1)
    area = np.linalg.det(screen + FLAT * np.eye(2))
    return np.asarray(0.5 * np.log(np.maximum(area, FLAT**2) / (sizes[0] * sizes[1])))


def choose_views(
    keyframes: Floats,
    space: Bools,
    flips: Sequence[Floats | None] = (),
    between: Sequence[Sequence[Floats]] = (),
    *,
    broad: bool = False,
) -> Views:
    """Choose the calmest path of views that shows the cloud from its broad side.

    Dynamic programming over a grid of directions: the sum over keyframes, and times between them,
    of the logarithm of the area seen, less what points move on the screen from one keyframe to
    the next. So where a map turns the cloud, the camera turns with it.

    Args:
        keyframes: (K, N, 3) in the picture's space.
        space: (K,) whether a keyframe is seen in perspective; the others are seen from above.
        flips: K − 1, the direction that an act reverses by flipping the page, None without.
        between: for each of the K − 1 acts a cloud (N, 3) at each time of `BETWEEN`; () looks at
            keyframes alone.
        broad: no cloud is seen edge-on for the sake of calm, if other views avoid it.
    """
    count = len(keyframes)
    azimuth, tilt = (a.ravel() for a in np.meshgrid(AZIMUTHS, TILTS))
    grid = np.moveaxis(rotation(azimuth, tilt), -1, 0)
    above = np.eye(3)[None]
    clouds = [_normalised(keyframe) for keyframe in keyframes]
    best, back = np.zeros(1), []
    for k in range(count):
        here = grid if space[k] else above
        gain = _seen(clouds[k], here) if space[k] else np.zeros(1)
        gain = _broad(gain) if broad else gain
        if k == 0:
            best = gain
            continue
        before = grid if space[k - 1] else above
        reach = best[:, None] - CALM * _moved(clouds[k - 1], clouds[k], before, here)
        if len(between):
            for t, cloud in zip(BETWEEN, between[k - 1], strict=True):
                seen = _seen_between(_normalised(cloud), t, bool(space[k - 1]), bool(space[k]))
                reach = reach + ON_THE_WAY * (_broad(seen) if broad else seen)
        if space[k] and space[k - 1]:
            turn = np.abs(_wrapped(azimuth[:, None] - azimuth[None, :]))
            reach = reach - STILL * np.maximum(1.0 - turn / STEP, 0.0)
        back.append(reach.argmax(axis=0))
        best = gain + reach.max(axis=0)
    choice = [int(best.argmax())]
    for came_from in reversed(back):
        choice.append(int(came_from[choice[-1]]))
    choice.reverse()
    turned = np.array([azimuth[c] if space[k] else 0.0 for k, c in enumerate(choice)])
    leaned = np.array([tilt[c] if space[k] else 0.0 for k, c in enumerate(choice)])
    # A line flips through the second axis, in full view from above.
    lift = tuple(
        (0.0, 0.0) if flip is None or len(flip) == 1 or space[k] or space[k + 1] else _lift(flip)
        for k, flip in enumerate(flips)
    )
    return Views(_shortest_way(turned), leaned, lift)


def _broad(seen: Floats) -> Floats:
    """What views show, less what it costs that some are edge-on where others are not."""
    return np.asarray(seen - EDGE_ON * np.maximum(seen.max() + NARROW - seen, 0.0))


def _seen_between(cloud: Floats, t: float, before: bool, after: bool) -> Floats:
    """How much of a cloud is seen at t between the views of two keyframes: (before, after).

    Args:
        cloud: (N, 3), normalised.
        t: the part of the act.
        before: whether the first keyframe is in space: then any view of the grid is its.
        after: the same of the second.
    """
    grid = len(AZIMUTHS) * len(TILTS)
    shape = grid if before else 1, grid if after else 1
    return _seen(cloud, _turns_between(t, before, after)).reshape(shape)


@lru_cache(maxsize=4 * len(BETWEEN))
def _turns_between(t: float, before: bool, after: bool) -> Floats:
    """(before · after, 3, 3) the rotations at t between each two views."""
    grid = tuple(angles.ravel() for angles in np.meshgrid(AZIMUTHS, TILTS))
    start, end = (grid if space else (np.zeros(1),) * 2 for space in (before, after))
    azimuth = start[0][:, None] + t * _wrapped(end[0][None, :] - start[0][:, None])
    tilt = (1.0 - t) * start[1][:, None] + t * end[1][None, :]
    turns = np.moveaxis(rotation(azimuth.ravel(), tilt.ravel()), -1, 0)
    turns.setflags(write=False)
    return turns


def _normalised(cloud: Floats) -> Floats:
    """A cloud (N, 3) about its mean, of root mean square radius 1; all zeros for a point."""
    away: Floats = cloud - cloud.mean(axis=0)
    largest = float(np.abs(away).max(initial=0.0))
    if largest == 0:
        return away
    away = away / largest
    away /= np.sqrt((away**2).sum(axis=1).mean())
    return away


def _moved(start: Floats, end: Floats, before: Floats, after: Floats) -> Floats:
    """Mean squared way of points on the screen, for each pair of views: (before, after)."""
    p, q = before[:, :2], after[:, :2]
    n = len(start)
    size_start = np.einsum("iab,bc,iac->i", p, start.T @ start / n, p)
    size_end = np.einsum("iab,bc,iac->i", q, end.T @ end / n, q)
    mixed = np.einsum("iab,bc,jac->ij", p, start.T @ end / n, q)
    out: Floats = size_start[:, None] + size_end[None, :] - 2.0 * mixed
    return out


def _wrapped(angle: Floats) -> Floats:
    """The same angles within (−π, π]."""
    out: Floats = np.pi - np.mod(np.pi - angle, 2.0 * np.pi)
    return out


def _shortest_way(azimuth: Floats) -> Floats:
    """The same directions, so that no step turns by more than half a circle."""
    return np.asarray(np.unwrap(azimuth))


def _lift(reversed_direction: Floats) -> tuple[float, float]:
    """Half-way the page stands on edge, its normal the reversed direction: look from the side."""

    def shown(azimuth: float) -> float:
        return abs(float(reversed_direction[:2] @ (np.sin(azimuth), -np.cos(azimuth))))

    return max((LIFT[0], -LIFT[0]), key=shown), LIFT[1]
