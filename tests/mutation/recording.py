"""A plugin of pytest that writes down which test executes which line, and how long it takes.

Loaded with `-p tests.mutation.recording`; `WARPVIZ_RECORD` names the folder to write into.
"""

import json
import os
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

FOLDER = Path(os.environ.get("WARPVIZ_RECORD", ""))
SEEN = Coverage(data_file=FOLDER / "lines", data_suffix=True, source=["warpviz"], config_file=False)
SECONDS: dict[str, float] = {}
FAILED: set[str] = set()


def pytest_configure() -> None:
    # Of several processes one only deals out tests.
    SEEN.set_option("run:disable_warnings", ["no-data-collected"])
    SEEN.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """A test is a context of coverage, its fixtures included."""
    SEEN.switch_context(item.nodeid)
    begin = time.process_time()
    result = yield
    # Not by the clock on the wall: others may be at work.
    SECONDS[item.nodeid] = time.process_time() - begin
    SEEN.switch_context("")
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Whether a test passed."""
    report = yield
    if report.failed:
        FAILED.add(item.nodeid)
    return report


def pytest_sessionfinish() -> None:
    SEEN.stop()
    SEEN.save()
    passed = {name: took for name, took in SECONDS.items() if name not in FAILED}
    (FOLDER / f"seconds-{os.getpid()}.json").write_text(json.dumps(passed), encoding="utf-8")
