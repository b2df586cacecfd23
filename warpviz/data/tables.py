"""Tables of text as people have them: cells between commas, semicolons, tabs, bars or spaces."""

from pathlib import Path

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.dataset import Dataset
from warpviz.data.reading.columns import Choice, Table, plainly, refuse_twice
from warpviz.data.reading.encodings import decoded
from warpviz.data.reading.headers import headed
from warpviz.data.reading.points import dataset_of
from warpviz.data.reading.text import Lines, bytes_of, lines_of
from warpviz.errors import WarpvizError


def read_table(path: Path, choice: Choice | None = None) -> Dataset:
    """Read a table of text: a line a point, with or without a line of names above.

    Args:
        path: the file, perhaps a .gz.
        choice: columns, kind and encoding that were asked for.

    Raises:
        WarpvizError: for what is no table, missing cells, text where numbers are expected, or a
            column that there is not; file, line and column are named.
    """
    choice = choice or Choice()
    what = f"Data file '{path}'"
    text, notes = decoded(bytes_of(path), what, choice.encoding)
    table = table_of(what, stem_of(path), lines_of(path, text))
    return dataset_of(table.told(notes), choice)


def table_of(what: str, name: str, lines: Lines, row: str = "line") -> Table:
    """Lines of cells as columns.

    Raises:
        WarpvizError: lines are not of one width, two columns have one name, or there is nothing.
    """
    names, numbers, cells, notes = headed(what, lines)
    names = [plainly(name) for name in names]
    refuse_twice(what, names)
    columns = [np.array(column, dtype=object) for column in zip(*cells, strict=True)]
    return Table(what, name, names, columns, numbers, row, notes)


def stem_of(path: Path) -> str:
    """What data of a file is called.

    >>> stem_of(Path("pets.csv.gz"))
    'pets'
    """
    return Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem


def read_numbers(path: Path, width: int) -> Floats:
    """Read a table of numbers alone, (N, width), with or without a line of names above.

    Raises:
        WarpvizError: for what is no such table; file and line are named.
    """
    what = f"Data file '{path}'"
    text, _ = decoded(bytes_of(path), what)
    lines = lines_of(path, text)
    if not lines.cells:
        raise WarpvizError(f"{what} expects lines of {width} numbers, got none.")
    _, numbers, cells, _ = headed(what, lines)
    for number, line in zip(numbers, cells, strict=True):
        if len(line) != width:
            raise WarpvizError(
                f"{what} expects lines of {width} numbers; line {number} has {len(line)}."
            )
    columns = [np.array(column, dtype=object) for column in zip(*cells, strict=True)]
    table = Table(what, path.stem, [""] * width, columns, numbers, "line")
    for i, parsed in enumerate(table.parsed):
        bad = parsed.words | parsed.empty if not parsed.mixed else np.ones(len(cells), dtype=bool)
        if bad.any():
            first = int(np.flatnonzero(bad)[0])
            raise WarpvizError(
                f"{what}, line {numbers[first]}, column {i + 1} expects a number, got "
                f"{columns[i][first]!r:.60}; mend that line, or leave it out."
            )
    values = np.column_stack([parsed.values for parsed in table.parsed])
    if not np.isfinite(values).all():
        first = int(np.flatnonzero(~np.isfinite(values).all(axis=1))[0])
        raise WarpvizError(
            f"{what} expects finite numbers, got others in line {numbers[first]}; mend that line, "
            "or leave it out."
        )
    return values
