"""`python -m gallery.pictures [NAME …]`: the committed pictures, small versions of the pieces."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from warpviz.cli.commands.gallery import made, pieces
from warpviz.film.reel.animation import Animation

FOLDER = Path(__file__).parent
SHRUNK = 0.6
LOOK: dict[str, Any] = {"fps": 10.0}
OWN: dict[str, dict[str, Any]] = {
    f"classic_{name}": {"rounds": 4} for name in ("relu", "tanh", "gelu")
} | {"closed": {"fps": 7.0}}
"""What a piece needs besides, to stay small."""
LIGHT = ("compare",)
"""Pieces that are shown in both themes."""


def small(script: Path, **look: Any) -> Animation:
    """A piece at a smaller size, with fewer frames a second."""
    look = LOOK | OWN.get(script.stem, {}) | look
    width, height = made(script, look).size
    size = round(SHRUNK * width), round(SHRUNK * height)
    return made(script, look | {"size": size})


def main(names: Sequence[str]) -> None:
    """Make the pictures of these pieces, or of all."""
    scripts = pieces()
    for name in names or scripts:
        small(scripts[name]).save(FOLDER / f"{name}.gif")
        if name in LIGHT:
            small(scripts[name], theme="light").save(FOLDER / f"{name}-light.gif")
        print(FOLDER / f"{name}.gif")


if __name__ == "__main__":
    main(sys.argv[1:])
