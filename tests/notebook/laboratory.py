"""A real JupyterLab, started for the tests on this machine alone, and a notebook open in it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 60  # seconds that a server may take to begin


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def serving(words: list[str], address: str, **where: str) -> Iterator[str]:
    """A server's address while it runs; it ends, with all that it started, when the block does."""
    process = subprocess.Popen(
        words, env={**os.environ, **where}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(address, timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                if process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()  # kernels, too: a server that is told to end shuts them down
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def jupyterlab(folder: Path) -> Iterator[str]:
    """JupyterLab in a folder, with no settings but its own, and no network to ask."""
    import jupyterlab as lab  # type: ignore[import-untyped]

    shared = Path(lab.__file__).parents[4] / "share" / "jupyter"
    own = folder.parent / "jupyter"
    where = {
        f"JUPYTER_{name}_DIR": str(own / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")
    }
    port = free_port()
    words = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--expose-app-in-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    where |= {"JUPYTERLAB_DIR": str(shared / "lab"), "JUPYTER_PATH": str(shared)}
    with serving(words, f"http://127.0.0.1:{port}/api/status", **where):
        yield f"http://127.0.0.1:{port}"


def write_notebook(path: Path, *cells: str) -> Path:
    """A notebook of these cells, none of which ran."""
    made: list[dict[str, Any]] = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "source": text,
         "execution_count": None}
        for i, text in enumerate(cells)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    book = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


class Notebook:
    """A notebook in JupyterLab, its cells run one by one."""

    def __init__(self, page: Any, address: str, name: str) -> None:
        """Open it alone, as a document."""
        self.page = page
        page.goto(f"{address}/doc/tree/{name}")
        page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status"
            " === 'idle'",
            timeout=60_000,
        )

    def run(self, index: int) -> None:
        """Run a cell."""
        self.page.evaluate(
            "(index) => { jupyterapp.shell.currentWidget.content.activeCellIndex = index;"
            " return jupyterapp.commands.execute('notebook:run-cell'); }",
            index,
        )

    def ask(self, expression: str) -> Any:
        """What an expression in the kernel comes to, as text."""
        return self.page.evaluate(
            """async (code) => {
              const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
              let told = "";
              const future = kernel.requestExecute({ code, store_history: false });
              future.onIOPub = ({ content }) => { told += content.text ?? content.evalue ?? ""; };
              await future.done;
              return told.trim();
            }""",
            f"print({expression})",
        )

    def do(self, code: str) -> None:
        """Run a line in the kernel."""
        assert self.ask(f"exec({code!r}) or ''") == ""
