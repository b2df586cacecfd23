"""The gallery's page: its own words, each piece with its player, its command and its Python."""

import re
from pathlib import Path

from warpviz.cli.commands.gallery import made, pieces

GALLERY = Path(__file__).parents[1]
HEAD = re.compile(
    r"^### \[(?P<title>[^\]]+)\]\((?P<name>\w+)\.py\)\n\n"
    r"!\[(?P<alt>[^\]]*)\]\([^)]+\)$",
    re.MULTILINE,
)
FIGURE = re.compile(
    r"<picture>.*?alt=\"([^\"]+)\" src=\"pictures/([\w-]+\.svg)\".*?</picture>", re.DOTALL
)
"""A figure of studies; the page on them makes one of the same name."""
LOOK = {"classic": {"rounds": 4}}
"""What some pieces need besides, so that their pages stay small; by the first word of a name."""


def page() -> str:
    """`gallery/README.md` with players for its pictures."""
    text = (GALLERY / "README.md").read_text(encoding="utf-8")
    text = text.split("\n## Your own framework")[0].rstrip()
    text = re.sub(r"^The pictures here are small versions.*\n", "", text, flags=re.MULTILINE)
    text = FIGURE.sub(r"![\1](study/\2)", text)
    return HEAD.sub(lambda found: _section(**found.groupdict()), text) + "\n"


def _section(title: str, name: str, alt: str) -> str:
    code = (GALLERY / f"{name}.py").read_text(encoding="utf-8")
    return "\n\n".join(
        [
            f"### {title}",
            f"```{{player}} {name}.html\n{alt}\n```",
            f"```console\nwarpviz gallery {name}\n```",
            f"<details>\n<summary>Its Python: gallery/{name}.py</summary>\n\n"
            f"```py\n{code}```\n\n</details>",
        ]
    )


def make(name: str, folder: Path) -> None:
    """Make the player of a piece."""
    look = LOOK.get(name.partition("_")[0], {})
    made(pieces()[name], dict(look)).save(folder / f"{name}.html")
