"""Streams that do not fail where a sign, a disk or a reader is missing."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from io import TextIOWrapper
from typing import Any, TextIO, cast


class Forgiving:
    """A stream of notes: where it cannot be written to any more it falls silent."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, if it can be."""
        with _muted_where_broken(self._stream):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flush, if it can be."""
        with _muted_where_broken(self._stream):
            self._stream.flush()


@contextmanager
def prepared() -> Iterator[None]:
    """In this block stdout takes every sign, and stderr fails for no reason."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Paths that are not UTF-8 go out as the bytes they are.
            utf8 = stream.encoding.lower().replace("-", "") == "utf8"
            stream.reconfigure(errors="surrogateescape" if utf8 else "replace")
    if sys.stderr is None:
        # A file that is opened next would be number 2, and get what libraries tell there.
        with open(os.devnull, "w", encoding="utf-8") as nothing, redirect_stderr(nothing):
            yield
        return
    with redirect_stderr(cast(TextIO, Forgiving(sys.stderr))):
        yield


def mute(stream: TextIO | None) -> None:
    """Lead a stream to nowhere, also what it still holds and Python flushes on its way out."""
    if stream is not None:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


@contextmanager
def _muted_where_broken(stream: TextIO) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError):
        mute(stream)
