"""Names that would do harm, through every place that shows a name: shown or written out, never run.

A name stands as class, column, title, file and panel; then each file that shows it is read by a
parser of its language, and is what it is with a harmless name.
"""

import ast
import io
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any
from xml.parsers import expat

import numpy as np

import warpviz as wv
from warpviz.cli import main
from warpviz.errors import UNSEEN
from warpviz.figures.function import save_plot
from warpviz.model.store import write_npz

STEERING = "\x1b[31m", "\x1b]0;owned\x07", "\x9b2J", "\r\n", "\x00", "\b\b\b", "\x7f", "\t"
DIRECTIONS = "\u202e", "\u2066", "\u2028", "\ufeff", "\ud800", "\udfff\ud800", "\uffff"
TEX = "$", "$x^2$", "$\\frac{1}{", "\\write18{touch x}", "\\input{/etc/passwd}", "^^M", "~"
MARKUP = "<b>x</b>", "<script>alert(1)</script>", "]]>", "&amp;", "&#0;", "<!--", "</title>"
CODE = '"', "'", '"]; a -> b; c [label="', "\\N\\G", "*/", "/*", "//", "??/", '"""', "\\", "\\\n"
TEMPLATES = "{", "}", "{{7*7}}", "#", "&", "; DROP", "=cmd()", "%s%n", "`id`", "$(id)", "_", "-->"
LETTERS = "日本", "שלום", "مرحبا", "\U0001f469\u200d\U0001f52c", "e\u0301\u0301", "a" * 180
PIECES = (*STEERING, *DIRECTIONS, *TEX, *MARKUP, *CODE, *TEMPLATES, *LETTERS)


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Names through every place; yield the place, and what went wrong."""
    rng = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        for number in range(count):
            name = "".join(rng.choices(PIECES, k=rng.randrange(1, 5)))[:200]
            sink, show = list(SINKS.items())[number % len(SINKS)]
            folder = Path(place) / str(number)
            folder.mkdir()
            try:
                trouble = show(name, folder)
            except Exception as error:
                trouble = f"{type(error).__name__}: {error}"
            yield sink, f"{name!r}: {trouble}" if trouble else ""
        os.chdir("/")


def data_of(name: str) -> wv.Dataset:
    x = np.array([[0.0, 0.1], [1.0, 0.9], [0.2, 1.0], [0.8, 0.0], [0.5, 0.4], [0.4, 0.6]])
    y, names = np.array([0, 1] * 3), (name, f"other {name}"[:200])
    return wv.Dataset(x, y, names, name, feature_names=(name, f"{name}2"))


def chain() -> wv.Chain:
    return wv.mlp([2, 2, 2], "relu", seed=0)


def film_of(name: str) -> wv.Animation:
    """A film of two stops; many panels say its name."""
    look: Any = {"title": name, "size": (480, 240), "fps": 2.0, "seconds": 0.5, "jobs": 1}
    return wv.compare({name: chain(), f"{name} 2": chain()}, data_of(name), **look)


def drawing(path: Path, name: str) -> str:
    """What is wrong with an SVG: XML parsers refuse it, or it does not say the name."""
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(path.read_bytes(), True)
    except expat.ExpatError as error:
        return f"no XML: {error}"
    return "" if not UNSEEN.search("".join(texts).replace("\n", "")) else "control characters"


def still(name: str, folder: Path) -> str:
    film_of(name).save(folder / "a.svg", folder / "a.pdf")
    return drawing(folder / "a.svg", name)


def film(name: str, folder: Path) -> str:
    from warpviz.checking.found import NotWhole
    from warpviz.checking.whole import look_into

    paths = [folder / f"a{suffix}" for suffix in (".gif", ".apng", ".webp", ".mp4")]
    film_of(name).save(*paths)
    try:
        for path in paths:
            look_into(path)
    except NotWhole as problem:
        return str(problem)
    return ""


class Tags(HTMLParser):
    """How often each tag stands in a page, and the texts of its title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(f"{tag} {sorted(key for key, _ in attrs)}")


def page(name: str, folder: Path) -> str:
    pages = []
    for each in (name, "harmless"):
        film_of(each).save(folder / "a.html")
        pages.append((folder / "a.html").read_text("utf-8"))
    tags = [Tags(text).tags for text in pages]
    frame = film_of(name)._repr_mimebundle_()["text/html"]
    one_frame = Tags(frame).tags.count(
        "iframe ['allowfullscreen', 'sandbox', 'srcdoc', 'style', 'title']"
    )
    return "" if tags[0] == tags[1] and one_frame == 1 else "tags of its own"


