"""Files of other programs: workbooks, MATLAB, Weka, JSON, and numpy's own."""

import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.data.bundles import from_mapping
from warpviz.data.dataset import Dataset
from warpviz.data.files import LARGEST, read_array, read_arrays
from warpviz.data.frames import first_line, read_parquet, table_of_columns
from warpviz.data.matlab import read_matlab
from warpviz.data.reading.cells import as_cell
from warpviz.data.reading.columns import Choice, Table
from warpviz.data.reading.encodings import decoded
from warpviz.data.reading.points import dataset_of
from warpviz.data.reading.text import Lines, bytes_of
from warpviz.data.tables import read_table, stem_of, table_of
from warpviz.errors import WarpvizError


def _what(path: Path) -> str:
    return f"Data file '{path}'"


def _library(name: str, path: Path, kind: str) -> Any:
    """A library that is needed for a kind of file.

    Raises:
        WarpvizError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise WarpvizError(
            f"Cannot read {path}: {kind} needs {name.partition('.')[0]}; install it with: "
            "pip install 'warpviz[tables]'."
        ) from None


def _broken(path: Path, kind: str, error: BaseException) -> WarpvizError:
    return WarpvizError(
        f"{_what(path)} cannot be read as {kind} ({first_line(error)}); write it anew, or as .csv."
    )


def _read_workbook(path: Path, choice: Choice) -> Dataset:
    """The first sheet of a workbook."""
    openpyxl = _library("openpyxl", path, "a workbook")
    data = bytes_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            sheet, others = book.worksheets[0], book.sheetnames[1:]
            rows, count = [], 0
            for row in sheet.iter_rows(values_only=True):
                rows.append([as_cell(value) for value in row])
                count += len(row)
                if 64 * count > LARGEST:
                    break
            book.close()
    except Exception as error:  # It raises what its parsers raise.
        raise _broken(path, "a workbook", error) from None
    if 64 * count > LARGEST:
        raise WarpvizError(f"{_what(path)} expects at most 4 million cells; write it as .csv.")
    table = table_of(_what(path), path.stem, _lines(rows))
    told = [f"{_what(path)}: the first sheet is read, '{sheet.title}', of {1 + len(others)}."]
    return dataset_of(table.told(told if others else ()), choice)


def _lines(rows: Sequence[Sequence[str]]) -> Lines:
    """Rows of cells as lines; empty ones, and columns of nothing, are left out."""
    width = max(map(len, rows), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    filled = [any(column) for column in zip(*even, strict=True)]
    kept = [(i, row) for i, row in enumerate(even, 1) if any(row)]
    cells = [[cell for cell, some in zip(row, filled, strict=True) if some] for _, row in kept]
    return Lines([i for i, _ in kept], cells)


def _read_matlab(path: Path, choice: Choice) -> Dataset:
    """Arrays of a .mat file, called as those of an .npz."""
    return from_mapping(read_matlab(path), _what(path), path.stem, choice)


def _read_arff(path: Path, choice: Choice) -> Dataset:
    """Weka's format."""
    arff = _library("scipy.io.arff", path, "ARFF")
    text, notes = decoded(bytes_of(path), _what(path), choice.encoding)
    try:
        values, meta = arff.loadarff(StringIO(text))
    except NotImplementedError as error:
        raise WarpvizError(
            f"{_what(path)} has what is not read of ARFF ({first_line(error)}); write it as .csv."
        ) from None
    except Exception as error:  # It raises what its parser raises.
        raise _broken(path, "ARFF", error) from None
    columns = [(name, np.asarray(values[name])) for name in meta.names()]
    return dataset_of(table_of_columns(columns, _what(path), path.stem).told(notes), choice)


def _read_json(path: Path, choice: Choice) -> Dataset:
    """Records, columns, rows, or arrays x and y."""
    text, notes = decoded(bytes_of(path), _what(path), choice.encoding)
    try:
        if path.name.lower().removesuffix(".gz").endswith(".json"):
            found = json.loads(text)
        else:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise _broken(path, "JSON", error) from None
    return from_json(found, _what(path), stem_of(path), choice, notes)


