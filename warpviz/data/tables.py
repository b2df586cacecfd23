"""Tables as people have them: text between commas, semicolons or tabs, to labelled points."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Bools, Floats, Ints
from warpviz.data.dataset import Dataset
from warpviz.data.text import lines_of
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-"})
"""What stands in a cell that holds nothing, in lower case."""
UNLABELLED = frozenset({"", "na", "n/a", "nan", "null", "#n/a"})
"""The same of a cell of labels."""
MOST_CLASSES = 50
"""More different numbers than these are targets of a regression, not labels of classes."""
NAMED = 5
"""Lines or columns that a sentence names at most."""


def read_table(
    path: Path, *, label: str | None = None, features: Sequence[str] = (), drop: bool = False
) -> Dataset:
    """Read a table of text: a line a point, with or without a line of names above.

    Args:
        path: the file; UTF-8, with or without a byte-order mark.
        label: the column of labels by name; None is the last.
        features: the columns of numbers by name; () is all others.
        drop: leave out lines with missing cells, instead of refusing them.

    Raises:
        WarpvizError: for what is no table, missing cells, text where numbers are expected, or a
            column that there is not; file, line and column are named.
    """
    numbers, lines = lines_of(path)
    names = _names(path, lines)
    if names is not None:
        numbers, lines = numbers[1:], lines[1:]
    if not lines:
        raise WarpvizError(f"Data file '{path}' expects lines of numbers and a label, got none.")
    width = len(lines[0]) if names is None else len(names)
    for number, line in zip(numbers, lines, strict=True):
        if len(line) != width:
            raise WarpvizError(
                f"Data file '{path}' expects lines of equally many cells, {width}; line {number} "
                f"has {len(line)}."
            )
    if width < 2:
        raise WarpvizError(
            f"Data file '{path}' expects numbers and a label in each line, got one cell; part them "
            "with commas, semicolons or tabs."
        )
    at = _place(path, names, label, width - 1)
    chosen = [_place(path, names, name, 0) for name in features]
    chosen = chosen or [place for place in range(width) if place != at]
    cells = np.array([[line[place] for place in (*chosen, at)] for line in lines])
    empty = np.isin(np.char.lower(cells), list(MISSING))
    # What may stand for nothing among numbers may be a class: + and −, none and mild.
    empty[:, -1] = np.isin(np.char.lower(cells[:, -1]), list(UNLABELLED))
    if empty.any():
        kept = _without(path, empty, numbers, [_called(names, p) for p in (*chosen, at)], drop)
        cells, numbers = cells[kept], [n for n, keep in zip(numbers, kept, strict=True) if keep]
    x = np.column_stack(
        [
            _column(path, cells[:, i], numbers, _called(names, place))
            for i, place in enumerate(chosen)
        ]
    )
    known = [] if names is None else [names[place] for place in chosen]
    return labelled(x, cells[:, -1].tolist(), path.stem, known)


def labelled(
    x: Floats, labels: Sequence[str], name: str, feature_names: Sequence[str] = ()
) -> Dataset:
    """Points (N, D) with their labels: numbers with a fraction, or many, are targets; else classes.

    >>> x = np.zeros((3, 2))
    >>> labelled(x, ["1.5", "2", "1"], "a").targets, labelled(x, ["1.0", "2", "1"], "b").class_names
    (array([1.5, 2. , 1. ]), ('1', '1.0', '2'))
    """
    # Where columns are only counted, they have no names.
    known = () if all(each.isdigit() or not each for each in feature_names) else feature_names
    try:
        numbers = np.array([float(label.replace(",", ".")) for label in labels])
    except ValueError:
        numbers = np.zeros(0)
    whole = bool((numbers == np.floor(numbers)).all())
    if (
        len(numbers)
        and np.isfinite(numbers).all()
        and (not whole or len(np.unique(numbers)) > MOST_CLASSES)
    ):
        return Dataset.with_targets(x, numbers, name, feature_names=known)
    y, order = encoded(labels)
    return Dataset(x, y, order, name, feature_names=known)


def read_numbers(path: Path, width: int) -> Floats:
    """Read a table of numbers alone, (N, width), with or without a line of names above.

    Raises:
        WarpvizError: for what is no such table; file and line are named.
    """
    numbers, lines = lines_of(path)
    if _names(path, lines) is not None:
        numbers, lines = numbers[1:], lines[1:]
    for number, line in zip(numbers, lines, strict=True):
        if len(line) != width:
            raise WarpvizError(
                f"Data file '{path}' expects lines of {width} numbers; line {number} has "
                f"{len(line)}."
            )
    if not lines:
        raise WarpvizError(f"Data file '{path}' expects lines of {width} numbers, got none.")
    cells = np.array(lines)
    columns = [_column(path, cells[:, i], numbers, f"column {i + 1}") for i in range(width)]
    values = np.column_stack(columns)
    if not np.isfinite(values).all():
        raise WarpvizError(f"Data file '{path}' expects finite numbers, got others.")
    return values


def encoded(labels: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Labels as places in their order (N,), and the order: numbers by size, then text.

    >>> encoded(["cat", "10", "9", "cat"])
    (array([2, 1, 0, 2]), ('9', '10', 'cat'))
    """

    def key(text: str) -> tuple[int, float, str]:
        try:
            return 0, float(text), text
        except ValueError:
            return 1, 0.0, text

    order = tuple(sorted(set(labels), key=key))
    place = {text: number for number, text in enumerate(order)}
    return np.array([place[text] for text in labels], dtype=np.int64), order


