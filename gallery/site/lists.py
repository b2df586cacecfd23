"""Tables of the names that flags and keywords take, from the tables of the package."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from gallery.site.docstrings import escaped
from warpviz.cli.commands.listing import TOPICS, names_of
from warpviz.measure.columns import NETWORK_COLUMNS, STOP_COLUMNS, Column
from warpviz.model import ACTIVATIONS

MARK = re.compile(r"^<!-- list: (\w+) -->$", re.MULTILINE)
WHAT = {
    "datasets": ("Data sets", "`--data`, `wv.load_data(…)`"),
    "activations": ("Activations", "`--activation`, `--layers`, `wv.mlp(…)`"),
    "optimizers": ("Optimizers", "`--optimizer`, `wv.train(…, optimizer=…)`"),
    "formats": ("Formats", "`-o`, `film.save(…)`"),
    "themes": ("Themes", "`--theme`, `theme=`"),
    "parts": ("Parts of the picture", "`--show`, `--hide`, `show=`, `hide=`"),
    "views": ("Views", "`--view`, `view=`"),
    "motions": ("Motions", "`--motion`, `motion=`"),
    "easings": ("Easings", "`--ease`, `ease=`"),
    "captions": ("Captions", "`--caption`, `caption=`"),
    "languages": ("Languages", "`--language`, `language=`"),
    "measures": ("Measures of a study", "`--measure`, `--plot`"),
    "hosts": ("Hosts", "`--for`, `wv.embed(…, host)`"),
}
"""Topic → heading, and where its names are written."""
COLUMNS: dict[str, list[Column[Any]]] = {
    f"columns_{group}": [each for each in STOP_COLUMNS.values() if each.group == group]
    for group in dict.fromkeys(each.group for each in STOP_COLUMNS.values())
} | {"columns_networks": [*NETWORK_COLUMNS.values()]}
"""What a page calls a group of columns of a stop, and those of a network."""


def table(topic: str) -> str:
    """The names of a topic and what each means.

    Raises:
        KeyError: there is no such topic.
    """
    if topic == "formulas":
        return formulas()
    if topic in COLUMNS:
        return columns(COLUMNS[topic])
    rows = [f"| `{name}` | {escaped(what)} |" for name, what in names_of(topic).items()]
    return "\n".join(["| name | meaning |", "| --- | --- |", *rows])


def formulas() -> str:
    """The activations with their mathematics."""
    rows = [
        f"| `{name}` | ${record.latex.replace('|', chr(92) + 'vert ')}$ | `{record.formula}` |"
        for name, record in ACTIVATIONS.items()
    ]
    return "\n".join(
        ["| name | f(z) | in the language of formulas |", "| --- | --- | --- |", *rows]
    )


def columns(table: Iterable[Column[Any]]) -> str:
    """Columns of a study, with unit and source."""
    rows = [
        f"| `{each.name}` | {escaped(each.meaning)} | {escaped(each.unit)} "
        f"| {escaped(each.source)} |"
        for each in table
    ]
    return "\n".join(["| column | meaning | unit | source |", "| --- | --- | --- | --- |", *rows])


def page() -> str:
    """All topics."""
    parts = ["# Names", "What flags and keywords take, as `warpviz list` tells it."]
    for topic in TOPICS:
        title, where = WHAT.get(topic, (topic.capitalize(), ""))
        parts += [f"## {title}", *([f"In {where}."] if where else []), table(topic)]
    return "\n\n".join(parts) + "\n"


def filled(text: str, index: Callable[[], str]) -> str:
    """A page, with the tables that it asks for, as `<!-- list: datasets -->`."""
    return MARK.sub(lambda found: index() if found[1] == "verbs" else table(found[1]), text)
