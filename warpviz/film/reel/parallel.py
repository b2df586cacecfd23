"""Pictures drawn on several cores, in order.

The main thread draws too, from the first moment on: whoever is free takes the next picture, and
what is done early waits, `AHEAD` pictures each at most. Who cannot start, or ends, costs no film:
others draw what it would have drawn.
"""

import os
from collections.abc import Generator, Sequence
from threading import Condition, Thread

from warpviz.arrays import Pixels
from warpviz.film.reel import workers as who
from warpviz.film.reel.workers import Draws, Hand, WorkerEnded, dismiss, hired, picture_of
from warpviz.motion.timeline import Moment
from warpviz.picture.paint import Paints

AHEAD = 2


def cores(jobs: int) -> int:
    """How many draw: 0 is one a core."""
    return jobs or os.cpu_count() or 1


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
        self.over = False

    def take(self) -> int | None:
        """The next picture that nobody draws yet; None where enough of them wait."""
        if self.lost:
            return self.lost.pop()
        if self.taken < min(len(self.moments), self.asked + 1 + self.ahead):
            self.taken += 1
            return self.taken - 1
        return None

    def serve(self, worker: Draws, table: Pixels | None) -> None:
        """Have a worker draw until all pictures are taken or it ends."""
        index = None
        try:
            worker.prepare(table)
            while True:
                with self.changed:
                    while not self.over and (index := self.take()) is None:
                        if self.taken == len(self.moments):
                            return
                        self.changed.wait()
                    if self.over or index is None:
                        return
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
    workers: Sequence[Draws] | None = None,
) -> Generator[Pixels, None, None]:
    """The picture of each moment, in order.

    Args:
        painter: draws them.
        moments: what to draw.
        table: from colours to palette indices (H, W), see `to_indices`; None for pixels (H, W, 3).
        jobs: how many may draw at the same time.
        workers: those that were hired for the painter's scene before; None hires them now.
    """
    if who.THREADS:
        workers = [Hand(painter) for _ in range(min(jobs, len(moments)) - 1)]
    elif workers is None:
        workers = hired(painter.scene, len(moments), jobs)
    course = _Course(moments, AHEAD * len(workers))
    threads = [Thread(target=course.serve, args=(worker, table), daemon=True) for worker in workers]
    try:
        for thread in threads:
            thread.start()
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
                picture = picture_of(painter, moments[own], table)
                with course.changed:
                    course.done[own] = picture
            yield picture
    finally:
        with course.changed:
            course.over = True
            course.changed.notify_all()
        dismiss(workers)
        for thread in threads:
            if thread.ident is not None:  # it was started
                thread.join()
