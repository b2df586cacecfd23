"""Letters that no font has, and warnings of libraries."""

import logging
import warnings
from typing import Any

import pytest

from tests.cli.conftest import Run
from warpviz.cli import command

NOBODY_S = chr(0x10FFFD)


@pytest.mark.slow
def test_missing_letters_are_told_once_with_the_flag(run: Run) -> None:
    done = run("render", "--epochs", 3, "--size", "240x180", "--fps", 5, "--title", NOBODY_S * 3)
    assert done.code == 0 and done.err.count("No installed font has") == 1
    assert "name its file with --font" in done.err


def test_where_it_is_quiet_no_library_warns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def noisy(words: Any, console: Any) -> None:
        warnings.warn("Glyph 2325 missing from font(s) DejaVu Sans.", stacklevel=1)
        logging.getLogger("matplotlib.font_manager").warning("findfont: not found")

    monkeypatch.setattr(command, "_run", noisy)
    monkeypatch.setattr("logging.lastResort", logging.StreamHandler())
    assert command.main(["render", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    with pytest.warns(UserWarning, match="Glyph 2325"):
        command.main(["render"])
