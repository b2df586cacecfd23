"""Where the time goes: of films, of the default command, and of its start."""

import cProfile
import os
import pstats
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks.contender import CONTENDERS
from tests.benchmarks.measure import ROOT
from tests.benchmarks.subjects import Sizes

SHOWN = 16
"""Lines of each profile."""
STARTS = 5
"""How often the start is looked at; of each module the least counts."""


def profiles(folder: Path, sizes: Sizes) -> str:
    """A profile each, of one core's processor seconds, and that of the start by packages."""
    steps = 1 if sizes.epochs < 10_000 else 16
    work: dict[str, Callable[[], object]] = {
        "classic film": CONTENDERS["our_classic"](folder, steps=steps),
        "film of the cloth": CONTENDERS["our_cloth"](folder, steps=steps),
        "exact regions": CONTENDERS["our_regions"](folder, width=sizes.width, times=steps),
        "`warpviz render`": lambda: _command(folder, "render"),
        "`warpviz render --classic`": lambda: _command(folder, "render", "--classic"),
    }
    told = [f"{name}\n{_profile(each)}" for name, each in work.items()]
    return "\n".join([*told, f"start of `warpviz render`, by packages\n{_start()}"])


def _command(folder: Path, *words: str) -> None:
    from warpviz.cli import main

    assert main([*words, "--quiet", "--epochs", "2000", "-o", str(folder / "fold.gif")]) == 0


def _profile(work: Callable[[], object]) -> str:
    """The functions that take most, themselves."""
    profile = cProfile.Profile(time.process_time)
    # One core: a profile sees one thread.
    with patch.object(os, "cpu_count", lambda: 1), patch("sys.stdout", sys.stderr):
        profile.runcall(work)
    stats = pstats.Stats(profile)
    whole = stats.total_tt  # type: ignore[attr-defined]
    lines = []
    entries = sorted(stats.stats.items(), key=lambda one: -one[1][2])  # type: ignore[attr-defined]
    for (file, _, name), (_, calls, own, *_rest) in entries[:SHOWN]:
        place = Path(file)
        where = place.relative_to(ROOT) if place.is_relative_to(ROOT) else place.name
        lines.append(f"{100 * own / whole:6.1f} % {own * 1e3:8.1f} ms {calls:8}  {name}  ({where})")
    return "\n".join([f"  {whole:.2f} s", *lines, ""])


def _start() -> str:
    """Milliseconds of loading modules, by packages."""
    least: dict[str, int] = {}
    for _ in range(STARTS):
        code = "import warpviz.cli.commands.learning"
        told = subprocess.run(
            [sys.executable, "-X", "importtime", "-c", code],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stderr  # fmt: skip
        for line in told.splitlines():
            spent, _, rest = line.removeprefix("import time:").partition("|")
            name = rest.partition("|")[2].strip()
            if spent.strip().isdigit():
                least[name] = min(least.get(name, 10**9), int(spent))
    packages: Counter[str] = Counter()
    for name, own in least.items():
        room = name.split(".")
        packages[".".join(room[: 2 if room[0] == "warpviz" else 1])] += own
    whole = sum(packages.values())
    lines = [f"{own / 1e3:8.1f} ms  {name}" for name, own in packages.most_common(SHOWN)]
    return "\n".join([f"  {whole / 1e3:.0f} ms, {len(least)} modules", *lines, ""])
