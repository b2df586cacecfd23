"""Settings of matplotlib for a while: they are the process's, so one thread has them at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock
from typing import Any

_ONE_AT_A_TIME = RLock()


@contextmanager
def settled(chosen: Mapping[str, Any]) -> Iterator[None]:
    """Set some of matplotlib's settings in this block, and put all back as they were.

    >>> from matplotlib.font_manager import FontProperties
    >>> with settled({"font.size": 3.0}):
    ...     FontProperties().get_size()
    3.0
    """
    from matplotlib import rc_context

    known: Any = dict(chosen)
    with _ONE_AT_A_TIME, rc_context(known):
        yield
