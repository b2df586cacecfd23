"""The quick tests in other orders: none leans on another, and none fails now and then.

One process runs them all: two would hide from each other what they leave behind. As a plugin of
pytest it shuffles the files, and the tests within each, by the seed in `SEED`.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = "WARPVIZ_ORDER"
"""The variable that holds the seed of an order."""
CHOICE = ("-m", "not slow")


def pytest_configure() -> None:
    """Listen to Ctrl-C, which a shell's background jobs, and their children, do not."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffle; every process of a run does it alike."""
    items[:] = shuffled(items, int(os.environ[SEED]))


def shuffled(items: list[pytest.Item], seed: int) -> list[pytest.Item]:
    """Files in a random order, each with its tests in a random order."""
    rng = Random(seed)
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    order = list(files.values())
    rng.shuffle(order)
    for each in order:
        rng.shuffle(each)
    return [item for each in order for item in each]


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Run the quick tests so many times; yield each test that failed, and how."""
    for number in range(seed, seed + count):
        yield from run(number)


def run(seed: int, choice: tuple[str, ...] = CHOICE) -> Iterator[tuple[str, str]]:
    """Run tests in one order; yield it, and each test that did not pass."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place, "report.xml")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
             "-p", "tests.trust.order", f"--junitxml={report}", *choice],
            cwd=ROOT, env={**os.environ, SEED: str(seed)}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if not report.exists():
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        cases = list(ElementTree.parse(report).iter("testcase"))
    yield f"runs of {len(cases):,} tests", ""
    for case in cases:
        told = [each.text or "" for each in case if each.tag in ("failure", "error")]
        if told:
            yield f"{case.get('classname')}.{case.get('name')}", f"order {seed}: {told[0][-600:]}"
