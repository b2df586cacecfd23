"""Settings of matplotlib for a while: they are the process's, so one thread has them at a time."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import Any

_ONE_AT_A_TIME = RLock()
_INSIDE: list[None] = []
LONGEST_EPOCH = 11
"""Digits of seconds since 1970 up to the year 5138."""
NO_LOOKS = (
    "backend", "interactive", "toolbar", "webagg", "tk.", "macosx.", "keymap.", "animation.",
    "savefig.directory", "figure.max_open_warning", "figure.raise_window", "date.epoch",
    "docstring.", "timezone",
)  # fmt: skip
"""Settings that change no picture, by how their names begin: they stay the user's."""


@contextmanager
def settled(chosen: Mapping[str, Any]) -> Iterator[None]:
    """Have some of matplotlib's settings in this block, all others as matplotlib comes.

    What a user's matplotlibrc or style says is put back at the end: the pictures are the same
    with any. Blocks may stand inside each other.

    >>> from matplotlib.font_manager import FontProperties
    >>> with settled({"font.size": 3.0}):
    ...     FontProperties().get_size()
    3.0
    """
    from matplotlib import rc_context, rcParams

    now: Any = rcParams
    with _ONE_AT_A_TIME:
        own: dict[str, Any] = {}
        if not _INSIDE:
            own = {key: value for key, value in _usual().items() if now[key] != value}
        known: Any = {**own, **chosen}
        _INSIDE.append(None)
        try:
            with rc_context(known), _a_date_at_most():
                yield
        finally:
            _INSIDE.pop()


@contextmanager
def _a_date_at_most() -> Iterator[None]:
    """Hide a SOURCE_DATE_EPOCH that is none: a PDF, which tells no date, would fail for it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    if epoch.isdecimal() and len(epoch) <= LONGEST_EPOCH:
        yield
        return
    del os.environ["SOURCE_DATE_EPOCH"]
    try:
        yield
    finally:
        os.environ["SOURCE_DATE_EPOCH"] = epoch


@cache
def _usual() -> dict[str, Any]:
    """Settings of looks as matplotlib comes."""
    from matplotlib import rcParamsDefault

    usual: Any = rcParamsDefault
    return {key: value for key, value in dict.items(usual) if not key.startswith(NO_LOOKS)}
