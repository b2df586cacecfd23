"""The three tables of a study as Arrow has them: columns with meaning, unit and source.

runs      a row a network            how it was made, how it ended, the columns of a network
rows      a row a network, an epoch and a stop       what is measured there
networks  a row a network and an epoch               all parameters, so that any comes back

What a column means stands in the Parquet file too, in its field's metadata.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS, Column
from warpviz.studies.grid import Grid
from warpviz.studies.needed import needed

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A column of a table: its name, its kind, what it means, its unit and its source."""

    name: str
    kind: type
    meaning: str
    unit: str = ""
    source: str = ""


_WHICH = (
    Field("run", int, "Number of the network, from 0, in the order of the grid.", "count"),
    Field("data", str, "Name of the data."),
    Field("activation", str, "Of all hidden layers."),
    Field("layers", str, "Hidden widths."),
    Field("seed", int, "Of the first weights."),
)
_SCORES = (
    Field("loss", float, "Mean cross entropy of the points trained with, no penalties.", "nat"),
    Field("train_accuracy", float, "Share of the points trained with that are told right.",
          "share 0 … 1"),
    Field("test_accuracy", float, "Share of the points held out that are told right.",
          "share 0 … 1"),
)  # fmt: skip
RUN_FIELDS = (
    *_WHICH,
    Field("depth", int, "Number of hidden layers.", "count"),
    Field("width", int, "Units of the widest hidden layer.", "count"),
    Field("parameters", int, "Number of weights and biases.", "count"),
    *_SCORES,
    Field("solved", bool, "Whether every training point is classified correctly at the end."),
    Field("solved_epoch", int, "The first of the epochs looked at from which on, to the end, all "
          "training points are classified correctly.", "epoch"),
)  # fmt: skip
"""Of `runs`, before the columns of a network; the scores are those at the end."""
ROW_FIELDS = (
    *_WHICH,
    Field("epoch", int, "Evaluations of the gradient so far.", "epoch"),
    Field("stop", int, "Place in the network, from 0, the input.", "count"),
    Field("layer", int, "Layer with weights that was passed last, from 1; 0 at the input.",
          "count"),
    Field("step", str, "What was passed last: input, affine or activation."),
    *_SCORES,
)  # fmt: skip
"""Of `rows`, before the columns of a stop; the scores are the network's, the same at every stop."""
NETWORK_FIELDS = (
    Field("run", int, "Number of the network."),
    Field("epoch", int, "Evaluations of the gradient so far.", "epoch"),
    Field("parameters", list, "Layer by layer (W | b), row by row."),
)
TABLES = ("rows", "runs", "networks")


def fields_of(table: str, grid: Grid) -> tuple[Field, ...]:
    """The columns of a table, in order."""
    if table == "networks":
        return NETWORK_FIELDS
    if table == "runs":
        return (*RUN_FIELDS, *(_measured(NETWORK_COLUMNS[n]) for n in grid.network_columns))
    return (*ROW_FIELDS, *(_measured(STOP_COLUMNS[n]) for n in grid.stop_columns))


def _measured(column: Column[Any]) -> Field:
    return Field(column.name, column.kind, column.meaning, column.unit, column.source)


def written(rows: Sequence[Row], table: str, grid: Grid, facts: Mapping[str, Any]) -> bytes:
    """A table as a Parquet file, the same bytes for the same rows.

    Args:
        rows: a value a column each; None, and what is not finite, is null.
        table: one of `TABLES`.
        grid: whose columns they are.
        facts: how they were made, for the file's metadata: JSON under the key "warpviz".
    """
    arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    file = BytesIO()
    fields = fields_of(table, grid)
    schema = arrow.schema(
        [_arrow_field(each) for each in fields],
        {"warpviz": json.dumps({"table": table, **facts}, sort_keys=True, ensure_ascii=False)},
    )
    columns = [
        arrow.array([_plain(row.get(one.name), one.kind) for row in rows], _type(one.kind))
        for one in fields
    ]
    parquet.write_table(
        arrow.Table.from_arrays(columns, schema=schema), file, compression="zstd"
    )  # fmt: skip
    return file.getvalue()


def _arrow_field(field: Field) -> Any:
    told = {"meaning": field.meaning, "unit": field.unit, "source": field.source}
    return needed("pyarrow").field(
        field.name, _type(field.kind), metadata={k: v for k, v in told.items() if v}
    )


def _type(kind: type) -> Any:
    arrow = needed("pyarrow")
    return {
        int: arrow.int64(),
        float: arrow.float64(),
        bool: arrow.bool_(),
        str: arrow.string(),
        tuple: arrow.list_(arrow.int64()),
        list: arrow.list_(arrow.float64()),
    }[kind]


def _plain(value: Any, kind: type) -> Any:
    """A value as Arrow takes it: of its kind, and null where it is none or not finite."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if kind is list:
        return value
    return [int(each) for each in value] if kind is tuple else kind(value)


def documented(grid: Grid) -> dict[str, dict[str, dict[str, str]]]:
    """Every column of `rows` and `runs`: table → name → meaning, unit and source."""
    return {table: _told(fields_of(table, grid)) for table in ("runs", "rows")}


def _told(fields: Iterable[Field]) -> dict[str, dict[str, str]]:
    return {
        each.name: {"meaning": each.meaning, "unit": each.unit, "source": each.source}
        for each in fields
    }


def classify(solved: int) -> str:
    """What so many networks have learnt to do, behind "… networks".

    >>> classify(1)
    'classifies every training point correctly'
    """
    return f"{'classifies' if solved == 1 else 'classify'} every training point correctly"
