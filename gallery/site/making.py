"""What pages show is made: their code is run, pieces and notebooks too, each once.

What was made is kept under a key of all that it depends on; a second build makes nothing anew.
"""

import hashlib
import inspect
import json
import os
import shutil
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from gallery.site import blocks, notebooks, pieces
from warpviz.cli.commands.gallery import pieces as scripts

TOLD = "told.json"


@dataclass(frozen=True)
class Task:
    """Something to be made in a folder of its own.

    Attributes:
        kind: "page", "piece" or "notebook".
        name: of the page that shows it, or of the piece.
        text: of the page; of others their source.
        key: what it depends on, as one number.
    """

    kind: str
    name: str
    text: str
    key: str


def tasks(drafts: dict[str, str], code: str) -> list[Task]:
    """All that is to be made for these pages; what takes long comes first.

    Args:
        drafts: name → text, of pages whose code has not run.
        code: the number of the package's own code.
    """
    found = []
    code += own_code()
    for name, path in notebooks.notebooks().items():
        text = path.read_text(encoding="utf-8")
        found.append(Task("notebook", name, text, blocks.key_of(f"```py\n{text}\n```\n", code)))
    for name, path in scripts().items():
        text = path.read_text(encoding="utf-8")
        found.append(Task("piece", name, text, blocks.key_of(f"```py\n{text}\n```\n", code)))
    for name, text in drafts.items():
        if name != "gallery" and (runs(text) or blocks.shown(text)):
            found.append(Task("page", name, text, blocks.key_of(text, code)))
    return found


def own_code() -> str:
    """Of what makes files for pages."""
    sources = [inspect.getsource(module) for module in (blocks, notebooks, pieces)]
    return hashlib.sha256("".join(sources).encode()).hexdigest()


def runs(text: str) -> bool:
    """Whether a page has code that is run."""
    return any(each.language in ("python", "sh") for each in blocks.blocks(text))


def make(task: Task, folder: Path) -> float:
    """Make it, unless it is there already; how many seconds it took."""
    if (folder / TOLD).is_file():
        return 0.0
    start = monotonic()
    partial = folder.with_suffix(f".{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    told: list[str] = []
    keep: set[str] | None = None
    if task.kind == "notebook":
        notebooks.execute(notebooks.FOLDER / f"{task.name}.ipynb", partial)
        keep = {f"{task.name}.ipynb"}
    elif task.kind == "piece":
        pieces.make(task.name, partial)
    else:
        try:
            told = blocks.run(task.name, task.text, partial)
        finally:
            _end_helpers()
        keep = blocks.shown(task.text)
        keep |= {blocks.themed(name, theme) for name in keep for theme in blocks.THEMES}
    for path in sorted(partial.rglob("*"), reverse=True):
        if keep is not None and path.is_file() and path.relative_to(partial).as_posix() not in keep:
            path.unlink()
    (partial / TOLD).write_text(json.dumps(told), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    return monotonic() - start


def _end_helpers() -> None:
    """Processes that joblib keeps for more work would hold up the end for minutes."""
    if "joblib.externals.loky" in sys.modules:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True, kill_workers=True)


def make_all(wanted: Iterable[Task], cache: Path, jobs: int) -> None:
    """Make what is missing, several at a time, and drop what nothing needs any more.

    Raises:
        RuntimeError: some could not be made; the sentence of each.
    """
    wanted = list(wanted)
    cache.mkdir(parents=True, exist_ok=True)
    for path in cache.iterdir():
        if path.name not in {task.key for task in wanted}:
            shutil.rmtree(path)
    failed = []
    with ProcessPoolExecutor(jobs, get_context("spawn"), blocks.calm) as pool:
        running = {pool.submit(make, task, cache / task.key): task for task in wanted}
        for done in as_completed(running):
            task = running[done]
            error = done.exception()
            if error:
                failed.append(f"{task.kind} {task.name}: {error}")
            elif done.result():
                print(f"{task.kind} {task.name}: {done.result():.1f} s", flush=True)
    if failed:
        raise RuntimeError("\n".join(failed))
