"""The player: one HTML file that draws the film itself, with nothing to load."""

import base64
import html
import json
import re
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Protocol

from warpviz.atomic import replacing
from warpviz.colour import hexadecimal
from warpviz.languages.language import Language, language_of
from warpviz.picture.figure import AnyScene
from warpviz.picture.film import Film, Written
from warpviz.picture.scene import Scene
from warpviz.player.engine import engine_source, flat, joined, kinds_of, used
from warpviz.player.payload import Played, payload
from warpviz.player.sealed import sealed
from warpviz.theme import Theme, scheme
from warpviz.version import __version__

SCREEN = (
    "hint", "stepping", "view", "drawing", "state", "probes", "tables", "weights", "colours",
    "controls", "keyboard", "pointer", "outside/vectors", "outside/picture", "outside/address",
    "outside/messages", "seen", "print", "start",
)  # fmt: skip
"""The user interface: names of the files in `js/ui/`."""
ICONS = {
    "play": '<path class="solid" d="M7 4.5v15l12-7.5z"/>',
    "pause": '<path d="M8 5v14M16 5v14" stroke-width="4"/>',
    "previous": '<path d="M6 5v14"/><path class="solid" d="M19 5v14L9 12z"/>',
    "next": '<path d="M18 5v14"/><path class="solid" d="M5 5v14l10-7z"/>',
    "layers": '<path d="m12 3 9 5-9 5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5"/>',
    "words": '<path d="M4 6h16M4 11h16M4 16h10"/>',
    "probe": '<circle cx="12" cy="12" r="4"/><path d="M12 2v5M12 17v5M2 12h5M17 12h5"/>',
    "matrix": '<path d="M7 4H4v16h3M17 4h3v16h-3"/>'
    '<path d="M9.5 9v.1M14.5 9v.1M9.5 15v.1M14.5 15v.1" stroke-width="3"/>',
    "reset": '<path d="M4 5v5h5M4.6 10A8 8 0 1 1 4 14"/>',
    "theme": '<circle cx="12" cy="12" r="8.5"/>'
    '<path class="solid" d="M12 3.5a8.5 8.5 0 0 1 0 17z"/>',
    "link": '<path d="M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.6l-1.2 1.2"/>'
    '<path d="M14 10a4.5 4.5 0 0 0-6.4 0l-3 3a4.5 4.5 0 0 0 6.4 6.4l1.2-1.2"/>',
    "save": '<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 16v4h16v-4"/>',
    "full": '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>',
    "help": '<circle cx="12" cy="12" r="9"/>'
    '<path d="M9.3 9.2a2.8 2.8 0 1 1 4 2.9c-.9.5-1.3 1-1.3 2M12 17.4v.1"/>',
}


class Playable(Played, Film, Protocol):
    """A film that can be played in a page."""


def save(film: Playable, path: Path) -> Written:
    """Player: one page to pause, turn and step through, for lectures and web pages."""
    data = page(film).encode()
    with replacing(path) as draft:
        draft.write_bytes(data)
    return Written(Path(path), len(film), film.seconds, len(data))


def page(film: Playable) -> str:
    """The page as text: its style, script, data and words in one, nothing to fetch."""
    folder, say = files("warpviz.player"), language_of(film.scene.language)
    width, height = film.size
    parts = {
        "title": html.escape(film.title),
        "description": html.escape(film.description, quote=True),
        "colours": colours_of(film.scene.theme),
        "version": __version__,
        "stops": str(len(film.chapters)),
        "width": str(width),
        "height": str(height),
        "autoplay": film.autoplay,
        "probes": _probes(film.scene),
        "language": say.code,
        "direction": "rtl" if say.leftwards else "ltr",
        "sentences": sentences_of(say) if say.page else "",
        "style": (folder / "style.css").read_text(encoding="utf-8"),
        "script": flat(engine_source(used(film.scene), kinds_of(film.scene)) + screen_source()),
        "payload": payload(film),
        "poster": poster_of(film),
        **{f"icon:{name}": icon_of(shapes) for name, shapes in ICONS.items()},
    }
    template = (folder / "template.html").read_text(encoding="utf-8")
    return sealed(SAID.sub(lambda found: html.escape(say(found[1])), template), parts)


def points_of(scene: AnyScene) -> list[list[float]]:
    """The input points that a film follows, the probes of its player."""
    followed = scene.panels[0].followed if isinstance(scene, Scene) else None
    return [] if followed is None else followed.inputs.tolist()


def _probes(scene: AnyScene) -> str:
    """The same as the page's address would tell them; "" for none."""
    told = ";".join(f"0:{','.join(map(repr, point))}" for point in points_of(scene))
    return f' data-probes="{told}"' if told else ""


SAID = re.compile(r"\{\{say:([^}]*)\}\}")
"""A sentence of the template, in English."""


def sentences_of(say: Language) -> str:
    """What the page's script says in this language, as JSON for an attribute."""
    told = {"code": say.code, "forms": say.plural.names, "table": say.page}
    return html.escape(json.dumps(told, ensure_ascii=False), quote=True)


CONTROLS = 80
"""CSS pixels that the controls take below a film in a notebook."""
MOST = 8_000_000
"""Bytes of a player that a notebook takes in without being asked; a larger one is saved."""


def frame_of(film: Playable) -> str:
    """A frame that holds the page, isolated from the notebook around it and from other films.

    A page of more than `MOST` bytes is not put into a notebook unasked: a sentence says so.
    """
    text = page(film)
    if len(text) > MOST:
        return (
            f"<p>This film's player has {len(text) / 1e6:.0f} MB, too much for a notebook: "
            'save it with <code>.save("fold.html")</code>.</p>'
        )
    width, height = film.size
    return (
        f'<iframe srcdoc="{html.escape(text, quote=True)}" title="{html.escape(film.title)}" '
        'sandbox="allow-scripts allow-downloads" allowfullscreen '
        f'style="width: 100%; max-width: {width}px; '
        f'aspect-ratio: {width} / {height + CONTROLS}; border: 0"></iframe>'
    )


def screen_source() -> str:
    """The user interface as one piece of script, to follow the engine's."""
    return joined(f"ui/{name}.js" for name in SCREEN)


POSTER = 800
"""Pixels that the poster's longer side has at most."""


def poster_of(film: Playable) -> str:
    """The picture that stands where the film cannot play, as an address."""
    from PIL import Image, features

    image = Image.fromarray(film.poster().pixels)
    image.thumbnail((POSTER, POSTER))
    buffer = BytesIO()
    kind = "webp" if features.check("webp") else "png"
    if kind == "webp":
        image.save(buffer, "WEBP", quality=80)
    else:
        image.quantize(64, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return f"data:image/{kind};base64," + base64.b64encode(buffer.getvalue()).decode()


def colours_of(theme: Theme) -> str:
    """The page's own colours until its script says others, and where it never does."""
    own = {
        "ground": theme.background,
        "text": theme.text,
        "muted": theme.muted,
        "accent": theme.classes[0],
    }
    told = "; ".join(f"--{name}: {hexadecimal(colour)}" for name, colour in own.items())
    return f"color-scheme: {scheme(theme)}; {told}"


def icon_of(shapes: str) -> str:
    """A sign of a button."""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>'
