"""Which writer makes which file: a table by suffix; and several files of one film."""

import os
from collections.abc import Generator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from warpviz.atomic import check_writable
from warpviz.errors import WarpvizError
from warpviz.output import apng, gif, video, webp
from warpviz.picture.film import Film, Writer, Written


def _page(film: Film, path: Path) -> Written:
    """The player, which most films have no need of."""
    from warpviz.player.page import save

    return save(cast(Any, film), path)  # it asks a film for its scene, too


WRITERS: dict[str, Writer] = {
    ".gif": gif.save,
    ".mp4": video.save_mp4,
    ".webm": video.save_webm,
    ".mov": video.save_mov,
    ".mkv": video.save_mkv,
    ".webp": webp.save,
    ".png": apng.save,
    ".apng": apng.save,
    ".html": _page,
}
"""By suffix, in the order in which `warpviz list` shows them."""
MOVING = frozenset(WRITERS) - {".html"}
"""Formats whose writers take every picture in turn: several of them can share a pass."""
FASTEST = 90
"""Frames a second of an animated picture: browsers take 10 milliseconds or less for 100."""
MOST_PLAYS = {".gif": 2**16, ".webp": 2**16 - 1, ".png": 2**31 - 1, ".apng": 2**31 - 1}
"""What the formats have room for."""
PRINTED = {
    ".svg": "Strip of all stops, or a still of a moment: vectors and real text",
    ".pdf": "The same, on pages of A4 or of another --page",
    ".jpg": "The same in pixels, with a little loss",
    ".jpeg": "The same",
    ".tif": "The same in pixels, without loss",
    ".tiff": "The same",
    ".bmp": "The same, not packed",
    ".avif": "The same, smallest; new programs alone read it",
}
"""What is drawn on paper, which is not for a writer of films: see `film.saving`."""


SLIDES = {
    ".pptx": "Slides: one a stop, the act behind it a video that plays on the click",
}
"""What asks a film for its acts and its words: see `film.slides`."""
ELSEWHERE = {
    ".odp": "write {name}.pptx, and LibreOffice makes it: soffice --headless --convert-to odp "
    "{name}.pptx",
}
"""What other programs make of our files, and how."""
TRANSPARENT = (".apng", ".mov", ".png", ".webm", ".webp")
"""Films whose pixels may be translucent, so that they need no background."""
TRANSPARENT_PRINT = (".avif", ".pdf", ".png", ".svg", ".tif", ".tiff")
"""Stills and strips of which the same is true."""


def check_transparent(path: str | os.PathLike[str], printed: bool = False) -> None:
    """Refuse a file that cannot be without a background.

    Args:
        path: the file.
        printed: whether it is to be a still or a strip.

    Raises:
        WarpvizError: naming those that can.

    >>> check_transparent("fold.webm")
    >>> check_transparent("fold.gif")
    Traceback (most recent call last):
    ...
    warpviz.errors.WarpvizError: Cannot write fold.gif without a background: its pixels cannot be \
translucent, as cloth and soft edges are; write .apng, .mov, .png, .webm or .webp, or leave out \
transparent.
    """
    *others, last = TRANSPARENT_PRINT if printed else TRANSPARENT
    if Path(path).suffix.lower() not in (*others, last):
        raise WarpvizError(
            f"Cannot write {os.fspath(path)} without a background: its pixels cannot be "
            f"translucent, as cloth and soft edges are; write {', '.join(others)} or {last}, or "
            "leave out transparent."
        )


def writer_for(path: str | os.PathLike[str]) -> Writer:
    """The writer that a path's suffix asks for; upper and lower case are one.

    Raises:
        WarpvizError: there is none.

    >>> writer_for("fold.gfi")
    Traceback (most recent call last):
    ...
    warpviz.errors.WarpvizError: Cannot write fold.gfi: unknown suffix '.gfi'; did you mean \
'.gif'? Known are .apng, .avif, .bmp, .gif, .html, .jpeg, .jpg, .mkv, .mov, .mp4, .pdf, .png, \
.pptx, .svg, .tif, .tiff, .webm, .webp.
    """
    suffix = Path(path).suffix.lower()
    if suffix in WRITERS:
        return WRITERS[suffix]
    if suffix in ELSEWHERE:
        how = ELSEWHERE[suffix].format(name=Path(path).with_suffix(""))
        raise WarpvizError(f"Cannot write {os.fspath(path)}: {how}.")
    formats = sorted([*WRITERS, *PRINTED, *SLIDES])
    known = ", ".join(formats)
    if not suffix:
        raise WarpvizError(
            f"Cannot write {os.fspath(path)}: the suffix chooses the format and there is none; "
            f"known are {known}."
        )
    near = get_close_matches(suffix, formats, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'? Known are" if near else "known are"
    raise WarpvizError(
        f"Cannot write {os.fspath(path)}: unknown suffix '{suffix}'; {hint} {known}."
    )


def check_output(
    path: str | os.PathLike[str], fps: float, longest: float = 0.0, loop: int = 0
) -> Path:
    """Tell before any work whether a film can be written there.

    Args:
        path: the file.
        fps: of the film.
        longest: seconds that its longest frame stays.
        loop: total plays, 0 is forever.

    Raises:
        WarpvizError: for a suffix that no writer knows, a path that cannot be written, a clock
            that the format cannot tell, or a library that is missing.
    """
    writer_for(path)
    path = check_writable(path)
    suffix = path.suffix.lower()
    if suffix == ".gif":
        gif.check_clock(fps, longest)
    elif suffix in video.VIDEO:
        video.check_video(path, fps)
    elif suffix != ".html" and fps > FASTEST:
        raise WarpvizError(
            f"fps expects at most {FASTEST} for {suffix}, got {fps:g}: browsers show a shorter "
            "frame for a tenth of a second; lower it or write .mp4, .webm or .html."
        )
    if loop > (most := MOST_PLAYS.get(suffix, loop)):
        raise WarpvizError(
            f"loop expects at most {most} plays for {suffix}, got {loop}; 0 plays for ever."
        )
    return path


def written(film: Film, paths: Sequence[Path]) -> Generator[Written, None, None]:
    """Write a film to files, in order; pictures that several need are drawn once."""
    shared = [path for path in paths if path.suffix.lower() in MOVING]
    together = None
    if len(shared) > 1:
        from warpviz.output.together import written_together

        together = written_together(film, [(writer_for(path), path) for path in shared])
    for path in paths:
        if together is not None and path in shared:
            yield next(together)
        else:
            yield writer_for(path)(film, path)
