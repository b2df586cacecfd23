"""Frames take the place of earlier frames when they are whole, wherever the folder is."""

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from warpviz.errors import WarpvizError
from warpviz.film.reel import folders
from warpviz.film.reel.folders import write_frames
from warpviz.picture.film import Shot

OWN = {"about.txt", "clicks.txt", "film.ffconcat", "timeline.txt"}


class Film:
    """So many pictures; the last one may fail."""

    title, description, fps, timeline = "a film", "in words", 20.0, ()

    def __init__(self, count: int, fails: type[BaseException] | None = None) -> None:
        self.count, self.fails = count, fails

    def shots(self) -> Any:
        for number in range(self.count):
            yield Shot(np.full((2, 3, 3), number, dtype=np.uint8), 5, 0.05)
        if self.fails:
            raise self.fails


def write(film: Film, folder: Path) -> None:
    write_frames(film, folder)  # type: ignore[arg-type]


def names(folder: Path) -> set[str]:
    return set(os.listdir(folder)) - OWN


def pictures(count: int) -> set[str]:
    return {f"frame-{number:04d}.png" for number in range(count)}


@pytest.fixture(params=["elsewhere", "here", "above", "link", "mount", "busy", "closed"])
def folder(request: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three earlier frames, and a reason why it is not easily replaced."""
    folder = tmp_path / "frames"
    write(Film(3), folder)
    if request.param == "here":
        monkeypatch.chdir(folder)
        return Path(".")
    if request.param == "above":
        (tmp_path / "deep").mkdir()
        monkeypatch.chdir(tmp_path / "deep")
        return Path("../frames")
    if request.param == "link":
        (tmp_path / "link").symlink_to(folder)
        return tmp_path / "link"
    if request.param == "mount":
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == folder)
    if request.param == "busy":
        rename = Path.rename

        def busy(path: Path, to: Path) -> Path:
            if path == folder:
                raise OSError(errno.EBUSY, "Device or resource busy")
            return rename(path, to)

        monkeypatch.setattr(Path, "rename", busy)
    if request.param == "closed":
        # Permissions do not bind the superuser, so the system's answer is replaced.
        monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != tmp_path)
    return folder


def test_new_frames_take_the_place_of_earlier_ones(folder: Path) -> None:
    place = folder.resolve()
    for count in (5, 2):
        write(Film(count), folder)
        assert names(place) == pictures(count)
        assert f"{{{count - 1:04d}}}" in (place / "about.txt").read_text("utf-8")
    assert names(place.parent) <= {"frames", "link", "deep"}
    # The one who stands in it still does.
    assert os.path.samefile(folder, place) and place.name == "frames"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, WarpvizError])
def test_what_is_not_whole_changes_nothing(folder: Path, error: type[BaseException]) -> None:
    place = folder.resolve()
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    with pytest.raises(error):
        write(Film(5, error), folder)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert names(place.parent) <= {"frames", "link", "deep"}


def test_what_is_no_frame_stays(folder: Path) -> None:
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(WarpvizError, match=r"expects a new folder, .* holds mine.txt"):
        folders.check_folder(folder)
    with pytest.raises(WarpvizError, match=r"holds mine.txt"):
        write(Film(1), folder)
    assert names(folder) == {*pictures(3), "mine.txt"}
