"""The laboratory's page: the player's, with all that takes hold of the network around it."""

import html
import json
import re
import zlib
from base64 import b64encode
from importlib.resources import files
from typing import Any

from warpviz.film.reel.animation import Animation
from warpviz.laboratory.given import mathematics_source
from warpviz.laboratory.measuring import MEASURES, measuring_module
from warpviz.laboratory.seeing import SCENE_MODULES, seeing_module
from warpviz.laboratory.squeezed import squeezed
from warpviz.languages.language import Language
from warpviz.model.activations import BUILT_IN
from warpviz.player.engine import engine_source, flat, joinable, joined
from warpviz.player.packing import pack
from warpviz.player.page import (
    ICONS,
    SAID,
    colours_of,
    icon_of,
    poster_of,
    screen_source,
)
from warpviz.player.sealed import sealed
from warpviz.version import __version__

HELD = (
    "ui/store", "ui/network", "ui/live", "ui/grid", "ui/made", "panels/curves", "ui/standing",
    "ui/gaps", "ui/teaching", "panels/cards", "panels/compare", "panels/points", "panels/brush",
    "panels/training", "panels/measured", "panels/noticed", "panels/checks", "panels/lessons",
    "ui/checked", "ui/fragment", "panels/sharing", "ui/handles", "ui/handle", "ui/tabs", "ui/begin",
)  # fmt: skip
"""What takes hold of it: names of the files in `js/lab/`."""
PAGE_MODULES = (*SCENE_MODULES, *MEASURES, *(f"lab/{name}" for name in HELD))
"""All of them as modules of `js/`, to follow the mathematics."""
MORE_ICONS = {
    "step": '<path class="solid" d="M6 5v14l9-7z"/><path d="M18 5v14"/>',
    "end": '<path class="solid" d="M4 5v14l8-7zM12 5v14l8-7z"/><path d="M21 5v14"/>',
    "undo": '<path d="M9 5 4 10l5 5"/><path d="M4 10h9a6 6 0 0 1 0 12h-2"/>',
    "redo": '<path d="m15 5 5 5-5 5"/><path d="M20 10h-9a6 6 0 0 0 0 12h2"/>',
}
STAGE = re.compile(r'  <div class="stage".*?(?=</main>)', re.DOTALL)
"""The player's part of its own template."""
HINT = '<output class="hint"'
OVER = (
    '<svg class="parting" id="parting" aria-hidden="true" hidden>'
    '<clipPath id="parting-in"><rect id="parting-clip"/></clipPath>'
    '<line id="parting-line" clip-path="url(#parting-in)"/></svg>'
    '<svg class="handles" id="handles" aria-hidden="true" hidden></svg>'
    '<span class="ring" id="ring" hidden></span>'
    '<details class="noticed" id="noticed" hidden></details>'
)
"""What is laid over the picture, before the hint."""
FRAME = (1280, 800)
"""CSS pixels of a frame that shows it whole, as in a deck."""
WORKS = "; worker-src blob:"
"""What the page's policy allows besides: the worker that trains, made of a text of the page."""


RUNS = """(() => {
"use strict";
{{script}}
const state = () => ("ready" in document.body.dataset ? stateOf(globalThis.player) : null);
globalThis.warpviz = { state };
beginLab(document.getElementById("film"))
  .then((lab) => { globalThis.warpviz.lab = lab; })
  .catch(standStill);
})();
"""
"""The script, which the page has deflated: a quarter of it."""


def lab_script() -> str:
    """The laboratory as one piece of script."""
    engine = engine_source(BUILT_IN, ["cloth"])
    return engine + screen_source() + mathematics_source() + held_source()


def held_source() -> str:
    """What takes hold of a film, to follow the mathematics."""
    given = joinable(seeing_module()) + joinable(measuring_module())
    return given + joined(f"{name}.js" for name in PAGE_MODULES)


def lab_page(film: Animation, title: str, given: dict[str, Any], say: Language) -> str:
    """The page as text.

    Args:
        film: of the network that it begins with, for its looks and where no script runs.
        title: of the page.
        given: what `handed` gives.
        say: the language.
    """
    folder = files("warpviz.laboratory")
    template = (folder / "lab.html").read_text(encoding="utf-8")
    player = (files("warpviz.player") / "template.html").read_text(encoding="utf-8")
    stage = STAGE.search(player)
    assert stage is not None
    template = template.replace("{{player}}", stage[0].replace(HINT, OVER + HINT))
    script = squeezed(RUNS.replace("{{script}}", flat(lab_script())))
    style = [(files("warpviz.player") / "style.css"), (folder / "lab.css")]
    parts = {
        "title": html.escape(title),
        "description": html.escape(film.description, quote=True),
        "colours": colours_of(film.scene.theme),
        "version": __version__,
        "stops": str(len(film.chapters)),
        "width": str(FRAME[0]),
        "height": str(FRAME[1]),
        "language": say.code,
        "direction": "rtl" if say.leftwards else "ltr",
        "sentences": said_by(script, given, say),
        "style": "".join(each.read_text(encoding="utf-8") for each in style),
        "code": b64encode(zlib.compress(script.encode(), 9)).decode(),
        "payload": pack(given),
        "poster": poster_of(film),
        **{f"icon:{name}": icon_of(shapes) for name, shapes in {**ICONS, **MORE_ICONS}.items()},
    }
    filled = SAID.sub(lambda found: html.escape(say(found[1])), template)
    return sealed(filled, parts, WORKS, [script])


SPOKEN = re.compile(r'\b(?:say|Trouble)\(("(?:[^"\\]|\\.)*")')
"""A sentence that the page's script says."""


def said_by(script: str, given: dict[str, Any], say: Language) -> str:
    """What the page says in its language: sentences of its script and its lessons, no others."""
    if say.code == "en":
        return ""
    known = {json.loads(each) for each in SPOKEN.findall(script)}
    for lesson in given["lessons"]:
        words = [lesson["title"], *(step[key] for step in lesson["steps"] for key in step)]
        known |= {each for each in words if isinstance(each, str)}
    known |= {*given["parts"], *given["show"]}
    table = {each: say.table[each] for each in sorted(known) if say.table.get(each)}
    told = {"code": say.code, "forms": say.plural.names, "table": table}
    return html.escape(json.dumps(told, ensure_ascii=False), quote=True)
