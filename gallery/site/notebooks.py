"""Lectures: notebooks are executed, and become pages with what their cells gave."""

import base64
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gallery.site.address import address

FOLDER = Path(__file__).parents[1] / "notebooks"
SECONDS = 120
"""A cell may take so long."""
BRANCH = "main"


def notebooks() -> dict[str, Path]:
    """Name → file, in the order of the lectures."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.ipynb"))}


def badges(name: str) -> dict[str, str]:
    """What opens a notebook elsewhere → its address, from a public repository."""
    owner = address().removeprefix("https://github.com/")
    place = f"gallery/notebooks/{name}.ipynb"
    return {
        "Colab": f"https://colab.research.google.com/github/{owner}/blob/{BRANCH}/{place}",
        "Binder": f"https://mybinder.org/v2/gh/{owner}/{BRANCH}?urlpath=lab/tree/{place}",
    }


def execute(path: Path, folder: Path) -> None:
    """Run a notebook in a folder, in which a copy with its outputs is kept.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient

    files: Any = nbformat
    book = files.read(path, as_version=4)
    client = NotebookClient(
        book, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    files.write(book, folder / path.name)


def page(path: Path, folder: Path) -> str:
    """An executed notebook as Markdown; its pictures and players become files of the folder."""
    book = json.loads((folder / path.name).read_text(encoding="utf-8"))
    parts = list(_parts(book["cells"], folder))
    links = " · ".join(f"[Open in {name}]({link})" for name, link in badges(path.stem).items())
    # Below the title, which the first cell begins with.
    title, _, rest = parts[0].partition("\n")
    rest = re.sub(r"^\[!\[.*\n?", "", rest.strip(), flags=re.MULTILINE)
    own = f"{{download}}`{path.name} <{path.stem}/{path.name}>`"
    offered = f"A notebook for a lecture: {own} · {links}"
    return "\n\n".join([title, offered, rest, *parts[1:]]) + "\n"


def _parts(cells: list[dict[str, Any]], folder: Path) -> Iterator[str]:
    for number, cell in enumerate(cells):
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield text
        elif "remove-cell" not in cell["metadata"].get("tags", []):
            yield f"```py\n{text}\n```"
            for order, output in enumerate(cell["outputs"]):
                yield _output(output, f"cell-{number}-{order}", folder)


def _output(output: dict[str, Any], name: str, folder: Path) -> str:
    """What a cell printed or gave."""
    if output["output_type"] == "stream":
        return f"```text\n{''.join(output['text']).rstrip()}\n```"
    data = output.get("data", {})
    told = {kind: "".join(value) for kind, value in data.items() if kind != "application/json"}
    player = re.search(r'<iframe srcdoc="([^"]+)"[^>]*title="([^"]*)"', told.get("text/html", ""))
    if player:
        (folder / f"{name}.html").write_text(html.unescape(player[1]), encoding="utf-8")
        return f"```{{player}} {name}.html\n{html.unescape(player[2])}\n```"
    if "image/svg+xml" in told:
        (folder / f"{name}.svg").write_text(told["image/svg+xml"], encoding="utf-8")
        return f"![{_alternative(told)}](made:{name}.svg)"
    if "image/png" in told:
        (folder / f"{name}.png").write_bytes(base64.b64decode(told["image/png"]))
        return f"![{_alternative(told)}](made:{name}.png)"
    if "text/latex" in told:
        inner = told["text/latex"].strip().strip("$").removeprefix("\\displaystyle").strip()
        return f"$$\n{inner}\n$$"
    return f"```text\n{told.get('text/plain', '').rstrip()}\n```"


def _alternative(told: dict[str, str]) -> str:
    """What a picture shows, as far as its text says."""
    plain = told.get("text/plain", "").strip("<>").replace("\n", " ")
    return f"What the cell above draws ({plain[:80].replace('[', '(').replace(']', ')')})"
