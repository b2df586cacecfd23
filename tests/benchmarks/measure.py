"""A process measured from outside: wall seconds, and memory with all that it starts."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
EVERY = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Run:
    """One measured process.

    Attributes:
        wall: seconds from its start to its end.
        memory: largest sum over it and its children, in MB, pages that they share counted once
            (proportional set size; where the system does not tell it, like `resident`).
        resident: the same with shared pages counted in each process (resident set size).
        amount: frames or epochs done, as it tells; 0 where it does not.
        seconds: its work without start and imports, as it tells; else `wall`.
        processors: seconds of all cores together that the work took, as it tells; else 0.
    """

    wall: float
    memory: float
    resident: float
    amount: int
    seconds: float
    processors: float = 0.0


def run(command: list[str], **environment: str) -> Run:
    """Run a command to its end; its last line of output may be JSON with amount and seconds."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = [0, 0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    out, error = process.communicate()
    wall = time.perf_counter() - begin
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{error}")
    last = out.strip().splitlines()[-1] if out.strip() else ""
    told: dict[str, Any] = json.loads(last) if last.startswith("{") else {}
    memory, resident = (bytes_ / 1e6 for bytes_ in peak)
    amount, seconds = int(told.get("amount", 0)), float(told.get("seconds", wall))
    return Run(wall, memory, resident, amount, seconds, float(told.get("processors", 0.0)))


def _watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    try:
        root = psutil.Process(process.pid)
    except psutil.NoSuchProcess:
        return
    while process.poll() is None:
        try:
            family = [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        memory = resident = 0
        for each in family:
            try:
                held = each.memory_full_info()
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            memory += getattr(held, "pss", held.rss)
            resident += held.rss
        peak[:] = max(peak[0], memory), max(peak[1], resident)
        time.sleep(EVERY)


def contender(name: str, folder: Path, *, pure: bool = False, **options: object) -> Run:
    """Run a contender of `tests.benchmarks.contender` in a fresh interpreter.

    `pure` is without the compiled kernels.
    """
    here = [sys.executable, "-m", "tests.benchmarks.contender", name, str(folder)]
    return run([*here, json.dumps(options)], WARPVIZ_PURE="1" if pure else "")


def alternate(repeats: int, *each: Callable[[], Run]) -> list[list[Run]]:
    """Run all in turn, `repeats` times, every other time backwards; the runs of each."""
    runs: list[list[Run]] = [[] for _ in each]
    for turn in range(repeats):
        order = range(len(each)) if turn % 2 == 0 else reversed(range(len(each)))
        for i in order:
            runs[i].append(each[i]())
    return runs


def middle(runs: list[Run], what: str) -> float:
    """The median of an attribute."""
    return median(float(getattr(one, what)) for one in runs)


def ratio(theirs: list[Run], ours: list[Run], what: str) -> float:
    """The median over pairs of their time over ours."""
    pairs = zip(theirs, ours, strict=True)
    return median(float(getattr(a, what)) / float(getattr(b, what)) for a, b in pairs)
