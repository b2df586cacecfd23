"""A table as it was read: columns of anything, their names, and what is asked of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from warpviz.arrays import Bools
from warpviz.data.reading.cells import Parsed, as_cell, numbers_of
from warpviz.errors import WarpvizError
from warpviz.names import unknown_name

NAMED = 5
"""Lines or columns that a sentence names at most."""


@dataclass(frozen=True)
class Choice:
    """What was asked of a table.

    Attributes:
        label: the column of labels by name or by place, "first" or "last"; None is the rule.
        features: the columns of numbers, likewise; () is all that are left.
        drop: leave out rows with missing values.
        kind: "classes" or "regression"; None is the rule.
        encoding: of a file of text; None is a guess.
    """

    label: str | int | None = None
    features: Sequence[str | int] = ()
    drop: bool = False
    kind: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """Columns, as they were read.

    Attributes:
        what: it is called in a sentence.
        name: of the data.
        names: of the columns, "" where one has none.
        columns: (N,) of each, numbers or things of any kind.
        rows: the number of each in its file; () counts from 1.
        row: what a row is called.
        notes: what is to be said of the reading.
    """

    what: str
    name: str
    names: Sequence[str]
    columns: Sequence[npt.NDArray[Any]]
    rows: Sequence[int] = ()
    row: str = "row"
    notes: Sequence[str] = ()

    @cached_property
    def parsed(self) -> list[Parsed]:
        """The columns as numbers."""
        return [numbers_of(column) for column in self.columns]

    def told(self, notes: Sequence[str]) -> "Table":
        """The same, with more to be said before."""
        return replace(self, notes=(*notes, *self.notes))

    def called(self, place: int) -> str:
        """A column in a sentence."""
        return f"column '{self.names[place]}'" if self.names[place] else f"column {place + 1}"

    def flagged(self, places: Sequence[int]) -> str:
        """Columns as a flag takes them."""
        text = ",".join(self.names[place] or str(place + 1) for place in places)
        return f"'{text}'" if " " in text else text

    def place(self, name: str | int) -> int:
        """Where the column is that a name or a place, counted from 1, asks for.

        Raises:
            WarpvizError: there is none, or two of the name.
        """
        return _place(self, name)

    def kinds(self, place: int) -> int:
        """How many different values a column has."""
        parsed = self.parsed[place]
        if parsed.numeric:
            return len(np.unique(parsed.values[~parsed.empty]))
        return len(set(map(as_cell, self.columns[place].tolist())))

    def numbered(self, where: Bools) -> str:
        """Rows in a sentence."""
        places = np.flatnonzero(where).tolist()
        return some([self.rows[i] if len(self.rows) else i + 1 for i in places])


def _place(table: Table, name: str | int) -> int:
    """Where the column is that a name or a place, counted from 1, asks for."""
    text, width = str(name), len(table.columns)
    if text in table.names and text:
        if list(table.names).count(text) > 1:
            raise WarpvizError(
                f"{table.what} has two columns called '{text}'; ask by place, from 1 to {width}."
            )
        return list(table.names).index(text)
    if text in ("first", "last"):
        return 0 if text == "first" else width - 1
    if text.isdecimal() and 1 <= int(text) <= width:
        return int(text) - 1
    if text.isdecimal() or not any(table.names):
        unnamed = "" if any(table.names) else " and no line of column names"
        raise WarpvizError(
            f"{table.what} has {width} columns{unnamed}, so there is no column '{text:.40}'; "
            f"choose by place, from 1 to {width}."
        )
    raise unknown_name(f"column of {table.what.removeprefix('Data file ')}", text, table.names)


def refuse_twice(what: str, names: Sequence[str]) -> None:
    """Refuse columns of one name.

    Raises:
        WarpvizError: two are called the same.
    """
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        raise WarpvizError(f"{what} has two columns called '{twice[0]}'; rename one.")


def plainly(text: str) -> str:
    """A text in one line, without what cannot be seen."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def some(things: Sequence[object]) -> str:
    """The first of many, in words."""
    shown = ", ".join(map(str, things[:NAMED]))
    return shown + (", …" if len(things) > NAMED else "")
