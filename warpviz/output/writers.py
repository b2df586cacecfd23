"""Which writer makes which file: a table by suffix."""

import os
from difflib import get_close_matches
from pathlib import Path

from warpviz.errors import WarpvizError
from warpviz.output import gif, stills
from warpviz.output.film import Writer

WRITERS: dict[str, Writer] = {".gif": gif.save, ".png": stills.save}


def writer_for(path: str | os.PathLike[str]) -> Writer:
    """The writer that a path's suffix asks for; upper and lower case are one.

    Raises:
        WarpvizError: there is none.

    >>> writer_for("fold.gfi")
    Traceback (most recent call last):
    ...
    warpviz.errors.WarpvizError: Cannot write fold.gfi: unknown suffix '.gfi'; did you mean \
'.gif'? Known are .gif, .png.
    """
    suffix = Path(path).suffix.lower()
    if suffix in WRITERS:
        return WRITERS[suffix]
    known = ", ".join(sorted(WRITERS))
    if not suffix:
        raise WarpvizError(
            f"Cannot write {os.fspath(path)}: the suffix chooses the format and there is none; "
            f"known are {known}."
        )
    near = get_close_matches(suffix, WRITERS, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'? Known are" if near else "known are"
    raise WarpvizError(
        f"Cannot write {os.fspath(path)}: unknown suffix '{suffix}'; {hint} {known}."
    )
