"""`study`: from a grid to the tables, step by step."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from warpviz.arguments import kinds_checked
from warpviz.errors import WarpvizError
from warpviz.studies.folder import Folder, facts_of
from warpviz.studies.grid import Grid
from warpviz.studies.needed import needed
from warpviz.studies.points import Points, points_of
from warpviz.studies.studied import Study
from warpviz.studies.work import Done, work

MOST_JOBS = 4096
ADDRESS = re.compile(r"(\w+://)?[\w.:\[\]-]+:\d+")


@kinds_checked
def study(
    grid: Mapping[str, Any],
    path: str | Path | None = None,
    *,
    jobs: int = 1,
    resume: bool = False,
    scheduler: str | None = None,
) -> Study:
    """Train every network of a grid, and measure all of them at some epochs.

    All seeds of a shape are trained as one batch. Each network has one start, and no penalties
    unless they are asked for. Needs `pip install 'warpviz[study]'`.

    Args:
        grid: the keys of `Grid`; one value may stand for a list of it, and "0:50" for seeds.
        path: the folder that will hold it, see `Folder`; None is one that goes with the study.
        jobs: processes; 0 is one a core. Tables have the same bytes for any number.
        resume: go on where an earlier call with the same grid and path was ended.
        scheduler: address of one of dask.distributed, whose workers do it instead.

    Raises:
        WarpvizError: before any work, where the grid makes no sense or the folder is there.

    >>> found = study({"layers": [[2], [3]], "seeds": "0:3", "epochs": 30, "points": 60})
    >>> found.runs.groupby("layers").size().to_dict()
    {'2': 3, '3': 3}
    >>> found.rows[found.rows.epoch == 30].groupby("stop").size().to_dict()
    {0: 6, 1: 6, 2: 6, 3: 6}
    >>> found.chain(4, 30)
    Chain([Dense.of(2, 3, 'relu'), Dense.of(3, 2), Softmax()])  # 17 parameters
    """
    if not grid:
        raise WarpvizError("study expects a grid, such as {'layers': [[4, 4]]}, got an empty one.")
    return finished(study_steps(Grid.of(grid), path, jobs=jobs, resume=resume, scheduler=scheduler))


def finished(steps: Iterator[Done | Study]) -> Study:
    """Run the steps of a study to their end."""
    for step in steps:
        if isinstance(step, Study):
            return step
    raise AssertionError("steps end with a Study")


def study_steps(
    grid: Grid,
    path: str | Path | None = None,
    *,
    jobs: int = 1,
    resume: bool = False,
    scheduler: str | None = None,
    points: Mapping[str, Points] | None = None,
) -> Iterator[Done | Study]:
    """The same step by step, for a progress bar: yields `Done` a part, at the end the `Study`.

    Raises:
        WarpvizError: as `study` does; all but what happens on the way by the call itself.
    """
    check_workers(jobs, scheduler)
    grid.check_packages()
    points = points or points_of(grid)
    facts = facts_of(grid, points)
    folder = Folder(Path(mkdtemp(prefix="warpviz-study-") if path is None else path))
    made = Study(folder.path, grid)
    if path is None:
        finalize(made, rmtree, folder.path, ignore_errors=True)
    folder.begin(facts, resume=resume)
    return _steps(made, points, folder, facts, jobs, scheduler)


def check_workers(jobs: int, scheduler: str | None = None) -> None:
    """Refuse a number of processes, or an address, that makes no sense; and missing packages.

    Raises:
        WarpvizError: for these.
    """
    if not 0 <= jobs <= MOST_JOBS:
        raise WarpvizError(f"study expects jobs from 0 to {MOST_JOBS}, got {jobs}.")
    if scheduler is not None and not ADDRESS.fullmatch(scheduler):
        raise WarpvizError(
            f"study expects a scheduler's address such as tcp://host:8786, got {scheduler!r}."
        )
    for module in ("pandas", "joblib", "threadpoolctl", *(["distributed"] if scheduler else [])):
        needed(module)


def _steps(
    made: Study,
    points: Mapping[str, Points],
    folder: Folder,
    facts: Mapping[str, Any],
    jobs: int,
    scheduler: str | None,
) -> Iterator[Done | Study]:
    yield from work(made.grid, points, folder, facts, jobs=jobs, scheduler=scheduler)
    yield made
