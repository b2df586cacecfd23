"""The command `warpviz` as a process of its own; `python -m warpviz` is the same."""

import gc

RARELY = 100_000
"""Objects that are made until some are looked through for those that nobody reaches. A film makes
few: to look as often as Python does by itself took a fifteenth of its time."""


def run() -> int:
    """Run one command with the words of the process; returns its exit code."""
    gc.set_threshold(RARELY)
    from warpviz.cli import main

    try:
        return main()
    finally:
        gc.freeze()  # Python ends, and need not look through all objects once more.


if __name__ == "__main__":
    raise SystemExit(run())
