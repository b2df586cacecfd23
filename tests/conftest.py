"""The rules of the suite: what is slow, what may be skipped, and what costs most.

With WARPVIZ_NO_SKIPS set, as in `.ci/run`, a test that is skipped has failed. `--cpu 20` tells the
twenty tests that took most of a processor: those of half a second and more are to be `slow`.
"""

import gc
import os
import shutil
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

WINDOWS = os.name == "nt"
STRICT = os.environ.get("WARPVIZ_NO_SKIPS", "") not in ("", "0")
PURE = os.environ.get("WARPVIZ_PURE", "") not in ("", "0")
TOOK: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cpu", type=int, default=0, help="tell the N tests that took most CPU")


def pytest_configure() -> None:
    """Let the programs that tests start keep what Python compiled, also where that is forbidden.

    Otherwise each of them would compile all of warpviz anew.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def function_of(nodeid: str) -> str:
    """A test without its case."""
    return nodeid.partition("[")[0]


def pytest_collection() -> None:
    """What is found and imported stays: Python need not look again and again what is in use."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Not frozen: hypothesis asks who holds an object, and would not be told."""
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test that is marked `many(quick=N)`, all cases but the first N are slow.

    Tests of the compiled kernels are left out where kernels are not wanted.
    """
    if PURE:
        unwanted = [item for item in items if item.get_closest_marker("compiled") is not None]
        config.hook.pytest_deselected(items=unwanted)
        items[:] = [item for item in items if item not in unwanted]
    seen: Counter[str] = Counter()
    for item in items:
        if WINDOWS and item.get_closest_marker("posix") is not None:
            item.add_marker(pytest.mark.skip(reason="needs POSIX"))
        mark = item.get_closest_marker("many")
        if mark is not None:
            seen[function_of(item.nodeid)] += 1
            if seen[function_of(item.nodeid)] > mark.kwargs["quick"]:
                item.add_marker("slow")


def used() -> float:
    """Seconds of a processor that this process and those that it started have used."""
    own = os.times()
    ended = own.user + own.system + own.children_user + own.children_system
    return ended + sum(map(used_by, started_by(os.getpid())))


def started_by(number: int) -> Iterator[int]:
    """The running processes that one has started, and these in turn; where there is a /proc."""
    with suppress(OSError):  # It has just ended: its parent counts it.
        for names in Path(f"/proc/{number}/task").glob("*/children"):
            for name in names.read_text(encoding="ascii").split():
                yield int(name)
                yield from started_by(int(name))


def used_by(number: int) -> float:
    """Seconds of a process and of those of its own that have ended."""
    with suppress(OSError):
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count what a test uses, its fixtures included."""
    asked = item.config.getoption("--cpu")
    before = used() if asked else 0.0
    result = yield
    if asked:
        # Of a browser that ends with its last test, nobody counts what it used.
        TOOK[function_of(item.nodeid)] += max(0, round(1e3 * (used() - before)))
    return result


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter") -> None:
    most = TOOK.most_common(terminalreporter.config.getoption("--cpu"))
    for name, milliseconds in most:
        terminalreporter.write_line(f"{milliseconds / 1e3:7.2f} s of CPU  {name}")


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why something was skipped, or "" where it was not."""
    if not report.skipped:
        return ""
    if hasattr(report, "wasxfail"):
        return f"expected to fail: {report.wasxfail}"
    return str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)


def refuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that names its reason."""
    reason = reason_of(report)
    if STRICT and reason:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} may not be skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of single tests."""
    report = yield
    refuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Of whole files."""
    report = yield
    refuse(report)
    return report


# Machines are noisy: a property is true or not, however long it took.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium, driven by playwright."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """An empty page; it must neither complain on the console nor ask for anything but files."""
    page = chromium.new_page()
    trouble: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    page.close()
    assert not trouble
    assert all(url.startswith("file:") for url in asked), asked
