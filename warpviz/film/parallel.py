"""Pictures drawn on several cores, in order.

Each worker is a fresh interpreter that gets the scene on its standard input and sends every n-th
picture back on its standard output. So the main program needs no guard, nothing is forked, and
at most one picture per worker waits.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

import numpy as np

from warpviz.arrays import Pixels
from warpviz.errors import WarpvizError
from warpviz.motion.timeline import Moment
from warpviz.output.lookup import to_indices
from warpviz.picture.classic import ClassicScene
from warpviz.picture.paint import Paints, painter_of
from warpviz.picture.scene import Scene

FEWEST = 24
"""Films of fewer frames a worker are drawn sooner than workers start."""


Worker = subprocess.Popen[bytes]


def hired(scene: Scene | ClassicScene, frames: int, jobs: int) -> list[Worker]:
    """Start as many workers as a film of so many frames is worth; they make the scene ready.

    Args:
        scene: what they will draw.
        frames: how many pictures the film has.
        jobs: how many processes may draw; none are started for one.
    """
    jobs = min(jobs, frames // FEWEST)
    workers: list[Worker] = []
    try:
        for _ in range(jobs if jobs > 1 else 0):
            worker = subprocess.Popen(
                [sys.executable, "-P", "-m", "warpviz.film.parallel"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=_environment(),
                # Ctrl-C is for the main process; it ends its workers itself.
                start_new_session=True,
            )
            workers.append(worker)
            _send(worker, scene)
    except BaseException:
        dismiss(workers)
        raise
    return workers


def dismiss(workers: Sequence[Worker]) -> None:
    """End workers, whatever they are doing."""
    for worker in workers:
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        worker.kill()
        worker.wait()


def drawn(
    painter: Paints,
    moments: Sequence[Moment],
    table: Pixels,
    jobs: int,
    workers: Sequence[Worker] | None = None,
) -> Generator[Pixels, None, None]:
    """Palette indices (H, W) of each moment, in order.

    Args:
        painter: draws them.
        moments: what to draw.
        table: from colours to palette indices, see `to_indices`.
        jobs: how many processes may draw.
        workers: those that were hired for the painter's scene before; None hires them now.
    """
    if workers is None:
        workers = hired(painter.scene, len(moments), jobs)
    if not workers:
        for moment in moments:
            yield to_indices(painter.paint(moment.k, moment.t), table)
        return
    width, height = painter.scene.size
    try:
        for number, worker in enumerate(workers):
            _send(worker, (table, list(moments[number :: len(workers)])))
        for index in range(len(moments)):
            worker = workers[index % len(workers)]
            assert worker.stdout is not None
            data = worker.stdout.read(width * height)
            if len(data) < width * height:
                raise _ended(worker)
            yield np.frombuffer(data, dtype=np.uint8).reshape(height, width)
    finally:
        dismiss(workers)


def _send(worker: Worker, what: object) -> None:
    assert worker.stdin is not None
    try:
        pickle.dump(what, worker.stdin)
        worker.stdin.flush()
    except OSError:
        raise _ended(worker) from None


def _environment() -> dict[str, str]:
    """Workers import the package that this process uses, not what lies in its folder."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": root, "OPENBLAS_NUM_THREADS": "1"}


def _ended(worker: Worker) -> WarpvizError:
    return WarpvizError(
        f"A drawing process ended early (exit code {worker.wait()}); try again with --jobs 1."
    )


def _work(source: IO[bytes], target: IO[bytes]) -> None:
    try:
        painter = painter_of(pickle.load(source))
        table, moments = pickle.load(source)
    except EOFError:
        return  # Hired, but not needed.
    for moment in moments:
        target.write(to_indices(painter.paint(moment.k, moment.t), table).tobytes())
        target.flush()


if __name__ == "__main__":
    _work(sys.stdin.buffer, sys.stdout.buffer)
