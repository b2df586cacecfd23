"""The verb activations: their curves as stills, films and pages, their numbers as a table."""

import csv
import io
import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import charts_of, look_of, refuse_twice, theme_of, write
from warpviz.cli.tables import aligned
from warpviz.curves.drawable import check_limits, drawables, heights
from warpviz.curves.figure import measured, save_activations
from warpviz.curves.film import animate_activations
from warpviz.curves.page import save_page
from warpviz.curves.table import activations_table, records_of
from warpviz.curves.words import number, undefined_words
from warpviz.errors import WarpvizError
from warpviz.figures.files import SUFFIXES as STILLS
from warpviz.figures.files import check_plot
from warpviz.output.writers import check_transparent

Row = dict[str, Any]


def activations(args: Namespace, console: Console) -> None:
    """Draw, film and tell."""
    names = getattr(args, "names", [])
    refuse_twice("activations", names)
    records_of(names)
    files = getattr(args, "output", [])
    refuse_twice("-o", files)
    # With --at pictures are moments of the film.
    drawn = () if "at" in args else STILLS
    stills = [check_plot(name) for name in files if Path(name).suffix.lower() in drawn]
    pages = [check_writable(name) for name in files if Path(name).suffix.lower() == ".html"]
    look = look_of(args)
    for page in pages if "transparent" in args else ():
        check_transparent(page)
    if pages and look.get("language", "en") != "en":
        raise WarpvizError("The page of activations speaks English; leave --language away.")
    limits = check_limits(getattr(args, "span", None))
    others = [name for name in files if Path(name) not in (*stills, *pages)]
    films = charts_of(args, others, look)
    filmed = bool(films) or "frames" in args
    size = look.get("size")
    theme = theme_of(args, "dark", None if filmed else console)
    if stills:
        curves = drawables(records_of(names), limits)
        measured(curves, heights(curves), size)
    film = animate_activations(*names, limits=limits, **look) if filmed else None
    with working():
        if "table" in args or not (files or filmed):
            rows = activations_table(*names)
            console.result(TABLES[getattr(args, "table", "text")](rows))
            console = replace(console, paths=False)
        for path in stills:
            still = save_activations(
                names, path, theme_name=theme, limits=limits, size=size,
                language=look.get("language", "en"),
            )  # fmt: skip
            console.path(still)
        for path in pages:
            seconds = look.get("seconds")
            console.path(save_page(names, path, theme_name=theme, limits=limits, seconds=seconds))
        if film is not None:
            write(film, films, console, args)


def as_text(rows: Sequence[Row]) -> str:
    """For people: a line each."""
    some = any(row["undefined"] for row in rows)
    head = ("activation", *["undefined"] * some, "range", "limits", "Lipschitz", "zeros",
            "slope at 0", "least slope", "folds from", "turns at", "monotone")  # fmt: skip
    body = [
        (
            row["name"],
            *[undefined_words(row["undefined"]) or "nowhere"] * some,
            f"{_end(row['lowest'], '−∞')} … {_end(row['highest'], '∞')}",
            f"{number(row['left_limit'])}, {number(row['right_limit'])}",
            number(row["lipschitz"]),
            _zeros(row),
            _slope(row),
            number(row["smallest_slope"]),
            number(row["folds_from"]) if row["folds"] else "never",
            _few(row["fold_points"]) or "–",
            "yes" if row["monotone"] else "no",
        )
        for row in rows
    ]
    return "\n".join(aligned([head, *body]))


def as_csv(rows: Sequence[Row]) -> str:
    """A line each; several numbers stand with spaces between, an end that is none as ..."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return text.getvalue().rstrip("\n")


def as_json(rows: Sequence[Row]) -> str:
    """All numbers; undefined is null."""
    return json.dumps({"activations": rows}, indent=2, ensure_ascii=False, allow_nan=False)


TABLES = {"text": as_text, "csv": as_csv, "json": as_json}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return " ".join(
            ":".join(map(_cell, each)) if isinstance(each, tuple) else _cell(each) for each in value
        )
    return "" if value is None else str(value)


def _end(value: float | None, endless: str) -> str:
    return endless if value is None else number(value)


def _few(values: Sequence[float], most: int = 3) -> str:
    told = ", ".join(number(value) for value in sorted(values, key=abs)[:most])
    return told + ", …" * (len(values) > most)


def _zeros(row: Row) -> str:
    pieces = [f"{_end(a, '−∞')} … {_end(b, '∞')}" for a, b in row["zero_on"]]
    return ", ".join([*pieces, *([_few(row["zeros"])] if row["zeros"] else [])]) or "none"


def _slope(row: Row) -> str:
    left, right = row["slopes_at_0"]
    if row["slope_at_0"] is None and left != right:
        return f"{number(left)} | {number(right)}"
    return number(row["slope_at_0"])
