"""For each host of talks, how it makes one of three slides of a snippet."""

import shutil
from pathlib import Path

from tests.hosts.programs import (
    PLAYER,
    Built,
    node_package,
    node_program,
    node_version,
    pandoc,
    reveal_deck,
    run,
    snippet,
)


def slides(code: str, title: str = "# Film") -> str:
    """A talk of three slides in Markdown."""
    return f"# One\n\n---\n\n{title}\n\n{code}\n\n---\n\n# Three\n"


def reveal(folder: Path, **wishes: str) -> Built:
    code = snippet("reveal", folder, **wishes)
    reveal_deck(folder, "talk.html", f"<section>One</section>{code}<section>Three</section>")
    return Built("talk.html", node_version("reveal.js"), deck=True)


def quarto_revealjs(folder: Path, **wishes: str) -> Built:
    code = snippet("quarto-revealjs", folder, **wishes)
    source = f"## One\n\nText\n\n## Film\n\n{code}\n\n## Three\n\nText\n"
    dist = node_package("reveal.js") / "dist"
    (folder / "reveal").mkdir()
    (folder / "reveal" / "dist").symlink_to(dist)
    # Where pandoc's template looks for what the newest reveal.js keeps elsewhere.
    for name in ("notes", "search", "zoom"):
        place = folder / "reveal" / "plugin" / name
        place.mkdir(parents=True)
        shutil.copy(dist / "plugin" / f"{name}.js", place)
    words = ["--to", "revealjs", "-V", "revealjs-url=reveal", "-V", "transition=none"]
    made = pandoc(folder, source, *words, "-V", "history=false")
    return Built("talk.html", f"{made}, {node_version('reveal.js')}", deck=True)


def slidev(folder: Path, **wishes: str) -> Built:
    program = node_program("@slidev/cli", "slidev")
    (folder / "public").mkdir()
    shutil.copy(folder / PLAYER, folder / "public")
    (folder / "node_modules").symlink_to(program.parents[1])
    (folder / "package.json").write_text('{"name": "talk", "private": true, "type": "module"}')
    head = "---\ntheme: default\nrouterMode: hash\n---\n\n"
    talk = head + slides(snippet("slidev", folder, **wishes))
    (folder / "slides.md").write_text(talk, encoding="utf-8")
    run(folder, program, "build", "slides.md", "--base", "/dist/")
    return Built("dist/index.html", node_version("@slidev/cli"), deck=True)


def marp(folder: Path, **wishes: str) -> Built:
    program = node_program("@marp-team/marp-cli", "marp")
    talk = f"---\nmarp: true\n---\n\n{slides(snippet('marp', folder, **wishes))}"
    (folder / "talk.md").write_text(talk, encoding="utf-8")
    run(folder, program, "--html", "--no-stdin", "talk.md", "-o", "talk.html")
    return Built("talk.html", node_version("@marp-team/marp-cli"), deck=True)
