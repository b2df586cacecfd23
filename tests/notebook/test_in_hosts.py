"""The widget where notebooks live: in JupyterLab, and where a policy forbids much."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.notebook.conftest import vars_of
from tests.notebook.laboratory import Notebook, jupyterlab, write_notebook
from warpviz.film.reel.animation import Animation
from warpviz.notebook.widget import widget

STRICT = """<!doctype html><meta charset="utf-8"><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none';
  script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src https: http: data:;
  connect-src https:; child-src https: data:"><div id="room"></div>
<script type="module">const film = (() => {{ {source} }})();
const state = {state};
globalThis.model = {{
  state, get: (name) => state[name], set: (name, value) => {{ state[name] = value; }},
  save_changes() {{}}, on() {{}}, off() {{}},
}};
globalThis.close = film.render({{ model, el: document.getElementById("room") }});</script>"""
"""A host with the policy that VS Code can give its notebooks (backLayerWebView.ts), a model."""


@pytest.mark.slow
def test_in_a_host_that_forbids_much(film: Animation, page: Any, tmp_path: Path) -> None:
    shown = widget(film, step=2, playing=False, probes=[(0.5, -1)], view={"zoom": 2})
    state = vars_of(shown)
    source = state.pop("_esm").replace("export default", "return")
    told = json.dumps(state).replace("<", "\\u003c")
    (tmp_path / "host.html").write_text(STRICT.format(source=source, state=told), "utf-8")
    page.goto((tmp_path / "host.html").as_uri())
    page.wait_for_function("() => model.state._begun")
    inner = page.frames[1].evaluate("() => ({ ...warpviz.state(), origin })")
    assert (inner["step"], inner["view"]["zoom"], inner["origin"]) == (2, 2, "null")
    assert inner["probes"][0]["point"] == [0.5, -1]
    page.frames[1].click("#previous")
    page.wait_for_function("() => model.state.step === 1 && model.state.playing === false")
    page.evaluate("() => close()")
    assert page.locator("iframe").count() == 0


CODE = (
    "import warpviz as wv\n"
    "data = wv.load_data('rings', n=60)\n"
    "film = wv.animate(wv.mlp([2, 3, 2], 'tanh', seed=3), data, size=(320, 240), seconds=0.5)\n"
    "w = wv.widget(film)\nw",
    "w",
    "v = wv.widget(film, theme='light', playing=False)\nv",
)


HELD = (
    "import warpviz as wv\n"
    "w = wv.widget(wv.lab(wv.mlp([2, 3, 2], 'tanh', seed=1), wv.load_data('moons', n=40)))\nw"
)


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab with one notebook."""
    pytest.importorskip("jupyterlab", reason="needs jupyterlab")
    folder = tmp_path_factory.mktemp("laboratory") / "books"
    folder.mkdir()
    write_notebook(folder / "book.ipynb", *CODE)
    write_notebook(folder / "lab.ipynb", HELD)
    with jupyterlab(folder) as address:
        yield address


