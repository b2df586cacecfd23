"""Drafts are gone when they are done, or when the next run comes; what others need stays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warpviz import drafts
from warpviz.atomic import replacing
from warpviz.drafts import abandon, begin, drafting, is_draft, placed, put_folder


def ended() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def left_by(process: int, place: str | None = None) -> str:
    return f".warpviz-{process}-{place or drafts._place()}-0123456789ab.gif"


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    gone, here = ended(), os.getpid()
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        stay = {left_by(other.pid), left_by(1), left_by(gone, "00000000"), ".warpviz-theme", "a"}
        for name in {*stay, left_by(gone), left_by(here)}:
            (tmp_path / name).write_text("half")
        (tmp_path / left_by(gone)[:-4]).mkdir()
        (tmp_path / left_by(gone)[:-4] / "frame-0000.png").write_text("half")
        with replacing(tmp_path / "b"), drafting(tmp_path) as draft:
            draft.write_text("mine")
            drafts._sweep.cache_clear()
            with replacing(tmp_path / "c"):  # not what this process still writes
                assert draft.read_text() == "mine"
    finally:
        other.communicate()
    assert {path.name for path in tmp_path.iterdir()} == stay | {"b", "c"}


@pytest.mark.posix
def test_a_link_among_drafts_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("")
    (tmp_path / left_by(ended())).symlink_to(tmp_path / "kept")
    with replacing(tmp_path / "b"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "kept"]
    assert (tmp_path / "kept" / "file").exists()


def test_what_was_written_is_known(tmp_path: Path) -> None:
    a, b, c = (tmp_path / name for name in "abc")
    c.write_text("earlier")
    with replacing(b):
        pass
    begin()
    with replacing(a) as draft:
        assert placed() == []
        draft.write_text("new")
    with pytest.raises(KeyboardInterrupt), replacing(c):
        raise KeyboardInterrupt
    assert placed() == [a]
    with pytest.raises(KeyboardInterrupt), replacing(a):
        raise KeyboardInterrupt
    assert placed() == [a] and a.read_text() == "new"


def folders(tmp_path: Path) -> tuple[Path, Path]:
    draft, target = tmp_path / "draft", tmp_path / "frames"
    for folder in (draft, target):
        folder.mkdir()
        (folder / folder.name).write_text("")
    target.chmod(0o750)
    return draft, target


def test_a_folder_takes_another_s_place(tmp_path: Path) -> None:
    draft, target = folders(tmp_path)
    put_folder(draft, target)
    assert os.listdir(target) == ["draft"] and target.stat().st_mode & 0o777 == 0o750
    assert os.listdir(draft) == ["frames"]  # where drafts are removed


@pytest.mark.parametrize("moves", [0, 1])
def test_a_folder_that_does_not_move_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    draft, target = folders(tmp_path)
    rename, done = Path.rename, []

    def refused(path: Path, to: Path) -> Path:
        done.append(path)
        if len(done) == moves + 1:
            raise OSError(16, "Device or resource busy")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match="busy"):
        put_folder(draft, target)
    assert os.listdir(target) == ["frames"]
    assert sorted(os.listdir(tmp_path)) == ["draft", "frames"]


def test_a_sudden_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, target = folders(tmp_path)
    rename = Path.rename

    def sudden(path: Path, to: Path) -> Path:
        if path == target:
            rename(path, to)
            assert not target.exists()
            abandon()
            assert os.listdir(target) == ["frames"]
            raise SystemExit
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", sudden)
    with pytest.raises(SystemExit), drafting(tmp_path, ".gif") as half:
        half.write_text("half")
        assert is_draft(half.name)
        put_folder(draft, target)
    assert not half.exists()
    assert sorted(os.listdir(tmp_path)) == ["draft", "frames"]
