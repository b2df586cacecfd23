"""Columns to labelled points: frames of pandas and polars, Parquet files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Bools, Floats
from warpviz.data.dataset import Dataset
from warpviz.data.tables import labelled, some
from warpviz.errors import WarpvizError
from warpviz.kinds import shown
from warpviz.names import unknown_name

LARGEST = 256 * 2**20
"""Bytes of a Parquet file when unpacked."""


def is_frame(value: object) -> bool:
    """Whether something is a frame of columns: pandas', polars' or another of that kind."""
    return hasattr(value, "columns") and hasattr(value, "__getitem__")


def read_frame(
    frame: Any,
    *,
    label: Any = None,
    features: Sequence[str] = (),
    drop: bool = False,
    name: str = "data",
) -> Dataset:
    """Read a frame: a row a point, numbers in all columns but the one of labels.

    Args:
        frame: with `columns` and `frame[column]`; it is left as it is.
        label: the column of labels by name, or the labels themselves, one a row; None is the last
            column.
        features: the columns of numbers by name; () is all others.
        drop: leave out rows with missing values, instead of refusing them.
        name: what the data is called.

    Raises:
        WarpvizError: for missing values, text where numbers are expected, or a column that there is
            not; the columns are named.
    """
    names = [str(column) for column in frame.columns]
    twice = [column for i, column in enumerate(names) if column in names[:i]]
    if twice:
        raise WarpvizError(f"{name} has two columns called '{twice[0]}'; rename one.")
    try:
        columns = {str(column): _values(frame[column]) for column in frame.columns}
    except (TypeError, ValueError):
        raise WarpvizError(
            f"{name} expects a frame with its columns, got {type(frame).__name__}; collect it."
        ) from None
    if label is not None and not isinstance(label, str):
        called = str(getattr(label, "name", None) or "label")
        # In front of all others nothing changes: what is labels is no feature.
        columns = {called: _own_labels(label, frame, name)} | {
            column: values for column, values in columns.items() if column != called
        }
        label = called
    return from_columns(columns, label=label, features=features, drop=drop, name=name)


def read_parquet(
    path: Path, *, label: str | None = None, features: Sequence[str] = (), drop: bool = False
) -> Dataset:
    """Read a Parquet file; arguments and errors as `read_frame`.

    Raises:
        WarpvizError: pyarrow is not installed, or the file is damaged or too large.
    """
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise WarpvizError(
            f"Cannot read {path}: Parquet needs pyarrow; install it with: "
            "pip install 'warpviz[parquet]'."
        ) from None
    try:
        with parquet.ParquetFile(path) as file:
            groups = range(file.metadata.num_row_groups)
            size = sum(file.metadata.row_group(k).total_byte_size for k in groups)
            cells = file.metadata.num_rows * max(file.metadata.num_columns, 1)
            if max(size, 16 * cells) > LARGEST:
                raise WarpvizError(f"Data file '{path}' expects at most 256 MB, got more.")
            wanted = [*features, *([label] if label else [])] if features and label else None
            known = [column for column in wanted or [] if column in file.schema_arrow.names]
            table = file.read(columns=known or None)
    except (ArrowException, OSError, ValueError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise WarpvizError(f"Data file '{path}' cannot be read as Parquet: {first}.") from None
    columns = {one: np.array(table[one].to_pylist(), dtype=object) for one in table.column_names}
    return from_columns(columns, label=label, features=features, drop=drop, name=path.stem)


def from_columns(
    columns: Mapping[str, npt.NDArray[Any]],
    *,
    label: str | None,
    features: Sequence[str],
    drop: bool,
    name: str,
) -> Dataset:
    """Labelled points from columns (N,) by name; arguments and errors as `read_frame`."""
    for asked in (*features, *([label] if label is not None else [])):
        if asked not in columns:
            raise unknown_name(f"column of {name}", asked, columns)
    if len(columns) < 2:
        raise WarpvizError(f"{name} expects columns of numbers and one of labels, got too few.")
    target = label if label is not None else list(columns)[-1]
    chosen = list(features) or [column for column in columns if column != target]
    empty = {column: _missing(columns[column]) for column in (*chosen, target)}
    gone = np.logical_or.reduce(list(empty.values()))
    if gone.any() and not drop:
        count = int(gone.sum())
        which = some([f"column '{column}'" for column, where in empty.items() if where.any()])
        rows = some((np.flatnonzero(gone) + 1).tolist())
        raise WarpvizError(
            f"{name} has missing values in {count} row{'s' * (count != 1)} ({rows}; {which}); fill "
            "them in, or leave these rows out with drop_missing (--drop-missing)."
        )
    if gone.all():
        raise WarpvizError(f"{name} has a missing value in every row.")
    x = np.column_stack([_numbers(columns[column][~gone], column, name) for column in chosen])
    return labelled(x, [_text(value) for value in columns[target][~gone].tolist()], name, chosen)


def _own_labels(label: Any, frame: Any, name: str) -> npt.NDArray[Any]:
    """Labels that come beside a frame, one for each of its rows.

    Raises:
        WarpvizError: they are not as many, or belong to other rows.
    """
    values = _values(label)
    rows = len(frame)
    if values.shape != (rows,):
        raise WarpvizError(
            f"{name} expects a label for each of its {rows} rows, or a column's name, got "
            f"{shown(label)}."
        )
    own: Any = getattr(frame, "index", None)
    theirs: Any = getattr(label, "index", None)
    if hasattr(own, "equals") and hasattr(theirs, "equals") and not own.equals(theirs):
        raise WarpvizError(
            f"{name} and its labels have different indexes, so it is open which label belongs to "
            "which row; give them one index, such as label.reindex(frame.index)."
        )
    return values


def _values(column: Any) -> npt.NDArray[Any]:
    values = column.to_numpy() if hasattr(column, "to_numpy") else np.asarray(column)
    return np.asarray(values)


def _missing(values: npt.NDArray[Any]) -> Bools:
    """Where nothing is: None, NaN, or what a library uses for it."""
    if values.dtype.kind == "f":
        return np.asarray(np.isnan(values))
    if values.dtype.kind in "mM":
        return np.asarray(np.isnat(values))
    if values.dtype.kind != "O":
        return np.zeros(len(values), dtype=bool)
    return np.array([_is_nothing(value) for value in values], dtype=bool)


def _is_nothing(value: object) -> bool:
    if value is None or type(value).__name__ == "NAType":
        return True
    return isinstance(value, float) and value != value


def _numbers(values: npt.NDArray[Any], column: str, name: str) -> Floats:
    try:
        if values.dtype.kind in "mM":
            raise TypeError
        return values.astype(np.float64)
    except (TypeError, ValueError):
        raise WarpvizError(
            f"{name}, column '{column}' expects numbers, got other things; choose the columns of "
            "numbers with features (--features), that of labels with label (--label)."
        ) from None


def _text(value: Any) -> str:
    """A label as text; whole numbers that are kept as 1.0 are called 1."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)
