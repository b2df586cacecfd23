"""How many small faults the quick tests see: `python -m tests.mutation --sample 100 --seed 0`.

A sample of the rooms' code is changed, one place at a time (a comparison turned, `and` for `or`,
plus for minus, a number off by one, …), in a copy of the tree; the quick tests of the module's own
room run, and a change that none of them sees has survived. The changes are cosmic-ray's:
`pip install 'warpviz[mutation]'`. The last line is the score.
"""

import ast
import os
import random
import shlex
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.homes import ROOT, homes_of

ROOMS = ("model", "functions", "geometry", "motion", "measure", "film", "picture")
LEFT_OUT = ("RemoveDecorator", "ExceptionReplacer")
"""Changes that every import, or no law, sees."""
TURNED = {
    "Add": ("Sub",), "Sub": ("Add",), "Mul": ("Div",), "Div": ("Mul",), "FloorDiv": ("Mul",),
    "Mod": ("Mul",), "Pow": ("Mul",), "BitOr": ("BitAnd",), "BitAnd": ("BitOr",),
    "Eq": ("NotEq",), "NotEq": ("Eq",), "Lt": ("LtE", "GtE"), "LtE": ("Lt", "Gt"),
    "Gt": ("GtE", "LtE"), "GtE": ("Gt", "Lt"), "Is": ("IsNot",), "IsNot": ("Is",),
}  # fmt: skip
"""What an operator becomes: what a person could have written. The rest fails at once."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file and what it becomes there.

    Attributes:
        module: the file, from the root.
        line: counted from 1.
        column: counted from 0.
        operator: cosmic-ray's name of the change.
        number: of this change in the file, from 0.
        end: line and column of the end.
    """

    module: str
    line: int
    column: int
    operator: str
    number: int
    end: tuple[int, int]


def wanted(operator: str) -> bool:
    """Whether a change is one that a person could have made."""
    name = operator.rpartition("/")[2]
    kind, _, rest = name.partition("_")
    if kind in ("ReplaceBinaryOperator", "ReplaceComparisonOperator"):
        old, _, new = rest.partition("_")
        return new in TURNED.get(old, ())
    if kind == "ReplaceUnaryOperator":
        return rest.startswith("Delete")
    return kind not in LEFT_OUT


def typing_only(source: str) -> set[int]:
    """Lines that only a type checker reads: `if TYPE_CHECKING`, and where annotations stand.

    >>> sorted(typing_only("def f(x: int | None) -> int:\\n    y: int | str = x or 1\\n"))
    [1]
    """
    lines: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
        elif isinstance(node, ast.FunctionDef):
            given = [arg.annotation for arg in ast.walk(node.args) if isinstance(arg, ast.arg)]
            for told in (*given, node.returns):
                if told is not None:
                    lines.add(told.lineno)
        elif isinstance(node, ast.AnnAssign) and node.value is None:
            lines.add(node.lineno)
    return lines


def places(root: Path, module: str) -> Iterator[Place]:
    """All changes of one file."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path
    from cosmic_ray.plugins import get_operator, operator_names

    path = root / module
    nodes = list(ast_nodes(get_ast_from_path(path)))
    silent = typing_only(path.read_text(encoding="utf-8"))
    for name in operator_names():
        kind = get_operator(name)
        if kind.arguments() or not wanted(name):
            continue
        spots = [spot for node in nodes for spot in kind().mutation_positions(node)]
        for number, ((line, column), end) in enumerate(spots):
            if line not in silent:
                yield Place(module, line, column, name, number, tuple(end))


def sampled(root: Path, rooms: Sequence[str], size: int, seed: int) -> list[Place]:
    """So many places of the rooms, each with one of its changes; the same for the same seed."""
    modules = [
        str(file.relative_to(root))
        for room in rooms
        for file in sorted((root / "warpviz" / room).rglob("*.py"))
        if file.stem != "__init__"
    ]
    by_place: dict[tuple[str, int, int], list[Place]] = {}
    for module in modules:
        for place in sorted(places(root, module)):
            by_place.setdefault((place.module, place.line, place.column), []).append(place)
    chance = random.Random(seed)
    some = chance.sample(sorted(by_place), min(size, len(by_place)))
    return [chance.choice(by_place[key]) for key in some]


def command_of(root: Path, module: str, everywhere: bool) -> str:
    """The quick tests of a module: its own first, then its room's, or all."""
    own = [str(path) for path in homes_of(module) if (root / path).exists()]
    room = "/".join(("tests", *Path(module).parts[1:2]))
    rest = ["tests", "warpviz"] if everywhere else [*([room] if "." not in room else []), module]
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not slow", "-p", "no:cacheprovider"]
    return shlex.join([*words, "--ignore=tests/test_architecture.py", *own, *rest])


def seen(root: Path, place: Place, seconds: float, everywhere: bool = False) -> tuple[bool, str]:
    """Whether tests see a change, and the change as a diff; too long is seen, too."""
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_item import MutationSpec

    spec = MutationSpec(
        place.module, place.operator, place.number, (place.line, place.column), place.end
    )
    result: Any = mutate_and_test([spec], command_of(root, place.module, everywhere), seconds)
    changed = [
        line
        for line in (result.diff or "").splitlines()
        if line[:1] in "+-" and not line.startswith(("+++", "---"))
    ]
    return bool(result.is_killed), "\n".join(f"    {line}" for line in changed)


def copied(root: Path) -> None:
    """What git knows or could know of this checkout, in an empty folder."""
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in told.stdout.splitlines():
        if (ROOT / name).is_file() and not name.startswith("gallery/pictures/"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes((ROOT / name).read_bytes())


def unchanged(root: Path, modules: Sequence[str]) -> dict[str, float]:
    """Seconds that the tests of each room take where nothing is changed; they must pass."""
    took: dict[str, float] = {}
    for module in modules:
        room = Path(module).parts[1]
        if room not in took:
            start = time.monotonic()
            done = subprocess.run(shlex.split(command_of(root, module, False)), capture_output=True)
            if done.returncode:
                raise SystemExit(f"{room}: its tests fail before any change.\n{done.stdout!s}")
            took[room] = time.monotonic() - start
    return took


def main() -> None:
    """Change, test, tell, and end with 1 where the score is below what was asked."""
    parser = ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, help=f"default: {' '.join(ROOMS)}")
    parser.add_argument("--sample", type=int, default=100, help="how many changes (100)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--everywhere", action="store_true", help="try survivors on all quick tests"
    )
    parser.add_argument("--least", type=float, default=0.0, help="per cent that must be seen")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, chdir(name):
        root = Path(name)
        copied(root)
        # The copy's package, not an installed one, in this process's children and theirs.
        os.environ["PYTHONPATH"] = name
        chosen = sampled(root, given.rooms, given.sample, given.seed)
        took = unchanged(root, [place.module for place in chosen])
        killed = 0
        for index, place in enumerate(chosen, 1):
            most = 5 * took[Path(place.module).parts[1]] + 30
            found, change = seen(root, place, most)
            if not found and given.everywhere:
                found, _ = seen(root, place, 20 * most, everywhere=True)
            killed += found
            word = "seen    " if found else "survived"
            print(f"{index:4} {word} {place.module}:{place.line} {place.operator}", flush=True)
            if not found:
                print(change, flush=True)
    score = 100 * killed / max(len(chosen), 1)
    print(f"{killed} of {len(chosen)} changes were seen: {score:.0f} %")
    if score < given.least:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
