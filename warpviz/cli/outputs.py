"""From flags to how a film looks and where it is written, all checked before any work."""

import os
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from warpviz.cli.console import Console
from warpviz.cli.progress import Watched
from warpviz.errors import WarpvizError
from warpviz.film.animation import Animation
from warpviz.film.options import Options
from warpviz.output.writers import check_output, written


def look_of(args: Namespace) -> dict[str, Any]:
    """The fields of `Options` that were asked for.

    Raises:
        WarpvizError: for what makes no sense.
    """
    given = {each.name: getattr(args, each.name) for each in fields(Options) if each.name in args}
    for name in ("show", "hide"):
        if name in given:
            given[name] = tuple(given[name])
    Options(**given)
    return given


def outputs_of(args: Namespace, default: str) -> tuple[Path, ...]:
    """Where to write.

    Raises:
        WarpvizError: for a path that cannot be written, a suffix without a writer, or a clock
            that the format cannot tell.
    """
    clock = Options(**{name: getattr(args, name) for name in ("fps", "hold") if name in args})
    paths = tuple(
        check_output(path, clock.fps, clock.hold) for path in getattr(args, "output", [default])
    )
    refuse_twice("-o", [os.path.realpath(path) for path in paths])
    return paths


def refuse_twice(what: str, names: Sequence[str]) -> None:
    """Refuse a name that is given twice."""
    for i, name in enumerate(names):
        if name in names[:i]:
            raise WarpvizError(f"{what} names {name} twice; leave one out.")


def write(film: Animation, paths: Sequence[Path], console: Console) -> None:
    """Write a film to all files, telling each as soon as it is whole."""
    for note in film.notes:
        console.note(note)
    names = ", ".join(path.name for path in paths)
    for file in written(Watched(film, f"draw {names}", console), paths):
        console.written(file)
