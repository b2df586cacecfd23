"""Names that Windows refuses; Python 3.13 knows them too, and is the oracle where it runs."""

import ntpath
from pathlib import PureWindowsPath

import pytest

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
