"""The benchmark's parts, each a Markdown table."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.measure import Run, alternate, contender, middle, ratio, run
from tests.benchmarks.subjects import Sizes

AIMS = {
    "film": "≥ 70, ≤ 150 MB", "whole": "≥ 45, ≤ 120 MB", "cloth": "≥ 35", "comparison": "≥ 30",
    "pure": "≥ 15", "regions": "≥ 0.33", "cold": "≤ 1.36 s", "video": "≤ 33 %",
}  # fmt: skip
"""What warpviz aims at; a video's is the share of drawing, the rest is the encoder's."""


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
    rows = [
        *_classic(folder, sizes),
        _cloth(folder, sizes),
        _cloth(folder, sizes, "comparison"),
        _training(folder, sizes),
        *_regions(folder, sizes),
    ]
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
        partial(contender, "our_classic", folder, rounds=rounds, pure=True),
        partial(contender, "plain_training", folder, epochs=sizes.plain_epochs),
        *(
            partial(contender, "matplotlib_classic", folder, rounds=rounds, writer=writer)
            for writer in writers
        ),
    ]
    ours, whole, alone, plain, *theirs = alternate(repeats, *work)
    frames = ours[0].amount
    rows = []
    for writer, runs in zip(writers, theirs, strict=True):
        target = AIMS["film"] if writer == "pillow" else ""
        what = f"classic film, {frames} frames drawn and encoded; matplotlib with {_writer(writer)}"
        rows.append([what, *_pair(runs, ours, "seconds", "s"), target])
    share = sizes.epochs / sizes.plain_epochs
    both = [
        replace(film, wall=film.wall + share * training.seconds)
        for film, training in zip(theirs[0], plain, strict=True)
    ]
    what = (
        f"the whole `render --classic`, {sizes.epochs:,} epochs; plain numpy "
        f"({sizes.plain_epochs:,} epochs, times {share:g}), then matplotlib with PillowWriter"
    )
    rows.append([what, *_pair(both, whole, "wall", "s"), AIMS["whole"]])
    what = (
        f"the same by numpy alone, {frames} frames drawn and encoded; matplotlib with PillowWriter"
    )
    rows.append([what, *_pair(theirs[0], alone, "seconds", "s"), AIMS["pure"]])
    return rows


def _cloth(folder: Path, sizes: Sizes, name: str = "cloth") -> list[str]:
    """A frame of the cloth, or of three beside each other."""
    theirs, ours = alternate(
        sizes.repeats,
        partial(contender, f"matplotlib_{name}", folder, steps=sizes.cloth_steps),
        partial(contender, f"our_{name}", folder, steps=sizes.cloth_steps),
    )
    theirs, ours = (
        [replace(one, seconds=one.seconds / one.amount * 1e3) for one in runs]
        for runs in (theirs, ours)
    )
    told = {"cloth": "of the cloth", "comparison": "of three cloths, 1280×480"}[name]
    what = f"a frame {told}, file included ({ours[0].amount} frames); mplot3d"
    return [what, *_pair(theirs, ours, "seconds", "ms"), AIMS[name]]


def _regions(folder: Path, sizes: Sizes) -> list[list[str]]:
    """Exact regions beside another program's, in Rust and single precision."""
    if find_spec("regioncam") is None:
        return []
    width, times = sizes.width, sizes.steps
    theirs, ours = alternate(
        sizes.repeats,
        partial(contender, "regioncam_regions", folder, width=width, times=times),
        partial(contender, "our_regions", folder, width=width, times=times),
    )
    theirs, ours = (
        [replace(one, seconds=one.seconds / times * 1e3) for one in runs] for runs in (theirs, ours)
    )
    what = f"exact regions of 2-{width}-{width}-{width}-2 ({ours[0].amount // times}); regioncam"
    row = [what, *_pair(theirs, ours, "seconds", "ms")]
    row[-1] = f"**{ratio(theirs, ours, 'seconds'):.2f}**"
    return [[*row, AIMS["regions"]]]


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
        rows.append(["`warpviz render`, training included", told, AIMS["cold"]])
    return markdown(["from a cold start", "", "target"], rows)


def video(folder: Path, sizes: Sizes) -> str:
    """How much of a video's making is drawing, in seconds of all processors."""
    if find_spec("av") is None:
        return ""
    steps = sizes.steps * 2
    whole, drawing = alternate(
        sizes.repeats,
        partial(contender, "our_video", folder, steps=steps),
        partial(contender, "our_video", folder, steps=steps, write=False),
    )
    share = 100 * ratio(drawing, whole, "processors")
    head = ["video", "frames", "processor s", "of these drawing", "share", "target", "MB"]
    row = ["1920×1080, 60 frames a second, .mp4", str(whole[0].amount)]
    row += [f"{middle(runs, 'processors'):.1f}" for runs in (whole, drawing)]
    return markdown(head, [[*row, f"{share:.0f} %", AIMS["video"], _memory(whole)]])


def largest(folder: Path, sizes: Sizes) -> str:
    """3840×2160 pixels, 100,000 dots, 2,000 frames; and a tenth of these: is memory flat?"""
    rows = []
    for steps in (40, 400) if sizes.epochs > 10_000 else (1, 2):
        one = contender("our_largest", folder, steps=steps)
        per_frame = one.processors / one.amount * 1e3
        row = [str(one.amount), f"{one.seconds:.0f}", f"{one.processors:.0f}", f"{per_frame:.0f}"]
        rows.append([*row, _memory([one])])
    head = ["frames", "s", "processor s", "ms a frame", "MB"]
    return markdown(head, rows)


def growth(folder: Path, sizes: Sizes) -> str:
    """How time and memory of the two films grow with dots, frames and pixels."""
    steps = sizes.steps
    classic: dict[str, dict[str, Any]] = {
        "classic film": {"steps": steps},
        "10 × the dots": {"steps": steps, "times": 10},
        "10 × the frames": {"steps": 10 * steps},
        "4 × the pixels (and dots of 2 × the radius)": {"steps": steps, "zoom": 2},
    }
    cloth: dict[str, dict[str, Any]] = {
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
