"""Several files of one film: drawn once, the same bytes as one by one."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.output.moving import Sliding
from warpviz.errors import WarpvizError
from warpviz.output.together import written_together
from warpviz.output.writers import writer_for, written
from warpviz.picture.film import Film, Shot, Written

NAMES = ("x.gif", "x.mp4", "x.png", "x.webp")


class Counted(Sliding):
    """Counts what is drawn."""

    drawn: ClassVar[list[int]] = []

    def shots(self) -> Generator[Shot, None, None]:
        for shot in super().shots():
            self.drawn.append(1)
            yield shot


def test_files_are_those_of_one_by_one(tmp_path: Path) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    alone.mkdir()
    both.mkdir()
    for name in NAMES:
        list(written(Sliding(), [alone / name]))
    told = list(written(Sliding(), [both / name for name in NAMES]))
    assert [one.path.name for one in told] == list(NAMES)
    for name in NAMES:
        assert (both / name).read_bytes() == (alone / name).read_bytes()


def test_each_picture_is_drawn_once(tmp_path: Path) -> None:
    film = Counted()
    film.drawn.clear()

    def count(film: Film, path: Path) -> Written:
        return Written(path, sum(1 for _ in film.shots()), 0.0, 0)

    told = list(written_together(film, [(count, tmp_path / name) for name in "abc"]))
    assert [one.frames for one in told] == [9, 9, 9]
    assert len(film.drawn) == 9


def test_one_writer_that_fails_gives_all_up(tmp_path: Path) -> None:
    earlier = tmp_path / "x.gif"
    earlier.write_text("earlier")

    def fails(film: Film, path: Path) -> Written:
        next(film.shots())
        raise WarpvizError("It fails.")

    from warpviz.output import gif

    with pytest.raises(WarpvizError, match="It fails"):
        list(written_together(Sliding(count=60), [(gif.save, earlier), (fails, tmp_path / "y")]))
    assert earlier.read_text() == "earlier" and list(tmp_path.iterdir()) == [earlier]


def test_a_film_that_breaks_gives_all_up(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no room"):
        list(written(Sliding(breaks=5), [tmp_path / name for name in NAMES]))
    assert not list(tmp_path.iterdir())


def test_an_interruption_before_all_writers_have_begun_ends_those_that_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = ThreadPoolExecutor.submit
    begun: list[Any] = []

    def interrupted(self: ThreadPoolExecutor, task: Any) -> Any:
        if begun:
            raise KeyboardInterrupt
        begun.append(task)
        return submit(self, task)

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)
    jobs = [(writer_for(f"a{suffix}"), tmp_path / f"a{suffix}") for suffix in (".webp", ".gif")]
    with pytest.raises(KeyboardInterrupt):
        list(written_together(Sliding(), jobs))
    assert begun and not list(tmp_path.iterdir())
