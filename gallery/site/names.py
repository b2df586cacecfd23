"""The reference of public names: a page a room, a section a name, from its docstring."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import warpviz as wv
from gallery.site import blocks
from gallery.site.docstrings import escaped, markdown
from gallery.site.signatures import returns, signature

ROOMS: dict[str, tuple[str, str]] = {
    "data": ("Data", "What is filmed: points in classes, or with numbers to be met."),
    "model": ("Models", "Chains of layers, and the functions that act in them."),
    "training": ("Training", "From a chain and data to a trained chain and its history."),
    "film": ("Films", "From a chain and data to a film, and what a film can do."),
    "motion": ("Motion", "How points move between the states of a chain, and by which clock."),
    "picture": ("Pictures", "What a film yields and writes."),
    "theme": ("Themes", "The colours of everything."),
    "convert": ("Other frameworks, and files", "Models of other libraries as chains; files."),
    "measure": ("Measures", "What is known of a state, as numbers."),
    "figures": ("Figures", "Still pictures, drawn into axes of matplotlib."),
    "explain": ("Opening the box", "What a chain computes, written out and taken apart."),
    "curves": ("Activations", "Their curves, their tables, their film."),
    "approximation": ("Approximation", "A network learns a function of one number."),
    "landscapes": ("Landscapes", "The loss around the end of training."),
    "laboratory": ("The laboratory", "A page in which one takes hold of the network."),
    "studies": ("Studies", "Many networks of a grid, trained and measured alike."),
    "player": ("Players elsewhere", "The page of a film in other people's pages."),
    "notebook": ("In notebooks", "Players that Python drives and reads."),
    "errors": ("Errors", "What is raised where you can mend it."),
}
"""Room of the package → title of its page and what is on it. A new room has a page by its name."""
EXAMPLES = Path(__file__).with_name("_examples.md")


def homes() -> dict[str, str]:
    """Public name → the module that it comes from."""
    return {name: home for home, names in wv._HOMES.items() for name in names}


def room_of(home: str) -> str:
    """The room of a module.

    >>> room_of("warpviz.film.reel.animation")
    'film'
    """
    return home.split(".")[1]


def pages() -> dict[str, str]:
    """Room → its page; every public name has a section on one of them."""
    rooms: dict[str, list[str]] = {}
    for name, home in homes().items():
        rooms.setdefault(room_of(home), []).append(name)
    order = dict.fromkeys([*ROOMS, *rooms])
    return {room: _page(room, sorted(rooms[room], key=_place)) for room in order if room in rooms}


def anchor(name: str) -> str:
    """Where a name stands on its page; places do not tell capitals apart.

    >>> anchor("graph"), anchor("Graph")
    ('wv-graph', 'wv-graph-class')
    """
    return f"wv-{name.lower()}" + "-class" * inspect.isclass(getattr(wv, name))


def _place(name: str) -> tuple[bool, bool, str]:
    """Functions first, then tables, then classes, as one meets them."""
    value = getattr(wv, name)
    return inspect.isclass(value), not inspect.isroutine(value), name


def _page(room: str, names: list[str]) -> str:
    title, what = ROOMS.get(room, (room.capitalize(), f"The public names of `warpviz.{room}`."))
    sections = [section(name) for name in names]
    if any(example(name) for name in names):
        what += (
            f" Examples that are no prompts share these names:\n\n{_code(examples()[''], 'python')}"
        )
    return "\n\n".join([f"# {title}", what, *sections]) + "\n"


@cache
def examples() -> dict[str, str]:
    """Name → code that uses it, of those whose docstrings have no example; "" is what all share."""
    text = EXAMPLES.read_text(encoding="utf-8")
    parts = re.split(r"^## (\w+)$", text, flags=re.MULTILINE)
    named = zip(["", *parts[1::2]], parts[::2], strict=True)
    return {name: blocks.blocks(part)[0].text.rstrip() for name, part in named}


def example(name: str) -> str:
    """Code that is run when the site is built, and what it prints; "" where there is none."""
    if name not in examples():
        return ""
    prints = f"\n\n{blocks.OUTPUT}" if "print(" in examples()[name] else ""
    return f"**Example**\n\n{_code(examples()[name], 'python')}{prints}"


def section(name: str) -> str:
    """A public name: its signature, its docstring, and of a class its methods."""
    value = getattr(wv, name)
    parts = [f"({anchor(name)})=\n## {name}"]
    if inspect.isclass(value) or inspect.isroutine(value):
        parts += [_code(signature(value, name)), markdown(inspect.getdoc(value) or "")]
        parts += [example(name)] * bool(example(name))
    else:
        kind = type(next(iter(value.values()))).__name__
        parts += [_code(f"{name}: dict[str, {kind}]"), markdown(_table_doc(name))]
        parts.append(f"Names: {', '.join(f'`{key}`' for key in value)}.")
    if inspect.isclass(value):
        if typed := _keywords(value):
            parts.append(typed)
        parts += [_member(name, method, each) for method, each in members(value)]
    return "\n\n".join(parts)


def _keywords(value: type) -> str:
    """The keys of a typed dict."""
    if not hasattr(value, "__total__"):
        return ""
    keys = ", ".join(f"`{key}`" for key in value.__annotations__)
    return f"Keywords: {keys}. What each means is told by {_meanings()}."


def _meanings() -> str:
    return ", ".join(f"[`{each}`](#{anchor(each)})" for each in ("Look", "Clock", "Staging"))


def members(value: type) -> Iterator[tuple[str, Any]]:
    """Documented public methods and properties that a class of ours defines."""
    for kind in value.__mro__:
        if not kind.__module__.startswith("warpviz"):
            continue
        for name, each in vars(kind).items():
            told = inspect.getdoc(each) if callable(getattr(each, "__get__", None)) else None
            if not name.startswith("_") and told and not inspect.isclass(each):
                yield name, each


def _member(owner: str, name: str, each: Any) -> str:
    found = getattr(each, "fget", None) or getattr(each, "func", each)
    function = getattr(each, "__func__", found)
    plain = isinstance(each, property) or hasattr(each, "func")
    whole = f"{owner}.{name}"
    text = f"{whole}{returns(function)}" if plain else signature(function, whole)
    return f"### {whole}\n\n{_code(text)}\n\n{markdown(inspect.getdoc(each) or '')}"


def _code(text: str, language: str = "py") -> str:
    return f"```{language}\n{text}\n```"


def _table_doc(name: str) -> str:
    """The line below a table in its module."""
    home = homes()[name]
    import_module(home)
    for module in [home, *sorted(n for n in sys.modules if n.startswith(f"{home}."))]:
        body = ast.parse(inspect.getsource(sys.modules[module])).body
        for node, after in pairwise(body):
            targets = getattr(node, "targets", [getattr(node, "target", None)])
            named = name in [getattr(target, "id", None) for target in targets]
            if named and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                return str(after.value.value)
    return ""


def index(rooms: dict[str, str]) -> str:
    """Every name with its first line, by page."""
    rows = ["| name | what it is | page |", "| --- | --- | --- |"]
    of_room = {name: room_of(home) for name, home in homes().items()}
    titles = {room: page.partition("\n")[0].removeprefix("# ") for room, page in rooms.items()}
    for name in sorted(wv.__all__, key=str.lower):
        value = getattr(wv, name)
        told = _table_doc(name) if isinstance(value, dict) else inspect.getdoc(value) or ""
        first = escaped(" ".join(told.split("\n\n")[0].split()))
        room = of_room[name]
        rows.append(f"| [`{name}`]({room}.md#{anchor(name)}) | {first} | {titles[room]} |")
    return "\n".join(rows)
