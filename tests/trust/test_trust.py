"""A few tries of every attack; `python -m tests.trust` makes as many as one likes."""

import pytest

from tests.trust.__main__ import figures
from tests.trust.kills import attack as kills


@pytest.mark.slow
def test_commands_that_are_ended_leave_whole_files_alone() -> None:
    tried, wrong = figures(kills(4, seed=1))
    assert tried.total() == 4 and not wrong
