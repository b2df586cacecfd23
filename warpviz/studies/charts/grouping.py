"""Rows grouped into the panels and lines of a chart.

    rows of the study ── stop, epoch ──► a value a network ── panels, by, x ──► middle, low, high

A number's middle is the median and its band the quartiles; of what is true or false it is the
share, with Wilson's interval.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from warpviz.errors import WarpvizError
from warpviz.names import unknown_name
from warpviz.studies.charts.chart import Chart, Line
from warpviz.studies.charts.wilson import wilson
from warpviz.studies.tables import ROW_FIELDS, RUN_FIELDS

Columns: TypeAlias = Mapping[str, Mapping[str, str]]

LINES = 12
"""Lines of a panel."""
PANELS = 12
"""Panels of a figure."""
WHEN = ("epoch", "stop")
OF_NETWORKS = {each.name for each in (*RUN_FIELDS, *ROW_FIELDS)} - {"stop", "layer", "step"}
"""Columns that are the same at every stop."""


def chart_of(
    frame: Any,
    columns: Columns,
    x: str,
    y: str,
    by: str | None,
    *,
    panels: str | None = None,
    stop: int | None = None,
    epoch: int | None = None,
    kind: str | None = None,
    where: Mapping[str, Any] | None = None,
) -> Chart:
    """Choose and group what is drawn.

    Args:
        frame: of pandas, a row a network, epoch and stop.
        columns: meaning, unit and source by name; those without are of the grid.
        x: a column: "epoch", "stop", one of the grid ("width", "layers" …), or a measure.
        y: a column of numbers or of what is true or false.
        by: a column, a colour each; None for one.
        panels: a column, a panel each; None is layers, or data, where there are several.
        stop: where; None is the last, unless stops are asked for.
        epoch: when; None is the last.
        kind: "heat" colours y by epoch (x) and stop; None is what suits x.
        where: only rows with these values, by column.

    Raises:
        WarpvizError: for a column or place that there is not, or too many panels or lines.
    """
    for name in (x, y, by, panels, *(where or {})):
        if name is not None and name not in frame:
            raise unknown_name("column", name, list(frame))
    if any(isinstance(each, str | list | np.ndarray) for each in frame[y].dropna().iloc[:1]):
        raise WarpvizError(
            f"plot expects y to be one number a row, and {y} is not; choose another."
        )
    if kind not in (None, "heat"):
        raise WarpvizError(f"plot expects kind to be 'heat' or None, got {kind!r}.")
    for name, value in (where or {}).items():
        frame = frame[frame[name] == value]
    shown = {x, panels, "stop" if kind == "heat" else by}
    if panels is None:
        panels = _usual_panels(frame, x, y, by)
    frame, told = _at(frame, shown, (x, y), stop, epoch)
    frame = frame[frame[y].notna() & frame[x].notna()]
    if not len(frame):
        raise WarpvizError(f"plot finds no {y} {told or 'at all'}; choose another stop or epoch.")
    by = "stop" if kind == "heat" else by
    names = _names(frame, x)
    kind = kind or _kind(frame, x, names)
    found = tuple(
        (title, tuple(_line(name, own, x, y, kind, names) for name, own in _groups(part, by)))
        for title, part in _groups(frame, panels)
    )
    _refuse_many(found)
    share = "share " if _is_truth(frame[y]) and kind != "scatter" else ""
    labels = (label_of(x, columns), share + label_of(y, columns))
    meaning = columns.get(y, {}).get("meaning", "")
    return Chart(kind, x, y, by or "", told, found, names, labels, meaning)


def _usual_panels(frame: Any, x: str, y: str, by: str | None) -> str | None:
    """What parts a figure where nobody says: layers, or data, where there are several."""
    if {x, by} & {"layers", "width", "depth"}:
        several = ["data"]
    else:
        several = ["layers", "data"]
    return next((n for n in several if n not in {x, y, by} and frame[n].nunique() > 1), None)


def label_of(name: str, columns: Columns) -> str:
    """A column's name as an axis says it, with its unit.

    >>> label_of("test_accuracy", {"test_accuracy": {"unit": "share 0 … 1"}})
    'test accuracy (share 0 … 1)'
    """
    unit = columns.get(name, {}).get("unit", "")
    words = name.replace("_", " ")
    return words if unit in ("", "count", words) else f"{words} ({unit})"


def _at(
    frame: Any, shown: set[str | None], drawn: tuple[str, str], stop: int | None, epoch: int | None
) -> tuple[Any, str]:
    """The rows of one stop, one epoch or both, and words for them."""
    words = []
    if "stop" not in shown:
        measured = frame[frame[list(drawn)].notna().all(axis=1)]
        wanted = frame["run"].map(measured.groupby("run")["stop"].max()) if stop is None else stop
        frame = frame[frame["stop"] == wanted]
        if stop is not None or not {*drawn} <= {*OF_NETWORKS}:
            words.append("at the last stop" if stop is None else f"at stop {stop}")
    if "epoch" not in shown:
        epoch = int(frame["epoch"].max()) if epoch is None and len(frame) else epoch
        frame = frame[frame["epoch"] == epoch]
        words.append(f"after {epoch} epochs")
    return frame, ", ".join(words)


def _names(frame: Any, x: str) -> tuple[str, ...]:
    """The places on x where they are words, in the order of the grid."""
    if frame[x].dtype.kind in "biuf":
        return ()
    return tuple(dict.fromkeys(frame.sort_values("run")[x].astype(str)))


def _kind(frame: Any, x: str, names: tuple[str, ...]) -> str:
    if x in WHEN:
        return "ribbon"
    discrete = names or frame[x].dtype.kind in "biu"
    return "points" if discrete else "scatter"


def _groups(frame: Any, name: str | None) -> list[tuple[str, Any]]:
    """Parts of a frame by a column, in the order in which it has them."""
    if name is None:
        return [("", frame)]
    ordered = frame[name].dtype.kind in "iuf"
    return [(_said(value), part) for value, part in frame.groupby(name, sort=ordered)]


def _said(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float | np.floating) else str(value)


def _line(name: str, frame: Any, x: str, y: str, kind: str, names: tuple[str, ...]) -> Line:
    values = frame[y].to_numpy(dtype=np.float64)
    if names:
        places = np.array([names.index(str(each)) for each in frame[x]], dtype=np.float64)
    else:
        places = frame[x].to_numpy(dtype=np.float64)
    if kind == "scatter":
        ones = np.ones(len(values))
        return Line(name, places, values, values, values, ones, frame["run"].to_numpy())
    truth = _is_truth(frame[y])
    at, counts = np.unique(places, return_counts=True)
    rows = []
    for place in at:
        own = values[places == place]
        if truth:
            rows.append((own.mean(), *wilson(int(own.sum()), len(own))))
        else:
            low, middle, high = np.quantile(own, (0.25, 0.5, 0.75))
            rows.append((middle, low, high))
    middle, low, high = np.array(rows).T
    return Line(name, at, middle, low, high, counts.astype(np.float64))


def _is_truth(values: Any) -> bool:
    """Whether a column is of what is true or false; with nulls it is one of objects."""
    return values.dtype.kind in "bO"


def _refuse_many(found: Sequence[tuple[str, Sequence[Line]]]) -> None:
    if len(found) > PANELS:
        raise WarpvizError(
            f"plot draws at most {PANELS} panels, got {len(found)}; choose other panels."
        )
    most = max(len(lines) for _, lines in found)
    if most > LINES:
        raise WarpvizError(f"plot draws at most {LINES} lines, got {most}; choose another by.")
