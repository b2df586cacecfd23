"""Which column of a table has the labels, and which are no features: counters, names of rows."""

import re
from collections.abc import Sequence

import numpy as np

from warpviz.arrays import Floats
from warpviz.data.labels import are_few, are_targets
from warpviz.data.reading.columns import Choice, Table, some
from warpviz.errors import WarpvizError

COUNTED = 5
"""Rows from which a first column 0, 1, 2, … without a name counts them."""
COUNTERS = re.compile(
    r"|unnamed: \d+|\.\.\.1|index|row([_.]?(names?|id))?|nr|no\.?|#|(.*[ _.-])?id|uuid",
    re.IGNORECASE,
)
"""What columns are called that number or name the rows; also such as PassengerId."""


def left_out(table: Table) -> dict[int, str]:
    """Columns that are no feature, and why; "" where there is nothing to say."""
    found: dict[int, str] = {}
    size = len(table.columns[0])
    for i, (name, parsed) in enumerate(zip(table.names, table.parsed, strict=True)):
        if parsed.empty.all():
            if len(table.columns) - len(found) > 2:
                found[i] = "is empty" if name else ""
            continue
        named = COUNTERS.fullmatch(name) or re.search(r"[a-z](Id|ID)$", name)
        counts = i == 0 and _counts(parsed.values) and size >= COUNTED
        unnamed_alone = name == "" and not any(table.names)
        if (counts if unnamed_alone else named) and not parsed.empty.any():
            whole = parsed.numeric and bool((parsed.values == np.floor(parsed.values)).all())
            if (whole or not parsed.numeric) and table.kinds(i) == size:
                found[i] = "numbers the rows" if whole else "names the rows"
    return found


def _counts(values: Floats) -> bool:
    """Whether numbers are 0, 1, 2, … or 1, 2, 3, …."""
    return bool(values[0] in (0, 1) and (values == values[0] + np.arange(len(values))).all())


def names_rows(table: Table, place: int) -> bool:
    """Whether a first column has words, each of its own."""
    size = len(table.columns[place])
    return place == 0 and size > 2 and _is_words(table, 0) and table.kinds(0) == size


def _is_words(table: Table, place: int) -> bool:
    parsed = table.parsed[place]
    return not parsed.numeric and bool(parsed.words.mean() > 0.5)


def label_of(
    table: Table, choice: Choice, asked: Sequence[int], gone: Sequence[int]
) -> tuple[int, list[str]]:
    """The column of labels, and what is to be said of it."""
    if choice.label is not None:
        return table.place(choice.label), []
    able = [i for i in range(len(table.columns)) if i not in gone and i not in asked]
    able = able or list(range(len(table.columns)))
    last, size = able[-1], len(table.columns[0])
    choose = "choose with --label"
    if not table.parsed[last].numeric or table.parsed[last].truth:
        if not are_few(table.kinds(last), size) and choice.kind is None:
            able = [i for i in able[:-1] if 1 < table.kinds(i) and are_few(table.kinds(i), size)]
            such = f", such as --label {table.flagged(able[-1:])}" if able else ", by name or place"
            raise WarpvizError(
                f"{table.what}: the last column, {table.called(last)}, has {table.kinds(last)} "
                f"different words in {size} {table.row}s, so it is no label; {choose}{such}."
            )
        return last, []
    words = [i for i in able[:-1] if _is_words(table, i) and are_few(table.kinds(i), size)]
    words = [i for i in words if len(able) > 2 or table.kinds(i) < size]
    if choice.kind != "regression" and len(words) == 1:
        told = f"{table.what}: the labels are those of {table.called(words[0])}, the only one of "
        return words[0], [f"{told}words; --label names another."]
    values = table.parsed[last].values[~table.parsed[last].empty]
    if choice.kind != "regression" and words:
        raise WarpvizError(
            f"{table.what}: it is open which column has the labels: "
            f"{some([table.called(i) for i in words])} have words, and the last, "
            f"{table.called(last)}, numbers; {choose}, such as --label {table.flagged(words[:1])}."
        )
    first = able[0]
    if choice.kind is None and first != last and are_targets(values) and _few_numbers(table, first):
        kinds = table.kinds(first)
        raise WarpvizError(
            f"{table.what}: it is open which column has the labels: {table.called(first)} has "
            f"{kinds} different whole numbers, as classes have, and the last, "
            f"{table.called(last)}, numbers of a regression; choose with --label "
            f"{table.flagged([first])} or --label {table.flagged([last])}."
        )
    return last, []


def _few_numbers(table: Table, place: int) -> bool:
    parsed = table.parsed[place]
    values = parsed.values[~parsed.empty]
    whole = parsed.numeric and bool((values == np.floor(values)).all())
    kinds = table.kinds(place)
    return whole and 2 <= kinds <= 10 and 2 * kinds <= len(values)
