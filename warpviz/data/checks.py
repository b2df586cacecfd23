"""Points and labels as a data set keeps them: checked copies."""

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError


def points_of(x: object) -> Floats:
    """Points (N, D), finite, as an array that nobody changes."""
    try:
        points = np.array(x, dtype=np.float64)
    except (TypeError, ValueError):
        raise WarpvizError("Dataset expects x to be numbers, got something else.") from None
    if points.ndim != 2:
        raise WarpvizError(f"Dataset expects x of shape (N, 2) or wider, got {points.shape}.")
    if points.shape[1] < 2:
        raise WarpvizError(f"Dataset expects at least two features, got {points.shape[1]}.")
    if not np.isfinite(points).all():
        raise WarpvizError("Dataset expects finite x, got NaN or infinity; drop those points.")
    points.setflags(write=False)
    return points


def labels_of(y: object) -> Ints:
    """Labels (N,), whole numbers from 0, as an array that nobody changes."""
    try:
        raw = np.asarray(y, dtype=np.float64)
    except (TypeError, ValueError):
        raise WarpvizError("Dataset expects y to be whole numbers, got something else.") from None
    if raw.ndim != 1:
        raise WarpvizError(f"Dataset expects y of shape (N,), got {raw.shape}.")
    if not np.isfinite(raw).all() or (raw != np.floor(raw)).any() or (raw < 0).any():
        raise WarpvizError("Dataset expects y to be whole numbers from 0, got other values.")
    if raw.size and raw.max() >= 1000:
        raise WarpvizError(f"Dataset expects at most 1000 classes, got label {raw.max():g}.")
    labels = raw.astype(np.int64)
    labels.setflags(write=False)
    return labels
