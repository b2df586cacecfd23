"""The benchmark's parts, each a Markdown table."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Run, alternate, contender, middle, ratio, run
from tests.benchmarks.subjects import Sizes

MEMORY = 150
"""MB that the classic command may take, its drawing processes included."""


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table: the first column to the left, all others to the right.

    >>> print(markdown(["what", "s"], [["film", "1.0"]]))
    | what | s |
    | --- | ---: |
    | film | 1.0 |
    """
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def against(folder: Path, sizes: Sizes) -> str:
    """Films and training beside what a user writes: medians, and medians of paired ratios."""
    rows = [*_classic(folder, sizes), _cloth(folder, sizes), _training(folder, sizes)]
    head = ["what", "without warpviz", "MB", "warpviz", "MB", "times as fast", "target"]
    return markdown(head, rows)


def _classic(folder: Path, sizes: Sizes) -> list[list[str]]:
    """The film alone, and the whole command with its training."""
    rounds, repeats = sizes.rounds, sizes.repeats
    command = [sys.executable, "-m", "warpviz", "render", "--classic", "--activation", "tanh"]
    command += ["--rounds", str(rounds), "--epochs", str(sizes.epochs), "--quiet"]
    command += ["-o", str(folder / "command.gif")]
    writers = ["pillow", *(["ffmpeg"] if shutil.which("ffmpeg") else [])]
    work = [
        partial(contender, "our_classic", folder, rounds=rounds),
        partial(run, command),
        partial(contender, "plain_training", folder, epochs=sizes.plain_epochs),
        *(
            partial(contender, "matplotlib_classic", folder, rounds=rounds, writer=writer)
            for writer in writers
        ),
    ]
    ours, whole, plain, *theirs = alternate(repeats, *work)
    frames = ours[0].amount
    rows = []
    for writer, runs in zip(writers, theirs, strict=True):
        target = f"≥ 15, ≤ {MEMORY} MB" if writer == "pillow" else ""
        what = f"classic film, {frames} frames; matplotlib with {_writer(writer)}"
        rows.append([what, *_pair(runs, ours, "wall", "s"), target])
    share = sizes.epochs / sizes.plain_epochs
    both = [
        replace(film, wall=film.wall + share * training.seconds)
        for film, training in zip(theirs[0], plain, strict=True)
    ]
    what = (
        f"the whole `render --classic`, {sizes.epochs:,} epochs; plain numpy "
        f"({sizes.plain_epochs:,} epochs, times {share:g}), then matplotlib with PillowWriter"
    )
    rows.append([what, *_pair(both, whole, "wall", "s"), f"≥ 10, ≤ {MEMORY} MB"])
    return rows


def _cloth(folder: Path, sizes: Sizes) -> list[str]:
    steps = sizes.cloth_steps
    theirs, ours = alternate(
        sizes.repeats,
        partial(contender, "matplotlib_cloth", folder, steps=steps),
        partial(contender, "our_cloth", folder, steps=steps),
    )
    theirs, ours = (
        [replace(one, seconds=one.seconds / one.amount * 1e3) for one in runs]
        for runs in (theirs, ours)
    )
    what = f"a frame of the cloth, file included ({ours[0].amount} frames); mplot3d"
    return [what, *_pair(theirs, ours, "seconds", "ms"), "≥ 8"]


def _training(folder: Path, sizes: Sizes) -> list[str]:
    theirs, ours = alternate(
        sizes.repeats,
        partial(contender, "plain_training", folder, epochs=sizes.plain_epochs),
        partial(contender, "our_training", folder, epochs=sizes.epochs),
    )
    speeds = [
        [replace(one, seconds=one.amount / one.seconds) for one in runs] for runs in (theirs, ours)
    ]
    plain, fast = (middle(runs, "seconds") for runs in speeds)
    return [
        "classic training, epochs a second; plain numpy",
        f"{plain:,.0f}",
        _memory(theirs),
        f"{fast:,.0f}",
        _memory(ours),
        f"**{ratio(speeds[1], speeds[0], 'seconds'):.1f}**",
        "",
    ]


def _pair(theirs: list[Run], ours: list[Run], what: str, unit: str) -> list[str]:
    cells = []
    for runs in (theirs, ours):
        value = middle(runs, what)
        number = f"{value:.1f}" if value < 100 else f"{value:.0f}"
        cells += [f"{number} {unit}", _memory(runs)]
    return [*cells, f"**{ratio(theirs, ours, what):.1f}**"]


def _memory(runs: list[Run]) -> str:
    return f"{middle(runs, 'memory'):.0f} ({middle(runs, 'resident'):.0f})"


def _writer(name: str) -> str:
    return "ffmpeg" if name == "ffmpeg" else "PillowWriter"


def starting(folder: Path, sizes: Sizes) -> str:
    """From a cold start: the import, and the default film."""
    bare, full = alternate(
        5 * sizes.repeats,
        partial(run, [sys.executable, "-c", "pass"]),
        partial(run, [sys.executable, "-c", "import warpviz"]),
    )
    more = median(b.wall - a.wall for a, b in zip(bare, full, strict=True))
    rows = [["`import warpviz`, more than bare Python", f"{more:.2f} s", "≤ 0.2 s"]]
    if sizes.epochs > 10_000:
        command = [sys.executable, "-m", "warpviz", "render", "--quiet"]
        command += ["-o", str(folder / "default.gif")]
        (default,) = alternate(sizes.repeats, partial(run, command))
        told = f"{middle(default, 'wall'):.1f} s, {_memory(default)} MB"
        rows.append(["`warpviz render`, training included", told, "a few seconds"])
    return markdown(["from a cold start", "", "target"], rows)


def growth(folder: Path, sizes: Sizes) -> str:
    """How time and memory of the two films grow with dots, frames and pixels."""
    steps = sizes.steps
    classic = {
        "classic film": {"steps": steps},
        "10 × the dots": {"steps": steps, "times": 10},
        "10 × the frames": {"steps": 10 * steps},
        "4 × the pixels (and dots of 2 × the radius)": {"steps": steps, "zoom": 2},
    }
    cloth = {
        "the cloth": {"steps": steps},
        "10 × the frames, of the cloth": {"steps": 10 * steps},
        "4 × the pixels, of the cloth": {"steps": steps, "zoom": 2},
    }
    rows = []
    for name, variants in (("our_classic", classic), ("our_cloth", cloth)):
        work = [partial(contender, name, folder, **options) for options in variants.values()]
        groups = alternate(sizes.repeats, *work)
        base = groups[0]
        for what, runs in zip(variants, groups, strict=True):
            time, memory = middle(runs, "seconds"), middle(runs, "memory")
            rows.append(
                [
                    what,
                    str(runs[0].amount),
                    f"{time:.2f}",
                    f"{time / runs[0].amount * 1e3:.1f}",
                    f"{time / middle(base, 'seconds'):.1f}",
                    _memory(runs),
                    f"{memory / middle(base, 'memory'):.2f}",
                ]
            )
    head = ["what", "frames", "s", "ms a frame", "× time", "MB", "× memory"]
    return markdown(head, rows)
