"""A file appears whole or not at all."""

import errno
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest

from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError


def test_the_earlier_file_stays_until_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_text("earlier")
    with replacing(path) as draft:
        draft.write_text("new")
        assert draft.parent == tmp_path and draft.suffix == ".gif"
        assert path.read_text() == "earlier"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, OSError])
@pytest.mark.parametrize("earlier", [True, False])
def test_any_exception_leaves_all_as_it_was(
    tmp_path: Path, error: type[BaseException], earlier: bool
) -> None:
    path = tmp_path / "a.gif"
    if earlier:
        path.write_text("earlier")
    with pytest.raises(error), replacing(path) as draft:
        draft.write_text("half")
        raise error
    assert [p.read_text() for p in tmp_path.iterdir()] == ["earlier"] * earlier


@pytest.mark.posix
def test_permissions_are_the_usual_or_the_earlier_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    mask = os.umask(0o027)
    try:
        with replacing(path) as draft:
            draft.write_text("new")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o604)
        with replacing(path) as draft:
            draft.write_text("newer")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


@pytest.mark.posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "real.gif"
    link = tmp_path / "link.gif"
    link.symlink_to(target)
    for text in ("to nothing yet", "to a file"):
        with replacing(link) as draft:
            draft.write_text(text)
            assert draft.parent == target.parent
        assert link.is_symlink() and target.read_text() == text
    assert sorted(os.listdir(tmp_path)) == ["folder", "link.gif"]


@pytest.mark.posix
def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    with replacing("/dev/null") as draft:
        draft.write_text("gone")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.posix
def test_a_pipe_gets_the_whole_file_or_nothing(tmp_path: Path) -> None:
    pipe = tmp_path / "a.mp4"
    os.mkfifo(pipe)
    # Opened for both, it waits for nobody.
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    with pytest.raises(RuntimeError), replacing(pipe) as draft:
        draft.write_bytes(b"half")
        raise RuntimeError
    with pytest.raises(BlockingIOError):
        os.read(reader, 9)
    with replacing(pipe) as draft, draft.open("r+b") as file:
        file.write(b"size?body")
        file.seek(0)
        file.write(b"9 is ")
    assert os.read(reader, 99) == b"9 is body" and stat.S_ISFIFO(os.stat(pipe).st_mode)
    os.close(reader)
    assert os.listdir(tmp_path) == ["a.mp4"]


@pytest.mark.posix
def test_a_link_to_standard_output_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.bin").symlink_to("/dev/stdout")
    script = (
        "from warpviz.atomic import replacing\nwith replacing('a.bin') as d: d.write_text('all')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=True
    )
    assert done.stdout == b"all" and (tmp_path / "a.bin").is_symlink()


@pytest.mark.posix
def test_what_takes_no_file_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # A socket's path is short.
    with socket.socket(socket.AF_UNIX) as held:
        held.bind("s.gif")
        with pytest.raises(WarpvizError, match=r"^Cannot write s\.gif: it is a disk or a socket"):
            check_writable("s.gif")
    # Root may write there, says the system, and does not let it.
    refused = OSError(errno.ENOENT, "No such file or directory")
    monkeypatch.setattr(os, "open", Mock(side_effect=refused))
    says = r"^Cannot write a\.gif: its folder takes no file \(No such file or directory\); choose"
    with pytest.raises(WarpvizError, match=says), replacing("a.gif"):
        pass
    monkeypatch.undo()
    pipe = tmp_path / "p.gif"
    os.mkfifo(pipe)
    gone = OSError(errno.EPIPE, "Broken pipe")
    monkeypatch.setattr(shutil, "copyfileobj", Mock(side_effect=gone))
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    with (
        pytest.raises(WarpvizError, match=r"p\.gif: it takes no more \(Broken pipe\); choose"),
        replacing(pipe) as draft,
    ):
        draft.write_text("new")
    os.close(reader)


def test_a_long_name_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 251 + ".gif")
    with replacing(path) as draft:
        draft.write_text("new")
    assert path.read_text() == "new"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.posix
def test_no_room_is_one_sentence_and_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_text("earlier")
    says = "Cannot write .*a.gif: the disk is full; the earlier file is kept; make room"
    with pytest.raises(WarpvizError, match=says), room_for(10_000), replacing(path) as draft:
        draft.write_bytes(bytes(20_000))
    assert path.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.posix
def test_a_full_device_is_told(tmp_path: Path) -> None:
    link = tmp_path / "full.gif"
    link.symlink_to("/dev/full")
    says = "Cannot write .*full.gif: the disk is full; make room or choose another disk."
    with pytest.raises(WarpvizError, match=says) as told, replacing(link) as draft:
        draft.write_bytes(b"x")
    assert isinstance(told.value.__cause__, OSError)
    assert told.value.__cause__.errno == errno.ENOSPC


@pytest.mark.posix
def test_what_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    loop = tmp_path / "loop.gif"
    loop.symlink_to(loop)
    for path, says in [
        (tmp_path, "it is a folder; add a file name"),
        (tmp_path / "no" / "a.gif", "no does not exist; create it first"),
        (tmp_path / "file" / "a.gif", "file is not a folder"),
        (tmp_path / ("a" * 300 + ".gif"), "File name too long"),
        (tmp_path / "a\0.gif", "null"),
        (loop, "choose another path"),
    ]:
        with pytest.raises(WarpvizError, match=says):
            check_writable(path)
    assert check_writable(str(tmp_path / "a.gif")) == tmp_path / "a.gif"


def test_closed_places_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.gif"
    closed = path
    # Permissions do not bind the superuser, so the system's answer is replaced.
    monkeypatch.setattr(os, "access", lambda place, mode: Path(place) != closed)
    path.write_text("earlier")
    with pytest.raises(WarpvizError, match="the file is read-only"):
        check_writable(path)
    closed = tmp_path
    with pytest.raises(WarpvizError, match=f"the folder {tmp_path} is not writable"):
        check_writable(path)
