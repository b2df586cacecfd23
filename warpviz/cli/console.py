"""What a person reads: notes and errors on stderr, results and written paths on stdout."""

import os
import sys
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from warpviz.cli.failures import CouldNot
from warpviz.cli.streams import mute
from warpviz.errors import sentence, visible

if TYPE_CHECKING:
    from warpviz.picture.film import Written

GREEN, RED, PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[0m"


class NobodyReads(Exception):
    """Whoever read stdout has seen enough, as in `warpviz list | head -1`."""


@dataclass(frozen=True)
class Console:
    """Where words go.

    Attributes:
        quiet: tell errors only.
        colour: whether colour is welcome; it is used on terminals only, and never where the
            environment sets NO_COLOR (https://no-color.org) or TERM=dumb.
        debug: tell where an error came from.
        paths: name written files on stdout; not where stdout carries a table.
    """

    quiet: bool = False
    colour: bool = True
    debug: bool = False
    paths: bool = True

    def note(self, text: str) -> None:
        """Tell something in passing, on stderr."""
        if not self.quiet:
            print(_seen(text), file=sys.stderr, flush=True)

    def fail(self, text: str) -> None:
        """Tell why something was not done, on stderr, even when quiet."""
        if self.debug:
            traceback.print_exc()
        prefix = self._coloured("warpviz:", RED, sys.stderr)
        print(prefix, sentence(text), file=sys.stderr, flush=True)

    def result(self, text: str) -> None:
        """Tell what was asked for, on stdout.

        Raises:
            NobodyReads: stdout is a pipe that was closed.
            CouldNot: the disk of stdout is full.
        """
        self._out(_seen(text))

    def _out(self, text: str) -> None:
        try:
            print(text, flush=True)
        except OSError as error:
            mute(sys.stdout)
            if isinstance(error, BrokenPipeError):
                raise NobodyReads from None
            raise CouldNot(f"Cannot write to standard output: {error.strerror}.") from None

    def path(self, path: object) -> None:
        """Name a file that is now written, on stdout: as it is, for programs."""
        if self.paths:
            text = _seen(str(path)) if is_terminal(sys.stdout) else str(path)
            self._out(self._coloured(text, GREEN, sys.stdout))

    def written(self, file: "Written") -> None:
        """Name a written film on stdout and describe it on stderr."""
        self.path(file.path)
        if file.seconds:
            length = f"{file.frames} frames, {file.seconds:.1f} s"
        else:
            length = "a still" if file.frames == 1 else f"a strip of {file.frames} stops"
        changes = f" (to keep the size: {file.changes})" if file.changes else ""
        self.note(f"{file.path}: {length}, {size_in_words(file.bytes)}{changes}")

    def _coloured(self, text: str, colour: str, stream: TextIO) -> str:
        welcome = self.colour and not os.environ.get("NO_COLOR")
        if welcome and os.environ.get("TERM") != "dumb" and is_terminal(stream):
            return f"{colour}{text}{PLAIN}"
        return text


def _seen(text: str) -> str:
    """Lines as a terminal may get them: nothing in them steers it."""
    return "\n".join(map(visible, text.split("\n")))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads along; a stream that was closed has no reader."""
    return stream is not None and not stream.closed and stream.isatty()


def size_in_words(size: int) -> str:
    """Bytes for people.

    >>> size_in_words(2_913_004), size_in_words(34_100), size_in_words(7)
    ('2.9 MB', '34 kB', '7 B')
    """
    if size >= 999_500:
        return f"{size / 1e6:.1f} MB"
    return f"{size / 1e3:.0f} kB" if size >= 1000 else f"{size} B"
