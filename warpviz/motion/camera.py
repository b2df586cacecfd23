"""Where the camera stands: from above for planes, tilted and slowly turning for spaces.

A view is a turn about the third axis (azimuth), then a tilt about the screen's horizontal. At a
plane both are zero, so that inputs and logits read as plots.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from warpviz.arrays import Bools, Floats

TILTS = np.radians([38.0, 48.0, 58.0])
AZIMUTHS = np.radians(np.arange(-80.0, 81.0, 10.0))
STEP = np.radians(12.0)
"""The turn of an act that costs nothing: the camera is never quite still while things move."""
LIFT = (np.radians(35.0), np.radians(40.0))
"""Azimuth (to either side) and tilt in the middle of a page flip between planes."""
CALM = 1.2
"""What a turn costs, per radian², against the logarithm of the area seen."""


def rotation(azimuth: float, tilt: float) -> Floats:
    """(3, 3): rows are the screen's right, up and towards the viewer.

    >>> rotation(0.0, 0.0).tolist()
    [[1.0, 0.0, 0.0], [-0.0, 1.0, 0.0], [0.0, -0.0, 1.0]]
    """
    ca, sa, ct, st = np.cos(azimuth), np.sin(azimuth), np.cos(tilt), np.sin(tilt)
    return np.array([[ca, sa, 0.0], [-sa * ct, ca * ct, st], [sa * st, -ca * st, ct]])


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


def _seen(points: Floats, rotations: Floats) -> Floats:
    """How much of a cloud's flat extent each view shows: log of projected over largest area."""
    spread = np.cov(points.T) if len(points) > 1 else np.zeros((3, 3))
    sizes = np.sort(np.linalg.eigvalsh(spread))[::-1]
    if sizes[0] <= 0:
        return np.zeros(len(rotations))
    # In units of the largest spread, so that no size of cloud overflows.
    spread, sizes = spread / sizes[0], sizes / sizes[0]
    floor = 1e-4
    sizes = np.maximum(sizes, floor)
    screen = rotations[:, :2] @ spread @ rotations[:, :2].transpose(0, 2, 1)
    area = np.linalg.det(screen + floor * np.eye(2))
    return np.asarray(0.5 * np.log(np.maximum(area, 1e-12) / sizes[1]))


def choose_views(keyframes: Floats, space: Bools, flips: Sequence[Floats | None] = ()) -> Views:
    """Choose the calmest path of views that shows the cloud from its broad side.

    Dynamic programming over a grid of directions: the sum over keyframes and half-way points of
    the logarithm of the area seen, less the cost of turning.

    Args:
        keyframes: (K, N, 3) in the picture's space.
        space: (K,) whether a keyframe is seen in perspective; the others are seen from above.
        flips: K − 1, the direction that an act reverses by flipping the page, None without.
    """
    count = len(keyframes)
    azimuth, tilt = (a.ravel() for a in np.meshgrid(AZIMUTHS, TILTS))
    rotations = np.stack([rotation(a, b) for a, b in zip(azimuth, tilt, strict=True)])
    turn = azimuth[:, None] - azimuth[None, :]
    lean = tilt[:, None] - tilt[None, :]
    cost = CALM * ((np.abs(turn) - STEP) ** 2 + lean**2)
    entry = CALM * 0.5 * azimuth**2
    best = np.zeros(len(azimuth))
    back = np.zeros((count, len(azimuth)), dtype=np.int64)
    choice = np.zeros(count, dtype=np.int64)
    for k in range(count):
        if not space[k]:
            continue
        gain = _seen(keyframes[k], rotations)
        if k and space[k - 1]:
            gain = gain + 0.5 * _seen(0.5 * (keyframes[k] + keyframes[k - 1]), rotations)
            reach = best[:, None] - cost
            back[k] = reach.argmax(axis=0)
            best = gain + reach.max(axis=0)
        else:
            best = gain - entry
        if k + 1 == count or not space[k + 1]:
            end = best - (entry if k + 1 < count else 0.0)
            choice[k] = int(end.argmax())
            j = k
            while j > 0 and space[j - 1]:
                choice[j - 1] = back[j, choice[j]]
                j -= 1
    zero = ~space
    lift = tuple(
        (0.0, 0.0) if flip is None or space[k] or space[k + 1] else _lift(flip)
        for k, flip in enumerate(flips)
    )
    return Views(np.where(zero, 0.0, azimuth[choice]), np.where(zero, 0.0, tilt[choice]), lift)


def _lift(reversed_direction: Floats) -> tuple[float, float]:
    """Half-way the page stands on edge, its normal the reversed direction: look from the side."""

    def shown(azimuth: float) -> float:
        return abs(float(reversed_direction[:2] @ (np.sin(azimuth), -np.cos(azimuth))))

    return max((LIFT[0], -LIFT[0]), key=shown), LIFT[1]
