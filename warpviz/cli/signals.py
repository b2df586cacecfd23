"""Signals that end a command: it cleans up and says so; whoever insists ends it at once."""

import gc
import os
import signal
import sys
import threading
import time
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
IMPORTING = "<frozen importlib"
"""Files of Python's own imports: an exception in the middle of one can leave their lock held, for
which threads that import would wait for ever."""
LATER = 0.05
"""Seconds after which a signal comes again, and again, that nobody could hear."""


class Ending:
    """How far the end has come.

    Attributes:
        heard: the first signal, once it has come.
        over: the work has ended, one way or another: what comes now ends the process.
        deaf: what is raised now gets nowhere.
        ours: the next signal is one that is sent again.
        last_words: tells of the interruption where nobody has told yet.
    """

    def __init__(self, last_words: Callable[[Interrupted], object]) -> None:
        self.heard: Interrupted | None = None
        self.over = False
        self.deaf = False
        self.ours = False
        self.sending = threading.Lock()
        self.last_words = last_words

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        """Raise the first signal; at another one remove all drafts and end."""
        ours, self.ours = self.ours, False
        if self.deaf or (ours and self.heard is not None):
            return
        if self.heard is None and not self.over:
            if frame is not None and frame.f_code.co_filename.startswith(IMPORTING):
                if not ours:
                    self._call_again(number)
                return
            self.heard = Interrupted(number)
            raise self.heard
        drafts.abandon()
        if self.heard is not None and not self.over:
            with suppress(Exception):
                self.last_words(self.heard)
        os._exit(128 + (self.heard.number if self.heard else number))

    def lost(self, unraisable: Any) -> None:
        """Where Python cannot pass an exception on, let the signal come again.

        What is let go half made, as objects of imageio's, complains on its way: of no use by then.
        """
        if self.heard is None and not self.over:
            sys.__unraisablehook__(unraisable)
        if self.heard is None or unraisable.exc_value is not self.heard:
            return
        number, self.heard = self.heard.number, None
        self.deaf = True
        try:
            self._call_again(number)
        finally:
            self.deaf = False

    def _call_again(self, number: int) -> None:
        threading.Thread(target=self._insist, args=(number,), daemon=True).start()

    def _insist(self, number: int) -> None:
        """Send a signal until it is heard.

        One is not enough: where the main thread has just let this one run, it looks for signals
        only after what it calls next, which may be a long wait.
        """
        while self.heard is None:
            time.sleep(LATER)
            with self.sending:
                if self.over:
                    return
                self.ours = True
                _to_main(number)


def _to_main(number: int) -> None:
    """Send a signal to the main thread: what it waits for, or sleeps over, ends at once."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)


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
        ending.over = True
        with ending.sending:
            pass  # what is being sent still meets our handler
        if ending.heard is not None:
            ending.heard = None
            gc.collect()  # now, while nobody listens to complaints
        sys.unraisablehook = hook
        for each, handler in before.items():
            if handler in usual:
                signal.signal(each, handler)
