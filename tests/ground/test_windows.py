"""Names that Windows refuses, by Python 3.13 where it runs, and files that it does not let go."""

import ntpath
import os
from pathlib import Path, PureWindowsPath

import pytest

from warpviz import drafts
from warpviz.atomic import check_writable, replacing
from warpviz.errors import WarpvizError
from warpviz.windows import unusable

NAMES = [
    "con", "CON.gif", "nul.tar.gz", "Aux", "com1.mp4", "LPT³.png", "prn .gif", "conin$", "a<b.gif",
    "a:b.gif", "what?.gif", "star*.gif", "pipe|.gif", 'quote".gif', "a\x1f.gif", "dot.", "space ",
    "fold.gif", "console.gif", "com.gif", "com10.gif", "lpt.gif", "näme 日本.gif", ".gif",
    "a b.gif", "nul_.gif", "auxiliary", "..", ".", "a..gif",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_are_refused_that_windows_has_not(name: str) -> None:
    # Of "a:b.gif" it looks at what follows the drive alone; there it is a file's second stream.
    if hasattr(ntpath, "isreserved") and ":" not in name:
        expected = ntpath.isreserved(name)
    else:
        expected = NAMES.index(name) < NAMES.index("fold.gif")
    assert bool(unusable(name)) == expected


@pytest.mark.filterwarnings("ignore:.*is_reserved:DeprecationWarning")
def test_devices_are_those_of_pathlib() -> None:
    for name in ("con", "nul.txt", "com1", "lpt9.x", "con.d.e", "conx", "a", "com0x"):
        assert bool(unusable(name)) == PureWindowsPath(name).is_reserved()


@pytest.mark.parametrize("attempts", [2, 99])
def test_a_file_that_another_program_has_open_is_awaited_and_then_told(
    attempts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.gif"
    target.write_text("earlier")
    replace, tried = os.replace, []

    def refusing(draft: Path, place: Path) -> None:
        tried.append(draft)
        if len(tried) <= attempts:
            raise PermissionError(13, "Access is denied", str(draft))
        replace(draft, place)

    monkeypatch.setattr(drafts, "WAITS", (0.0, 0.0, 0.0))
    monkeypatch.setattr(os, "replace", refusing)
    if attempts < 4:
        with replacing(target) as draft:
            draft.write_text("new")
        assert target.read_text() == "new" and len(tried) == 3
    else:
        with (
            pytest.raises(WarpvizError, match=r"replaced now \(Access is denied\); the earlier"),
            replacing(target) as draft,
        ):
            draft.write_text("new")
        assert target.read_text() == "earlier" and len(tried) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["a.gif"]


def test_names_that_windows_has_not_are_told_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "con.gif"
    assert check_writable(path) == path
    monkeypatch.setattr("warpviz.atomic.WINDOWS", True)
    with pytest.raises(WarpvizError, match=r"'con\.gif' is a device on Windows; choose another"):
        check_writable(path)
