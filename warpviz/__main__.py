"""The command `warpviz` as a process of its own; `python -m warpviz` is the same."""

import gc
import signal

RARELY = 100_000
"""Objects that are made until some are looked through for those that nobody reaches. A film makes
few: to look as often as Python does by itself took a fifteenth of its time."""


def run() -> int:
    """Run one command with the words of the process; returns its exit code.

    Until it listens to signals, Ctrl-C ends it as it does any program, without a traceback from
    the middle of an import.
    """
    gc.set_threshold(RARELY)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from warpviz.cli import main

    try:
        return main()
    finally:
        gc.freeze()  # Python ends, and need not look through all objects once more.


if __name__ == "__main__":
    raise SystemExit(run())
