"""The pages: what is written in this folder, and what is made from the package's tables.

A page has a name, such as "start/install", and a text in Markdown. `drafts` gives all of them
before any code has been run; the order is that of the site's contents.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from gallery.site import lists, names, pieces, verbs
from gallery.site.notebooks import notebooks

HERE = Path(__file__).parent
FRAMEWORKS = HERE.parent / "frameworks"
PAPER = "paper.md"
"""For a journal, which typesets it."""
CONTENTS: dict[str, tuple[str, ...]] = {
    "Start": (
        "start/install", "start/first-film", "start/own-data", "start/own-model", "start/slides",
    ),
    "Gallery": ("gallery",),
    "How to": (
        "how/films", "how/compare", "how/data", "how/frameworks", "how/pytorch", "how/scikit-learn",
        "how/keras", "how/onnx", "how/flux-and-matlab", "how/callbacks", "how/hosts", "how/player",
        "how/formats", "how/themes", "how/languages", "how/box", "lessons", "study",
    ),
    "Lectures": (),
    "What it means": (
        "meaning/picture", "meaning/motion", "meaning/folding", "meaning/regions",
        "meaning/measures", "meaning/columns", "promises", "meaning/speed", "meaning/sources",
    ),
    "Reference": (),
}  # fmt: skip
"""Caption → pages. Those that are not there are left out; those that are not told come last."""


def written() -> dict[str, str]:
    """Pages of this folder, and those of the frameworks."""
    found = {
        path.relative_to(HERE).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(HERE.rglob("[!_]*.md"))
        if path.name != PAPER
    }
    for path in sorted([*FRAMEWORKS.glob("*.md"), FRAMEWORKS.parent / "flux-and-matlab.md"]):
        found[f"how/{path.stem}"] = _framework(path)
    return found


def _framework(path: Path) -> str:
    """A page of a framework, whose film is a player here."""
    text = path.read_text(encoding="utf-8")
    text = text.replace('.gif")', '.html")').replace("```warpviz\n", "```sh\n")
    return re.sub(
        r"^!\[([^\]]+)\]\(\.\./pictures/([\w-]+)\.gif\)$",
        r"```{player} \2.html\n\1\n```",
        text,
        flags=re.MULTILINE,
    )


def made() -> dict[str, str]:
    """Pages that are made from tables, parsers, docstrings and pieces."""
    found = {"gallery": pieces.page(), "reference/names": lists.page()}
    rooms = names.pages()
    found |= {f"reference/python/{room}": page for room, page in rooms.items()}
    found |= {f"reference/verbs/{verb}": page for verb, page in verbs.pages().items()}
    found["reference/python/index"] = _index(
        "Python", "Every public name: `import warpviz as wv`.", names.index(rooms)
    )
    found["reference/verbs/index"] = _index(
        "Command line", "Every verb and every flag, from the program's own parser.", verbs.index()
    )
    return found


def _index(title: str, what: str, rows: str) -> str:
    return f"# {title}\n\n{what}\n\n{rows}\n"


def drafts() -> dict[str, str]:
    """All pages but the notebooks', with tables filled in and no code run yet."""
    found = written() | made()
    return {name: lists.filled(text, verbs.index) for name, text in found.items()}


def contents(found: dict[str, str]) -> dict[str, list[str]]:
    """Caption → the pages that are there, in order."""
    order = {
        caption: [name for name in each if name in found] for caption, each in CONTENTS.items()
    }
    order["Lectures"] = [f"lectures/{name}" for name in notebooks()]
    order["Reference"] = ["reference/python/index", "reference/verbs/index", "reference/names"]
    order["Reference"] += sorted(
        name for name in found if name.startswith("reference/") and name.count("/") == 1
        and name not in order["Reference"]
    )  # fmt: skip
    told = {"index", *(name for each in order.values() for name in each)}
    order["How to"] += sorted(
        name for name in found if name not in told and not name.startswith("reference/")
    )
    return order


def below(found: dict[str, str], index: str) -> list[str]:
    """The pages of an index of the reference."""
    folder = index.removesuffix("index")
    return [name for name in found if name.startswith(folder) and name != index]


def trees(order: dict[str, list[str]], found: dict[str, str]) -> dict[str, str]:
    """Page → what Sphinx is told of the pages below it."""
    trees = {"index": "\n\n".join(_tree(each, caption) for caption, each in order.items() if each)}
    for index in ("reference/python/index", "reference/verbs/index"):
        trees[index] = _tree([name for name in below(found, index)])
    return trees


def _tree(names: list[str], caption: str = "") -> str:
    head = f":caption: {caption}\n" if caption else ""
    return f"```{{toctree}}\n:hidden:\n{head}\n" + "\n".join(f"/{name}" for name in names) + "\n```"


def title_of(page: str) -> str:
    """The first heading."""
    found = re.search(r"^# (.+)$", page, re.MULTILINE)
    return found[1] if found else ""


def summary_of(page: str) -> str:
    r"""The first sentence below the title, without links.

    >>> summary_of("# A\n\nIt [does](a.md) so: in `x`. Then more.")
    'It does so: in `x`.'
    """
    body = re.sub(r"^(`{3,}).*?^\1$", "", page, flags=re.DOTALL | re.MULTILINE)
    for part in _paragraphs(body):
        if part[0] not in "#<!|(:-[" and not part.startswith("A notebook for"):
            text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", part.replace("\n", " "))
            return re.split(r"(?<=[.?]) ", text)[0].rstrip(":")
    return ""


def _paragraphs(body: str) -> Iterator[str]:
    yield from (part.strip() for part in body.split("\n\n") if part.strip())
