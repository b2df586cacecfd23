"""Who draws beside the main thread: threads of this process, or processes of their own.

Where there are compiled kernels, most of a picture is made while Python does other things, and
threads are enough. Without, each worker is a fresh interpreter that gets the scene and then one
moment after the other on its standard input, and answers with pictures on its standard output. So
the main program needs no guard and nothing is forked.
"""

import math
import os
import pickle
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO, Protocol

import numpy as np

from warpviz import version
from warpviz.arrays import Pixels
from warpviz.compiled import KERNELS
from warpviz.film.reel.indexed import canvas_indices
from warpviz.motion.timeline import Moment
from warpviz.output.lookup import to_indices
from warpviz.picture.figure import AnyScene
from warpviz.picture.kinds import painter_of
from warpviz.picture.paint import Paints

FEWEST = 24
"""Films of fewer frames a process are drawn sooner than workers start."""
THREADS = KERNELS is not None
"""Whether threads draw at the same time."""
START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from warpviz.film.reel.workers import work; work(sys.stdin.buffer, sys.stdout.buffer)"
)
"""What a worker runs: it imports from where this process does, and in the same order."""


class WorkerEnded(Exception):
    """A worker is no more."""


class Draws(Protocol):
    """Who draws pictures, one at a time."""

    def prepare(self, table: Pixels | None) -> None:
        """Say what is wanted: palette indices by a table, see `to_indices`, or pixels."""

    def draw(self, moment: Moment) -> Pixels:
        """A picture: (H, W) indices or (H, W, 3 or 4) pixels; WorkerEnded if it cannot."""

    def end(self) -> None:
        """Draw nothing more."""


class Hand:
    """A thread's share of the drawing."""

    def __init__(self, painter: Paints) -> None:
        self.painter = painter
        self.table: Pixels | None = None

    def prepare(self, table: Pixels | None) -> None:
        """Say what is wanted, as of a Worker."""
        self.table = table

    def draw(self, moment: Moment) -> Pixels:
        """The picture of a moment."""
        try:
            return picture_of(self.painter, moment, self.table)
        except Exception:  # The main thread draws it again, and tells what is wrong.
            raise WorkerEnded from None

    def end(self) -> None:
        """There is nothing to end: who draws looks for more to draw."""


class Worker:
    """A process that draws a scene's pictures, one at a time."""

    def __init__(self, scene: AnyScene) -> None:
        self.size = scene.size
        self.channels = 4 if scene.theme.transparent else 3
        self._shape: tuple[int, ...] = ()
        import subprocess  # Where threads draw, nobody needs it.

        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What goes wrong here goes wrong in the main process too, which tells it.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            # Ctrl-C is for the main process; it ends its workers itself.
            start_new_session=True,
            # Windows has a way of its own for that.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        # In a thread, because a large scene is taken only when the interpreter has started.
        self._briefing = Thread(target=self._brief, args=(scene,), daemon=True)
        self._briefing.start()

    def _brief(self, scene: AnyScene) -> None:
        with suppress(WorkerEnded):
            self._send(_places())
            self._send(scene)

    def prepare(self, table: Pixels | None) -> None:
        """Say what is wanted: palette indices by a table, see `to_indices`, or pixels."""
        self._briefing.join()
        width, height = self.size
        self._shape = (height, width, self.channels) if table is None else (height, width)
        self._send(table)

    def draw(self, moment: Moment) -> Pixels:
        """The picture of a moment: (H, W) indices or (H, W, 3 or 4) pixels."""
        self._send((moment.k, moment.t))
        count = math.prod(self._shape)
        assert self.process.stdout is not None
        data = self.process.stdout.read(count)
        if len(data) < count:
            raise WorkerEnded
        return np.frombuffer(data, dtype=np.uint8).reshape(self._shape)

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _send(self, what: object) -> None:
        assert self.process.stdin is not None
        try:
            pickle.dump(what, self.process.stdin)
            self.process.stdin.flush()
        except (OSError, ValueError):  # the pipe is broken, or closed
            raise WorkerEnded from None


def hired(scene: AnyScene, frames: int, jobs: int, owner: object | None = None) -> list[Worker]:
    """Start as many workers as a film of so many frames is worth; they make the scene ready.

    Args:
        scene: what they will draw.
        frames: how many pictures the film has.
        jobs: how many may draw, this process too.
        owner: with whose end they end.
    """
    workers: list[Worker] = []
    if THREADS:
        return workers
    if not sys.executable or getattr(sys, "frozen", False):  # There is no interpreter to start.
        return workers
    try:
        with suppress(OSError):
            for _ in range(min(jobs, frames // FEWEST) - 1):
                workers.append(Worker(scene))
    except BaseException:
        dismiss(workers)
        raise
    if owner is not None:
        weakref.finalize(owner, dismiss, workers)
    return workers


def dismiss(workers: Sequence[Draws]) -> None:
    """End workers, whatever they are doing."""
    for worker in workers:
        worker.end()


def picture_of(painter: Paints, moment: Moment | tuple[int, float], table: Pixels | None) -> Pixels:
    """A moment as palette indices by a table, or as pixels."""
    k, t = moment[:2]
    if table is None:
        return painter.paint(k, t)
    if painter.scene.theme.transparent:
        return to_indices(painter.paint(k, t)[..., :3], table)
    return canvas_indices(painter.canvas(k, t), table)


def _places() -> list[str]:
    """Where this process imports from, and so where its package is; not the folder it is in."""
    root = str(Path(version.__file__).resolve().parents[1])
    return [*filter(None, sys.path), root]


def work(source: IO[bytes], target: IO[bytes]) -> None:
    """Draw what is asked for, as long as somebody asks."""
    # Not needed, or not needed any more; or who asked is no more.
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        painter = painter_of(pickle.load(source))
        table = pickle.load(source)
        while True:
            target.write(picture_of(painter, pickle.load(source), table).tobytes())
            target.flush()
