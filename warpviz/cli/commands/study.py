"""The verb study: many networks, their tables and figures."""

import os
import time
from argparse import Namespace
from dataclasses import fields
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable
from warpviz.cli.console import Console
from warpviz.cli.failures import working
from warpviz.cli.outputs import refuse_twice, theme_of
from warpviz.cli.progress import counting
from warpviz.errors import WarpvizError
from warpviz.figures.files import SUFFIXES as STILLS
from warpviz.figures.files import check_plot
from warpviz.names import unknown_name
from warpviz.studies.estimate import in_words, seconds_needed
from warpviz.studies.folder import Folder
from warpviz.studies.grid import Grid
from warpviz.studies.making import check_workers, study_steps
from warpviz.studies.points import Points, points_of
from warpviz.studies.studied import Study
from warpviz.studies.tables import classify, fields_of
from warpviz.theme import Theme

TOLD = 30.0
"""Seconds between two notes on how far it is, where there is no bar."""
PLOT = ("epoch", "train_accuracy", "activation")


def study(args: Namespace, console: Console) -> None:
    """Train and measure a grid of networks, and write what came of them."""
    folder, others = _outputs(args)
    plot = tuple(getattr(args, "plot", PLOT))
    if not 2 <= len(plot) <= 3:
        raise WarpvizError(f"--plot expects X,Y or X,Y,BY, got {','.join(plot)!r}.")
    if "plot" in args and not any(path.suffix.lower() in STILLS for path in others):
        raise WarpvizError("--plot is about a picture; name it with -o figure.svg.")
    theme = theme_of(args, "light", console)
    names = {each.name for each in fields(Grid)}
    grid = Grid.of({name: value for name, value in vars(args).items() if name in names})
    _check_plot(grid, plot)
    jobs, scheduler = getattr(args, "jobs", 0), getattr(args, "scheduler", None)
    check_workers(jobs, scheduler)
    grid.check_packages()
    points = points_of(grid)
    count = jobs or os.cpu_count() or 1
    with working():
        left = [p for p in grid.parts() if folder is None or not Folder(folder).has(p)]
        missing = sum(len(part.seeds) for part in left)
        if "dry_run" in args or missing:
            _tell(grid, points, console, missing, args, count)
        if "dry_run" in args:
            return
    steps = study_steps(
        grid,
        folder,
        jobs=jobs,
        resume="resume" in args,
        scheduler=scheduler,
        points=points,
    )
    with working():
        try:
            made = _made(steps, len(grid), console)
        except KeyboardInterrupt as error:
            if folder is not None:
                error.args = (_kept(grid, folder),)
            raise
        if folder is not None:
            console.path(folder)
        _write(made, others, plot, theme, console)


def _outputs(args: Namespace) -> tuple[Path | None, list[Path]]:
    """The folder that keeps the study, and the other files, all checked."""
    names = [Path(name) for name in getattr(args, "output", ["study.parquet"])]
    refuse_twice("-o", [str(name) for name in names])
    folders = [path for path in names if path.suffix.lower() == ".parquet"]
    others = [path for path in names if path not in folders]
    if len(folders) > 1:
        raise WarpvizError(f"A study is kept in one folder, got {folders[0]} and {folders[1]}.")
    for path in others:
        if path.suffix.lower() in STILLS:
            check_plot(path)
        elif path.suffix.lower() in (".csv", ".html"):
            check_writable(path)
        else:
            raise WarpvizError(
                f"A study is written as .parquet, .csv, .html, .svg, .pdf or .png, got '{path}'."
            )
    if "resume" in args and not folders:
        raise WarpvizError("--resume goes on with a folder; name it with -o study.parquet.")
    if not folders:
        return None, others
    parent = folders[0].parent
    if not parent.is_dir():
        raise WarpvizError(
            f"Cannot write {folders[0]}: the folder {parent} does not exist; create it first."
        )
    if folders[0].exists() and "resume" not in args:
        raise WarpvizError(
            f"{folders[0]} is there already; go on with it by --resume, or name another."
        )
    return folders[0], others


def _check_plot(grid: Grid, plot: tuple[str, ...]) -> None:
    """Refuse columns that the tables will not have, before any work."""
    known = [each.name for table in ("rows", "runs") for each in fields_of(table, grid)]
    for name in plot:
        if name not in known:
            raise unknown_name("column", name, list(dict.fromkeys(known)))


def _tell(
    grid: Grid, points: dict[str, Points], console: Console, missing: int, args: Namespace,
    jobs: int,
) -> None:  # fmt: skip
    """Say how many networks there are, and how long they take: nobody tries it out for nobody."""
    if console.quiet:
        return
    shapes = len(list(grid.shapes()))
    seeds = f"{len(grid.seeds)} seed{'s' * (len(grid.seeds) != 1)}"
    times = len(grid.epochs_at)
    rest = "" if missing == len(grid) else f", {missing:,} still to do"
    console.note(
        f"{len(grid):,} network{'s' * (len(grid) != 1)}: {shapes} shape{'s' * (shapes != 1)} of "
        f"{seeds}{rest}; {grid.epochs:,} epochs of {grid.optimizer}, measured at {times} of them"
    )
    seconds = seconds_needed(grid, points) * missing / len(grid)
    if "scheduler" in args:
        console.note(f"about {in_words(seconds)} of work, shared among the scheduler's workers")
    else:
        console.note(f"about {in_words(seconds / jobs)} with {jobs} process{'es' * (jobs != 1)}")


def _made(steps: Any, total: int, console: Console) -> Study:
    """Run a study to its end, and tell how far it is."""
    started, at_start, told = time.monotonic(), None, time.monotonic()
    with counting("study", total, console) as bar:
        for step in steps:
            if isinstance(step, Study):
                return step
            at_start = step.networks if at_start is None else at_start
            bar(step.networks, "")
            now, new = time.monotonic(), step.networks - at_start
            if now - told > TOLD and new:
                left = (now - started) / new * (step.of - step.networks)
                console.note(
                    f"{step.networks:,} of {step.of:,} networks, about {in_words(left)} left"
                )
                told = now
    raise AssertionError("a study ends with its tables")


def _kept(grid: Grid, folder: Path) -> str:
    """What to say of a study that was ended on its way."""
    kept = sum(len(part.seeds) for part in grid.parts() if Folder(folder).has(part))
    return (
        f"Interrupted; {kept:,} of {len(grid):,} networks are kept in {folder}: "
        "go on by the same command with --resume."
    )


def _write(
    made: Study, paths: list[Path], plot: tuple[str, ...], theme: Theme, console: Console
) -> None:
    for path in paths:
        if path.suffix.lower() == ".csv":
            console.path(made.csv(path))
            console.path(made.csv(path.with_name(f"{path.stem}-runs{path.suffix}"), "runs"))
        elif path.suffix.lower() == ".html":
            console.path(made.report(path))
        else:
            by = plot[2] if len(plot) == 3 else None
            console.path(made.plot(plot[0], plot[1], by).save(path, theme=theme))
    runs = made.runs
    solved = int(runs["solved"].sum())
    console.note(f"{solved:,} of {len(runs):,} networks {classify(solved)}")
