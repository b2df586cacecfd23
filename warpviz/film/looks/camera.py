"""Where states in space are seen from, where a film is told: elevation and azimuth in degrees."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from warpviz.errors import WarpvizError
from warpviz.motion.camera import Direction
from warpviz.names import unknown_name

CameraLike: TypeAlias = Sequence[float] | Mapping[str, float]
"""(elev, azim), or one or both by name."""
USUAL = {"elev": 30.0, "azim": -60.0}
"""What is not told; so it is in matplotlib too."""


def direction_of(camera: CameraLike) -> Direction:
    """The camera's azimuth and tilt in radians.

    Args:
        camera: in degrees, as matplotlib's `view_init` takes them: elev above the plane of the
            first two coordinates, azim about the third axis, from the first.

    Raises:
        WarpvizError: for other names, or what are no such angles.

    >>> direction_of((90, -90)), direction_of({"elev": 90, "azim": -90})
    ((0.0, 0.0), (0.0, 0.0))
    """
    if isinstance(camera, Mapping):
        for name in camera:
            if name not in USUAL:
                raise unknown_name("angle of a camera", name, USUAL)
        given: Sequence[Any] = [camera.get(name, usual) for name, usual in USUAL.items()]
    else:
        given = list(camera)
    try:
        elev, azim = (float(angle) for angle in given)
    except (TypeError, ValueError):
        elev = azim = math.nan
    if not (-90 <= elev <= 90 and math.isfinite(azim)):
        raise WarpvizError(
            "camera expects elev from -90 to 90 and azim in degrees, such as (20, 40), "
            f"got {camera!r:.60}."
        )
    around = math.remainder(azim + 90.0, 360.0)
    return math.radians(around), math.radians(90.0 - elev)


def check_space(camera: CameraLike | None, view: str, widths: Iterable[int]) -> None:
    """Refuse a camera where no state is seen in space.

    Args:
        camera: None is the film's own.
        view: a name of `VIEWS`.
        widths: of all states that are shown.

    Raises:
        WarpvizError: all of them are planes.
    """
    space = view == "3d" or (view != "2d" and any(width > 2 for width in widths))
    if camera is not None and not space:
        raise WarpvizError(
            "camera is where states in space are seen from, and all of this film's are planes; "
            "leave it out, or see them in space with view 3d."
        )