def from_json(
    found: Any, what: str, name: str, choice: Choice, notes: Sequence[str] = ()
) -> Dataset:
    """Labelled points from what JSON holds: records, columns by name, rows, or arrays x and y.

    Raises:
        WarpvizError: it is none of these.
    """
    if isinstance(found, dict) and "layers" in found and "data" not in found:
        raise WarpvizError(f"{what} holds a model, not data; name it with --model.")
    if isinstance(found, dict) and isinstance(found.get("columns"), list) and "data" in found:
        found = [found["columns"], *found["data"]]
    elif isinstance(found, dict) and _is_records(found.get("data")):
        found = found["data"]
    if _is_records(found):
        keys = dict.fromkeys(key for record in found for key in record)
        found = {key: [record.get(key) for record in found] for key in keys}
    if isinstance(found, list) and found and all(isinstance(row, list) for row in found):
        rows = [[as_cell(value) for value in row] for row in found]
        return dataset_of(table_of(what, name, _lines(rows), "row").told(notes), choice)
    if isinstance(found, Mapping) and found:
        columns = {
            key: list(value.values()) if isinstance(value, dict) else value
            for key, value in found.items()
        }
        if _has_points(columns):
            held = {key: _column(value, what, key) for key, value in columns.items()}
            return from_mapping(held, what, name, choice)
        if all(isinstance(value, list) for value in columns.values()):
            if len({len(value) for value in columns.values()}) > 1:
                raise WarpvizError(f"{what} expects columns of one length, got others.")
            arrays = [(str(key), _things(value)) for key, value in columns.items()]
            return dataset_of(table_of_columns(arrays, what, name).told(notes), choice)
    raise WarpvizError(
        f"{what} expects a list of records, columns by name, rows, or arrays x and y; write it so."
    )


def _is_records(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(row, dict) for row in found)


def _has_points(columns: Mapping[Any, Any]) -> bool:
    """Whether some column holds rows of numbers."""
    return any(
        isinstance(value, list) and value and isinstance(value[0], list)
        for value in columns.values()
    )


def _column(value: Any, what: str, key: object) -> npt.NDArray[Any]:
    try:
        return np.array(value)
    except ValueError:
        raise WarpvizError(f"{what} expects rows of one length in '{key}', got others.") from None


def _things(values: Sequence[Any]) -> npt.NDArray[Any]:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _read_npz(path: Path, choice: Choice) -> Dataset:
    return from_mapping(read_arrays(path), _what(path), path.stem, choice)


def _read_npy(path: Path, choice: Choice) -> Dataset:
    """One array (N, D + 1), the label last."""
    array = read_array(path)
    if array.ndim != 2 or array.shape[1] < 2:
        raise WarpvizError(
            f"{_what(path)} expects shape (N, D + 1), the label last, got {array.shape}."
        )
    table = Table(_what(path), path.stem, [""] * array.shape[1], list(array.T))
    label = "last" if choice.label is None else choice.label
    at = table.place(label)
    rest = [i + 1 for i in range(array.shape[1]) if i != at]
    return dataset_of(table, Choice(label, choice.features or rest, choice.drop, choice.kind))


Reader = Callable[[Path, Choice], Dataset]
TEXT = (".csv", ".tsv", ".txt", ".dat", ".data", ".tab")
READERS: dict[str, Reader] = {
    **dict.fromkeys(TEXT, read_table),
    ".parquet": read_parquet,
    ".xlsx": _read_workbook,
    ".xlsm": _read_workbook,
    ".json": _read_json,
    ".jsonl": _read_json,
    ".ndjson": _read_json,
    ".arff": _read_arff,
    ".mat": _read_matlab,
    ".npz": _read_npz,
    ".npy": _read_npy,
}
"""Suffix → how it is read; what is text may be packed as .gz."""
PACKED = (*TEXT, ".json", ".jsonl", ".ndjson", ".arff")
