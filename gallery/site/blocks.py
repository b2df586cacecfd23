"""Code on a page is run, and what it prints and writes is what the page shows.

On a page of the site

- ```` ```python ```` runs, one block after the other, as one script;
- ```` ```sh ```` runs line by line: `warpviz …` in this process; `pip install 'warpviz[…]'` is
  only looked at, the extras it names must exist;
- `<!-- file: pets.csv -->` above a block of any other language writes it to that file;
- `<!-- output -->` below a block becomes what it printed;
- `made:NAME` in a link or a picture, and a `{player} NAME`, is a file that the page's code wrote.

Files that a page does not show are made smaller than it says: as many seconds, fewer pixels.
"""

import contextlib
import hashlib
import io
import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n)?"
    r"^(?P<fence>`{3,})(?P<language>[a-z]+)\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
OUTPUT = "<!-- output -->"
SHOWN = re.compile(r"made:([\w./-]+)|^```\{player\} (\S+)$", re.MULTILINE)
PICTURES = (".svg", ".png")
"""Stills that the command line wrote are made in both themes besides,"""
ONCE = ("study", "train", "approximate")
"""but not of verbs that would compute for long again."""
THEMES = ("dark", "light")
SMALL = ["--size", "240x180", "--fps", "4"]
LESS: dict[str, list[str]] = {
    "render": SMALL,
    "compare": ["--size", "480x240", "--fps", "4"],
    "approximate": ["--iterations", "200", "--size", "480x240", "--fps", "4"],
    "landscape": ["--size", "480x240", "--fps", "4", "--seconds", "1"],
    "study": ["--epochs", "20", "--seeds", "0:2", "--points", "60", "--jobs", "1"],
}
"""Flags that make less of the same; the last of two equal flags counts."""
ONLY_LOOKED_AT = re.compile(r"(\.venv/bin/)?pip install |python3 -m venv |\. \.venv/")


@dataclass(frozen=True)
class Block:
    """A block of code, and where it stands.

    Attributes:
        language: the word behind its fence.
        text: what is in it.
        file: the name of the file that it is written to, or "".
        start: where it begins in the page, its comment included.
        end: behind its fence.
    """

    language: str
    text: str
    file: str
    start: int
    end: int


def blocks(page: str) -> list[Block]:
    r"""The fenced blocks of a page that have a language.

    >>> (found,) = blocks("<!-- file: a.csv -->\n```csv\n1\n```\n")
    >>> found.language, found.file
    ('csv', 'a.csv')
    """
    return [
        Block(each["language"], each["text"], each["file"] or "", each.start(), each.end())
        for each in FENCE.finditer(page)
    ]


def prose(page: str) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^(`{3,}).*?^\1$", "", page, flags=re.DOTALL | re.MULTILINE)


def shown(page: str) -> set[str]:
    """Names of the files that a page shows or offers."""
    return {one or other for one, other in SHOWN.findall(page)}


def key_of(page: str, code: str) -> str:
    """What a page's files depend on: its blocks, what it shows, and the code of warpviz."""
    parts = [f"{each.language}\0{each.file}\0{each.text}" for each in blocks(page)]
    return hashlib.sha256("\1".join([code, *sorted(shown(page)), *parts]).encode()).hexdigest()


def digest_of(package: Path) -> str:
    """One number for all that the package does."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    return digest.hexdigest()


def run(name: str, page: str, folder: Path) -> list[str]:
    """Run the blocks of a page in a folder.

    Args:
        name: of the page, for messages.
        page: its text.
        folder: an empty one, in which its files are made.

    Returns:
        What each block printed.

    Raises:
        RuntimeError: a block fails, naming it and its line; or what the page shows was not made.
    """
    names: dict[str, object] = {"__name__": "__main__"}
    wanted = shown(page)
    told = []
    with contextlib.chdir(folder):
        for block in blocks(page):
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    _run_block(block, names, wanted)
            except (Exception, SystemExit) as error:
                line = page.count("\n", 0, block.start) + 1
                raise RuntimeError(
                    f"{name}, line {line}: {type(error).__name__}: {error}"
                ) from error
            told.append(out.getvalue())
    missing = [each for each in sorted(wanted) if not (folder / each).is_file()]
    if missing:
        raise RuntimeError(f"{name} shows {', '.join(missing)}, which none of its blocks writes.")
    return told


def _run_block(block: Block, names: dict[str, object], wanted: set[str]) -> None:
    if block.file:
        Path(block.file).write_text(block.text, encoding="utf-8")
    elif block.language == "python":
        exec(compile(block.text, "page.py", "exec"), names)
    elif block.language == "sh":
        for line in block.text.replace("\\\n", " ").splitlines():
            _run_line(line, wanted)


def _run_line(line: str, wanted: set[str]) -> None:
    from warpviz.cli import main

    words = shlex.split(line)
    if ONLY_LOOKED_AT.match(line):
        check_extras(line)
    elif words[:1] == ["warpviz"]:
        less = [] if wanted & set(words) else LESS.get(words[1], [])
        commands = [[*words[1:], *less]]
        if "--theme" not in words and words[1] not in ONCE:
            pictures = {name for name in wanted & set(words) if name.endswith(PICTURES)}
            for theme in THEMES if pictures else ():
                twins = [themed(word, theme) if word in pictures else word for word in words[1:]]
                commands.append([*twins, "--theme", theme])
        for words in commands:
            told = io.StringIO()
            with contextlib.redirect_stderr(told):
                code = main(words)
            if code:
                raise RuntimeError(f"{line} ends with {code}: {told.getvalue()}")
    elif words:
        raise RuntimeError(f"no page can run {line!r}; a block of `console` is not run.")


def check_extras(line: str) -> None:
    """Look at a command of pip.

    Raises:
        RuntimeError: it names an extra that there is none of.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for names in re.findall(r"(?:warpviz|\.)\[([\w,-]+)\]", line):
        for name in names.split(","):
            if name not in project["optional-dependencies"]:
                raise RuntimeError(f"{line!r} names the extra {name!r}; there is none.")


def themed(name: str, theme: str) -> str:
    """The name of a picture in a theme, for pages that are so.

    >>> themed("plot.svg", "light")
    'plot-light.svg'
    """
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{theme}{dot}{suffix}"


def with_output(page: str, told: list[str]) -> str:
    """The page, with what its blocks printed where it asks for it."""
    parts: list[str] = []
    at = 0
    for block, text in zip(blocks(page), told, strict=True):
        parts.append(page[at : block.end])
        at = block.end
        if page[at:].lstrip("\n").startswith(OUTPUT):
            at = page.index(OUTPUT, at) + len(OUTPUT)
            parts.append(f"\n\n```text\n{text.rstrip()}\n```")
    return "".join([*parts, page[at:]])


def in_order(folder: Path) -> Iterator[Path]:
    """The pages of a folder, as its index is not: by name."""
    yield from sorted(path for path in folder.rglob("*.md") if "_" not in path.stem[:1])


def calm() -> None:
    """What every process that runs pages sets."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
