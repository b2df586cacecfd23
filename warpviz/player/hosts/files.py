"""What a snippet is made from: a player's file, or a folder of frames."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from warpviz.errors import WarpvizError

_HEAD = 8192  # characters in which a player tells about itself
_LARGEST = 256 * 2**20  # characters that are read of a file that may be anything


@dataclass(frozen=True)
class Player:
    """What a player's file tells about itself.

    Attributes:
        title: of the film.
        stops: how many states it has.
        size: width, height of the picture in pixels.
        page: the whole file as text.
    """

    title: str
    stops: int
    size: tuple[int, int]
    page: str


@dataclass(frozen=True)
class Frames:
    """What a folder of frames tells about itself.

    Attributes:
        count: how many pictures it has.
        fps: pictures a second, the first of those that its timeline tells.
    """

    count: int
    fps: float


def read_player(path: Path) -> Player:
    """Look into a file.

    Raises:
        WarpvizError: it cannot be read, or it is no player.
    """
    text = _text_of(path)
    number = r'"([0-9]{1,4})"'
    body = re.search(
        f"<body data-stops={number} data-width={number} data-height={number}[ >]", text
    )
    title = re.search(r"<title>(.*?)</title>", text[:_HEAD] + text[-_HEAD:], re.DOTALL)
    if '<meta name="generator" content="warpviz' not in text or not body or not title:
        raise WarpvizError(
            f"{path} is no player; write one with: warpviz render -o {Path(path).stem}.html."
        )
    stops, width, height = map(int, body.groups())
    return Player(html.unescape(title[1]), stops, (width, height), text)


def read_frames(folder: Path) -> Frames:
    """Look into a folder of frames.

    Raises:
        WarpvizError: it cannot be read, or it holds no frames.
    """
    if not folder.is_dir():
        raise WarpvizError(
            f"latex shows a folder that --frames wrote, and {folder} is no folder; "
            f"write one with: warpviz render --frames {folder.stem}."
        )
    rates = re.findall(r"^\*?:([0-9.e+]*):([0-9]+)$", _text_of(folder / "timeline.txt"), re.M)
    if not rates or not (folder / f"frame-{len(rates) - 1:04d}.png").is_file():
        raise WarpvizError(
            f"{folder} holds no frames; write them with: warpviz render --frames {folder.name}."
        )
    return Frames(len(rates), float(rates[0][0] or 1))


def _text_of(path: Path) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(_LARGEST)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise WarpvizError(f"Cannot read {path}: {told}; check the path.") from error
