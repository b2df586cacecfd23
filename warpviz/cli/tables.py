"""Measures as words: a table for people, CSV and JSON for programs.

layer_measures ──► rows of one model ──► inspect
                   rows of all models ──► compare --table text | csv | json
"""

import csv
import io
import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from warpviz.data import Dataset
from warpviz.errors import visible
from warpviz.film.words.numbers import percent, rounded_down, short_number
from warpviz.measure.layers import layer_measures
from warpviz.measure.state import Measures
from warpviz.model import Chain
from warpviz.model.captions import stop_names

Row = dict[str, Any]

NAMES = tuple(each.name for each in fields(Measures))
TITLES = {
    "accuracy": "fitted probe",
    "separable": "separable",
    "fisher": "Fisher ratio",
    "r_squared": "linear R²",
    "area_factor": "area",
    "collapsed": "collapsed",
    "regions": "regions",
    "affine_pieces": "affine pieces",
    "overlap": "overlap",
}
MEANINGS = {
    "accuracy": "share of the points that a fitted linear read-out (logistic) gets right",
    "separable": "strict linear separability of all classes at once",
    "fisher": "scatter between the classes over scatter within them",
    "r_squared": "share of the targets' variance that a linear read-out explains",
    "area_factor": "median factor by which the sheet's area has grown, where it has not collapsed",
    "collapsed": "share of the sheet that has collapsed to lines or points",
    "regions": "linear regions so far, as activation patterns",
    "affine_pieces": "the same, where neighbours with one affine map count once",
    "overlap": "mean number of sheet layers where there is sheet, in planes",
}


def measured_rows(chain: Chain, data: Dataset, args: Namespace) -> list[Row]:
    """The measures of every stop up to the logits, with the stop's number and name."""
    found = layer_measures(chain, data, getattr(args, "limits", None))
    names = stop_names(chain.logits().split(), classifier=data.targets is None)
    if len(data.feature_names) == 2:
        names = (f"input ({', '.join(data.feature_names)})", *names[1:])
    return [
        {"stop": k, "name": name, **measures.as_dict()}
        for k, (name, measures) in enumerate(zip(names, found, strict=True))
    ]


def in_words(name: str, value: float | int | bool | None) -> str:
    """A measure for people; "–" where it is undefined.

    >>> in_words("accuracy", 0.9833), in_words("separable", True), in_words("fisher", None)
    ('98.3 %', 'yes', '–')
    """
    if value is None:
        return "–"
    if name == "separable":
        return "yes" if value else "no"
    if name in ("accuracy", "collapsed"):
        return percent(float(value))
    if name == "area_factor":
        return f"×{short_number(value)}"
    if name == "r_squared":
        return rounded_down(value)
    return str(value) if name in ("regions", "affine_pieces") else short_number(float(value))


def aligned(rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Lines of equal columns, the first `left` of them flush left, the others right."""
    rows = [list(map(visible, row)) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def measure_table(rows: Sequence[Row]) -> list[str]:
    """One model's measures, a line a stop."""
    known = [name for name in NAMES if any(row[name] is not None for row in rows)]
    head = ["stop", *(TITLES[name] for name in known)]
    body = [[row["name"], *(in_words(name, row[name]) for name in known)] for row in rows]
    return aligned([head, *body])


def tables(models: Mapping[str, list[Row]], data: Dataset, form: str) -> str:
    """The measures of several models side by side.

    Args:
        models: name → rows, one a stop.
        data: what they were measured on.
        form: "text", "csv" or "json".
    """
    if form == "json":
        entries = [{"model": name, "measures": rows} for name, rows in models.items()]
        facts = {"data": data.name, "points": len(data), "models": entries}
        return json.dumps(facts, indent=2, ensure_ascii=False)
    if form == "csv":
        return _csv(models)
    return _text(models)


def _csv(models: Mapping[str, list[Row]]) -> str:
    """One line a model and stop; undefined is empty, truth is true or false."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["model", "stop", "name", *NAMES])
    for model, rows in models.items():
        for row in rows:
            cells = [row["stop"], row["name"], *(row[name] for name in NAMES)]
            writer.writerow(
                [model, *(str(cell).lower() if isinstance(cell, bool) else cell for cell in cells)]
            )
    return text.getvalue().rstrip("\n")


def _text(models: Mapping[str, list[Row]]) -> str:
    """A block for each measure: a line a stop, a column a model."""
    deepest = max(models.values(), key=len)
    blocks = []
    for name in NAMES:
        if all(row[name] is None for rows in models.values() for row in rows):
            continue
        head = ["", *models]
        body = [
            [
                _shared_name([rows[k]["name"] for rows in models.values() if k < len(rows)]),
                *(
                    in_words(name, rows[k][name]) if k < len(rows) else ""
                    for rows in models.values()
                ),
            ]
            for k in range(len(deepest))
        ]
        blocks.append("\n".join([f"{TITLES[name]}: {MEANINGS[name]}", *aligned([head, *body])]))
    return "\n\n".join(blocks)


def _shared_name(names: Sequence[str]) -> str:
    """One name for stops of several models: their own where it is the same.

    >>> _shared_name(["layer 1 · relu", "layer 1 · tanh"]), _shared_name(["input", "input"])
    ('layer 1 · activation', 'input')
    """
    if len(set(names)) == 1:
        return names[0]
    layers = {name.partition(" · ")[0] for name in names}
    affine = {"affine" in name for name in names}
    what = "affine" if affine == {True} else "activation" if affine == {False} else "mixed"
    return f"{layers.pop()} · {what}" if len(layers) == 1 else what
