"""What can go wrong, as one sentence and an exit code.

| code | means |
|---|---|
| 0 | done |
| 1 | could not be done: a broken file, a full disk, training that diverged |
| 2 | misuse: an argument that cannot be meant, told before any work |
| 130 | interrupted by Ctrl-C |
| 143, 129 | ended by SIGTERM, or because the terminal was closed |
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from warpviz.drafts import placed
from warpviz.errors import WarpvizError

DONE, COULD_NOT, MISUSE = 0, 1, 2
NAMED = 5
"""Files that a sentence names at most."""


class Interrupted(KeyboardInterrupt):
    """A signal that ends the command."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class CouldNot(WarpvizError):
    """The arguments were fine; the work was not."""


@contextmanager
def working() -> Iterator[None]:
    """In this block an error is no misuse any more: the arguments have been checked.

    >>> with working():
    ...     raise WarpvizError("The disk is full.")
    Traceback (most recent call last):
    ...
    warpviz.cli.failures.CouldNot: The disk is full.
    """
    try:
        yield
    except WarpvizError as error:
        raise CouldNot(str(error)) from error


def sentence(error: BaseException) -> tuple[str, int]:
    """What to tell about an error, and the exit code.

    >>> sentence(WarpvizError("Unknown verb 'rendr'; did you mean 'render'?"))
    ("Unknown verb 'rendr'; did you mean 'render'?", 2)
    """
    if isinstance(error, WarpvizError):
        return str(error), COULD_NOT if isinstance(error, CouldNot) else MISUSE
    if isinstance(error, KeyboardInterrupt):
        number = error.number if isinstance(error, Interrupted) else signal.SIGINT
        told = str(error) or f"{_what_came(number)}; {_what_is_written()}."
        return told, 128 + number
    if isinstance(error, MemoryError):
        return "Out of memory; choose a smaller --size or fewer units in --layers.", COULD_NOT
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}.", COULD_NOT
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"Internal error, {what}; add --debug to see where, and please report it.", COULD_NOT


def _what_came(number: int) -> str:
    return "Interrupted" if number == signal.SIGINT else f"Ended by {signal.Signals(number).name}"


def _what_is_written() -> str:
    paths = placed()
    if not paths:
        return "no file was changed"
    shown = ", ".join(map(str, paths[:NAMED]))
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    return f"written before that: {shown}{more}; all others are as they were"
