"""Columns to labelled points: frames of pandas, polars and whatever speaks Arrow, Parquet files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.data.dataset import Dataset
from warpviz.data.reading.columns import Choice, Table, plainly, refuse_twice
from warpviz.data.reading.points import dataset_of
from warpviz.data.reading.text import LONGEST_CELL
from warpviz.errors import WarpvizError
from warpviz.kinds import shown

LARGEST = 256 * 2**20
"""Bytes of a Parquet file when unpacked."""


def is_frame(value: object) -> bool:
    """Whether something is a frame of columns: pandas', polars', Arrow's or another of the kind."""
    known = hasattr(value, "columns") and hasattr(value, "__getitem__")
    return (known or hasattr(value, "__arrow_c_stream__")) and not isinstance(value, type)


def read_frame(
    frame: Any, choice: Choice | None = None, *, label: Any = None, name: str = "data"
) -> Dataset:
    """Read a frame: a row a point, numbers in all columns but the one of labels.

    Args:
        frame: with `columns` and `frame[column]`, or with `__arrow_c_stream__`; it is left as it
            is.
        choice: columns and kind that were asked for.
        label: the labels themselves, one a row; None where a column has them.
        name: what the data is called.

    Raises:
        WarpvizError: for missing values, text where numbers are expected, or a column that there is
            not; the columns are named.
    """
    choice = choice or Choice()
    columns = columns_of(frame, name)
    if label is not None:
        called = getattr(label, "name", None)
        if called is None and is_frame(label):
            called = columns_of(label, name)[0][0]
        called = str(called or "")
        # In front of all others nothing changes: what is labels is no feature.
        columns = [(called, own_labels(label, frame, name))] + [
            (column, values) for column, values in columns if column != called
        ]
        choice = replace(choice, label="first")
    return dataset_of(table_of_columns(columns, name), choice)


def table_of_columns(
    columns: Sequence[tuple[str, npt.NDArray[Any]]], what: str, name: str | None = None
) -> Table:
    """A table of named columns (N,).

    Raises:
        WarpvizError: two are called the same.
    """
    names = [plainly(called) for called, _ in columns]
    refuse_twice(what, names)
    return Table(what, name or what, names, [values for _, values in columns])


def columns_of(frame: Any, name: str) -> list[tuple[str, npt.NDArray[Any]]]:
    """The columns of a frame by name, in their order."""
    if isinstance(frame, Mapping):
        return [(str(column), values_of(values)) for column, values in frame.items()]
    plain = hasattr(frame, "columns") and not hasattr(frame, "column_names")
    try:
        if plain and not hasattr(frame, "to_arrow_table"):
            refuse_twice(name, [str(column) for column in frame.columns])
            return [(str(column), values_of(frame[column])) for column in frame.columns]
    except (TypeError, ValueError) as error:
        if isinstance(error, WarpvizError):
            raise
        raise WarpvizError(
            f"{name} expects a frame with its columns, got {type(frame).__name__}; collect it."
        ) from None
    return _from_arrow(frame, name)


def _from_arrow(frame: Any, name: str) -> list[tuple[str, npt.NDArray[Any]]]:
    """The columns of whatever hands out a stream of Arrow's."""
    pyarrow = _pyarrow(f"Cannot read {shown(frame)}: Arrow")
    try:
        table = pyarrow.table(frame)
    except (pyarrow.ArrowException, TypeError, ValueError) as error:
        raise WarpvizError(
            f"{name} expects a frame or table with columns, got {shown(frame)}, which Arrow does "
            f"not read ({first_line(error)}); make a frame of pandas of it."
        ) from None
    return _arrow_columns(table)


def _arrow_columns(table: Any) -> list[tuple[str, npt.NDArray[Any]]]:
    """Numbers as they are, all else as Python has it."""
    found = []
    for called, column in zip(table.column_names, table.columns, strict=True):
        if str(column.type) in NUMBERS:
            values = column.to_numpy()
        elif hasattr(column.type, "value_type") and hasattr(column.type, "index_type"):
            parts = [_looked_up(chunk, str(called)) for chunk in column.chunks]
            values = np.concatenate([np.empty(0, dtype=object), *parts])
        else:
            values = np.empty(len(column), dtype=object)
            values[:] = column.to_pylist()
        found.append((str(called), values))
    return found


