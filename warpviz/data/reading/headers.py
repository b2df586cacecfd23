"""Lines of cells to columns: whether the first line has the columns' names, and even widths."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.reading.cells import MISSING, numbers_of
from warpviz.data.reading.text import Lines
from warpviz.errors import WarpvizError

LOOKED_AT = 500
"""Lines below the first that tell whether it is one of names."""
CALLED = frozenset(
    ("label", "labels", "class", "classes", "target", "y", "kind", "species", "type", "category")
)
"""What a column of labels is called."""
WRITTEN = 0.5
"""Share of the cells of a column with a point or comma, from which a whole number above is none
of them."""

ENOUGH = 3
"""Lines below that can show numbers above them to be names."""

Named = tuple[list[str], list[int], list[list[str]], list[str]]


def headed(what: str, lines: Lines) -> Named:
    """Names of the columns, numbers of the lines below, their cells, and what is to be said.

    A column without a name is called "".

    Raises:
        WarpvizError: lines are not of one width, or there are none.
    """
    numbers, cells = lines.numbers, [list(line) for line in lines.cells]
    if not cells:
        raise WarpvizError(f"{what} expects lines of numbers and a label, got none.")
    width = _even(what, numbers, cells)
    first, below = cells[0], cells[1:]
    notes = []
    if is_header(first, below):
        if any(map(_is_number, first)):
            notes.append(
                f"{what}: line {numbers[0]}, {_quoted(first)}, is taken as the columns' names; if "
                "it is a point, write names above it."
            )
        if not below:
            raise WarpvizError(
                f"{what} expects lines of numbers and a label, got none below its line of names."
            )
        return first, numbers[1:], below, notes
    above = list(lines.above)
    if len(above) == width > 1 and not any(map(_is_number, above)):
        return above, numbers, cells, notes
    return [""] * width, numbers, cells, notes


def _even(what: str, numbers: Sequence[int], cells: list[list[str]]) -> int:
    """Make lines equally wide where it is clear how; their width.

    Raises:
        WarpvizError: a line has more or fewer cells.
    """
    width = Counter(map(len, cells)).most_common(1)[0][0]
    for line in cells:
        while len(line) > width and not line[-1]:
            line.pop()
    short = [line for line in cells if len(line) == width - 1]
    if not any(line[-1] for line in cells if len(line) == width):  # Most end with a separator.
        for line in short:
            line.append("")
    elif short == [cells[0]] and not any(map(_is_number, cells[0])):  # As R writes it.
        cells[0].insert(0, "")
    for number, line in zip(numbers, cells, strict=True):
        if len(line) != width:
            raise WarpvizError(
                f"{what} expects lines of equally many cells, {width}; line {number} has "
                f"{len(line)}; mend that line, or mark comments with # at their beginning."
            )
    while width > 1 and not any(line[-1] for line in cells):  # Lines end with a separator.
        width -= 1
        for line in cells:
            line.pop()
    return width


def is_header(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first line holds the names of the columns, by what stands below it.

    It does where no cell of it is a number, unless most occur again below, or where one is a word
    above numbers. Numbers are names where they rise and are unlike those below: whole above
    fractions, or far away.

    >>> below = [["1.5", "2.5", "yes"], ["2.5", "1.0", "no"], ["1.0", "3.0", "yes"]]
    >>> is_header(["2017", "2018", "grew"], below)
    True
    >>> is_header(["0", "1", "cat"], [["0", "2", "dog"], ["1", "5", "cat"]])
    False
    """
    numeric = [_is_number(cell) for cell in first]
    columns = [list(cells) for cells in zip(*below[:LOOKED_AT], strict=True)]
    if not any(numeric):
        again = sum(cell in column for cell, column in zip(first, columns, strict=False))
        return 2 * again <= len(first)
    if not columns:
        return False
    parsed = [numbers_of(np.array(cells, dtype=object)) for cells in columns]
    words = [i for i, cell in enumerate(first) if not numeric[i] and not _is_either(cell)]
    if any(parsed[i].numeric for i in words):
        return True
    if any(first[i] in columns[i] or len(set(columns[i])) < 2 for i in words):
        return False
    values = [float(cell) if cell.isdecimal() else np.nan for cell in first]
    numbers = [value for value, is_one in zip(values, numeric, strict=True) if is_one]
    if len(below) < ENOUGH and not any(first[i].lower() in CALLED for i in words):
        return False
    rising = all(b > a for a, b in pairwise(numbers))
    if not rising or any(value != value for value in numbers):
        return False
    if words and any(first[i].lower() in CALLED for i in words):
        return True
    counted = numbers[0] in (0, 1) and np.ptp(numbers) == len(numbers) - 1
    checked = [i for i, is_one in enumerate(numeric) if is_one]
    if not words:
        if len(first) < 3 or not all(b == a + 1 for a, b in pairwise(numbers)):
            return False
        checked = checked[:-1] if counted else checked  # The last are labels.
    return all(parsed[i].numeric and _unlike(values[i], columns[i], parsed[i].values)
               for i in checked)  # fmt: skip


def _unlike(value: float, cells: Sequence[str], below: Floats) -> bool:
    """Whether a whole number is none of those below it."""
    pointed = sum("." in cell or "," in cell for cell in cells)
    low, high = np.nanmin(below), np.nanmax(below)
    return bool(pointed > WRITTEN * len(cells) or max(low - value, value - high) > high - low)


def _is_number(cell: str) -> bool:
    found = numbers_of(np.array([cell], dtype=object))
    return found.numeric and not _is_either(cell)


def _is_either(cell: str) -> bool:
    """Whether a cell may be a name or not: nothing, or what stands for it, and inf."""
    return cell.lower().lstrip("+-") in MISSING | {"inf", "infinity"}


def _quoted(cells: Sequence[str]) -> str:
    shown = ", ".join(cells[:5]) + (", …" if len(cells) > 5 else "")
    return f"'{shown:.60}'"
