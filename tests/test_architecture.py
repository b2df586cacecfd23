"""Rooms know only what stands before them, are small, and nothing imports in a circle."""

import ast
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

from tests.homes import ROOT
from tests.house.sources import FILES, LIGHT, NAMES, PACKAGE, package_of, parsed, read

# The floors of the house, the lowest first: what each room may import besides itself and the
# ground. A room that is new stands here, with all that it may know.
GROUND = {
    "axis",
    "errors",
    "kinds",
    "hints",
    "languages",
    "arguments",
    "arrays",
    "atomic",
    "drafts",
    "names",
    "version",
    "windows",
    "colour",
    "compiled",
    "stamp",
    "svg",
    "theme",
    "own_theme",
    "colour_names",
    "sizes",
}
MAY_IMPORT: dict[str, set[str]] = {
    **{room: set[str]() for room in GROUND},
    "functions": set(),
    "data": {"functions"},
    "model": {"functions", "data"},
    "training": {"functions", "model", "data"},
    "convert": {"functions", "model", "data"},
    "geometry": {"model", "data"},
    "motion": {"functions", "model", "geometry"},
    "measure": {"model", "data", "convert", "geometry"},
    "picture": {"motion", "geometry"},
    "figures": {"data", "model", "convert", "geometry", "motion", "measure", "picture"},
    "explain": {"functions", "model", "data", "convert", "geometry", "figures"},
    "player": {"picture", "motion", "model", "functions"},
    "output": {"picture", "motion", "player"},
}
MAY_IMPORT["film"] = {*MAY_IMPORT} - GROUND
TOPICS = ("approximation", "curves", "laboratory", "landscapes", "studies")
MAY_IMPORT |= {topic: {*MAY_IMPORT} - GROUND for topic in TOPICS}
MAY_IMPORT["notebook"] = {"data", "film", "laboratory", "model", "player"}
MAY_IMPORT["checking"] = {"data", "model", "training", "convert", "player", "studies"}
FREE = {"cli", "sklearn", "__init__", "__main__"}
NUMPY_ONLY = {"numpy"}


@cache
def imported(file: Path, *, at_top: bool = False) -> set[str]:
    """Modules that a file imports; with `at_top` only those that load with it."""
    tree = parsed(file)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        lazy = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if at_top and (lazy or typing):
            skipped |= {id(child) for child in ast.walk(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def own(modules: set[str]) -> set[str]:
    """The packages of warpviz among modules."""
    return {m.split(".")[1] for m in modules if m.startswith("warpviz.")}


def foreign(modules: set[str]) -> set[str]:
    """The distributions among modules that are neither ours nor Python's."""
    tops = {m.split(".")[0] for m in modules}
    return tops - {"warpviz"} - set(sys.stdlib_module_names)


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 40
    found = {package_of(file) for file in FILES}
    assert found - FREE <= set(MAY_IMPORT), "a package that DESIGN §2 does not know"
    assert set(MAY_IMPORT) <= found


# One test a rule and not one a file: a thousand cases cost more than what they check.
def test_no_arrow_runs_backwards() -> None:
    backwards = {}
    for name, file in zip(NAMES, FILES, strict=True):
        package = package_of(file)
        allowed = GROUND if package in GROUND else MAY_IMPORT.get(package, set()) | {package}
        if package not in FREE and (found := own(imported(file)) - allowed - GROUND):
            backwards[name] = found
    assert not backwards


def test_light_packages_know_numpy_alone() -> None:
    for file in FILES:
        if package_of(file) in LIGHT:
            assert foreign(imported(file, at_top=True)) <= NUMPY_ONLY, file
        if "raster" in file.parts:
            # Arrays in, accumulators out: as the compiled kernels have it.
            assert foreign(imported(file)) <= NUMPY_ONLY, file
            inside = {m for m in imported(file) if m.startswith("warpviz.")}
            known = ("warpviz.picture.raster.", "warpviz.arrays", "warpviz.compiled")
            assert all(m.startswith(known) for m in inside), file


def test_nothing_imports_the_command_line() -> None:
    for file in FILES:
        if package_of(file) not in FREE:
            assert "cli" not in own(imported(file)), file


def arrows() -> dict[str, set[str]]:
    """For every module, those of ours that it imports, inside functions too."""
    modules = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in FILES
    }
    found = {}
    for name, file in modules.items():
        named = imported(file)
        direct = {m for m in named if m in modules}
        parents = {m.rpartition(".")[0] for m in named if m not in modules}
        found[name] = (direct | (parents & set(modules))) - {name}
    return found


def test_no_circles_between_files() -> None:
    graph = {name: uses for name, uses in arrows().items() if name.count(".")}
    done: set[str] = set()
    while True:
        free = {n for n in graph if n not in done and not (graph[n] & set(graph)) - done}
        if not free:
            break
        done |= free
    assert not set(graph) - done, "these wait for each other"


def test_nothing_imports_the_top_package() -> None:
    for name, uses in arrows().items():
        assert "warpviz" not in uses or name.startswith(("warpviz.cli", "warpviz.__main__")), name


def test_output_and_player_see_frames_and_scenes_only() -> None:
    for file in [*(PACKAGE / "output").rglob("*.py"), *(PACKAGE / "player").rglob("*.py")]:
        for module in imported(file):
            if module.startswith("warpviz.picture."):
                # Pure data, no pixels: scenes of all kinds, and the numbers they are drawn by.
                known = {"film", "frame", "kind", "scene", "classic", "figure", "numbers", "origin"}
                still = module.startswith("warpviz.picture.marks.still")
                assert still or module.split(".")[2] in known, (file, module)


def test_files_are_short_enough_to_read() -> None:
    lines = {name: len(read(file).splitlines()) for name, file in zip(NAMES, FILES, strict=True)}
    assert not {name: count for name, count in lines.items() if count > 250}


def test_modules_have_names_that_say_something() -> None:
    vague = re.compile(r"(^|_)(util|utils|helper|helpers|manager|managers|misc|common)($|_)")
    assert not [name for name, file in zip(NAMES, FILES, strict=True) if vague.search(file.stem)]


def test_no_module_shares_its_name_with_a_function_of_its_package() -> None:
    for folder in {file.parent for file in FILES}:
        names = {m.rsplit(".", 1)[1] for m in imported(folder / "__init__.py") if "." in m}
        modules = {file.stem for file in folder.glob("*.py")} - {"__init__", "__main__"}
        if folder == PACKAGE:
            modules |= {sub.name for sub in folder.iterdir() if (sub / "__init__.py").exists()}
        assert not names & modules, folder


def test_rooms_are_small_enough_to_oversee() -> None:
    rooms = Counter(file.parent for file in FILES if file.stem != "__init__")
    del rooms[PACKAGE]  # The ground.
    tests = (ROOT / "tests").rglob("*.py")
    rooms.update(file.parent for file in tests if file.stem not in ("__init__", "conftest"))
    assert not {room: count for room, count in rooms.items() if count > 16}
