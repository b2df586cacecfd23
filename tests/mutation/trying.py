"""Runs tests on a copy of the tree in which one line is changed.

Each try is a fork of a process that has imported what is slow to import. A function that is changed
gets its new code there, in a process that has imported all it tests; what is done while a file is
imported is changed in the file, and tried in a process that has imported none of warpviz.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stdout, suppress
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryFile
from traceback import print_exc

from tests.homes import ROOT
from tests.mutation.closest import file_of
from tests.mutation.swapping import Pair, swap

SLOW_TO_IMPORT = (
    "_pytest.assertion.rewrite", "hypothesis.strategies", "numpy.testing", "matplotlib.figure",
    "matplotlib.backends.backend_agg", "PIL.Image", "imageio", "sklearn", "sympy", "torch",
)  # fmt: skip
TIMES = count(1_000_000_000)
"""A file changed twice in a second keeps its length and time: each change gets a time of its own,
so that Python compiles it anew."""


DIED = 70
"""How a child ends that could not run pytest at all."""
SLOW = "too long"
"""What is said of tests that had to be ended."""


def copied(root: Path) -> None:
    """What git knows or could know of this checkout, and its kernels, in an empty folder."""
    told = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    kernels = [str(path.relative_to(ROOT)) for path in (ROOT / "warpviz").rglob("*.so")]
    for name in (*told.stdout.splitlines(), *kernels):
        if (ROOT / name).is_file() and not name.startswith("gallery/pictures/"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes((ROOT / name).read_bytes())


def prepared() -> None:
    """Import what tests need, and nothing of warpviz."""
    for name in SLOW_TO_IMPORT:
        with suppress(ImportError):
            import_module(name)
    assert "warpviz" not in sys.modules


@contextmanager
def written(path: Path, text: str) -> Iterator[None]:
    """A file with another text, for as long as needed."""
    before = path.read_text(encoding="utf-8")
    try:
        for_now(path, text)
        yield
    finally:
        for_now(path, before)


def for_now(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    stamp = next(TIMES)
    os.utime(path, (stamp, stamp))


def run(root: Path, tests: Sequence[str], pairs: Sequence[Pair], report: int) -> int:
    """What the child does: pytest, its output into a file."""
    os.chdir(root)
    os.setsid()
    for stream in (1, 2):
        os.dup2(report, stream)
    if pairs and not swap(pairs):
        raise RuntimeError(f"{pairs} is nobody's code.")
    return pytest_on(tests, "-x", "-rf", "--tb=line")


def pytest_on(tests: Sequence[str], *words: str) -> int:
    """The quick ones of some tests."""
    import pytest

    words += ("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning")
    words += ("-q", "-m", "not slow", "-p", "no:cacheprovider", "-p", "no:xdist")
    words += ("--ignore=tests/test_architecture.py", "--ignore=tests/house")
    return int(pytest.main([*words, *tests]))


def imported(root: Path, tests: Sequence[str]) -> None:
    """Import the files of tests, and with them what they test."""
    files = sorted({file_of(test) for test in tests})
    with chdir(root), open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        status = pytest_on(files, "--collect-only")
    if status:
        raise SystemExit(f"{' '.join(files)} cannot be collected: pytest ends with {status}.")


def waited(child: int, seconds: float) -> int | None:
    """How a child ended, or None where it had to be ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def failed(root: Path, tests: Sequence[str], seconds: float, pairs: Sequence[Pair] = ()) -> str:
    """The first test that fails, or "" where all pass; too long is a failure, too."""
    if not tests:
        return ""
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as report:
        child = os.fork()
        if not child:
            status = DIED
            try:
                status = run(root, tests, pairs, report.fileno())
            except BaseException:
                print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        ended = waited(child, seconds)
        report.seek(0)
        text = report.read()
    if ended is None:
        return SLOW
    if ended == 4:  # Cases have other names now: their files are run.
        files = dict.fromkeys(file_of(test) for test in tests)
        if list(files) == list(tests):
            raise SystemExit(f"Tests that are asked for are not there.\n{text}")
        return failed(root, list(files), 5 * seconds, pairs)
    if ended == DIED:
        raise SystemExit(f"No tests could be run.\n{text}")
    return "" if ended in (0, 5) else first_failed(text)


def first_failed(text: str) -> str:
    """The test that pytest's summary names, or its last line."""
    lines = text.strip().splitlines()
    named = [line.split(" - ")[0] for line in lines if line.startswith(("FAILED ", "ERROR "))]
    return (named or lines[-1:] or ["died"])[0].removeprefix("FAILED ").removeprefix("ERROR ")


def seen(root: Path, path: str, text: str, tries: Iterable[Sequence[str]], seconds: float) -> str:
    """The first test that sees a file's new text, or ""."""
    with written(root / path, text):
        return next(filter(None, (failed(root, tests, seconds) for tests in tries)), "")
