"""A directive of Sphinx that shows a player, and formulas that need no script.

    ```{player} fold.html
    What is seen.
    ```

A player is loaded when it is seen; until then, and on paper, its own picture stands there. The
first of the site's first page is loaded at once (`:now:`). Another page that warpviz wrote needs
its `:size: 960x620`.
"""

import base64
import html
import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from warpviz.player.hosts.embed import BAR
from warpviz.player.hosts.files import read_player

POSTER = re.compile(r'<img class="poster"[^>]* src="data:image/(\w+);base64,([^"]+)"')


class Player(SphinxDirective):
    """A film in its page."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"now": directives.flag, "size": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The frame, its picture and what is seen."""
        source = Path(self.env.srcdir) / self.env.docname / self.arguments[0]
        place = f"{Path(self.env.docname).name}/{source.name}"
        caption = html.escape(" ".join(self.content))
        if "size" in self.options:
            width, height = map(int, self.options["size"].split("x"))
            title, poster, own = caption, "", "The page alone"
        else:
            player = read_player(source)
            width, height = player.size[0], player.size[1] + BAR
            title, poster = html.escape(player.title), poster_of(player.page, source)
            own = "The player alone"
        src = f'src="{place}#theme=auto"' if "now" in self.options else ""
        picture = Path(place).with_suffix(poster)
        shown = f'<img class="poster" src="{picture}" alt="" loading="lazy">' if poster else ""
        text = (
            f'<figure class="film"><div class="screen" style="aspect-ratio: {width} / {height}">'
            f'{shown}<iframe {src} data-film="{place}" title="{title}" allowfullscreen></iframe>'
            f'</div><figcaption>{caption} <a href="{place}">{own}</a></figcaption>'
            "</figure>"
        )
        return [nodes.raw("", text, format="html")]


def poster_of(page: str, path: Path) -> str:
    """Write the picture of a player beside it; its suffix, or "" where it has none."""
    found = POSTER.search(page)
    if not found:
        return ""
    path.with_suffix(f".{found[1]}").write_bytes(base64.b64decode(found[2]))
    return f".{found[1]}"


def mathml(text: str, display: str = "inline") -> str:
    r"""A formula of LaTeX for browsers, which draw it themselves.

    >>> mathml(r"\begin{aligned} y &= x \end{aligned}").count("<mtd")
    2
    """
    for name in ("{aligned}", "{split}"):
        text = text.replace(name, "{align*}")
    return str(convert(text, display=display))


def _inline(self: Any, node: Any) -> None:
    self.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def _display(self: Any, node: Any) -> None:
    math = mathml(node.astext(), "block")
    self.body.append(f'<div class="formula" tabindex="0">{math}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.add_directive("player", Player)
    app.add_html_math_renderer("mathml", (_inline, None), (_display, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