@pytest.mark.slow
def test_in_jupyterlab(laboratory: str, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1000, "height": 1500})
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url))
    book = Notebook(page, laboratory, "book.ipynb")

    def player(number: int) -> Any:
        """The page of the film that was shown as so manyth."""
        page.wait_for_function(f"() => document.querySelectorAll('iframe').length > {number}")
        frame = page.locator("iframe").nth(number).element_handle().content_frame()
        frame.wait_for_selector("body[data-ready]", state="attached")
        return frame

    def becomes(expression: str, wanted: Any) -> None:
        """An expression in the kernel comes to be a value."""
        until = time.monotonic() + 20
        while (told := book.ask(f"__import__('json').dumps({expression})")) != json.dumps(wanted):
            assert time.monotonic() < until, f"{expression} is {told}, not {wanted}"
            page.wait_for_timeout(100)

    book.run(0)
    first = player(0)
    # It plays by itself, as its player does, and Python sees that.
    becomes("w.playing and w.step > 0.1", True)
    # From Python.
    book.do("w.playing = False; w.step = 1.5; w.probes = [(0.5, -1)]; w.theme = 'light'")
    book.do("w.view = {'yaw': 0.25}; w.speed = 2")
    first.wait_for_function(
        "() => { const s = warpviz.state(); return s.step === 1.5 && !s.playing && s.speed === 2"
        " && s.theme === 'light' && s.view.yaw === 0.25 && s.probes[0]?.point[1] === -1; }"
    )
    becomes("(w.step, w.playing, w.probes)", [1.5, False, [[0.5, -1.0]]])
    # From the page.
    book.do("seen = []; w.observe(lambda change: seen.append(change['new']), 'step')")
    first.click("#next")
    becomes("(w.step, seen)", [2.0, [2.0]])
    first.press("body", "t")  # a key that is the notebook's own where it has the focus
    first.click("#numbers .drop")
    becomes("(w.theme, w.probes)", ["dark", []])
    # Shown once more it is the same film, another one is another.
    book.run(1)
    book.run(2)
    again, other = player(1), player(2)
    again.wait_for_function("() => warpviz.state().step === 2 && warpviz.state().theme === 'dark'")
    state = other.evaluate("() => warpviz.state()")
    assert (state["step"], state["playing"], state["theme"]) == (0, False, "light")
    again.click("#previous")
    first.wait_for_function("() => warpviz.state().step === 1")
    becomes("(w.step, v.step)", [1.0, 0.0])
    book.do("w.playing = True")
    for frame in (first, again):
        frame.wait_for_function("() => warpviz.state().playing && warpviz.state().step > 2")
    # Closed, its views are gone, and the other's stays.
    book.do("w.close()")
    page.wait_for_function("() => document.querySelectorAll('iframe').length === 1")
    assert player(0).evaluate("() => warpviz.state().theme") == "light"
    context.close()
    assert all(url.startswith((laboratory, "data:", "blob:", "about:")) for url in outside), outside


@pytest.mark.slow
def test_network_and_points_go_both_ways_in_jupyterlab(laboratory: str, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1400, "height": 1100})
    page = context.new_page()
    book = Notebook(page, laboratory, "lab.ipynb")
    book.run(0)
    page.wait_for_function("() => document.querySelectorAll('iframe').length > 0")
    held = page.locator("iframe").first.element_handle().content_frame()
    held.wait_for_selector("body[data-ready]", state="attached")

    def becomes(expression: str, wanted: str) -> None:
        until = time.monotonic() + 20
        while (told := book.ask(expression)) != wanted:
            assert time.monotonic() < until, f"{expression} is {told}, not {wanted}"
            page.wait_for_timeout(100)

    # From the page: a number, and a training.
    held.evaluate("() => warpviz.lab.set(0, 0, 0, 0.625)")
    becomes("float(w.chain[0].weight[0, 0])", "0.625")
    held.evaluate("() => warpviz.lab.train(30)")
    bias = held.evaluate("() => warpviz.lab.chain()[1].bias[0]")
    becomes(f"abs(float(w.chain[1].bias[0]) - {bias}) < 1e-12", "True")
    held.locator("[data-set=xor]").click()
    becomes("len(w.data)", "40")
    becomes("tuple(w.data.class_names)", "('same sign', 'other sign')")
    # From Python.
    book.do("w.chain = wv.mlp([2, 4, 2], 'relu', seed=0)")
    held.wait_for_function("() => warpviz.lab.chain()[0].bias.length === 4")
    assert held.evaluate("() => warpviz.lab.chain()[0].activation") == "relu"
    book.do("w.data = wv.load_data('blobs', n=30)")
    held.wait_for_function("() => /^30 points in 3/.test(document.all['data-told'].textContent)")
    assert held.evaluate("() => warpviz.lab.chain().at(-1).bias.length") == 3
    becomes("w.chain.widths[-1]", "3")
    context.close()