def laboratory(name: str, folder: Path) -> str:
    pages = []
    for each in (name, "harmless"):
        told = {"title": each, "steps": [{"task": each, "hint": each, "check": {"folds": 1}}]}
        (folder / "own.json").write_text(json.dumps(told))
        page = wv.lab(chain(), data_of(each), title=each, lesson=str(folder / "own.json"))
        pages.append(Tags(page.save(folder / "a.html").read_text("utf-8")).tags)
    return "" if pages[0] == pages[1] else "tags of its own"


def figures(name: str, folder: Path) -> str:
    save_plot(chain(), folder / "p.svg", names=(name, name), limits=(0, 1, 0, 1))
    one = wv.mlp([1, 2, 2], "tanh", seed=0, softmax=False)
    save_plot(one, folder / "c.svg", names=(name, f"b{name}"), limits=(0.0, 1.0))
    found = wv.regions(chain(), limits=(0, 1, 0, 1), data=data_of(name))
    found.save(folder / "r.svg")
    return "; ".join(filter(None, (drawing(folder / f"{each}.svg", name) for each in "pcr")))


def sources(name: str, folder: Path) -> str:
    for suffix in (".py", ".c"):
        wv.export(chain(), folder / f"a{suffix}", class_names=(name, f"{name} 2"))
    spoken: dict[str, object] = {}
    tree = ast.parse((folder / "a.py").read_text("utf-8"))
    kinds = [type(each).__name__ for each in tree.body]
    wv.export(chain(), folder / "b.py", class_names=("a", "b"))
    usual = [type(each).__name__ for each in ast.parse((folder / "b.py").read_text("utf-8")).body]
    exec(compile(tree, "a.py", "exec"), spoken)
    done = subprocess.run(
        ["gcc", "-std=c99", "-fsyntax-only", "-Wall", "-trigraphs", str(folder / "a.c")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if not done.returncode and kinds == usual else f"{kinds} {done.stderr}"


def dot(name: str, folder: Path) -> str:
    from warpviz.explain.graphing.graph import Edge, Graph, Node

    graph = Graph(
        [Node(name), Node("b", note=name)], [Edge(0, 1, label=name, note=name)], title=name
    )
    graph.save(folder / "a.dot")
    told = subprocess.run(
        ["dot", "-Tjson", str(folder / "a.dot")], capture_output=True, check=False
    )
    if told.returncode:
        return told.stderr.decode(errors="replace")
    facts = json.loads(told.stdout.decode("utf-8", "replace"))
    graph.save(folder / "a.svg")
    wrong = len(facts["objects"]) != 2 or len(facts["edges"]) != 1
    return "another graph" if wrong else drawing(folder / "a.svg", name)


def terminal(name: str, folder: Path) -> str:
    """Verbs that print names: nothing reaches the terminal that steers it."""
    file = re.sub(r"[/\x00]", "_", name)[:60].encode("utf-8", "replace").decode()
    os.chdir(folder)
    data = data_of(name)
    model, table = f"{file}.npz", f"t{file}.csv"
    write_npz(chain(), model, data_name=name, class_names=data.class_names)
    rows = [f'{x},{y},"{"ab"[k]}"' for (x, y), k in zip(data.x, data.y, strict=True)]
    Path(table).write_text("\n".join(rows) + "\n")
    trouble = []
    for words in (
        ["inspect", model, "--data", table], ["inspect", model, "--json"], ["inspect", name],
        ["check", model, table], ["convert", model, "-o", f"{file}2.json"], [name],
        ["convert", model, "-o", f"{file}2.onnx"], ["render", name],
        ["render", "--data", name], ["compare", name], ["embed", name], ["render", "--title", name,
        "--theme", name], ["approximate", name], ["activations", name, "--table"],
    ):  # fmt: skip
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            main([*words, "--quiet"] if words[0] != name else words)
        told = out.getvalue() + err.getvalue()
        paths = words[0] == "convert"
        if not paths and UNSEEN.search(told.replace("\n", "")):
            trouble.append(f"{words[0]} steers")
        if "Internal error" in told or "Traceback" in told:
            trouble.append(f"{words[0]}: {told}")
        if len(err.getvalue()) > 520 or err.getvalue().count("\n") > 2:
            trouble.append(f"{words[0]} says too much: {err.getvalue()!r}")
    return "; ".join(trouble)


SINKS: dict[str, Callable[[str, Path], str]] = {
    "still": still, "film": film, "page": page, "laboratory": laboratory, "figures": figures,
    "sources": sources, "dot": dot,
    "terminal": terminal,
}  # fmt: skip
