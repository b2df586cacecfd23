"""The lectures' notebooks, as they lie in the repository; the site's build executes them."""

import ast
import json
import re

import pytest

from gallery.site import notebooks
from gallery.site.address import address
from gallery.site.blocks import ROOT, check_extras

BOOKS = notebooks.notebooks()
TEXTS = {
    name: [("".join(cell["source"]), cell) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    for name, path in BOOKS.items()
}


def test_there_are_four() -> None:
    assert len(BOOKS) >= 4


@pytest.mark.parametrize("name", BOOKS)
def test_badges_lead_to_the_notebook_itself(name: str) -> None:
    title = TEXTS[name][0][0]
    links = re.findall(r"\[!\[Open in (\w+)\]\([^)]+\)\]\(([^)]+)\)", title)
    assert dict(links) == notebooks.badges(name)
    assert all(BOOKS[name].relative_to(ROOT).as_posix() in link for _, link in links)


@pytest.mark.parametrize("name", BOOKS)
def test_elsewhere_it_installs_what_it_needs_from_the_repository(name: str) -> None:
    text, cell = TEXTS[name][1]
    assert "remove-cell" in cell["metadata"]["tags"]
    (line,) = re.findall(r"%pip install .*", text)
    assert f"git+{address()}" in line
    check_extras(line)


@pytest.mark.parametrize("name", BOOKS)
def test_it_is_kept_without_outputs_and_can_be_read(name: str) -> None:
    for text, cell in TEXTS[name][2:]:
        assert not cell.get("outputs") and cell.get("execution_count") is None
        if cell["cell_type"] == "code":
            ast.parse(text)
    asked = [text for text, cell in TEXTS[name] if cell["cell_type"] == "markdown"]
    assert any("**To try.**" in text for text in asked)
