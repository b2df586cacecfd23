"""A few tries of every attack; `python -m tests.trust` makes as many as one likes."""

import pytest

from tests.trust.__main__ import figures
from tests.trust.kills import attack as kills
from tests.trust.mutants import attack as mutants
from tests.trust.names import SINKS
from tests.trust.names import attack as names


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
    tried, wrong = figures(mutants(55, seed=3, slowest=float("inf")))
    assert tried.total() > 55 and not wrong
