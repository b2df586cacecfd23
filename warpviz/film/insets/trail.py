"""Points that a film follows: places of the input plane, or points of the data by number."""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats
from warpviz.axis import limits_of
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.film.looks.look import Look
from warpviz.film.seeing import Seen
from warpviz.geometry.curve import line_of
from warpviz.geometry.plane import around
from warpviz.kinds import shown
from warpviz.picture.marks.probe import Followed


def trail_points(look: Look, data: Dataset) -> Floats:
    """The points (P, n) that a look's `trail` names, as coordinates of the data.

    Args:
        look: its places are in the input's own units, as `limits` are.
        data: whose points are counted from 0.

    Raises:
        WarpvizError: there is no such point, or no such place on the sheet.

    >>> data = Dataset(np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([0, 1]))
    >>> trail_points(Look(trail=(1, (0.5, 1.5))), data).tolist()
    [[2.0, 3.0], [0.5, 1.5]]
    """
    width = data.x.shape[1]
    points = np.array([_point(one, data) for one in look.trail]).reshape(-1, width)
    lows, highs = _sheet(look, data)
    for one, point in zip(look.trail, points, strict=True):
        if np.any(point < lows) or np.any(point > highs):
            axes = data.axes
            room = " and ".join(
                f"{axis.name} from {axis.own(low):.3g} to {axis.own(high):.3g}"
                for axis, low, high in zip(axes, lows.tolist(), highs.tolist(), strict=True)
            )
            raise WarpvizError(
                f"trail expects points of the sheet, {room}, got {shown(one)}; choose another, "
                "or wider limits."
            )
    return points


def _point(one: int | Sequence[float], data: Dataset) -> Floats:
    count, width = data.x.shape
    if not isinstance(one, Sequence):
        if not 0 <= one < count:
            raise WarpvizError(
                f"trail expects numbers of data points, 0 to {count - 1}, or places "
                f"{_example(width)}, got {shown(one)}."
            )
        return np.asarray(data.x[one])
    if len(one) != width or not np.isfinite(one).all():
        raise WarpvizError(
            f"trail expects places {_example(width)}, or the number of a data point, "
            f"got {shown(one)}."
        )
    if data.mean is None or data.scale is None:
        return np.array(one, dtype=np.float64)
    return np.asarray((np.array(one, dtype=np.float64) - data.mean) / data.scale)


def _example(width: int) -> str:
    """What a place is, and where it is short one of them."""
    numbers = "1 number" if width == 1 else f"{width} numbers"
    place = (0.5, -1.0, *[0.0] * (width - 2))[:width]
    return f"of {numbers}, such as {place}" if width <= 4 else f"of {numbers}"


def _sheet(look: Look, data: Dataset) -> tuple[Floats, Floats]:
    """The least and the greatest input of the sheet; infinite where it lies among features."""
    width = data.x.shape[1]
    if width == 1:
        low, high = line_of(data, look.limits)
        return np.array([low]), np.array([high])
    if width > 2:
        return np.full(width, -np.inf), np.full(width, np.inf)
    x0, x1, y0, y1 = limits_of(look.limits, data.axes) or around(data.x)
    return np.array([x0, y0]), np.array([x1, y1])


def set_apart(seen: Seen, points: Floats) -> tuple[Seen, Followed | None]:
    """What is seen without the last of its points, and these by themselves.

    Args:
        seen: whose path ends with the followed points.
        points: (P, n) of the input.
    """
    if len(points) == 0:
        return seen, None
    last = seen.path.keyframes.shape[1]
    own = seen.path.of_points(np.arange(last - len(points), last))
    rest = seen.path.of_points(np.arange(last - len(points)))
    return seen._replace(path=rest), Followed(points, own)
