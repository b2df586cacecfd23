"""Ready snippets that put a player into a page, a slide or a book."""

import html
import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from urllib.parse import quote

from warpviz.errors import WarpvizError
from warpviz.picture.film import check_autoplay

_HEAD = 8192  # characters in which a player tells about itself
_LARGEST = 256 * 2**20  # characters that are read of a file that may be anything
_LONGEST = 200  # characters of a title
_BARE = frozenset(" ,.:;()/+=–—·→×%°-")
"""Besides letters and digits, what stands as itself in a snippet: no host has a use for it."""


@dataclass(frozen=True)
class Player:
    """What a player's file tells about itself.

    Attributes:
        title: of the film.
        stops: how many states it has.
        size: width, height of the picture in pixels.
    """

    title: str
    stops: int
    size: tuple[int, int]


def read_player(path: Path) -> Player:
    """Look into a file.

    Raises:
        WarpvizError: it cannot be read, or it is no player.
    """
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(_LARGEST)
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise WarpvizError(f"Cannot read {path}: {told}; check the path.") from error
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
    return Player(html.unescape(title[1]), stops, (width, height))


def snippet(path: Path, kind: str, *, autoplay: str = "seen") -> str:
    """What to paste.

    Args:
        path: the player, as the page will refer to it.
        kind: a name of `KINDS`.
        autoplay: when it plays by itself, a word of `AUTOPLAY`; with "0" it waits at the input, in
            a deck for the first fragment. It is said by the address, and by the frame's name, which
            stays where a page takes its frames into itself.

    Raises:
        WarpvizError: as `read_player`, or `autoplay` is no such word.
    """
    check_autoplay(autoplay)
    player = read_player(path)
    width, height = player.size
    fragments = "\n".join(
        f'  <span class="fragment" data-warpviz-step="{stop}"></span>'
        for stop in range(1, player.stops)
    )
    # A book keeps its players in one folder.
    place = path.name if kind == "jupyterbook" else path.as_posix()
    return KINDS[kind].substitute(
        src=quote(os.fsencode(place)),
        words="" if autoplay == "seen" else f"#autoplay={autoplay}",
        name="" if autoplay == "seen" else f' name="warpviz#autoplay={autoplay}"',
        # What plays always begins again; the others rest at their end, for the fragments.
        deck=("autoplay=always" if autoplay == "always" else "autoplay=0&amp;loop=0") + _DECK,
        waits={"0": ' data-warpviz-play="no"', "always": ' data-warpviz-play="always"'}.get(
            autoplay, ""
        ),
        watcher=_text("shown.js").rstrip(),
        title=_in_its_place(player.title),
        ratio=f"{width} / {height + 90}",
        bare=f"{width} / {height}",
        height=height + 90,
        fragments=fragments,
        driver=_text("reveal.js"),
    )


def _text(name: str) -> str:
    return (files("warpviz.player") / name).read_text(encoding="utf-8")


def _in_its_place(text: str) -> str:
    r"""A text for an attribute that ends no attribute, line, fence, formula or template around it.

    All but letters, digits and a few signs are written by number; line breaks and what else cannot
    be seen become spaces.

    >>> _in_its_place('a "b"\n```{python}')
    'a &#34;b&#34; &#96;&#96;&#96;&#123;python&#125;'
    """
    seen = " ".join("".join(s if s.isprintable() else " " for s in text).split())[:_LONGEST]
    return "".join(s if s.isalnum() or s in _BARE else f"&#{ord(s)};" for s in seen)


_DECK = "&amp;controls=0&amp;keys=parent&amp;print=stop"
_FRAME = (
    '<iframe src="$src$words"$name title="$title" loading="lazy" allowfullscreen\n'
    '        style="width: 100%; aspect-ratio: $ratio; border: 0"></iframe>'
)
_WATCHED = _FRAME + "\n<script>\n$watcher\n</script>"
KINDS: dict[str, Template] = {
    "html": Template(_WATCHED),
    "reveal": Template(
        "<section>\n"
        '  <iframe data-warpviz$waits title="$title" allowfullscreen\n'
        '          src="$src#$deck" name="warpviz#$deck"\n'
        '          style="width: 100%; max-height: 82vh; aspect-ratio: $bare; border: 0">'
        "</iframe>\n$fragments\n</section>\n<script>\n$driver</script>"
    ),
    "quarto": Template("```{=html}\n" + _WATCHED + "\n```\n"),
    "jupyterbook": Template(
        "```{raw} html\n" + _FRAME.replace("$src", "_static/$src") + "\n```\n\n"
        "% Copy the file into _static/ and add to _config.yml:\n"
        "%   sphinx: {config: {html_static_path: [_static]}}\n"
    ),
}
"""Where a snippet goes, and what it is."""
