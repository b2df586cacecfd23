"""The plane on which a sheet lies: limits, and origin and axes among more than two features."""

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.data.dots import principal_plane
from warpviz.errors import WarpvizError
from warpviz.geometry.sheet import Limits
from warpviz.model.chain import Chain

Plane = tuple[Floats, Floats]


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
    return limits


def around(flat: Floats) -> Limits:
    """Limits that leave a margin around points (N, 2)."""
    low, high = flat.min(axis=0), flat.max(axis=0)
    margin = 0.1 * np.maximum(high - low, 1e-9) / 2
    (x0, y0), (x1, y1) = low - margin, high + margin
    return float(x0), float(x1), float(y0), float(y1)


def plane_of(data: Dataset) -> Plane | None:
    """The plane on which data of more than two features is seen: its first principal axes."""
    if data.x.shape[1] == 2:
        return None
    return principal_plane(data.x)


def on_plane(points: Floats, plane: Plane | None) -> Floats:
    """Points (N, n) of the input on a plane, in its own coordinates (N, 2)."""
    if plane is None or points.shape[1] == 2:
        return points
    return np.asarray((points - plane[0]) @ np.linalg.pinv(plane[1]).T)
