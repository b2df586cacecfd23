"""Commands that are ended at a random moment: nothing torn, nothing left, nobody orphaned.

A command runs in a folder of earlier files. A signal comes when a random number of changes of its
drafts have been seen, so that no clock decides. Then every file is the earlier one or whole by
`check`; nothing else is there, but after SIGKILL drafts that the next run sweeps.
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

from warpviz.checking.found import NotWhole
from warpviz.checking.whole import look_into
from warpviz.drafts import is_draft

SIZE = "--size 240x180 --fps 20 --seconds 1 --jobs 2 --quiet"
COMMANDS = (
    f"render --model m.npz {SIZE} -o a.gif -o a.mp4",
    f"render --model m.npz {SIZE} -o a.webp -o a.apng -o a.html",
    f"render --model m.npz {SIZE} --frames frames -o a.svg",
    f"render --model m.npz {SIZE} -o a.gif --max-size 40000",
    "train --data moons --epochs 200000 --seed 3 -o t.npz --quiet",
    "approximate exp --iterations 100000 -o e.npz -o e.gif --quiet",
    "convert m.npz -o c.npz -o c.json",
)
EARLIER = ("a.gif", "a.mp4", "a.webp", "a.apng", "a.html", "a.svg", "t.npz", "c.npz")
NAMES = {*EARLIER, "m.npz", "frames", "e.npz", "e.gif", "c.json"}
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
LONGEST = 120
"""Seconds after which a command that should have ended counts as hanging."""


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """End commands; yield the signal and verb, and what went wrong."""
    rng = Random(seed)
    with tempfile.TemporaryDirectory() as place:
        for number in range(count):
            folder = Path(place) / str(number)
            folder.mkdir()
            _furnish(folder)
            command = COMMANDS[number % len(COMMANDS)]
            by = rng.choice([*CODES, signal.SIGKILL])
            trouble = ended(folder, command.split(), by, rng.randrange(1, 30), twice=rng.random())
            yield f"{by.name} {command.split()[0]}", "; ".join(trouble)


def _furnish(folder: Path) -> None:
    """A model, and earlier files whose loss would be seen."""
    import warpviz as wv

    wv.save_model(wv.mlp([2, 3, 2], "tanh", seed=0), folder / "m.npz", data_name="moons")
    for name in EARLIER:
        (folder / name).write_text("earlier")
    (folder / "frames").mkdir()
    (folder / "frames" / "frame-0000.png").write_text("earlier")


def ended(
    folder: Path, words: list[str], by: signal.Signals, after: int, twice: float
) -> list[str]:
    """End one command after so many sights of a draft; all that went wrong."""
    before = _content(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "warpviz", *words], cwd=folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    seen: set[object] = set()
    while process.poll() is None and len(seen) < after:
        drafts = [name for name in os.listdir(folder) if is_draft(name)]
        seen |= {(name, _length(folder / name)) for name in drafts}
        time.sleep(0.01)
    workers = children(process.pid)
    process.send_signal(by)
    if twice < 0.3:
        process.send_signal(signal.SIGINT)
    try:
        told = process.communicate(timeout=LONGEST)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        return [f"hung {LONGEST} s: {words}"]
    trouble = []
    if "Traceback" in told or told.count("\n") > 1:
        trouble.append(f"said {told!r}")
    # Before it listens, and when all is done, a signal ends it in the usual way.
    if process.returncode not in (0, -by, -signal.SIGKILL, *CODES.values()):
        trouble.append(f"exit code {process.returncode}")
    _, alive = psutil.wait_procs(workers, timeout=LONGEST)
    trouble += [f"orphan {each.pid}" for each in alive]
    left = {name for name in os.listdir(folder) if is_draft(name)}
    if by is not signal.SIGKILL and left:
        trouble.append(f"left {sorted(left)}")
    trouble += _swept(folder)
    if "no file was changed" in told and _content(folder) != before:
        trouble.append(f"untrue: {told!r}")
    return trouble + _torn(folder)


def _content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _length(path: Path) -> int:
    try:
        return len(os.listdir(path)) if path.is_dir() else path.stat().st_size
    except OSError:
        return -1


def children(process: int) -> list[psutil.Process]:
    """All processes that one has started."""
    try:
        found: list[psutil.Process] = psutil.Process(process).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return found


def _swept(folder: Path) -> list[str]:
    """What the next run in the folder leaves of drafts."""
    script = "from warpviz.atomic import replacing\nwith replacing('next'): pass"
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True)
    (folder / "next").unlink()
    return [f"not swept {name}" for name in os.listdir(folder) if is_draft(name)]


def _torn(folder: Path) -> list[str]:
    trouble = [f"unknown {name}" for name in sorted({*os.listdir(folder)} - NAMES)]
    for path in folder.iterdir():
        earlier = path / "frame-0000.png" if path.is_dir() else path
        if not earlier.exists() or earlier.read_bytes() == b"earlier":
            trouble += [] if earlier.exists() else [f"lost {path.name}"]
            continue
        try:
            look_into(path)
        except NotWhole as problem:
            trouble.append(f"torn {path.name}: {problem}")
    return trouble
