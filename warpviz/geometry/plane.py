"""The plane on which a sheet lies: limits, and origin and axes among more than two features."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.data.dots import principal_plane
from warpviz.errors import WarpvizError
from warpviz.geometry.sheet import Limits
from warpviz.kinds import shown
from warpviz.model.chain import Chain

Plane = tuple[Floats, Floats]

FARTHEST = 1e60
"""Of a coordinate: fourth powers of it, as areas are compared by, are still numbers."""


def checked_plane(chain: Chain, plane: Plane | None) -> Plane:
    """Origin (n,) and axes (n, 2) of the plane that a chain is seen on."""
    width = chain.widths[0]
    if plane is None:
        if width != 2:
            raise WarpvizError(
                f"The input plane expects a chain of 2 features, got {width}; "
                "give plane=(origin, axes) to choose a plane among them."
            )
        return np.zeros(2), np.eye(2)
    origin, axes = (np.asarray(part, dtype=np.float64) for part in plane)
    if origin.shape != (width,) or axes.shape != (width, 2):
        raise WarpvizError(
            f"A plane expects an origin of shape ({width},) and axes of shape ({width}, 2), "
            f"got {origin.shape} and {axes.shape}."
        )
    return origin, axes


def checked(limits: Limits) -> Limits:
    """Limits that span a rectangle, or a WarpvizError."""
    x0, x1, y0, y1 = limits
    if not (x0 < x1 and y0 < y1 and np.all(np.isfinite(limits))):
        raise WarpvizError(f"Limits expect x0 < x1 and y0 < y1, got {','.join(map(str, limits))}.")
    reached(limits)
    return limits


def reached(limits: Sequence[float]) -> tuple[float, ...]:
    """Limits, or a WarpvizError where they lie too far out."""
    if max(map(abs, limits)) > FARTHEST:
        raise WarpvizError(
            f"Limits expect numbers up to {FARTHEST:g}, got {','.join(f'{at:g}' for at in limits)}."
        )
    return tuple(limits)


def around(flat: Floats) -> Limits:
    """Limits that leave a margin around points (N, 2)."""
    low, high = flat.min(axis=0), flat.max(axis=0)
    margin = 0.1 * np.maximum(high - low, 1e-9) / 2
    (x0, y0), (x1, y1) = low - margin, high + margin
    return float(x0), float(x1), float(y0), float(y1)


def plane_of(data: Dataset) -> Plane | None:
    """The plane on which data of more than two features is seen: its first principal axes.

    Raises:
        WarpvizError: data of one feature lies on a line.
    """
    if data.x.shape[1] < 2:
        raise WarpvizError(
            "A plane of the input expects two features or more, got 1; animate and compare film a "
            "model of one feature as a curve, plot draws its function."
        )
    if data.x.shape[1] == 2:
        return None
    return principal_plane(data.x)


def plane_through(data: Dataset, chosen: Any) -> Plane | None:
    """A plane that was chosen among the features of data; None where none was.

    Args:
        data: of n features.
        chosen: two features, by number from 0 or by name, the others held at their means; or
            origin (n,) and axes (n, 2).

    Raises:
        WarpvizError: for anything else.

    >>> from warpviz.data import load_data
    >>> plane_through(load_data("rings", n=20), (1, 0))[1].tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    if chosen is None:
        return None
    width, names = data.x.shape[1], list(data.feature_names)
    expected = (
        f"plane expects two of {width} features, such as (0, 1), or an origin of shape ({width},) "
        f"and axes of shape ({width}, 2), got {shown(chosen)}."
    )
    if not isinstance(chosen, tuple | list) or len(chosen) != 2:
        raise WarpvizError(expected)
    if all(isinstance(one, int | str) for one in chosen):
        places = [names.index(one) if one in names else one for one in chosen]
        if (
            any(not isinstance(k, int) or not 0 <= k < width for k in places)
            or places[0] == places[1]
        ):
            raise WarpvizError(expected)
        axes = np.eye(width)[:, places]
        return data.x.mean(axis=0) * (axes.sum(axis=1) == 0), axes
    try:
        origin, axes = (np.asarray(part, dtype=np.float64) for part in chosen)
    except (TypeError, ValueError):
        raise WarpvizError(expected) from None
    flat = axes.shape != (width, 2) or np.linalg.matrix_rank(axes) < 2
    if origin.shape != (width,) or flat or not np.isfinite(origin).all():
        raise WarpvizError(expected)
    return origin, axes


def on_plane(points: Floats, plane: Plane | None) -> Floats:
    """Points (N, n) of the input on a plane, in its own coordinates (N, 2)."""
    if plane is None or points.shape[1] == 2:
        return points
    return np.asarray((points - plane[0]) @ np.linalg.pinv(plane[1]).T)
