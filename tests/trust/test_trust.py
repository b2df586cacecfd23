"""A few tries of every attack; `python -m tests.trust` makes as many as one likes."""

import os
import shutil
from pathlib import Path

import pytest

from tests.trust.__main__ import figures
from tests.trust.accuracy import TAKEN_FROM
from tests.trust.accuracy import attack as accuracy
from tests.trust.kills import attack as kills
from tests.trust.laws import CHEAP, tried
from tests.trust.mutants import attack as mutants
from tests.trust.names import SINKS
from tests.trust.names import attack as names
from tests.trust.order import run as order
from tests.trust.same import SMALL, compared, furnish
from warpviz.cli import main


@pytest.mark.slow
def test_commands_that_are_ended_leave_whole_files_alone() -> None:
    tried, wrong = figures(kills(4, seed=1))
    assert tried.total() == 4 and not wrong


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
def test_names_are_shown_or_written_out_everywhere() -> None:
    tried, wrong = figures(names(2 * len(SINKS), seed=2))
    assert set(tried) == set(SINKS) and not wrong


@pytest.mark.slow
def test_mutants_and_bombs_are_read_or_refused() -> None:
    # How long they take is left to the long run: here other tests run beside.
    tried, wrong = figures(mutants(70, seed=3, slowest=float("inf")))
    assert tried.total() > 70 and not wrong


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_laws_hold_in_two_thousand_examples(part: int) -> None:
    rows, wrong = figures(tried(CHEAP[part::3], 2_000, seed=4))
    assert not wrong and rows.total() == len(CHEAP[part::3])


def test_activations_are_true_to_twelve_digits() -> None:
    rows, wrong = figures(accuracy(200, seed=5))
    assert not wrong and rows.total() > 30
    assert len(TAKEN_FROM) == 4  # Which are excused is told on the page of promises.


@pytest.mark.slow
def test_the_same_bytes_in_other_processes_and_from_another_folder(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    package = Path(__file__).resolve().parents[2] / "warpviz"
    shutil.copytree(package, copied / "warpviz", ignore=shutil.ignore_patterns("__pycache__"))
    rows, wrong = figures(compared(4, 6, SMALL, copied, tmp_path))
    assert not wrong and rows.total() >= 4 * 18


@pytest.mark.slow
def test_tests_are_run_in_another_order() -> None:
    rows, wrong = figures(order(7, ("tests/ground/test_names.py", "tests/ground/test_sizes.py")))
    assert not wrong and rows.total() == 1


@pytest.mark.posix
@pytest.mark.slow
def test_no_file_is_open_when_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows would refuse it."""
    furnish(tmp_path)
    monkeypatch.chdir(tmp_path)
    replace, placed = os.replace, []

    def watching(draft: Path, target: Path) -> None:
        fds = Path("/proc/self/fd")
        held = {os.readlink(each) for each in fds.iterdir() if each.is_symlink()}
        assert not {str(draft.resolve()), str(target.resolve())} & held
        placed.append(target.suffix)
        replace(draft, target)

    monkeypatch.setattr(os, "replace", watching)
    for command in SMALL:
        assert main(command.split()) == 0
    assert len(placed) >= 13
