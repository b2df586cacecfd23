"""The widget in a real marimo: `python -m tests.notebook.marimo`, where marimo is installed.

It starts marimo on this machine, sets traits from a cell and in the page, and tells what it saw.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.notebook.laboratory import free_port, serving

BOOK = """import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    import warpviz as wv
    data = wv.load_data("rings", n=60)
    film = wv.animate(wv.mlp([2, 3, 2], "tanh", seed=3), data, size=(320, 240))
    w = mo.ui.anywidget(wv.widget(film))
    w
    return mo, w

@app.cell
def _(mo, w):
    mo.md(f"told {w.value['step']:g} {w.value['playing']} {len(w.value['probes'])}")
    return

@app.cell
def _(mo):
    get, put = mo.state(0)
    mo.ui.button(label="set", on_click=lambda _: put(1))
    return (get,)

@app.cell
def _(get, mo):
    once = get()
    return (once,)

@app.cell
def _(once):
    import gc
    import warpviz.notebook.traits as traits
    if once:
        for each in gc.get_objects():
            if isinstance(each, traits.Traits):
                each.playing, each.step, each.probes = False, 1.5, [(0.5, -1)]
    return
"""
STATE = "() => { const s = warpviz.state(); return [s.step, s.playing, s.probes.length]; }"


def main() -> None:
    """From the page, from Python, and back."""
    import marimo  # type: ignore[import-not-found, unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        book, port = Path(folder) / "book.py", free_port()
        book.write_text(BOOK, encoding="utf-8")
        words = [
            sys.executable, "-m", "marimo", "-q", "run", "--headless", "--no-token",
            "--host", "127.0.0.1", "--port", str(port), str(book),
        ]  # fmt: skip
        with (
            serving(words, f"http://127.0.0.1:{port}/health"),
            sync_playwright() as driver,
            driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]) as b,
        ):
            page = b.new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            page.wait_for_selector("iframe", timeout=60_000)
            player = page.frames[-1]
            player.wait_for_function("() => globalThis.warpviz?.state()?.step > 0.2")
            player.click("#play")
            page.wait_for_selector("text=False 0")
            page.click("button:has-text('set')")
            player.wait_for_function("() => warpviz.state().step === 1.5")
            player.wait_for_function("() => warpviz.state().probes.length === 1")
            player.click("#next")
            page.wait_for_selector("text=told 2 False 1")
            print(f"marimo {marimo.__version__}: both ways, {player.evaluate(STATE)}")


if __name__ == "__main__":
    main()