def _names(path: Path, lines: list[list[str]]) -> list[str] | None:
    """The names of the columns, where the first line holds no number."""
    if not lines:
        return None
    counted = [cell for cell in lines[0] if cell.isdigit()]
    # Frames without names of columns are written with 0, 1, 2, … above them.
    if any(_is_number(cell) for cell in lines[0]) and (
        len(counted) < 2 or counted != [str(place) for place in range(len(counted))]
    ):
        return None
    twice = [name for i, name in enumerate(lines[0]) if name and name in lines[0][:i]]
    if twice:
        raise WarpvizError(f"Data file '{path}' has two columns called '{twice[0]}'; rename one.")
    return lines[0]


def _place(path: Path, names: list[str] | None, name: str | None, otherwise: int) -> int:
    if name is None:
        return otherwise
    if names is None:
        raise WarpvizError(
            f"Data file '{path}' has no line of column names, so there is no column '{name}'; "
            "add one, or leave the choice of columns out."
        )
    if name not in names:
        raise unknown_name(f"column of '{path}'", name, names)
    return names.index(name)


def _called(names: list[str] | None, place: int) -> str:
    return f"column '{names[place]}'" if names else f"column {place + 1}"


def _without(
    path: Path, empty: Bools, numbers: Sequence[int], columns: Sequence[str], drop: bool
) -> Bools:
    """Which lines are whole (N,)."""
    kept: Bools = np.asarray(~empty.any(axis=1))
    if not drop:
        where = [numbers[i] for i in np.flatnonzero(~kept).tolist()]
        which = [columns[i] for i in np.flatnonzero(empty.any(axis=0)).tolist()]
        count = f"{len(where)} line{'s' * (len(where) != 1)}"
        raise WarpvizError(
            f"Data file '{path}' has missing values in {count} ({some(where)}; {some(which)}); "
            "fill them in, or leave these lines out with --drop-missing."
        )
    if not kept.any():
        raise WarpvizError(f"Data file '{path}' has a missing value in every line.")
    return kept


def some(things: Sequence[object]) -> str:
    """The first of many, in words."""
    shown = ", ".join(map(str, things[:NAMED]))
    return shown + (", …" if len(things) > NAMED else "")


def _column(path: Path, cells: npt.NDArray[np.str_], numbers: Sequence[int], called: str) -> Floats:
    """A column of numbers, with decimal points or decimal commas."""
    commas = [cell for cell in cells.tolist() if "," in cell]
    if commas and any("." in cell or cell.isdigit() for cell in cells.tolist()):
        raise WarpvizError(
            f"Data file '{path}', {called} has numbers with commas ({commas[0]}) among others; "
            "write all of them with a decimal point, or all with a decimal comma."
        )
    for text in (cells, np.char.replace(cells, ",", ".")):
        try:
            return text.astype(np.float64)
        except ValueError:
            continue
    bad = next(i for i, cell in enumerate(cells.tolist()) if not _is_number(cell.replace(",", ".")))
    raise WarpvizError(
        f"Data file '{path}', line {numbers[bad]}, {called} expects a number, got "
        f"{str(cells[bad])!r}; choose the columns of numbers with --features, that of labels with "
        "--label."
    )


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
