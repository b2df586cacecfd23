"""Signals that end a command: it cleans up and says so; whoever insists ends it at once."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from warpviz import drafts
from warpviz.cli.failures import Interrupted

ENDING = [
    signal.Signals(getattr(signal, name))
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]
"""Ctrl-C, the polite end, a terminal that is closed, and Ctrl-Break on Windows."""
LATER = 0.05
"""Seconds after which a signal comes again that nobody could hear."""


class Ending:
    """How far the end has come.

    Attributes:
        heard: the first signal, once it has come.
        over: the work has ended, one way or another: what comes now ends the process.
        last_words: tells of the interruption where nobody has told yet.
    """

    def __init__(self, last_words: Callable[[Interrupted], object]) -> None:
        self.heard: Interrupted | None = None
        self.over = False
        self.last_words = last_words

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Raise the first signal; at another one remove all drafts and end."""
        if self.heard is None and not self.over:
            self.heard = Interrupted(number)
            raise self.heard
        drafts.abandon()
        if self.heard is not None and not self.over:
            with suppress(Exception):
                self.last_words(self.heard)
        os._exit(128 + (self.heard.number if self.heard else number))

    def lost(self, unraisable: Any) -> None:
        """Where Python cannot pass an exception on, let the signal come again."""
        if unraisable.exc_value is not self.heard or self.heard is None:
            sys.__unraisablehook__(unraisable)
            return
        number, self.heard = self.heard.number, None
        again = threading.Timer(LATER, signal.raise_signal, (number,))
        again.daemon = True
        again.start()


@contextmanager
def listening(last_words: Callable[[Interrupted], object]) -> Iterator[Ending]:
    """In this block a signal that would end the process is raised as `Interrupted`.

    Signals that are ignored stay ignored, as under nohup; elsewhere than in the main thread nothing
    is changed.
    """
    ending = Ending(last_words)
    if threading.current_thread() is not threading.main_thread():
        yield ending
        return
    usual = (signal.SIG_DFL, signal.default_int_handler)
    before = {each: signal.getsignal(each) for each in ENDING}
    hook = sys.unraisablehook
    for each, handler in before.items():
        if handler in usual:
            signal.signal(each, ending.on_signal)
    sys.unraisablehook = ending.lost
    try:
        yield ending
    finally:
        sys.unraisablehook = hook
        for each, handler in before.items():
            if handler in usual:
                signal.signal(each, handler)
