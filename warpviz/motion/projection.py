"""States of any width to the picture's space of three axes.

States of up to three units keep their own coordinates. Wider ones are seen along the principal
axes of the data's states, turned from layer to layer so that the picture does not jump
(orthogonal Procrustes: Schönemann 1966, https://doi.org/10.1007/BF02289451).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.motion.interpolate import Swing, fitted, seen
from warpviz.motion.principal import MANY, WIDE, axes_of_few, axes_of_many
from warpviz.motion.trajectory import Trajectory

BLOCK = 2**22
"""Numbers of states that are worked out at once."""
VIEWS = ("auto", "2d", "3d", "pca")
"""auto: own coordinates up to width 3, principal axes beyond; 2d: the first two coordinates;
3d: the first three, always in perspective; pca: principal axes from width 2 on."""


TIED = 1e-9
"""Components of an axis as near to each other as this are of one size."""
FLAT = 1e-9
"""A picture whose third singular value is below this part of its first is flat."""


@dataclass(frozen=True, eq=False)
class Projection:
    """How one keyframe is brought into the picture's space: p = (x − centre)·axes.

    Attributes:
        centre: (D,).
        axes: (D, 3).
        variance: the share of the data's variance that the axes keep, 0 … 1.
        principal: whether the axes are principal axes, and not the state's own.
        whole: whether nothing of the state is left out.
    """

    centre: Floats
    axes: Floats
    variance: float
    principal: bool
    whole: bool

    def __call__(self, points: Floats) -> Floats:
        """(N, D) → (N, 3)."""
        projected: Floats = (points - self.centre) @ self.axes
        return projected

    def padded(self, size: int) -> "Projection":
        """The same for states that are padded with zeros to so many axes."""
        more = size - len(self.centre)
        centre, axes = np.pad(self.centre, (0, more)), np.pad(self.axes, ((0, more), (0, 0)))
        return replace(self, centre=centre, axes=axes)


def _own_axes(data: Floats, axes: int) -> Projection:
    """The first coordinates of data (N, D)."""
    width = data.shape[1]
    eye = np.eye(width, 3) * (np.arange(3) < axes)
    power = data.var(axis=0) if width > axes else np.ones(1)
    total = float(power.sum())
    variance = float(power[:axes].sum()) / total if total > 0 else 1.0
    return Projection(np.zeros(width), eye, variance, False, width <= axes)


def _principal_axes(data: Floats, before: Floats | None) -> Projection:
    """The first three principal axes of data (N, D), turned to match the (N, 3) picture before."""
    centre = data.mean(axis=0)
    inner = data - centre
    if inner.shape[1] > WIDE * len(inner):
        power, directions = axes_of_few(inner)
    elif min(inner.shape) > MANY:
        power, directions = axes_of_many(inner)
    else:
        if len(inner) > inner.shape[1]:
            inner = np.linalg.qr(inner, mode="r")  # of many points only what their axes need
        _, strength, directions = np.linalg.svd(inner, full_matrices=False)
        power = strength**2
    keep = min(3, len(directions))
    basis = np.zeros((data.shape[1], 3))
    basis[:, :keep] = directions[:keep].T
    total = float(power.sum())
    variance = float(power[:keep].sum()) / total if total > 0 else 1.0
    # No sign or order of an SVD may change the film: without a picture before, the largest
    # component of each axis is positive.
    sizes = np.abs(basis)
    largest = (sizes >= sizes.max(axis=0) - TIED).argmax(axis=0)
    basis *= np.where(basis[largest, np.arange(3)] < 0, -1.0, 1.0)
    if before is not None:
        seen = (data - centre) @ basis
        past = before - before.mean(axis=0)
        basis[:, :keep] = basis[:, :keep] @ _turn_to_match(seen[:, :keep].T @ past[:, :keep])
    return Projection(centre, basis, variance, True, False)


def _turn_to_match(mixed: Floats) -> Floats:
    """The orthogonal matrix nearest to seenᵀ·past (3, 3), or less of it.

    Where the picture before is flat only rounding would tell on which side of it the third axis
    lies: of a plane on that of Householder's reflections, which an SVD begins with; of what is
    flat to rounding on the other; of what is flat and seen aslant on that of a turn. Any would do.
    Of a line the reflection has both other axes.

    >>> _turn_to_match(np.array([[2.0, 1, 0], [-1, 1, 0], [1, 3, 0]])).round(2).tolist()
    [[0.81, 0.13, -0.57], [-0.56, 0.43, -0.71], [0.15, 0.89, 0.42]]
    """
    u, strength, vt = np.linalg.svd(mixed)
    if len(mixed) == 3 and strength[2] <= FLAT * strength[0]:
        third = np.abs(mixed[:, 2]).max()
        if max(third, np.abs(mixed[:, 1]).max()) <= FLAT * strength[0]:
            found, along = np.linalg.qr(mixed[:, :1], mode="complete")
            return np.asarray(found * [-1.0 if along[0, 0] < 0 else 1.0, 1.0, 1.0])
        if third <= FLAT * strength[0]:
            wanted = np.linalg.qr(mixed[:, :2], mode="complete")[0][:, 2] @ (u @ vt)[:, 2]
            wanted *= 1.0 if third == 0 else -1.0
        else:
            wanted = np.linalg.det(u @ vt)
        u[:, 2] *= -1.0 if wanted < 0 else 1.0
    return np.asarray(u @ vt)


def views_of(clouds: Iterable[Floats], view: str = "auto") -> tuple[Projection, ...]:
    """One projection for each keyframe.

    Args:
        clouds: the data's states, (N, D) each, looked at one by one: many wide ones need not be
            there at once; principal axes and variances are theirs.
        view: a name of `VIEWS`.
    """
    found: list[Projection] = []
    before: Floats | None = None
    for cloud in clouds:
        width = cloud.shape[1]
        wide = view in ("auto", "3d") and width > 3
        if wide or (view == "pca" and width > 1):
            one = _principal_axes(cloud, before)
        else:
            one = _own_axes(cloud, 2 if view == "2d" else 3)
        before = one(cloud)
        found.append(one)
    return tuple(found)


def projections(states: Trajectory, data: slice, view: str = "auto") -> tuple[Projection, ...]:
    """One projection for each keyframe.

    Args:
        states: the trajectory of all points.
        data: which of its points are data; principal axes are theirs.
        view: a name of `VIEWS`.
    """
    keyframes = zip(states.keyframes, states.widths.tolist(), strict=True)
    clouds = [keyframe[data, :width] for keyframe, width in keyframes]
    return tuple(one.padded(states.keyframes.shape[2]) for one in views_of(clouds, view))


def project(states: Trajectory, views: tuple[Projection, ...]) -> Trajectory:
    """Project keyframes, not frames: under lerp the two commute.

    Between states of up to three units a swing stays what it is; where principal axes are seen,
    what is seen swings.
    """
    keyframes = np.stack([p(x) for p, x in zip(views, states.keyframes, strict=True)])
    return _as_seen(keyframes, states.widths, views, states.swings)


def project_blocks(
    states: Callable[[Floats], Sequence[Floats]],
    points: Floats,
    views: tuple[Projection, ...],
    swings: Sequence[Callable[[], Swing | None] | None],
) -> Trajectory:
    """The same of wide states, worked out for some of the points at once, to bound memory.

    Args:
        states: from points (N, n) to their K states.
        points: all of them.
        views: K, how each state is projected.
        swings: K − 1, each gives the swing of an act, and is asked where all of it is seen; None
            for acts that go straight.
    """
    widths = np.array([len(view.centre) for view in views])
    size = max(BLOCK // int(widths.sum()), 1)
    parts = [
        np.stack([view(x) for view, x in zip(views, states(points[at : at + size]), strict=True)])
        for at in range(0, len(points), size)
    ]
    found: list[Swing | str | None] = []
    for swing, (before, after) in zip(swings, pairwise(views), strict=True):
        whole = before.whole and after.whole
        found.append(None if swing is None else swing() if whole else FITTED)
    return _as_seen(np.concatenate(parts, axis=1), widths, views, found)


FITTED = "fitted"
"""A swing that is not asked for, as it follows from what is seen."""


def _as_seen(
    keyframes: Floats,
    widths: Ints,
    views: tuple[Projection, ...],
    given: Sequence[Swing | str | None],
) -> Trajectory:
    """Keyframes (K, N, 3) that are projected already, and how they move from one to the next."""
    swings: list[Swing | None] = []
    for k, swing in enumerate(given):
        if swing is None:
            swings.append(None)
        elif views[k].whole and views[k + 1].whole and not isinstance(swing, str):
            swings.append(seen(swing))
        else:
            swings.append(fitted(keyframes[k], keyframes[k + 1]))
    return Trajectory(keyframes, np.minimum(widths, 3), tuple(swings))
