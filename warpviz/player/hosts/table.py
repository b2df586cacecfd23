"""The hosts: for each what its snippet says, and what that is made from.

A snippet drives its player by what the host knows: decks tell it their clicks, pages whether it is
seen. Sources of what each host understands, besides what was tried in it:

- Quarto, "Raw content" (`{=html}`) and "Revealjs"; it reads Markdown with pandoc.
- Slidev, "Global Context" and "Slide Hooks"; Marp, "Fragmented list", whose marks are counted.
- MkDocs and MyST follow a link of Markdown to a file, Sphinx its role `download`.
- Moodle's editor is TinyMCE, told to keep scripts (`lib/editor/tiny`); it drops `srcdoc` and, from
  its version 7 on, closes all frames: so a script sets both. The page is told in base64, in which
  no filter of formulas or of links finds anything.
- Observable, "Files": `FileAttachment(…).text()`.
- The manual of the LaTeX package animate: `timeline`, whose `*` waits for a click.
"""

from dataclasses import dataclass
from string import Template
from textwrap import indent


@dataclass(frozen=True)
class Host:
    """Where a snippet goes.

    Attributes:
        where: in words.
        template: the snippet.
        frames: whether it shows a folder of frames, and no player.
        plain: whether paths may have no signs that mean something in its language.
    """

    where: str
    template: Template
    frames: bool = False
    plain: bool = False


_FRAME = (
    '<iframe src="$src$words"$id$name title="$title" loading="lazy" allowfullscreen\n'
    '        style="$style"></iframe>'
)
_WATCHED = f"{_FRAME}\n<script>\n$shown\n</script>"
_LINKING = (
    '<script title="$title"$id data-words="$words" data-name="$called"\n'
    '        style="$style">\n$linked\n</script>'
)
_LINKED = f"[$title]($src)\n\n{_LINKING}"
_UNLINKED = (
    '$id$name title="$title" sandbox="allow-scripts" allowfullscreen\n  style="$style"></iframe>'
)


def _decked(tall: str) -> str:
    """The frame in a slide, no taller than what a title leaves of it."""
    return (
        '<iframe data-warpviz$waits$id title="$title" allowfullscreen\n'
        '        src="$src#$deck" name="warpviz#$deck"\n'
        f'        style="width: 100%; max-height: {tall}; aspect-ratio: $bare; border: 0"></iframe>'
    )


def _raw(text: str) -> str:
    """What pandoc is to leave as it is."""
    return f"```{{=html}}\n{text}\n```"


HOSTS: dict[str, Host] = {
    "html": Host("a web page", Template(_WATCHED)),
    "reveal": Host(
        "a slide of reveal.js",
        Template(
            f"<section>\n{_decked('82vh')}\n$fragments\n</section>\n<script>\n$reveal\n</script>"
        ),
    ),
    "quarto": Host("a document of Quarto or pandoc", Template(_raw(_WATCHED))),
    "quarto-revealjs": Host(
        "a slide of Quarto or pandoc",
        Template(_raw(f"{_decked('72vh')}\n$fragments\n<script>\n$reveal\n</script>")),
    ),
    "slidev": Host(
        "a slide of Slidev; the file goes into public/",
        Template(
            "<script setup>\n$slidev\n</script>\n\n"
            '<iframe ref="film"$waits$id title="$title" allowfullscreen\n'
            '  :src="base + \'$file#$deck\'" name="warpviz#$deck"\n'
            '  style="width: 100%; max-height: 400px; aspect-ratio: $bare; border: 0"></iframe>\n'
            '<span v-click="$last"></span>'
        ),
    ),
    "marp": Host(
        "a slide of Marp, with `marp --html`",
        Template(f"<div>\n{_decked('470px')}\n$marks\n</div>\n\n<script>\n$marp\n</script>"),
    ),
    "jupyterbook": Host("a page of Jupyter Book or MyST", Template(_LINKED)),
    "sphinx": Host(
        "a page of Sphinx",
        Template(
            ":download:`The film <$plain>`\n\n.. raw:: html\n\n"
            + indent(_LINKING.replace("$linked", "$inset"), "   ")
        ),
        plain=True,
    ),
    "mkdocs": Host("a page of MkDocs", Template(_LINKED)),
    "moodle": Host(
        "the HTML of a page or label of Moodle",
        Template(
            f'<div>\n<iframe{_UNLINKED}\n<script data-page="$page">\n$moodle\n</script>\n</div>'
        ),
    ),
    "observable": Host(
        "a cell of Observable",
        Template(
            "// A cell of a notebook; in a page of Observable Framework: between ```js and ```.\n"
            f'html`<iframe srcdoc=$${{await FileAttachment("$string").text()}}{_UNLINKED}`'
        ),
    ),
    "latex": Host(
        "a document of LaTeX; its PDF plays in viewers that run JavaScript",
        Template(
            "% \\usepackage{graphicx,animate}\n"
            "\\animategraphics[${starts}controls,width=\\linewidth,"
            "timeline=$plain/$timeline.txt]{$fps}{$plain/frame-}{0000}{$last}"
        ),
        frames=True,
        plain=True,
    ),
}
"""Each place that snippets go to."""
