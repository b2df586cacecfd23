"""The Markdown twin of each page, and `llms.txt`, which lists them."""

import re
from pathlib import Path

from gallery.site import pages
from gallery.site.blocks import THEMES, themed


def twin(name: str, text: str) -> str:
    r"""A page as plain Markdown: players are links.

    >>> print(twin("start/a", "(here)=\n# A\n\n```{player} f.html\nWhat is seen.\n```"))
    # A
    <BLANKLINE>
    [Player: What is seen.](a/f.html)
    """
    stem = Path(name).name
    text = re.sub(r"^\([\w-]+\)=\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^```\{toctree\}.*?^```\n*", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(
        r"^```\{player\} (\S+)\n(?::[^\n]*\n)?\n?(.*?)\n```$",
        lambda found: f"[Player: {' '.join(found[2].split())}]({stem}/{found[1]})",
        text,
        flags=re.DOTALL | re.MULTILINE,
    )
    text = re.sub(r"\{download\}`([^<`]+) <([^>]+)>`", r"[\1](\2)", text)
    return text.replace("](made:", f"]({stem}/")


def staged(text: str, made: Path) -> str:
    """A page as Sphinx reads it; a picture that was made in both themes is shown in the page's."""

    def both(found: re.Match[str]) -> str:
        names = {theme: themed(found[2], theme) for theme in THEMES}
        if not all((made / name).is_file() for name in names.values()):
            return f"![{found[1]}]({made.name}/{found[2]})"
        return "\n".join(
            f"![{found[1]}]({made.name}/{name}){{.only-{theme}}}" for theme, name in names.items()
        )

    text = re.sub(r"!\[([^\]]*)\]\(made:([^)]+)\)", both, text)
    return text.replace("](made:", f"]({made.name}/")


def llms(order: dict[str, list[str]], found: dict[str, str]) -> str:
    """The list of all pages for programs that read (llmstxt.org)."""
    parts = ["# warpviz", f"> {pages.summary_of(found['index'])}"]
    for caption, names in order.items():
        every = [(n, found[n]) for name in names for n in _with_below(name, found)]
        rows = [f"- [{pages.title_of(t)}]({n}.md): {pages.summary_of(t)}" for n, t in every]
        parts.append(f"## {caption}\n\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _with_below(name: str, found: dict[str, str]) -> list[str]:
    return [name, *(pages.below(found, name) if name.endswith("/index") else [])]
