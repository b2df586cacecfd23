"""A few tries of every attack; `python -m tests.trust` makes as many as one likes."""

import pytest

from tests.trust.__main__ import figures
from tests.trust.kills import attack as kills
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
