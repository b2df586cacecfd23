"""What can go wrong, as one sentence and an exit code.

| code | means |
|---|---|
| 0 | done |
| 1 | could not be done: a broken file, a full disk, training that diverged |
| 2 | misuse: an argument that cannot be meant, told before any work |
| 130 | interrupted |
"""

from collections.abc import Iterator
from contextlib import contextmanager

from warpviz.errors import WarpvizError

DONE, COULD_NOT, MISUSE, INTERRUPTED = 0, 1, 2, 130


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
        told = str(error) or "Interrupted; files that were there before are unchanged."
        return told, INTERRUPTED
    if isinstance(error, MemoryError):
        return "Out of memory; choose a smaller --size or fewer units in --layers.", COULD_NOT
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}.", COULD_NOT
    what = " ".join(f"{type(error).__name__}: {error}".split())
    return f"Internal error, {what}; add --debug to see where, and please report it.", COULD_NOT
