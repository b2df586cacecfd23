"""Points that films follow, as words of the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.slow
def test_the_command_line_takes_places_and_points_before_training(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = "render --data xor --epochs 2 --size 240x180 --seconds 0.1 --fps 5 -o a.svg --at 1"
    assert run(f"{look} --trail -0.5,0.25 --trail 7").code == 0
    assert ">A<" in Path("a.svg").read_text() and ">B<" in Path("a.svg").read_text()
    monkeypatch.setattr("warpviz.cli.commands.films.trained", None)
    for words, told in (
        ("--trail x", "--trail expects a place such as 0.5,-1, or the number of a data point"),
        ("--trail 99999", "trail expects numbers of data points, 0 to "),
        ("--trail 1,2,3", "trail expects places of 2 numbers"),
        ("--trail 90,2", "trail expects points of the sheet"),
    ):
        ran = run(f"{look} {words}")
        assert ran.code == 2 and told in ran.err
