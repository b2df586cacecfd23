"""What a data set is made of, checked: points and labels as arrays that nobody changes."""

import numpy as np

from warpviz.arrays import Floats, Ints
from warpviz.errors import WarpvizError


def points_of(x: object) -> Floats:
    """Points (N, D) as an array of their own.

    Raises:
        WarpvizError: they are no finite numbers, or of another shape.
    """
    try:
        points = np.array(x, dtype=np.float64)
    except (TypeError, ValueError):
        raise WarpvizError("Dataset expects x to be numbers, got something else.") from None
    if points.ndim != 2:
        raise WarpvizError(f"Dataset expects x of shape (N, D), got {points.shape}.")
    if points.shape[1] < 1:
        raise WarpvizError(f"Dataset expects at least one feature, got {points.shape[1]}.")
    if not np.isfinite(points).all():
        raise WarpvizError("Dataset expects finite x, got NaN or infinity; drop those points.")
    points.setflags(write=False)
    return points


def labels_of(y: object, named: bool = True) -> tuple[Ints, tuple[str, ...]]:
    """Labels (N,) as places from 0, and the names of the classes where labels are their names.

    Args:
        y: whole numbers.
        named: whether the classes have names: labels are places then. Without names they are
            places where one is 0; else each different number is a class.

    Raises:
        WarpvizError: they are no such numbers.

    >>> labels_of([2, 1, 2], named=False)
    (array([1, 0, 1]), ('1', '2'))
    """
    try:
        raw = np.asarray(y, dtype=np.float64)
    except (TypeError, ValueError):
        raise WarpvizError("Dataset expects y to be whole numbers, got something else.") from None
    if raw.ndim != 1:
        raise WarpvizError(f"Dataset expects y of shape (N,), got {raw.shape}.")
    if not np.isfinite(raw).all() or (raw != np.floor(raw)).any():
        raise WarpvizError(
            "Dataset expects y to be whole numbers from 0, got other values; numbers to be met "
            "make a Dataset.with_targets(x, y)."
        )
    names: tuple[str, ...] = ()
    if raw.size and not named and raw.min() != 0 and (raw != 0).all():
        kinds, places = np.unique(raw, return_inverse=True)
        raw = places.astype(np.float64)
        names = tuple(str(int(kind)) for kind in kinds)
    if (raw < 0).any():
        raise WarpvizError("Dataset expects y to be whole numbers from 0, got other values.")
    if raw.size and raw.max() >= 1000:
        raise WarpvizError(f"Dataset expects at most 1000 classes, got label {raw.max():g}.")
    labels = raw.astype(np.intp)
    labels.setflags(write=False)
    return labels, names
