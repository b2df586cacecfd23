"""A film to files: which of them are films, which stills of a moment, and which strips."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from warpviz.atomic import check_writable
from warpviz.errors import WarpvizError
from warpviz.film.reel.pages import page_size
from warpviz.film.reel.reel import Reel
from warpviz.output.stills import STILLS, check_still
from warpviz.output.writers import (
    PRINTED,
    SLIDES,
    WRITERS,
    check_output,
    check_transparent,
    written,
)
from warpviz.picture.film import ByteFile, Written
from warpviz.picture.kind import Kind, refuse


@dataclass(frozen=True)
class SaveOptions:
    """What is asked of files besides their suffix.

    Attributes:
        places: moments to write as stills, counted in stops; () for none.
        filmstrip: whether .png is to be a strip.
        max_size: bytes that a film's file may have, None for any.
        page: of strips in .pdf, see `page_size`, and the ratio of slides; None is A4 and 16:9.
        template: of .pptx, a deck whose layouts, size and fonts slides take.
    """

    places: tuple[float, ...] = ()
    filmstrip: bool = False
    max_size: int | None = None
    page: str | None = None
    template: str | None = None

    def __post_init__(self) -> None:
        if self.places and self.filmstrip:
            raise WarpvizError("at asks for stills and filmstrip for a strip; leave out one.")
        if self.page is not None:
            page_size(self.page)
            if self.places:
                raise WarpvizError("page is of strips, at asks for stills; leave out one.")
            if self.template is not None:
                raise WarpvizError("A template says how large its slides are; leave out page.")
        if self.max_size is not None and self.max_size < 1:
            raise WarpvizError(f"max_size expects 1 byte or more, got {self.max_size}.")

    def prints(self, path: Path) -> bool:
        """Whether a file is to be a still or a strip, not a film."""
        suffix = path.suffix.lower()
        if suffix == ".png":
            return bool(self.places) or self.filmstrip
        return suffix in PRINTED

    def files(self, path: Path) -> list[Path]:
        """What is written where a path is named."""
        stills = bool(self.places) and self.prints(path)
        return [each for each, _ in self.stills(path)] if stills else [path]

    def stills(self, path: Path) -> list[tuple[Path, float]]:
        """The file of each moment: the path itself for one, numbered ones for several."""
        if len(self.places) == 1:
            return [(path, self.places[0])]
        return [(path.with_stem(f"{path.stem}-{place:g}"), place) for place in self.places]


def check_path(
    path: str | os.PathLike[str],
    wanted: SaveOptions,
    fps: float,
    longest: float = 0.0,
    loop: int = 0,
    transparent: bool = False,
) -> Path:
    """Tell before any work whether a file can be written as wished.

    Raises:
        WarpvizError: as `check_output`.
    """
    path = Path(path)
    if transparent and path.suffix.lower() in (*WRITERS, *PRINTED, *SLIDES):
        check_transparent(path, wanted.prints(path))
    if path.suffix.lower() in SLIDES:
        from warpviz.film.slides.writing import check_slides

        return check_slides(path, fps, wanted.template, wanted.max_size)
    if not wanted.prints(path):
        return check_output(path, fps, longest, loop)
    check = check_still if path.suffix.lower() in STILLS else check_writable
    for each, _ in wanted.stills(path):
        check(each)
    return check(path)


def checked_paths(film: Reel, paths: Iterable[Any], wanted: SaveOptions) -> list[Path]:
    """Where a film is written, each checked by `check_path`."""
    longest = max(moment.seconds for moment in film.timeline)
    can = film.timeline.fps, longest, film.loop, film.transparent
    return [check_path(path, wanted, *can) for path in paths]


def check_kind(kind: Kind, paths: Sequence[Path], wanted: SaveOptions) -> None:
    """Refuse files that a kind of scene cannot become.

    Raises:
        WarpvizError: with the reason.
    """
    printed = [path.suffix.lower() for path in paths if wanted.prints(path)]
    if wanted.filmstrip or (not wanted.places and not {*printed}.isdisjoint(STILLS)):
        refuse(kind.no_strip)
    if not {*printed} <= {*STILLS}:
        refuse(kind.no_vectors)


def saved_into(
    save: Callable[..., tuple[Written, ...]], files: Sequence[Any], form: str | None, **wanted: Any
) -> tuple[Written, ...]:
    """Write a film into file objects: each gets the whole file, or nothing.

    Args:
        save: writes the film to a path.
        files: open for bytes; their names say what is written where `form` does not.
        form: a suffix, such as ".gif".
        wanted: what else `save` takes.

    Raises:
        WarpvizError: paths among them, a format that is not said, or as `save`.
    """
    if not all(isinstance(file, ByteFile) for file in files):
        raise WarpvizError("save takes paths or file objects, not both at once; save twice.")
    told: list[Written] = []
    import tempfile

    with tempfile.TemporaryDirectory(prefix="warpviz-") as folder:
        for number, file in enumerate(files):
            named = getattr(file, "name", "")
            suffix = form or (Path(named).suffix if isinstance(named, str) else "")
            if not suffix:
                raise WarpvizError(
                    'A file object has no suffix; say its format, as in save(file, format=".gif").'
                )
            path = Path(folder) / f"{number}.{suffix.lstrip('.')}"
            for each in save(path, **wanted):
                file.write(each.path.read_bytes())
                told.append(replace(each, path=Path(str(named or f"<{suffix}>"))))
    return tuple(told)


def saved(
    film: Reel, paths: Sequence[Path], wanted: SaveOptions, watched: Reel | None = None
) -> Generator[Written, None, None]:
    """Write all files, in order.

    Args:
        film: what is written.
        paths: checked by `check_path`.
        wanted: what they are to be.
        watched: the same film, for writers to take pictures from; None is the film itself.
    """
    if wanted.places:
        from warpviz.film.reel.strips import moment_at

        for place in wanted.places:
            moment_at(film, place)
    check_kind(film.scene.kind, paths, wanted)
    printed = [path for path in paths if wanted.prints(path)]
    slides = [path for path in paths if path.suffix.lower() in SLIDES]
    moving = [path for path in paths if path not in (*printed, *slides)]
    if wanted.max_size is None:
        films: Iterator[Written] = written(watched or film, moving)
    else:
        from warpviz.film.reel.budget import each_within

        films = each_within(film, moving, wanted.max_size)
    for path in paths:
        if path in slides:
            from warpviz.film.slides.writing import save_slides

            yield save_slides(watched or film, path, wanted.template, wanted.page)
        elif path in printed:
            from warpviz.film.reel.strips import save_still, save_strip

            if wanted.places:
                yield from (save_still(film, each, place) for each, place in wanted.stills(path))
            else:
                yield save_strip(film, path, wanted.page or "a4")
        else:
            yield from islice(films, 1)
    # What could not be made small enough is told when all others are written.
    yield from films
