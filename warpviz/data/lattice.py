"""Classes by a formula or a function, over a lattice of the plane."""

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Floats
from warpviz.axis import Limits
from warpviz.data.dataset import Dataset
from warpviz.data.formats import READERS
from warpviz.data.labels import labelled
from warpviz.data.reading.text import is_file
from warpviz.errors import WarpvizError
from warpviz.functions.statements import sides, where_it_holds
from warpviz.kinds import shown

LIMITS = (-3.0, 3.0, -3.0, 3.0)
"""x0, x1, y0, y1 of the lattice where none are given."""
POINTS = 1800
"""The lattice has as many points as make it square."""
LARGEST = 1000
"""Points along a side."""
NAME = 60
"""Letters of a class's name."""


def is_formula(text: str) -> bool:
    """Whether a text is meant as a formula in x and y, and names no file.

    >>> is_formula("y > sin(x)"), is_formula("rings"), is_formula("data (1).csv")
    (True, False, False)
    """
    if not re.search(r"[<>≤≥≠()*+^²³]|[!=]=", text):
        return False
    return Path(text).suffix.lower() not in (*READERS, ".gz") and not is_file(text)


def lattice(n: int | None, limits: Limits | None) -> Floats:
    """Points (N, 2) in rows and columns, about n of them, the edges included.

    Raises:
        WarpvizError: for too few or too many points, or limits without room.
    """
    side = round(np.sqrt(POINTS if n is None else max(n, 0)))
    x0, x1, y0, y1 = LIMITS if limits is None else limits
    if not (n is None or n >= 4) or side > LARGEST:
        raise WarpvizError(f"A lattice expects n from 4 to {LARGEST**2:,}, got {n}.")
    if not (np.isfinite([x0, x1, y0, y1]).all() and x0 < x1 and y0 < y1):
        raise WarpvizError("limits expects x0,x1,y0,y1 with x0 < x1 and y0 < y1.")
    across, up = np.meshgrid(np.linspace(x0, x1, side), np.linspace(y0, y1, side))
    return np.column_stack([across.ravel(), up.ravel()])


def by_formula(
    text: str, n: int | None = None, limits: Limits | None = None, kind: str | None = None
) -> Dataset:
    """Where a statement about x and y holds, and where not; of a formula, its values.

    Raises:
        WarpvizError: it is none, or it is the same everywhere.

    >>> by_formula("y > sin(x)", 16).class_names
    ('y ≤ sin(x)', 'y > sin(x)')
    """
    points = lattice(n, limits)
    values, defined = where_it_holds(text, {"x": points[:, 0], "y": points[:, 1]})
    name = " ".join(text.split())
    if values.dtype == bool:
        _refuse_one(values[defined], name, limits)
        holds, fails = sides(text)
        y = values[defined].astype(np.intp)
        names = [each if len(each) <= NAME else f"{each[: NAME - 1]}…" for each in (fails, holds)]
        found = Dataset(points[defined], y, names, name, feature_names=("x", "y"))
        return _told(found, defined)
    _refuse_one(values[defined], name, limits)
    return _told(labelled(points[defined], values[defined], name, ("x", "y"), kind=kind), defined)


def by_function(
    function: Callable[..., Any], n: int | None = None, limits: Limits | None = None,
    kind: str | None = None,
) -> Dataset:  # fmt: skip
    """The classes or numbers that a function of x and y, or of points (N, 2), gives.

    It gets arrays; one that cannot take them is asked point by point.

    Raises:
        WarpvizError: it fails, or does not give one label a point, or is the same everywhere.

    >>> by_function(lambda x, y: "in" if x * x + y * y < 4 else "out", 100).class_names
    ('in', 'out')
    """
    points = lattice(n, limits)
    name = getattr(function, "__name__", "function").strip("<>")
    labels = _asked(function, points, name)
    _refuse_one(labels, name, limits)
    return labelled(points, labels, name, ("x", "y"), kind=kind)


def _asked(function: Callable[..., Any], points: Floats, name: str) -> npt.NDArray[Any]:
    two = _takes_two(function)
    try:
        found = np.asarray(function(*points.T) if two else function(points))
        if found.shape == (len(points),):
            return found
    except Exception:  # Written for one point, or wrong: the next try tells.
        pass
    try:
        each = [function(*point) if two else function(np.array(point)) for point in points.tolist()]
        values = [value.item() if hasattr(value, "item") else value for value in each]
    except Exception as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0][:100].rstrip(".")
        raise WarpvizError(
            f"load_data expects a function of x and y, or of points (N, 2), got one that fails "
            f"({name}: {what}); mend it."
        ) from error
    if not all(isinstance(value, str | bool | int | float) for value in values):
        raise WarpvizError(
            f"load_data expects {name} to give a label a point, a number or a text, got "
            f"{shown(values[0])}."
        )
    return np.array(values, dtype=object)


def _takes_two(function: Callable[..., Any]) -> bool:
    if isinstance(function, np.ufunc):  # Its signature is known to some releases of numpy alone.
        return function.nin == 2
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    by_place = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    places = [each for each in parameters if each.kind in by_place]
    needed = [each for each in places if each.default is each.empty]
    return len(needed or places) == 2


def _refuse_one(values: npt.NDArray[Any], name: str, limits: Limits | None) -> None:
    if len(values) and len(set(values.tolist())) > 1:
        return
    x0, x1, y0, y1 = LIMITS if limits is None else limits
    where = f"x from {x0:g} to {x1:g} and y from {y0:g} to {y1:g}".replace("-", "−")
    raise WarpvizError(
        f"'{name:.60}' is the same at all points, or nowhere defined, of {where}; choose others "
        "with limits (--limits x0,x1,y0,y1)."
    )


def _told(data: Dataset, defined: npt.NDArray[np.bool_]) -> Dataset:
    gone = int((~defined).sum())
    if not gone:
        return data
    note = f"{data.name}: {gone} points of the lattice where it is not defined are left out."
    return replace(data, notes=(*data.notes, note))
