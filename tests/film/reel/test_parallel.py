import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel import parallel
from warpviz.film.reel.parallel import _Course, drawn
from warpviz.model import mlp
from warpviz.motion.timeline import Moment, Timeline
from warpviz.output.lookup import lookup_table, to_indices
from warpviz.picture.kinds import painter_of
from warpviz.picture.paint import Paints

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
    """The workers that were started."""
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
    course = moments(3 * parallel.FEWEST // ACTS + 3)
    pictures = list(drawn(painter, course, TABLE, jobs))
    assert len(pictures) == len(course)
    # This process draws too.
    assert len(started) == min(jobs, len(course) // parallel.FEWEST) - 1 > 0
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
def test_pixels_come_where_no_palette_is_given(painter: Paints) -> None:
    course = moments(2 * parallel.FEWEST // ACTS + 3)
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


def test_a_worker_that_dies_is_told_in_one_sentence(
    painter: Paints, started: list[subprocess.Popen[bytes]]
) -> None:
    pictures = drawn(painter, moments(400), TABLE, 3)
    next(pictures)
    started[1].kill()
    with pytest.raises(WarpvizError, match=r"A drawing process ended early .*--jobs 1"):
        list(pictures)
    assert all(worker.poll() is not None for worker in started)


def test_a_worker_that_does_not_start_is_told_in_one_sentence(
    painter: Paints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(WarpvizError, match="A drawing process ended early"):
        list(drawn(painter, moments(60), TABLE, 2))


@pytest.mark.slow
def test_workers_draw_wherever_the_program_runs(
    painter: Paints, tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A worker must find the package that this process uses, not what lies in its folder.
    (folder := tmp_path / "warpviz").mkdir()  # type: ignore[operator]
    (folder / "__init__.py").write_text("raise SystemExit('the wrong package')")
    root = os.path.dirname(os.path.dirname(os.path.dirname(parallel.__file__)))
    monkeypatch.setenv("PYTHONPATH", root)
    monkeypatch.chdir(tmp_path)
    course = moments(60)
    assert len(list(drawn(painter, course, TABLE, 2))) == len(course)


def test_workers_import_the_package_that_this_process_uses() -> None:
    from warpviz.film.reel import parallel

    root = Path(parallel._environment()["PYTHONPATH"])
    assert root / "warpviz" / "film" / "reel" / "parallel.py" == Path(parallel.__file__).resolve()
