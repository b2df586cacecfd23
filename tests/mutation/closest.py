"""Which quick tests execute a line, the closest first."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.homes import homes_of, own_test

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "warpviz-mutation"
"""What a run of the quick tests under coverage told is kept here."""


@dataclass(frozen=True)
class Record:
    """What the quick tests executed.

    Attributes:
        seconds: of each test that passed.
        lines: coverage's data; each test is a context.
        root: of the tree that was run.
        sources: the hash of each file, as it was then.
    """

    seconds: dict[str, float]
    lines: Any
    root: Path
    sources: dict[str, str]


def told(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def record(root: Path, folder: Path, jobs: int) -> None:
    """Run the quick tests of a tree and write down what each executes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    words = [sys.executable, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider"]
    words += ["-p", "tests.mutation.recording", *(["-n", str(jobs)] if jobs > 1 else [])]
    # Contexts need coverage's own tracer, which newer Pythons do not choose by themselves.
    env = os.environ | {"WARPVIZ_RECORD": str(folder), "COVERAGE_CORE": "ctrace"}
    done = subprocess.run(words, cwd=root, env=env, capture_output=True, text=True)
    print(done.stdout.strip().rpartition("\n")[2], flush=True)
    sources = {
        str(file.relative_to(root)): told(file)
        for folder in ("warpviz", "tests")
        for file in (root / folder).rglob("*.py")
    }
    about = {"root": str(root), "sources": sources}
    (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")


def recorded(folder: Path) -> Record:
    """What `record` wrote, the files of its processes put together."""
    from coverage import CoverageData

    lines = CoverageData(basename=str(folder / "lines"))
    if (folder / "lines").exists():
        lines.read()
    for part in sorted(folder.glob("lines.*")):
        data = CoverageData(basename=str(part))
        data.read()
        lines.update(data)
        part.unlink()
    lines.write()
    seconds: dict[str, float] = {}
    for part in folder.glob("seconds-*.json"):
        seconds |= json.loads(part.read_text(encoding="utf-8"))
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return Record(seconds, lines, Path(about["root"]), about["sources"])


def spoken(source: str, line: int) -> Iterator[int]:
    """The lines whose tests see a change at a line.

    The statement's own lines; of the head of a function, those of its body.
    """
    inner: ast.stmt | None = None
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
            inner = node
    if isinstance(inner, ast.FunctionDef):
        yield from range(inner.body[0].lineno, (inner.body[-1].end_lineno or 0) + 1)
    elif inner is not None:
        ends = inner.body[0].lineno - 1 if hasattr(inner, "body") else inner.end_lineno or line
        yield from range(inner.lineno, max(ends, inner.lineno) + 1)


def executing(known: Record, root: Path, module: str, line: int) -> list[str]:
    """The tests that execute a line; where none does, or none can be known, all of its file's."""
    source = (root / module).read_text(encoding="utf-8")
    contexts = known.lines.contexts_by_lineno(str(known.root / module))
    tests: set[str] = set()
    if known.sources.get(module) == told(root / module):
        for each in spoken(source, line):
            tests |= set(contexts.get(each, ()))
    tests.discard("")
    return sorted(tests or {test for some in contexts.values() for test in some if test})


def at_import(known: Record, root: Path, module: str, line: int) -> bool:
    """Whether what a line belongs to is executed while the file is imported, for all we know."""
    contexts = known.lines.contexts_by_lineno(str(known.root / module))
    source = (root / module).read_text(encoding="utf-8")
    if known.sources.get(module) != told(root / module):
        return False
    return any("" in contexts.get(each, ()) for each in spoken(source, line))


def file_of(test: str) -> str:
    """The file of a test."""
    return test.partition("::")[0]


def batches(known: Record, root: Path, module: str, line: int) -> Iterator[Sequence[str]]:
    """What to run for a change of a line, until one sees it.

    What is newer than the record, and what executes the line: the quickest first, but the module's
    own tests count as half as long as those of its room, and these as all others. Then all of the
    room's, for what is computed once for many tests.
    """
    homes = [path for path in homes_of(module) if (root / path).exists()]
    beside = (root / own_test(module)).parent.glob("test_*.py")
    files = sorted({*homes, *(str(path.relative_to(root)) for path in beside)})
    newer = [path for path in files if known.sources.get(path) != told(root / path)]
    near = (*homes, module)
    room = tuple("/".join((start, *Path(module).parts[1:-1], "")) for start in ("tests", "warpviz"))
    tests = [
        test
        for test in executing(known, root, module, line)
        if test in known.seconds and file_of(test) not in newer
    ]

    def far(test: str) -> float:
        other = 1 if file_of(test) in near else 2 if test.startswith(room) else 4
        return other * known.seconds[test]

    yield [*newer, *sorted(tests, key=far)]
    rest = [
        test
        for test in known.seconds
        if (test.startswith(room) or file_of(test) in near)
        and test not in tests
        and file_of(test) not in newer
    ]
    yield sorted(rest, key=lambda test: known.seconds[test])
