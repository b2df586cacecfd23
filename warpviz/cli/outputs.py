"""From flags to how a film looks and where it is written, all checked before any work."""

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from warpviz.cli.console import Console
from warpviz.cli.progress import Watched
from warpviz.errors import WarpvizError
from warpviz.film.looks.look import Look
from warpviz.film.options import ALL, Clock, Options
from warpviz.film.reel.animation import Animation
from warpviz.film.reel.folders import check_folder, write_frames
from warpviz.film.reel.saving import SaveOptions, check_kind, check_path, saved
from warpviz.film.reel.times import clipped
from warpviz.film.words.captions import check_caption
from warpviz.motion.timeline import Timeline
from warpviz.output.writers import SLIDES
from warpviz.picture.film import check_autoplay
from warpviz.picture.kind import FIGURE
from warpviz.theme import Theme

FILM_FILES = ("at", "acts", "max_size", "page", "template", "autoplay")
"""What is asked of a film's files."""
CLOCK = ("fps", "hold", "start_hold", "end_hold", "hold_at")


def theme_of(args: Namespace, default: str, console: Console | None = None) -> Theme:
    """The theme that was asked for; what is to be told of one's own is told.

    Raises:
        WarpvizError: there is no such theme, or its file makes no sense.
    """
    look = Look(getattr(args, "theme", default), transparent="transparent" in args)
    if console is not None:
        for note in look.notes():
            console.note(note)
    return look.colours


def look_of(args: Namespace) -> dict[str, Any]:
    """The keywords of films that were asked for.

    Raises:
        WarpvizError: for what makes no sense.
    """
    given = {name: getattr(args, name) for name in ALL if name in args}
    for name in ("show", "hide"):
        if name in given:
            given[name] = tuple(given[name])
    if "hold_at" in given:
        given["hold_at"] = dict(given["hold_at"])
    options = Options.of(given)
    check_caption(options.staging.caption)
    return given


def outputs_of(args: Namespace, default: str) -> tuple[Path, ...]:
    """Where to write.

    Raises:
        WarpvizError: for a path that cannot be written, a suffix without a writer, or a clock
            that the format cannot tell.
    """
    given = look_of(args)
    clock = Options.of({name: given[name] for name in CLOCK if name in given}).clock
    wanted = save_options_of(args)
    plays = given.get("loop", 0), given.get("transparent", False)
    can = clock.fps, clock.longest_hold, *plays
    paths = tuple(check_path(path, wanted, *can) for path in named(args, default))
    files = [each for path in paths for each in wanted.files(path)]
    refuse_twice("-o", [os.path.realpath(path) for path in files])
    _check_files(args, wanted, paths)
    return paths


def named(args: Namespace, *usual: str) -> list[str]:
    """What -o names, else the usual; where only frames are asked for, nothing."""
    return list(getattr(args, "output", [] if "frames" in args else usual))


def charts_of(
    args: Namespace, names: Sequence[str], look: Mapping[str, Any], flag: str = "-o"
) -> list[Path]:
    """Where to write a film with a chart.

    Args:
        args: what is asked of files; `at` are moments of the film.
        names: of the files.
        look: the film's keywords, as `look_of` gives them.
        flag: what names them.

    Raises:
        WarpvizError: as `outputs_of`, or for a format that such a film has not.
    """
    wanted = save_options_of(args)
    can = look.get("fps", Clock.fps), 0.0, look.get("loop", 0), look.get("transparent", False)
    paths = [check_path(name, wanted, *can) for name in names]
    check_kind(FIGURE, paths, wanted)
    if not (paths or "frames" in args):
        for name in FILM_FILES:
            if name in args:
                words = name.replace("_", "-")
                raise WarpvizError(f"--{words} is about the film; name it with {flag} learn.gif.")
    _check_files(args, wanted, paths, flag, strips=False)
    return paths


def _check_files(
    args: Namespace,
    wanted: SaveOptions,
    paths: Sequence[Path],
    flag: str = "-o",
    strips: bool = True,
) -> None:
    """Refuse what is asked of files that nobody named; `flag` names them."""
    if "frames" in args:
        check_folder(Path(args.frames))
    if (wanted.places or wanted.filmstrip) and not any(wanted.prints(path) for path in paths):
        asked = "--at" if wanted.places else "--filmstrip"
        kinds = ".png, .svg, .pdf, .jpg" if strips else ".png, .jpg"
        raise WarpvizError(
            f"{asked} writes pictures: {kinds}, .tif, .bmp or .avif; name such a file with {flag}."
        )
    kinds_named = {path.suffix.lower() for path in paths}
    if wanted.page is not None and not kinds_named & {*([".pdf"] if strips else []), *SLIDES}:
        of = "strips in .pdf and of .pptx" if strips else "slides in .pptx"
        raise WarpvizError(f"--page is of {of}; name such a file with {flag}.")
    if wanted.template is not None and not kinds_named & {*SLIDES}:
        raise WarpvizError(f"--template is of slides; name a .pptx file with {flag}.")
    if "autoplay" in args:
        check_autoplay(args.autoplay)
        if ".html" not in kinds_named:
            raise WarpvizError(f"--autoplay is of the player; name an .html file with {flag}.")


def check_acts(args: Namespace, last: int) -> None:
    """Refuse --acts that a film of so many acts has not.

    Raises:
        WarpvizError: with those that it has; or it is the turn of one stop.
    """
    if "acts" in args and "turntable" in args:
        raise WarpvizError(
            "--turntable turns one stop, --acts cuts a film that goes from stop to stop; "
            "leave out one."
        )
    if "acts" in args:
        clipped(Timeline(last), *args.acts)


def save_options_of(args: Namespace) -> SaveOptions:
    """What is asked of files besides their suffix.

    Raises:
        WarpvizError: for what makes no sense.
    """
    places = tuple(getattr(args, "at", ()))
    if places and min(places) < 0:
        raise WarpvizError(
            "--at expects stops counted from 0, such as 2.5, got "
            f"{','.join(f'{place:g}' for place in places)}."
        )
    return SaveOptions(
        places,
        "filmstrip" in args,
        getattr(args, "max_size", None),
        getattr(args, "page", None),
        getattr(args, "template", None),
    )


def refuse_twice(what: str, names: Sequence[str]) -> None:
    """Refuse a name that is given twice."""
    for i, name in enumerate(names):
        if name in names[:i]:
            raise WarpvizError(f"{what} names {name} twice; leave one out.")


def write(
    film: Animation, paths: Sequence[Path], console: Console, args: Namespace | None = None
) -> None:
    """Write a film to all files, telling each as soon as it is whole."""
    for note in film.notes:
        console.note(note)
    args = args or Namespace()
    if "autoplay" in args:
        film = replace(film, autoplay=args.autoplay)
    if "acts" in args:
        film = film.clip(*args.acts)
    names = ", ".join(path.name for path in paths)
    watched = Watched(film, f"draw {names}", console)
    for file in saved(film, paths, save_options_of(args), watched):
        console.written(file)
    if "frames" in args:
        folder = write_frames(film, Path(args.frames))
        console.path(folder)
        console.note(f"{folder}: {len(film)} pictures; about.txt tells how to use them")
