"""Every picture as a file, with its times: for LaTeX's animate and for any editor."""

import os
import shutil
from collections.abc import Container
from pathlib import Path

from warpviz.atomic import replacing
from warpviz.drafts import drafting, is_draft, put_folder
from warpviz.errors import WarpvizError
from warpviz.film.reel.reel import Reel
from warpviz.output.stills import encoded
from warpviz.picture.frame import Frame

TIMELINE, CLICKS, CONCAT, ABOUT = "timeline.txt", "clicks.txt", "film.ffconcat", "about.txt"


def check_folder(folder: Path) -> Path:
    """Tell before any work whether frames can be written there; links are followed.

    Raises:
        WarpvizError: there is no folder to make it in, or it holds what frames would not replace.
    """
    target = Path(os.path.realpath(folder))
    if target.is_dir():
        others = [entry.name for entry in target.iterdir() if not _own(entry.name)]
        if others:
            raise WarpvizError(
                f"--frames expects a new folder, {folder} holds {sorted(others)[0]}; "
                "choose another one."
            )
    elif target.exists():
        raise WarpvizError(f"--frames expects a folder, {folder} is a file; choose another name.")
    place = target if _stays(target) else target.parent
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        raise WarpvizError(
            f"Cannot make {folder}: {place} does not exist or is not writable; choose another "
            "place."
        )
    return folder


def write_frames(film: Reel, folder: Path) -> Path:
    """Write frame-0000.png and so on, timeline.txt, clicks.txt, film.ffconcat and about.txt.

    The folder appears whole or not at all; one of earlier frames is replaced. Where a folder
    cannot be replaced, as a mount point or the one that a shell stands in, its files are.

    Raises:
        WarpvizError: as `check_folder`.
    """
    check_folder(folder)
    target = Path(os.path.realpath(folder))
    with drafting(target if _stays(target) else target.parent) as draft:
        draft.mkdir()
        stays = []
        for number, shot in enumerate(film.shots()):
            (draft / _name(number)).write_bytes(encoded(Frame(shot.pixels, shot.centiseconds)))
            stays.append(shot.seconds)
        (draft / TIMELINE).write_text(_timeline(stays), "utf-8", newline="\n")
        stops = [n for n, moment in enumerate(film.timeline) if moment.t in (0.0, 1.0)]
        (draft / CLICKS).write_text(_timeline(stays, stops[1:-1]), "utf-8", newline="\n")
        (draft / CONCAT).write_text(_concat(stays), "utf-8", newline="\n")
        (draft / ABOUT).write_text(_about(film, len(stays)), "utf-8", newline="\n")
        if not _stays(target):
            try:
                put_folder(draft, target)
                return folder
            except OSError:
                if not target.is_dir():
                    raise
        _put_files(draft, target)
    return folder


def _stays(target: Path) -> bool:
    """Whether a folder is there and cannot or should not be replaced by another one."""
    if not target.is_dir():
        return False
    here = Path.cwd()
    used = os.path.ismount(target) or target in (here, *here.parents)
    return used or not os.access(target.parent, os.W_OK | os.X_OK)


def _put_files(draft: Path, target: Path) -> None:
    """Put all files of one folder into another, and remove earlier frames beyond them."""
    names = sorted(os.listdir(draft))
    for name in names:
        with replacing(target / name) as place:
            shutil.copyfile(draft / name, place)
    for name in os.listdir(target):
        if name not in names and _own(name) and not is_draft(name):
            (target / name).unlink()


def _own(name: str) -> bool:
    number = name.removeprefix("frame-").removesuffix(".png")
    if name in (TIMELINE, CLICKS, CONCAT, ABOUT) or is_draft(name):
        return True
    return name == f"frame-{number}.png" and number.isdigit()


def _name(number: int) -> str:
    return f"frame-{number:04d}.png"


def _timeline(stays: list[float], pauses: Container[int] = ()) -> str:
    """A line a frame for the LaTeX package animate: pause: frames a second: picture.

    A rate stays in force until the next one, and at a star it waits for a click; source: the
    manual of animate, "The timeline".
    """
    lines, before = [], None
    for number, seconds in enumerate(stays):
        rate = f"{1 / seconds:.6g}"
        star = "*" * (number in pauses)
        lines.append(f"{star}:{rate if rate != before else ''}:{number}")
        before = rate
    return "\n".join(lines) + "\n"


def _concat(stays: list[float]) -> str:
    """A list for ffmpeg's concat demuxer; it wants the last picture named twice."""
    lines = ["ffconcat version 1.0"]
    for number, seconds in enumerate(stays):
        lines += [f"file {_name(number)}", f"duration {seconds:.6f}"]
    return "\n".join([*lines, f"file {_name(len(stays) - 1)}"]) + "\n"


def _about(film: Reel, count: int) -> str:
    return (
        f"{film.title}\n{film.description}\n\n"
        f"LaTeX, packages graphicx and animate:\n"
        f"\\animategraphics[autoplay,loop,controls,width=\\linewidth,timeline={TIMELINE}]"
        f"{{{film.fps:g}}}{{frame-}}{{0000}}{{{count - 1:04d}}}\n"
        f"With timeline={CLICKS}, and neither autoplay nor loop, each click plays an act.\n\n"
        f"ffmpeg:\n"
        f"ffmpeg -i {CONCAT} -vf fps={film.fps:g} -pix_fmt yuv420p film.mp4\n"
    )
