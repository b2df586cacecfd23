"""Several files of one film, each picture drawn once.

Every writer pulls its pictures from a copy of the film, in a thread of its own; the pictures are
drawn in the calling thread and handed to all copies. A copy that is slower than the others holds
them up, so no more than a few pictures wait.

    film.shots() ──► shot ──┬──► copy ──► write the GIF
      (this thread)         ├──► copy ──► write the video
                            └──► copy ──► …
"""

from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from queue import Empty, Full, Queue

from warpviz.arrays import Pixels
from warpviz.output.lookup import to_indices
from warpviz.picture.film import Film, Shot, Writer, Written
from warpviz.picture.frame import Frame

WAITING = 3
"""Pictures that a copy may be behind."""
LOOK = 0.2
"""Seconds after which a thread that waits looks whether the other side is still there."""


class _GivenUp(BaseException):
    """The film ended before its last picture."""


class _Copy:
    """The film as one writer sees it: words from the film, pictures from a queue."""

    def __init__(self, film: Film) -> None:
        self._queue: Queue[Shot | None] = Queue(WAITING)
        self._poster = film.poster()
        self._length = len(film)
        self.given_up = False
        self.size, self.transparent, self.loop = film.size, film.transparent, film.loop
        self.palette = film.palette
        self.title, self.description = film.title, film.description
        self.fps, self.seconds, self.chapters = film.fps, film.seconds, film.chapters

    def __len__(self) -> int:
        return self._length

    def shots(self) -> Generator[Shot, None, None]:
        """Every picture in order."""
        for _ in range(self._length):
            yield self._taken()

    def indexed(self, table: Pixels) -> Generator[tuple[Pixels, int], None, None]:
        """Every picture as palette indices with its centiseconds."""
        for shot in self.shots():
            yield to_indices(shot.pixels, table), shot.centiseconds

    def poster(self) -> Frame:
        """The picture that stands for the film."""
        return self._poster

    def put(self, shot: Shot, writer: Future[Written]) -> None:
        """Hand a picture over; not to a writer that has ended."""
        while not writer.done():
            try:
                self._queue.put(shot, timeout=LOOK)
                return
            except Full:
                continue

    def _taken(self) -> Shot:
        while True:
            try:
                shot = self._queue.get(timeout=LOOK)
            except Empty:
                shot = None
            if shot is not None:
                return shot
            if self.given_up:
                raise _GivenUp


def written_together(
    film: Film, jobs: Sequence[tuple[Writer, Path]]
) -> Generator[Written, None, None]:
    """Write a film with several writers at once; yield what each has written, in order.

    Raises:
        WarpvizError: as the first writer that fails; the others are then given up, and what they
            would have replaced stays.
    """
    copies = [_Copy(film) for _ in jobs]
    with ThreadPoolExecutor(len(jobs)) as pool:
        tasks = [
            partial(writer, copy, path) for copy, (writer, path) in zip(copies, jobs, strict=True)
        ]
        running: list[Future[Written]] = []
        try:
            # An interruption may come between two: the first is given up then too.
            for task in tasks:
                running.append(pool.submit(task))
            with closing(film.shots()) as shots:
                for shot in shots:
                    for copy, writer in zip(copies, running, strict=True):
                        copy.put(shot, writer)
                    failed = [one for one in running if one.done() and one.exception()]
                    if failed:
                        failed[0].result()
            for writer in running:
                yield writer.result()
        finally:
            for copy in copies:
                copy.given_up = True
