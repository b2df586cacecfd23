"""The programs of hosts, where they are installed, and the snippets that they are given."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from warpviz.player.hosts.embed import embed

PLAYER = "fold.html"


@dataclass(frozen=True)
class Built:
    """What a host made.

    Attributes:
        page: where, below the folder.
        program: which made it, and its version.
        deck: whether it is a talk whose second slide has the film.
        clicks: whether the host's own clicks step it.
    """

    page: str
    program: str
    deck: bool = False
    clicks: bool = False


def node_package(package: str) -> Path:
    """Where a package of npm is, or the test is skipped."""
    root = Path(os.environ.get("WARPVIZ_NODE_MODULES", "node_modules")).resolve()
    if not (root / package).is_dir():
        pytest.skip(f"needs {package}: npm install {package}")
    return root / package


def node_program(package: str, name: str) -> Path:
    """A program of a package of npm, or the test is skipped."""
    return node_package(package).parents[package.count("/")] / ".bin" / name


def node_version(package: str) -> str:
    """What is installed of it."""
    about = json.loads((node_package(package) / "package.json").read_text(encoding="utf-8"))
    return f"{package} {about['version']}"


def run(folder: Path, *words: str | Path, **variables: str) -> str:
    """Run a program of a host to its end; what it says where it fails is told."""
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, timeout=240,
        stdin=subprocess.DEVNULL, env={**os.environ, **variables},
    )  # fmt: skip
    assert done.returncode == 0, f"{words}: {done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def snippet(host: str, folder: Path, player: str = PLAYER, **wishes: str) -> str:
    """The snippet as it is printed in the folder where the page is."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return embed(player, host, **wishes)
    finally:
        os.chdir(before)


def pandoc(folder: Path, source: str, *words: str) -> str:
    """Let pandoc make `talk.html`, as Quarto does; its version."""
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc: apt-get install pandoc")
    (folder / "talk.qmd").write_text(source, encoding="utf-8")
    run(folder, "pandoc", "-f", "markdown", "talk.qmd", "--standalone", "-o", "talk.html", *words)
    return run(folder, "pandoc", "--version").splitlines()[0]


STILL = "{ transition: 'none' }"
"""A deck whose slides change at once."""


def reveal_deck(folder: Path, name: str, slides: str, settings: str = "{}") -> None:
    """Write a page that plays with reveal.js: sections, and what it is initialized with."""
    (folder / "reveal").symlink_to(node_package("reveal.js") / "dist")
    (folder / name).write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="reveal/reveal.css">'
        f'<div class="reveal"><div class="slides">{slides}</div></div>'
        f'<script src="reveal/reveal.js"></script><script>Reveal.initialize({settings});</script>'
    )
