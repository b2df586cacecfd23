"""All parts of a study, over processes by joblib and over machines by Dask.

parts not yet in the folder ──joblib──► Filled, in any order ──put──► the folder

Workers compute, and this process alone writes: no worker needs to see the folder.
"""

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Any

from warpviz.errors import WarpvizError
from warpviz.studies.folder import Folder
from warpviz.studies.grid import Grid, Part
from warpviz.studies.needed import needed
from warpviz.studies.part import Filled, filled
from warpviz.studies.points import Points

WATCHED = 0.5
"""Seconds between two looks of a worker at its parent."""
REACHED = 20
"""Seconds in which a scheduler answers."""


@dataclass(frozen=True)
class Done:
    """How far a study has come: networks that are written, of how many."""

    networks: int
    of: int


def work(
    grid: Grid,
    points: Mapping[str, Points],
    folder: Folder,
    facts: Mapping[str, Any],
    *,
    jobs: int = 1,
    scheduler: str | None = None,
) -> Iterator[Done]:
    """Do what is not done yet; what is written is the same for any number of workers.

    Args:
        grid: of the study.
        points: its data, by name.
        folder: that was begun.
        facts: how it is made; they go into every file.
        jobs: processes; 0 is one a core.
        scheduler: address of one of `dask.distributed`, whose workers do it instead.

    Raises:
        WarpvizError: the scheduler does not answer, or a worker was killed.
    """
    parts = list(grid.parts())
    todo = [part for part in parts if not folder.has(part)]
    finished = len(grid) - sum(len(part.seeds) for part in todo)
    yield Done(finished, len(grid))
    if not todo:
        return
    joblib = needed("joblib")
    told = {name: facts[name] for name in ("grid", "versions", "data")}
    with ExitStack() as stack:
        if scheduler is not None:
            client = stack.enter_context(_client(scheduler))
            stack.enter_context(joblib.parallel_config(backend="dask", client=client))
        parallel = joblib.Parallel(
            n_jobs=-1 if scheduler is not None else min(jobs or joblib.cpu_count(), len(todo)),
            return_as="generator_unordered",
            batch_size=1,
        )
        parent = None if scheduler is not None else os.getpid()
        tasks = (
            joblib.delayed(_filled)(parent, part, grid, points[part.shape.data], told)
            for part in todo
        )
        try:
            for done in parallel(tasks):
                folder.put(done)
                finished += len(done.part.seeds)
                yield Done(finished, len(grid))
        except Exception as error:
            if type(error).__name__ not in ("TerminatedWorkerError", "KilledWorker"):
                raise
            raise WarpvizError(
                "A worker of the study was killed, perhaps for want of memory; what is done is "
                "kept: go on with --resume and fewer --jobs."
            ) from error


def _filled(
    parent: int | None, part: Part, grid: Grid, points: Points, facts: Mapping[str, Any]
) -> Filled:
    """`filled` in a process that ends with the one that started it."""
    if parent is not None and parent != os.getpid():
        _end_with(parent)
    return filled(part, grid, points, facts)


@cache
def _end_with(parent: int) -> None:
    """Watch whether the parent is still there: a worker that waits for work would not see it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCHED)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _client(address: str) -> Any:
    """A connection to a scheduler, closed at the end of a with block."""
    distributed = needed("distributed")
    try:
        return distributed.Client(address, timeout=REACHED, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WarpvizError(
            f"No scheduler of Dask answers at {address}; start one by `dask scheduler` and name "
            "its address, such as tcp://host:8786."
        ) from error
