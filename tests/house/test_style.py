"""What every file of the package keeps to: docstrings, frozen values, no globals, no machine."""

import ast
import re
from pathlib import Path

from tests.homes import ROOT
from tests.house.sources import FILES, NAMES, parsed, read


def undocumented(file: Path) -> list[str]:
    tree = parsed(file)
    missing = [] if ast.get_docstring(tree) else ["the module"]
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    todo: list[tuple[str, ast.AST]] = [("", node) for node in tree.body]
    while todo:
        prefix, node = todo.pop()
        if not isinstance(node, kinds) or node.name.startswith("_"):
            continue
        overload = any("overload" in ast.dump(mark) for mark in node.decorator_list)
        if not ast.get_docstring(node) and not overload:
            missing.append(prefix + node.name)
        if isinstance(node, ast.ClassDef):
            todo += [(f"{node.name}.", child) for child in node.body]
    return missing


def test_everything_public_has_a_docstring() -> None:
    assert not {name: u for name, f in zip(NAMES, FILES, strict=True) if (u := undocumented(f))}


def test_no_globals_for_randomness_time_or_looks() -> None:
    for file in FILES:
        text = read(file)
        assert not re.search(r"np\.random\.(seed|rand|randn|normal|uniform|choice)\(", text), file
        looks = r"rcParams|pyplot|matplotlib\.use\("
        assert file.name == "settings.py" or not re.search(looks, text), file
        assert not re.search(r"^\s*global\s", text, re.MULTILINE), file


WRITTEN = sorted(
    file
    for pattern in ("*.md", "*.toml", "warpviz/**/*.py", "tests/**/*.py", "gallery/**/*.py")
    for file in ROOT.glob(pattern)
)


def test_no_file_names_a_machine() -> None:
    # Put together here, so that this file does not name one itself.
    place = re.compile(rf"(?<![\w.}}])/({'|'.join(('work', 'home', 'root', 'Users'))})/")
    assert not [str(file.relative_to(ROOT)) for file in WRITTEN if place.search(read(file))]


def test_values_that_hold_arrays_are_frozen_and_compare_as_themselves() -> None:
    # Arrays compare element by element: == of two such values would fail.
    arrays = re.compile(r"\b(Floats|Ints|Pixels|Bools|Codes|ndarray|NDArray|Canvas)\b")
    for file in FILES:
        for node in ast.walk(parsed(file)):
            if not isinstance(node, ast.ClassDef):
                continue
            fields = [ast.unparse(each.annotation) for each in node.body
                      if isinstance(each, ast.AnnAssign)]  # fmt: skip
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            kinds = [mark for mark in marks if mark.startswith("dataclass")]
            if kinds and any(map(arrays.search, fields)):
                assert "frozen=True" in kinds[0], (file, node.name)
                assert "eq=False" in kinds[0], (file, node.name)
