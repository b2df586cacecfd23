"""The verb gallery: scripts that each make one film.

A piece is a file `name.py` with a title as its docstring and a function

    def make(**look: Any) -> Animation

where `look` are fields of `Options` (size, theme, …) that the verb passes on. It becomes
`name.gif`.
"""

import ast
import importlib.util
import subprocess
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from warpviz.cli.console import Console, NobodyReads
from warpviz.cli.failures import CouldNot, sentence
from warpviz.cli.outputs import look_of, outputs_of, write
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.names import unknown_name

FOLDER = "warpviz-gallery"


def gallery(args: Namespace, console: Console) -> None:
    """Make pieces; one that fails does not keep the others from being made."""
    scripts = pieces()
    wanted = list(dict.fromkeys(getattr(args, "pieces", []))) or list(scripts)
    for name in wanted:
        if name not in scripts:
            raise unknown_name("piece", name, scripts)
    if "list" in args:
        width = max(map(len, wanted))
        for name in wanted:
            console.result(f"{name:{width}}  {title(scripts[name])}")
        return
    look = look_of(args)
    folders: list[str] = getattr(args, "output", [FOLDER])
    if len(folders) > 1:
        raise WarpvizError(f"gallery writes to one folder, got {' and '.join(folders)}.")
    folder = Path(folders[0])
    targets = {name: folder / f"{name}.gif" for name in wanted}
    prepare(folder, [path.name for path in targets.values()])
    for path in targets.values():
        outputs_of(Namespace(**vars(args) | {"output": [path]}), "")
    failed = []
    for name, path in targets.items():
        console.note(f"{name}: {title(scripts[name])}")
        try:
            write(made(scripts[name], look), [path], console)
        except NobodyReads:
            raise
        except Exception as error:
            console.fail(f"{name}: {sentence(error)[0]}")
            failed.append(name)
    if failed:
        raise CouldNot(
            f"{len(failed)} of {len(wanted)} pieces could not be made: {', '.join(failed)}."
        )


def pieces() -> dict[str, Path]:
    """Name → script: of the installed package, or of the checkout it is run from.

    Raises:
        WarpvizError: there are none.
    """
    package = Path(__file__).resolve().parents[2]
    folders = [package / "_gallery"]
    if (package.parent / "pyproject.toml").is_file():
        folders.append(package.parent / "gallery")
    for folder in folders:
        scripts = {path.stem: path for path in sorted(folder.glob("*.py")) if path.stem[0] != "_"}
        if scripts:
            return scripts
    raise CouldNot("The gallery's scripts are not installed; install warpviz from its wheel.")


def title(script: Path) -> str:
    """First line of a script's docstring, without running it."""
    text = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or script.stem
    return text.partition("\n")[0]


def made(script: Path, look: dict[str, Any]) -> Animation:
    """Run a piece.

    Raises:
        WarpvizError: its `make` is missing or gives no animation.
    """
    make = getattr(_module(script), "make", None)
    film = make(**look) if callable(make) else None
    if not isinstance(film, Animation):
        raise WarpvizError(f"{script.name} expects a function make that returns an Animation.")
    return film


def prepare(folder: Path, names: Sequence[str]) -> None:
    """Make the folder, unless git tracks a file of these names in it.

    Raises:
        WarpvizError: it does, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise WarpvizError(f"gallery expects a folder, but {folder} is a file.") from None
    except OSError as error:
        raise WarpvizError(f"The folder {folder} cannot be made: {error.strerror}.") from None
    tracked = tracked_by_git(folder, names)
    if tracked:
        raise WarpvizError(
            f"git tracks {folder / tracked[0]}, and the gallery never writes over such files; "
            "choose another folder with -o."
        )


def tracked_by_git(folder: Path, names: Sequence[str]) -> list[str]:
    """Which of the names in a folder git tracks; none where there is no git."""
    # Nothing that a repository's own settings could name is run.
    git = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), "ls-files", "-z", "--"]
    try:
        answer = subprocess.run(
            [*git, *(f":(literal){name}" for name in names)], capture_output=True, check=False
        )
    except OSError:
        return []
    return [name for name in answer.stdout.decode(errors="replace").split("\0") if name]


def _module(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"warpviz_gallery_{script.stem}", script)
    assert spec is not None and spec.loader is not None  # a .py file always has both
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
