"""Ready snippets that put a player into a page, a slide or a book."""

import base64
import os
from importlib.resources import files
from pathlib import Path
from textwrap import indent
from urllib.parse import quote

from warpviz.arguments import kinds_checked
from warpviz.names import unknown_name
from warpviz.picture.film import check_autoplay
from warpviz.player.hosts import places
from warpviz.player.hosts.files import read_frames, read_player
from warpviz.player.hosts.table import HOSTS

DRIVERS = ("shown", "reveal", "marp", "slidev", "linked", "moodle")
"""Scripts that snippets bring along: names of the files beside this one."""
BAR = 90
"""Pixels that the controls of a player take below its picture."""
MOST_CLICKS = 16
"""Stops of a film that a slide of reveal.js steps through; one of more, as of a training, is played
by one click."""
_DECK = ("controls=0", "keys=parent", "print=stop")


@kinds_checked
def embed(
    path: str | os.PathLike[str], host: str = "html", *, autoplay: str = "seen", name: str = ""
) -> str:
    """What to paste into a page, a slide or a book so that it shows a film.

    Args:
        path: the player, an .html, as the page will refer to it; for "latex" a folder of frames.
        host: a name of `HOSTS`, such as "reveal" or "slidev".
        autoplay: when it plays by itself, a word of `AUTOPLAY`; with "0" it waits at the input, in
            a deck for the first click. It is said by the address, and by the frame's name, which
            stays where a page takes its frames into itself.
        name: of this film among others in the page: the frame's id; messages that name another
            one in `to` leave it alone, and its own tell `name`.

    Raises:
        WarpvizError: the path is not what the host takes, or there is no such host, word or name.
    """
    if host not in HOSTS:
        raise unknown_name("place", host, HOSTS)
    check_autoplay(autoplay)
    places.named(name)
    taken = HOSTS[host]
    made = _of_frames if taken.frames else _of_player
    return taken.template.substitute(made(Path(path), host, autoplay, name))


def _of_player(path: Path, host: str, autoplay: str, name: str) -> dict[str, str]:
    """What the snippet of a player is filled with."""
    player = read_player(path)
    width, height = player.size
    place = path.as_posix()
    own = [f"name={name}"] * bool(name)
    words = "&amp;".join([*own, *[f"autoplay={autoplay}"] * (autoplay != "seen")])
    # What plays always begins again; the others rest at their end, for the clicks.
    start = ["autoplay=always"] if autoplay == "always" else ["autoplay=0", "loop=0"]
    title = places.in_attribute(player.title)
    style = f"width: 100%; max-height: 100vh; aspect-ratio: {width} / {height + BAR}; border: 0"
    called = f"warpviz#{words}" if words else ""
    page = base64.b64encode(player.page.encode()).decode()
    told = {
        "src": quote(os.fsencode(place)),
        "file": quote(os.fsencode(path.name)),
        "string": places.in_string(place),
        "plain": places.plain(place, host) if HOSTS[host].plain else "",
        "page": page,
        "words": f"#{words}" if words else "",
        "called": called,
        "name": f' name="{called}"' if called else "",
        "id": f' id="{name}"' if name else "",
        "deck": "&amp;".join([*own, *start, *_DECK]),
        "waits": {"0": ' data-warpviz-play="no"', "always": ' data-warpviz-play="always"'}.get(
            autoplay, ""
        ),
        "title": title,
        "style": style,
        "bare": f"{width} / {height}",
        "fragments": _each(
            player.stops,
            '  <span class="fragment" data-warpviz-step="{}"></span>',
            1 if player.stops <= MOST_CLICKS else player.stops - 1,
        ),
        "marks": _each(player.stops, '<span data-marpit-fragment="{}"></span>'),
        "last": str(player.stops - 1),
    }
    drivers = {driver: _text(f"{driver}.js").rstrip() for driver in DRIVERS}
    return {**told, **drivers, "inset": indent(drivers["linked"], "   ").lstrip()}


def _of_frames(folder: Path, host: str, autoplay: str, name: str) -> dict[str, str]:
    """What the snippet of a folder of frames is filled with."""
    place = places.plain(folder.as_posix(), host)
    frames = read_frames(folder)
    return {
        "plain": place,
        "starts": "" if autoplay == "0" else "autoplay,loop,",
        "timeline": "clicks" if autoplay == "0" else "timeline",
        "fps": f"{frames.fps:g}",
        "last": f"{frames.count - 1:04d}",
    }


def _each(stops: int, line: str, first: int = 1) -> str:
    return "\n".join(line.format(stop) for stop in range(first, stops))


def _text(name: str) -> str:
    return (files("warpviz.player.hosts") / name).read_text(encoding="utf-8")
