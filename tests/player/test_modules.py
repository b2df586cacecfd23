"""The player's modules, and the one script that they become: the same names, each once."""

import os
import re
import shutil
import subprocess
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import pytest

from tests.player.modules import FILES, GIVEN, MODULES, laboratory_source, node, write_modules
from warpviz.laboratory.page import RUNS
from warpviz.model import ACTIVATIONS
from warpviz.player.engine import engine_source, module_texts
from warpviz.player.page import screen_source

HERE = Path(__file__).parent
TEXTS = {**GIVEN, **module_texts(MODULES)}
TOP = r"^(?:async )?(?:function|const|let|class) (?:(\w+)|\{([^}]*)\})"
IMPORTED = re.compile(r'^import \{([^}]*)\} from "([^"]+)";$', re.MULTILINE)


def names(found: list[tuple[str, str]]) -> list[str]:
    """What declarations name, `const { A, B } = …` too."""
    return [name for one, several in found for name in re.findall(r"\w+", one or several)]


def exported(text: str) -> set[str]:
    return set(names(re.findall("^export " + TOP[1:], text, re.MULTILINE)))


def declared(text: str) -> list[str]:
    return names(re.findall(r"^(?:export )?" + TOP[1:], text, re.MULTILINE))


def imports(module: str) -> list[tuple[str, list[str]]]:
    """The modules that one imports from, and which names."""
    found = []
    for listed, path in IMPORTED.findall(TEXTS[module]):
        folder = os.path.dirname(module)
        found.append((os.path.normpath(os.path.join(folder, path)), re.findall(r"\w+", listed)))
    return found


def test_every_file_is_a_module_of_the_player() -> None:
    assert {name for name in FILES if name.endswith(".js")} == set(MODULES)
    assert {Path(name).suffixes[0] for name in FILES} == {".js", ".d"}


def test_files_are_short_and_rooms_small() -> None:
    for name, text in module_texts(FILES).items():
        assert len(text.splitlines()) <= 250, name
    for room, side_by_side in groupby(sorted(FILES, key=os.path.dirname), os.path.dirname):
        assert len(list(side_by_side)) <= 16, room


def test_no_name_of_the_joined_script_stands_for_two_things() -> None:
    script = engine_source(ACTIVATIONS) + screen_source() + laboratory_source()
    found = declared(script)
    assert len(found) == len(set(found)) > 100
    assert sorted(found) == sorted(name for text in TEXTS.values() for name in declared(text))
    assert not re.search(r"^(import|export)\b|@type|</script", script, re.MULTILINE)
    # What `flat` takes would be letters of a text that goes over lines.
    assert not [line for text in TEXTS.values() for line in text.split("\n") if line.count("`") % 2]


@pytest.mark.parametrize("module", TEXTS)
def test_what_is_imported_is_exported(module: str) -> None:
    text = TEXTS[module]
    assert len(IMPORTED.findall(text)) == len(re.findall(r"^import\b", text, re.MULTILINE))
    for source, wanted in imports(module):
        assert set(wanted) <= exported(TEXTS[source]), f"{module} from {source}"
        if module not in GIVEN and not module.startswith("ui/"):
            # Joined, a module finds what was declared before it.
            assert source in GIVEN or MODULES.index(source) < MODULES.index(module), source


def test_a_name_that_is_exported_has_a_reader() -> None:
    read = {
        (source, name) for module in TEXTS for source, wanted in imports(module) for name in wanted
    }
    tests = "".join(
        file.read_text("utf-8") for file in HERE.rglob("*") if file.suffix in (".py", ".mjs")
    )
    tests += (files("warpviz.player") / "template.html").read_text(encoding="utf-8") + RUNS
    for module, text in TEXTS.items():
        for name in exported(text):
            assert (module, name) in read or re.search(rf"\b{name}\b", tests), f"{name} of {module}"


def test_the_joined_script_runs_in_one_function(tmp_path: Path) -> None:
    body = engine_source(ACTIVATIONS) + screen_source() + laboratory_source()
    (tmp_path / "film.js").write_text(
        '"use strict";\nglobalThis.made = (() => {\n'
        + body
        + "\nreturn { load, activation }; })();\n",
        encoding="utf-8",
    )
    code = 'await import("./film.js");\ntold([typeof made.load, made.activation("relu")(-2)]);'
    assert node(code, tmp_path) == ["function", 0]


def test_units_of_the_modules(tmp_path: Path) -> None:
    program = shutil.which("node")
    if program is None:
        pytest.skip("needs node: apt-get install nodejs")
    where = {**os.environ, "WARPVIZ_MODULES": str(write_modules(tmp_path))}
    tests = sorted(str(file) for file in (HERE / "js").glob("*.test.mjs"))
    done = subprocess.run([program, "--test", *tests], capture_output=True, text=True, env=where)
    assert done.returncode == 0, done.stdout


def test_types_are_no_pretence() -> None:
    for name, text in module_texts(FILES).items():
        assert not re.search(r"@ts-|eslint-disable|[{<:|(] ?any\b", text), name


TAGS = {"Paragraph": ("p",), "": ("main", "section", "b")}
"""Of elements that are not called as their type is."""


def test_elements_are_those_of_the_page() -> None:
    page = (files("warpviz.player") / "template.html").read_text(encoding="utf-8")
    there = {name: tag for tag, name in re.findall(r'<(\w+)[^>]*? id="([\w-]+)"', page)}
    (types,) = module_texts(["ui/player.d.ts"]).values()
    listed = types[types.index("interface Elements {") :].partition("}")[0]
    elements = re.findall(r"(\w+): HTML(\w*)Element;", listed)
    assert len(elements) > 20
    for name, kind in elements:
        assert there[name] in TAGS.get(kind, (kind.lower(),)), name


@pytest.mark.slow
@pytest.mark.parametrize("program", ["tsc", "eslint"])
def test_types_and_style(program: str, tmp_path: Path) -> None:
    bought = os.environ.get("WARPVIZ_NODE_MODULES", "")
    if not bought:
        pytest.skip("needs WARPVIZ_NODE_MODULES, where npm put typescript and eslint")
    write_modules(tmp_path)
    # What stands between a notebook and a player is held to the same.
    shutil.copy(str(files("warpviz.notebook") / "widget.js"), tmp_path)
    for name in ("tsconfig.json", "eslint.config.mjs"):
        shutil.copy(HERE / "js" / name, tmp_path)
    words = ["-p", "."] if program == "tsc" else ["."]
    done = subprocess.run(
        [str(Path(bought).resolve() / ".bin" / program), *words],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