def _looked_up(chunk: Any, called: str) -> npt.NDArray[Any]:
    """Cells that are numbers of words in a dictionary: many cells share one word.

    Of a word that is too long for a cell the end is left out: no class is called so.
    """
    words = np.empty(len(chunk.dictionary) + 1, dtype=object)
    words[:] = [_short(word) for word in chunk.dictionary.to_pylist()] + [None]
    places = chunk.indices.fill_null(len(words) - 1).to_numpy()
    letters = np.array([len(word) if isinstance(word, str | bytes) else 0 for word in words])
    if int(letters[places].sum()) > LARGEST:
        raise WarpvizError(
            f"Column '{called}' expects at most {LARGEST:,} letters, got more; leave it out."
        )
    looked_up: npt.NDArray[Any] = words[places]
    return looked_up


def _short(word: Any) -> Any:
    return word[: LONGEST_CELL + 1] if isinstance(word, str | bytes) else word


NUMBERS = frozenset(
    ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float", "double")
)
"""Arrow's kinds that numpy has too."""


def _pyarrow(subject: str) -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise WarpvizError(
            f"{subject} needs pyarrow; install it with: pip install 'warpviz[parquet]'."
        ) from None


def read_parquet(path: Path, choice: Choice | None = None) -> Dataset:
    """Read a Parquet file; arguments and errors as `read_frame`.

    Raises:
        WarpvizError: pyarrow is not installed, or the file is damaged or too large.
    """
    choice = choice or Choice()
    pyarrow = _pyarrow(f"Cannot read {path}: Parquet")
    parquet = import_module("pyarrow.parquet")
    try:
        words, lists = _bounded(parquet.read_metadata(path), path)
        with parquet.ParquetFile(path, read_dictionary=words) as file:
            names = file.schema_arrow.names
            refuse_twice(f"Data file '{path}'", names)
            table = file.read([name for name in names if name not in lists])
    except WarpvizError:
        raise
    except (pyarrow.ArrowException, OSError, ValueError, KeyError) as error:
        told = first_line(error)
        raise WarpvizError(f"Data file '{path}' cannot be read as Parquet: {told}.") from None
    known = dict(_arrow_columns(table))
    none = np.full(table.num_rows, "lists of words", dtype=object)
    columns = [(name, known.get(name, none)) for name in names]
    return dataset_of(table_of_columns(columns, f"Data file '{path}'", path.stem), choice)


def _bounded(metadata: Any, path: Path) -> tuple[list[str], set[str]]:
    """Columns of words, which are read as places in a dictionary, and of lists, which are not read.

    A file may hold a long word once and say that a million cells are it.

    Raises:
        WarpvizError: all would be too large in memory.
    """
    schema, groups = metadata.schema, range(metadata.num_row_groups)
    size = sum(metadata.row_group(k).total_byte_size for k in groups)
    room = 0
    words, lists = [], set()
    for place in range(metadata.num_columns):
        column = schema.column(place)
        cells = sum(metadata.row_group(k).column(place).num_values for k in groups)
        room += max(column.length or 0, 16) * cells
        if column.physical_type == "BYTE_ARRAY":
            if column.max_repetition_level or column.path != column.name:
                lists.add(column.path.partition(".")[0])
            else:
                words.append(column.path)
    if max(size, room, 16 * metadata.num_rows) > LARGEST:
        raise WarpvizError(f"Data file '{path}' expects at most 256 MB, got more.")
    return words, lists


def own_labels(label: Any, frame: Any, name: str) -> npt.NDArray[Any]:
    """Labels that come beside a frame, one for each of its rows.

    Raises:
        WarpvizError: they are not as many, or belong to other rows.
    """
    values = values_of(label)
    rows = len(frame)
    values = values.ravel() if values.shape == (rows, 1) else values  # a frame of one column
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


def values_of(column: Any) -> npt.NDArray[Any]:
    """A column as an array (N,), whatever library it is of."""
    column = column.detach().cpu() if hasattr(column, "detach") else column
    values = column.to_numpy() if hasattr(column, "to_numpy") else np.asarray(column)
    return np.asarray(values)


def first_line(error: BaseException) -> str:
    """What a library says, in a short line."""
    text = plainly(str(error)).strip()
    return f"{text:.120}".rstrip(".") if text else type(error).__name__
