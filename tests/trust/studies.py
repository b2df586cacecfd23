"""Studies that are ended at random moments: they go on to the same bytes.

A study runs in an empty folder. A signal comes when a random number of changes of its files have
been seen, so that no clock decides; then it goes on, and may be ended again. What is there between
is a part of what the whole study has; at the end all of it.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil  # type: ignore[import-untyped]

from tests.trust.kills import children
from warpviz.drafts import is_draft

WORDS = (
    "study --activation relu,tanh --layers 2 --seeds 0:51 --epochs 40 --points 40 --times log:3 "
    "--measure probe_accuracy --quiet --resume -o study.parquet"
)
MOST = 30
"""Changes that are waited for at most: a whole study makes about so many."""


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """End studies; yield the signal and the number of processes, and what went wrong."""
    rng = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "whole"
        whole.mkdir()
        _run(whole, 1).wait()
        expected = content(whole)
        for number in range(count):
            folder = Path(place) / str(number)
            folder.mkdir()
            jobs = rng.choice((1, 2))
            by = signal.SIGKILL if number % 4 else rng.choice((signal.SIGINT, signal.SIGTERM))
            trouble = []
            for _ in range(rng.choice((1, 1, 2))):
                trouble += _end(_run(folder, jobs), folder, by, rng.randrange(1, MOST))
                if not {*content(folder).items()} <= {*expected.items()}:
                    trouble.append("torn")
            _run(folder, 1).wait()
            if content(folder) != expected:
                trouble.append("not the same bytes")
            yield f"{by.name}, {jobs} processes", "; ".join(trouble)


def _run(folder: Path, jobs: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "warpviz", *WORDS.split(), "--jobs", str(jobs)],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _end(
    process: subprocess.Popen[bytes], folder: Path, by: signal.Signals, after: int
) -> list[str]:
    """End a study after so many sights; which of its processes outlive it."""
    seen: set[object] = set()
    while process.poll() is None and len(seen) < after:
        for path in folder.rglob("*"):
            try:
                seen.add((path.name, os.stat(path).st_size))
            except OSError:  # a draft that is in its place by now
                continue
        time.sleep(0.002)
    workers = children(process.pid)
    process.send_signal(by)
    process.wait()
    return [f"orphan {each.pid}" for each in psutil.wait_procs(workers, timeout=60)[1]]


def content(folder: Path) -> dict[str, bytes]:
    """Every file but drafts."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not is_draft(path.name)
    }
