"""Columns to labelled points: features, labels, and rows that have all of them.

table ── chosen ──► features, labels, what is left out ── whole rows ──► Dataset
"""

from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Bools
from warpviz.data.dataset import Dataset
from warpviz.data.labels import labelled
from warpviz.data.reading.cells import UNLABELLED, as_cell
from warpviz.data.reading.choosing import label_of, left_out, names_rows
from warpviz.data.reading.columns import Choice, Table, some
from warpviz.errors import WarpvizError

LONGEST_FLAG = 100
"""Letters of a flag that a sentence spells out."""


def dataset_of(table: Table, choice: Choice) -> Dataset:
    """The points of a table with their labels.

    Raises:
        WarpvizError: for a column that there is not, missing or infinite values, words where
            numbers are expected, or where it is open which column has the labels.
    """
    if len(table.columns) < 2:
        raise WarpvizError(
            f"{table.what} expects numbers and a label in each {table.row}, got one cell; "
            + (
                "part them with commas, semicolons, tabs or spaces."
                if table.row == "line"
                else "give columns of numbers and one of labels."
            )
        )
    asked = [table.place(name) for name in choice.features]
    gone = left_out(table)
    label, notes = label_of(table, choice, asked, [*gone])
    chosen = asked or [i for i in range(len(table.columns)) if i != label and i not in gone]
    if not asked:
        first = chosen[0] if chosen else 0
        if len(chosen) > 1 and names_rows(table, first):
            gone[first] = "names the rows"
            chosen = chosen[1:]
        notes += [
            f"{table.what}: {table.called(i)} {why} and is left out; --features takes it in."
            for i, why in gone.items()
            if why and i != label
        ]
    _refuse_words(table, chosen, label)
    if len(chosen) < (1 if asked else 2):
        has, do = "no column", "choose"
        if chosen:
            has = f"one column of features, {table.called(chosen[0])},"
            do = f"--features {table.flagged(chosen)} takes it alone, as a curve; or choose others"
        raise WarpvizError(
            f"{table.what} has {has} beside the labels, {table.called(label)}; {do} with "
            "--features and --label."
        )
    kept = _whole(table, chosen, label, choice)
    x = np.column_stack([table.parsed[i].values[kept] for i in chosen])
    names = _feature_names(table, chosen)
    columns = any(table.names) or table.row == "line"
    return labelled(
        x, table.columns[label][kept], table.name, names, kind=choice.kind,
        called=f"the values of {table.called(label)}" if columns else "the labels",
        notes=(*table.notes, *notes),
    )  # fmt: skip


def _refuse_words(table: Table, chosen: Sequence[int], label: int) -> None:
    """Refuse features that are not numbers.

    Raises:
        WarpvizError: naming the first cell, and the columns that are numbers.
    """
    bad = [i for i in chosen if not table.parsed[i].numeric and not table.parsed[i].empty.all()]
    if not bad:
        return
    i = bad[0]
    parsed = table.parsed[i]
    if parsed.mixed:
        raise WarpvizError(
            f"{table.what}, {table.called(i)} has numbers with commas ({parsed.mixed}) among "
            "others; write all of them with a decimal point, or all with a decimal comma."
        )
    cell = int(np.flatnonzero(parsed.words)[0])
    where = table.numbered(np.arange(len(parsed.words)) == cell)
    rest = _columns(table, bad[1:])
    more = f"; columns {rest} have words too" if len(bad) > 2 else f"; column {rest} has words too"
    raise WarpvizError(
        f"{table.what}, {table.row} {where}, {table.called(i)} expects a number, got "
        f"{as_cell(table.columns[i][cell])!r:.60}{more if len(bad) > 1 else ''}; "
        f"{_advice(table, label)} of labels with --label."
    )


def _columns(table: Table, places: Sequence[int]) -> str:
    return some([f"'{table.names[i]}'" if table.names[i] else str(i + 1) for i in places])


def _advice(table: Table, label: int) -> str:
    """How to name the columns of numbers."""
    gone = left_out(table)
    good = [k for k, parsed in enumerate(table.parsed) if parsed.numeric and k != label]
    flag = table.flagged([k for k in good if k not in gone])
    if not flag:
        return "write words as numbers first, as no other column has any, or choose the column"
    told = f" {flag}" if len(flag) <= LONGEST_FLAG else ""
    return f"choose the columns of numbers with --features{told}, that"


def _whole(table: Table, chosen: Sequence[int], label: int, choice: Choice) -> Bools:
    """Which rows have all that is needed (N,).

    Raises:
        WarpvizError: some have not, and it was not asked to leave them out.
    """
    empty = {i: table.parsed[i].empty for i in chosen}
    empty[label] = _unlabelled(table, label)
    gone = np.logical_or.reduce(list(empty.values()))
    what = f"{table.what} has"
    if gone.all():
        raise WarpvizError(
            f"{what} a missing value in every {table.row}; choose other columns with --features."
        )
    if gone.any() and not choice.drop:
        count = int(gone.sum())
        which = some([table.called(i) for i, where in empty.items() if where.any()])
        raise WarpvizError(
            f"{what} missing values in {count} {table.row}{'s' * (count != 1)} "
            f"({table.numbered(gone)}; {which}); fill them in, or leave these {table.row}s out "
            "with drop_missing (--drop-missing)."
        )
    numbers = [i for i in (*chosen, label) if table.parsed[i].numeric]
    endless = {i: np.isinf(table.parsed[i].values) for i in numbers}
    far = np.logical_or.reduce([np.zeros(len(gone), dtype=bool), *endless.values()])
    if far.any() and not choice.drop:
        which = some([table.called(i) for i, where in endless.items() if where.any()])
        raise WarpvizError(
            f"{what} infinite values in {table.row} {table.numbered(far)} ({which}), where finite "
            f"x is expected; mend them, or leave these {table.row}s out with drop_missing "
            "(--drop-missing)."
        )
    return np.asarray(~gone & ~far)


def _unlabelled(table: Table, label: int) -> Bools:
    """Where the label is missing: among words, what may be one of them is not."""
    parsed = table.parsed[label]
    if parsed.numeric:
        return parsed.empty
    cells = [as_cell(value).lower() for value in table.columns[label].tolist()]
    return np.array([cell in UNLABELLED for cell in cells], dtype=bool)


def _feature_names(table: Table, chosen: Sequence[int]) -> list[str]:
    """Names of features; () where columns are only counted."""
    names = [table.names[i] for i in chosen]
    counted = [("", str(i), str(i + 1)) for i in chosen]
    if all(name in each for name, each in zip(names, counted, strict=True)):
        return []
    return [name or f"column {i + 1}" for i, name in zip(chosen, names, strict=True)]
