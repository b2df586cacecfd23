"""Every sentence that films and pages say, found where it is written, and what tables lack.

    python -m tests.languages.sentences            tells what has no translation yet
    python -m tests.languages.sentences --write    puts what is new into the tables, empty

A sentence that stands empty in a table is said in English, until somebody translates it.
"""

import ast
import json
import re
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

from warpviz.data.synthetic import DATASETS
from warpviz.laboratory.lessons import lessons
from warpviz.languages.language import LANGUAGES, PLAYER, sections_of
from warpviz.model import ACTIVATIONS
from warpviz.picture.scene import NETWORK, PARTS

PACKAGE = Path(str(files("warpviz")))
ASKED = ("say", "word")
"""Names of what a sentence of Python is given to; and `Sentence.of`, `look.say`, `play.say`."""
LABORATORY = "lab"
"""The room of the page's modules that a film's player is without."""
LISTS = (", ", "{first} and {last}")
"""What `Language.listed` says."""


def _in_python(text: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = ast.unparse(node.func).rpartition(".")[2]
        asked = called in ASKED or ast.unparse(node.func) == "Sentence.of"
        if asked and isinstance(node.args[0], ast.Constant):
            found.add(str(node.args[0].value))
    return found


def _in_javascript(text: str) -> set[str]:
    """Sentences that the page's script says, with those of the troubles that it tells."""
    texts = re.findall(r'\b(?:say|Trouble)\(("(?:[^"\\]|\\.)*")', text)
    return {json.loads(each) for each in texts}


@cache
def page() -> frozenset[str]:
    """What the player's page says by its script and in its template."""
    player = PACKAGE / "player"
    found = {*PARTS, NETWORK}
    for file in sorted((player / "js").rglob("*.js")):
        if LABORATORY not in file.relative_to(player).parts:
            found |= _in_javascript(file.read_text(encoding="utf-8"))
    return frozenset(found)


@cache
def laboratory() -> frozenset[str]:
    """What the laboratory says besides; its page is given what it says from all sections."""
    text = (PACKAGE / "laboratory" / "lab.html").read_text(encoding="utf-8")
    found = set(re.findall(r"\{\{say:([^}]*)\}\}", text))
    for lesson in lessons():
        told = [lesson.title, *(text for step in lesson.steps for text in step.values())]
        found |= {each for each in told if isinstance(each, str)}
    for file in sorted((PACKAGE / "player" / "js" / LABORATORY).rglob("*.js")):
        found |= _in_javascript(file.read_text(encoding="utf-8"))
    return frozenset(found)


@cache
def template() -> frozenset[str]:
    """What the page's template says, which Python fills in."""
    text = (PACKAGE / "player" / "template.html").read_text(encoding="utf-8")
    return frozenset(re.findall(r"\{\{say:([^}]*)\}\}", text))


@cache
def films() -> frozenset[str]:
    """What Python says."""
    found = {*LISTS, *template(), *laboratory()}
    for file in sorted(PACKAGE.rglob("*.py")):
        found |= _in_python(file.read_text(encoding="utf-8"))
    found |= {ACTIVATIONS[name].does for name in ACTIVATIONS}
    found |= {maker.title for maker in DATASETS.values()}
    return frozenset(found)


def lacking(code: str) -> list[tuple[str, str]]:
    """Section and sentence of all that a language's table has not."""
    table = sections_of(code)
    own = {sentence for section in table.values() for sentence in section}
    on_page = [(PLAYER, each) for each in sorted(page() - {*table.get(PLAYER, {})})]
    return on_page + [("", each) for each in sorted(films() - page() - own)]


def write(code: str) -> None:
    """Put what a table lacks into it, empty: the words of the page among these, others last."""
    file = PACKAGE / "languages" / f"{code}.toml"
    text = file.read_text(encoding="utf-8")
    lines = {PLAYER: "", "": ""}
    for section, sentence in lacking(code):
        lines[section] += f'{json.dumps(sentence, ensure_ascii=False)} = ""\n'
    text = text.replace(f"[{PLAYER}]\n", f"[{PLAYER}]\n{lines[PLAYER]}", 1)
    if lines[""]:
        text = text if "\n[new]\n" in text else f"{text}\n[new]\n"
        text = text.replace("\n[new]\n", f"\n[new]\n{lines['']}", 1)
    file.write_text(text, encoding="utf-8")


def untranslated(code: str) -> list[str]:
    """Sentences that a table has empty."""
    table = sections_of(code)
    return [sentence for section in table.values() for sentence, own in section.items() if not own]


if __name__ == "__main__":
    for code in [code for code in LANGUAGES if code != "en"]:
        if "--write" in sys.argv:
            write(code)
        for sentence in [each for _, each in lacking(code)] + untranslated(code):
            print(f"{code}: {sentence}")
