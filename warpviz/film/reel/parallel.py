"""Pictures drawn on several cores, in order.

Each worker is a fresh interpreter that gets the scene and then one moment after the other on its
standard input, and answers with pictures on its standard output. So the main program needs no
guard and nothing is forked. This process draws too, from the first moment on: whoever is free
takes the next picture, and what is done early waits, `AHEAD` pictures a worker at most. A worker
that cannot start, or ends, costs no film: others draw what it would have drawn.
"""

import math
import os
import pickle
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import IO

import numpy as np

from warpviz import version
from warpviz.arrays import Pixels
from warpviz.motion.timeline import Moment
from warpviz.output.lookup import to_indices
from warpviz.picture.figure import AnyScene
from warpviz.picture.kinds import painter_of
from warpviz.picture.paint import Paints

FEWEST = 24
"""Films of fewer frames a process are drawn sooner than workers start."""
AHEAD = 2
START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from warpviz.film.reel.parallel import work; work(sys.stdin.buffer, sys.stdout.buffer)"
)
"""What a worker runs: it imports from where this process does, and in the same order."""


class WorkerEnded(Exception):
    """A worker is no more."""


class Worker:
    """A process that draws a scene's pictures, one at a time."""

    def __init__(self, scene: AnyScene) -> None:
        self.size = scene.size
        self._shape: tuple[int, ...] = ()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What goes wrong here goes wrong in the main process too, which tells it.
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            # Ctrl-C is for the main process; it ends its workers itself.
            start_new_session=True,
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
        self._shape = (height, width, 3) if table is None else (height, width)
        self._send(table)

    def draw(self, moment: Moment) -> Pixels:
        """The picture of a moment: (H, W) indices or (H, W, 3) pixels."""
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


def cores(jobs: int) -> int:
    """How many processes draw: 0 is one a core."""
    return jobs or os.cpu_count() or 1


def hired(scene: AnyScene, frames: int, jobs: int) -> list[Worker]:
    """Start as many workers as a film of so many frames is worth; they make the scene ready.

    Args:
        scene: what they will draw.
        frames: how many pictures the film has.
        jobs: how many processes may draw, this one too.
    """
    workers: list[Worker] = []
    if not sys.executable or getattr(sys, "frozen", False):  # There is no interpreter to start.
        return workers
    try:
        with suppress(OSError):
            for _ in range(min(jobs, frames // FEWEST) - 1):
                workers.append(Worker(scene))
    except BaseException:
        dismiss(workers)
        raise
    return workers


def dismiss(workers: Sequence[Worker]) -> None:
    """End workers, whatever they are doing."""
    for worker in workers:
        worker.end()


class _Course:
    """Which pictures are taken and which are done, for all who draw."""

    def __init__(self, moments: Sequence[Moment], ahead: int) -> None:
        self.moments = moments
        self.ahead = ahead
        self.changed = Condition()
        self.asked = 0
        self.taken = 0
        self.done: dict[int, Pixels] = {}
        self.lost: list[int] = []

    def take(self) -> int | None:
        """The next picture that nobody draws yet; None where enough of them wait."""
        if self.lost:
            return self.lost.pop()
        if self.taken < min(len(self.moments), self.asked + 1 + self.ahead):
            self.taken += 1
            return self.taken - 1
        return None

    def serve(self, worker: Worker, table: Pixels | None) -> None:
        """Have a worker draw until all pictures are taken or it ends."""
        index = None
        try:
            worker.prepare(table)
            while True:
                with self.changed:
                    while (index := self.take()) is None:
                        if self.taken == len(self.moments):
                            return
                        self.changed.wait()
                picture = worker.draw(self.moments[index])
                with self.changed:
                    self.done[index] = picture
                    self.changed.notify_all()
        except WorkerEnded:
            with self.changed:
                if index is not None:
                    self.lost.append(index)
                self.changed.notify_all()


def drawn(
    painter: Paints,
    moments: Sequence[Moment],
    table: Pixels | None,
    jobs: int,
    workers: Sequence[Worker] | None = None,
) -> Generator[Pixels, None, None]:
    """The picture of each moment, in order.

    Args:
        painter: draws them.
        moments: what to draw.
        table: from colours to palette indices (H, W), see `to_indices`; None for pixels (H, W, 3).
        jobs: how many processes may draw.
        workers: those that were hired for the painter's scene before; None hires them now.
    """
    if workers is None:
        workers = hired(painter.scene, len(moments), jobs)
    course = _Course(moments, AHEAD * len(workers))
    try:
        for worker in workers:
            Thread(target=course.serve, args=(worker, table), daemon=True).start()
        for index in range(len(moments)):
            while True:
                with course.changed:
                    course.asked = index
                    course.changed.notify_all()
                    picture = course.done.pop(index, None)
                    if picture is not None:
                        break
                    own = course.take()
                    if own is None:
                        course.changed.wait(1.0)  # Not for ever: Windows hears no Ctrl-C then.
                        continue
                picture = _draw(painter, moments[own], table)
                with course.changed:
                    course.done[own] = picture
            yield picture
    finally:
        dismiss(workers)


def _draw(painter: Paints, moment: Moment | tuple[int, float], table: Pixels | None) -> Pixels:
    k, t = moment[:2]
    pixels = painter.paint(k, t)
    return pixels if table is None else to_indices(pixels, table)


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
            target.write(_draw(painter, pickle.load(source), table).tobytes())
            target.flush()
