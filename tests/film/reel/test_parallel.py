import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warpviz.arrays import Pixels
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel import workers
from warpviz.film.reel.parallel import _Course, drawn
from warpviz.film.reel.workers import WorkerEnded, hired
from warpviz.model import mlp
from warpviz.motion.timeline import Moment, Timeline
from warpviz.output.lookup import lookup_table, to_indices
from warpviz.picture.kinds import painter_of
from warpviz.picture.paint import Paints
from warpviz.picture.raster.blend import Canvas

ACTS = 3
TABLE = lookup_table(np.array([[13, 17, 26], [250, 160, 60], [60, 190, 250]], dtype=np.uint8))


@pytest.fixture(scope="module")
def painter() -> Paints:
    animation = animate(
        mlp([2, 2, 2], "relu", seed=3), make_data("rings", n=60), size=(240, 180), jobs=1
    )
    assert animation.timeline.acts == ACTS
    return painter_of(animation.scene)


def moments(steps: int) -> list[Moment]:
    return list(Timeline(ACTS, seconds=steps / 20))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started, which draw where there are no kernels."""
    monkeypatch.setattr(workers, "THREADS", False)
    found: list[subprocess.Popen[bytes]] = []
    popen: Callable[..., subprocess.Popen[bytes]] = subprocess.Popen

    def watched(*args: object, **options: object) -> subprocess.Popen[bytes]:
        found.append(popen(*args, **options))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 3])
def test_pictures_come_in_order_from_as_many_workers_as_pay(
    painter: Paints, jobs: int, started: list[subprocess.Popen[bytes]]
) -> None:
    course = moments(3 * workers.FEWEST // ACTS + 3)
    pictures = list(drawn(painter, course, TABLE, jobs))
    assert len(pictures) == len(course)
    # This process draws too.
    assert len(started) == min(jobs, len(course) // workers.FEWEST) - 1 > 0
    for moment, picture in zip(course, pictures, strict=True):
        expected = to_indices(painter.paint(moment.k, moment.t), TABLE)
        np.testing.assert_array_equal(picture, expected)


def test_short_films_start_no_worker(
    painter: Paints, started: list[subprocess.Popen[bytes]]
) -> None:
    course = moments(4)
    assert len(list(drawn(painter, course, TABLE, 8))) == len(course)
    assert not started


@pytest.mark.slow
def test_pixels_come_where_no_palette_is_given(painter: Paints, started: list[Any]) -> None:
    course = moments(2 * workers.FEWEST // ACTS + 3)
    for moment, picture in zip(course, drawn(painter, course, None, 2), strict=True):
        np.testing.assert_array_equal(picture, painter.paint(moment.k, moment.t))


def test_what_is_done_early_is_bounded(painter: Paints) -> None:
    # Memory must not grow with the film when its reader is slower than those who draw.
    course = _Course(moments(400), ahead=4)
    taken = [course.take() for _ in range(7)]
    assert taken == [0, 1, 2, 3, 4, None, None]
    course.asked = 2
    assert [course.take() for _ in range(3)] == [5, 6, None]


def test_leaving_early_ends_all_workers(
    painter: Paints, started: list[subprocess.Popen[bytes]]
) -> None:
    pictures = drawn(painter, moments(60), TABLE, 3)
    next(pictures)
    assert len(started) == 2
    pictures.close()
    assert all(worker.poll() is not None for worker in started)


def same(painter: Paints, pictures: Iterable[Pixels], course: Sequence[Moment]) -> None:
    for moment, picture in zip(course, pictures, strict=True):
        expected = to_indices(painter.paint(moment.k, moment.t), TABLE)
        np.testing.assert_array_equal(picture, expected)


@pytest.mark.slow
def test_a_worker_that_dies_costs_no_picture(
    painter: Paints, started: list[subprocess.Popen[bytes]]
) -> None:
    course = moments(100)
    pictures = drawn(painter, course, TABLE, 3)
    first = next(pictures)
    started[1].kill()
    same(painter, [first, *pictures], course)
    assert all(worker.poll() is not None for worker in started)


@pytest.mark.posix
@pytest.mark.many(quick=1)
@pytest.mark.parametrize("executable", ["/bin/false", "/no/such/program", "", None])
def test_where_no_worker_starts_the_film_is_drawn_all_the_same(
    painter: Paints, monkeypatch: pytest.MonkeyPatch, executable: str | None
) -> None:
    monkeypatch.setattr(workers, "THREADS", False)
    monkeypatch.setattr(sys, "executable", executable)
    course = moments(60)
    same(painter, drawn(painter, course, TABLE, 2), course)


@pytest.mark.parametrize("table", [TABLE, None])
def test_threads_draw_the_same_pictures(
    painter: Paints, table: Pixels | None, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "THREADS", True)
    course, who = moments(30), set()
    canvas = type(painter).canvas

    def watched(self: Any, k: int, t: float) -> Canvas:
        who.add(threading.get_ident())
        return canvas(self, k, t)

    monkeypatch.setattr(type(painter), "canvas", watched)
    pictures = list(drawn(painter, course, table, 3))
    assert len(who) > 1 and not started
    for moment, picture in zip(course, pictures, strict=True):
        expected = painter.paint(moment.k, moment.t)
        np.testing.assert_array_equal(
            picture, expected if table is None else to_indices(expected, table)
        )


def test_leaving_early_ends_all_threads(painter: Paints) -> None:
    before = threading.active_count()
    pictures = drawn(painter, moments(60), TABLE, 4)
    next(pictures)
    assert threading.active_count() > before
    pictures.close()
    assert threading.active_count() == before


def test_what_goes_wrong_in_a_thread_is_told_by_the_main_one(
    painter: Paints, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, k: int, t: float) -> Canvas:
        raise ArithmeticError("no picture")

    monkeypatch.setattr(type(painter), "canvas", broken)
    with pytest.raises(ArithmeticError, match="no picture"):
        list(drawn(painter, moments(30), TABLE, 3))


@pytest.mark.slow
def test_workers_import_what_this_process_imports(
    painter: Paints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "THREADS", False)
    # Neither a module that lies in the folder one works in, nor one that a package index calls by
    # the name of Python's own; and what is found through PYTHONPATH or sys.path alone is found.
    drew = tmp_path / "drew"
    (tmp_path / "site" / "warpviz").mkdir(parents=True)
    for name in ("pathlib.py", "warpviz/__init__.py"):
        for folder in (tmp_path, tmp_path / "site"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("raise SystemExit('the wrong one')")
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "found.py").write_text(f"open({str(drew)!r}, 'w')")
    monkeypatch.setattr(
        workers, "START", workers.START.replace("from warpviz", "import found; from warpviz")
    )
    monkeypatch.setattr(
        sys, "path", ["", *sys.path, str(tmp_path / "site"), str(tmp_path / "only")]
    )
    monkeypatch.chdir(tmp_path)
    course = moments(60)
    started = hired(painter.scene, len(course), 2)
    same(painter, drawn(painter, course, TABLE, 2, started), course)
    assert drew.exists()


@pytest.mark.slow
def test_a_worker_that_nobody_asks_any_more_says_nothing() -> None:
    for sent in (b"", b"\x80\x04cut"):
        command = [sys.executable, "-P", "-c", workers.START]
        done = subprocess.run(command, input=pickle.dumps(sys.path) + sent, capture_output=True)
        assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)


class Ends:
    """A worker that ends when it is asked to prepare, or to draw its second picture."""

    def __init__(self, prepares: bool) -> None:
        self.prepares, self.drew = prepares, 0

    def prepare(self, table: Pixels | None) -> None:
        if not self.prepares:
            raise WorkerEnded

    def draw(self, moment: Moment) -> Pixels:
        self.drew += 1
        if self.drew == 2:
            raise WorkerEnded
        return np.zeros((1, 1), dtype=np.uint8)

    def end(self) -> None:
        """Nothing to leave."""


def test_the_picture_of_a_worker_that_ended_is_drawn_by_another() -> None:
    course = _Course(moments(10), 4)
    course.serve(Ends(prepares=True), None)
    assert list(course.done) == [0] and course.lost == [1]
    assert [course.take() for _ in range(3)] == [1, 2, 3]
    never = _Course(moments(10), 4)
    never.serve(Ends(prepares=False), None)
    assert not never.done and not never.lost and never.take() == 0
