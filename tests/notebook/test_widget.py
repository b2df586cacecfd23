"""A film in a notebook: its traits are true on both sides, in a real JupyterLab too."""

import builtins
import json
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.notebook.laboratory import Notebook, jupyterlab, write_notebook
from tests.player.modules import node
from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.film.training import animate_training
from warpviz.model import mlp
from warpviz.notebook.widget import widget
from warpviz.training import train

CHAIN = mlp([2, 3, 2], "tanh", seed=3)


@pytest.fixture(scope="module")
def film() -> Animation:
    data = make_data("rings", n=60)
    return animate(CHAIN, data, size=(320, 240), seconds=0.5, hold=0.1)


def test_traits_begin_as_the_film_or_as_one_says(film: Animation) -> None:
    plain = widget(film)
    still = {"yaw": 0, "pitch": 0, "zoom": 1, "panX": 0, "panY": 0}
    assert (plain.step, plain.playing, plain.speed, plain.theme) == (0, False, 1, "dark")
    assert (plain.view, plain.probes) == (still, [])
    given = widget(
        film, step=1.5, playing=True, speed=2, theme="light", view={"yaw": 1}, probes=[(0.5, -1)]
    )
    assert (given.step, given.playing, given.speed, given.theme) == (1.5, True, 2, "light")
    assert (given.view, given.probes) == ({**still, "yaw": 1}, [(0.5, -1)])
    assert widget(film, probes=np.array([[0.5, -1]])).probes == [(0.5, -1)]
    followed = animate(CHAIN, make_data("rings", n=60), trail=[(0.5, -0.5)], size=(320, 240))
    assert widget(followed).probes == [(0.5, -0.5)]
    words = {None: "seen", True: "seen", False: "0"}
    assert [vars_of(widget(film, playing=one))["_autoplay"] for one in words] == [*words.values()]
    assert vars_of(plain)["_page"] == film.to_html()


def vars_of(made: Any) -> dict[str, Any]:
    """What is sent to the page."""
    told: dict[str, Any] = made.get_state()
    return told


def test_they_are_observed(film: Animation) -> None:
    made, seen = widget(film), list[Any]()
    made.observe(lambda change: seen.append((change["name"], change["new"])), ["step", "playing"])
    made.step = 3
    made.playing = True
    made.step = 3.0
    assert seen == [("step", 3.0), ("playing", True)]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("step", 3.5, "step expects a place from 0 to 3, the film's stops, got 3.5"),
        ("step", float("nan"), "step expects a place from 0 to 3"),
        ("speed", 0, "speed expects a number above 0, got 0"),
        ("theme", "drak", "Unknown theme 'drak'; did you mean 'dark'?"),
        ("view", {"yow": 1}, "Unknown part of a view 'yow'; did you mean 'yaw'?"),
        ("view", {"zoom": 0}, "view expects a number for zoom, got 0"),
        ("probes", [(1, 2, 3)], r"probes expect points of 2 numbers, got \(1, 2, 3\)"),
        ("probes", [("a", 1)], r"probes expect points of 2 numbers, got \('a', 1\)"),
        ("probes", [(0, 0)] * 9, "probes expect 8 points at most, got 9"),
    ],
)
def test_what_a_film_cannot_take_is_refused(
    film: Animation, name: str, value: Any, said: str
) -> None:
    made: Any = widget(film)
    before = getattr(made, name)
    with pytest.raises(WarpvizError, match=said):
        setattr(made, name, value)
    assert getattr(made, name) == before
    with pytest.raises(WarpvizError, match=f"{said}|widget expects {name}"):
        widget(film, **{name: value})


def test_films_without_a_network_take_no_probes() -> None:
    x, y = make_data("rings", n=20).x, make_data("rings", n=20).y
    with pytest.raises(WarpvizError, match="this one shows states alone"):
        widget(animate([x, 2 * x], y, size=(320, 240)), probes=[(0, 0)])


def test_a_film_of_training_takes_the_probes_that_its_page_drops() -> None:
    data = make_data("rings", n=20)
    film = animate_training(train(CHAIN, data, epochs=3), data, fps=4.0, seconds=0.5)
    assert widget(film, probes=[(0.5, -1)]).probes == [(0.5, -1)]
    with pytest.raises(WarpvizError, match="probes expect points of 2 numbers"):
        widget(film, probes=[(0, 0, 0)])


def test_a_large_film_and_a_missing_anywidget_are_told(
    film: Animation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warpviz.notebook import traits

    with monkeypatch.context() as less:
        less.setattr(traits, "MOST", 1000)
        with pytest.raises(
            WarpvizError, match=r"widget expects a player of at most 0 MB, got 0 MB"
        ):
            widget(film)
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "warpviz.notebook.traits":
            raise ImportError(name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(WarpvizError, match=r"pip install 'warpviz\[notebook\]'"):
        widget(film)
    with pytest.raises(WarpvizError, match="film"):
        widget(CHAIN)  # type: ignore[call-overload]


def test_where_no_widget_lives_the_poster_stands(film: Animation) -> None:
    made: Any = widget(film)
    data = made._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert data["image/png"].startswith("iVBOR") and data["text/plain"] == repr(film)
    model = data["application/vnd.jupyter.widget-view+json"]["model_id"]
    assert model == made.model_id
    made.close()
    assert made._repr_mimebundle_ is None


def test_what_the_page_said_before_it_heard_python_undoes_nothing(film: Animation) -> None:
    made: Any = widget(film)
    made.step = 1.5
    made.set_state({"step": 0.9, "theme": "light", "_heard": {"theme": 0}})  # while the cell ran
    assert (made.step, made.theme, vars_of(made)["_asked"]["step"]) == (1.5, "light", 1)
    # Words of different age may come together: each is as old as itself.
    made.set_state({"step": 0.95, "probes": [[0, 1]], "_heard": {"step": 0, "probes": 0}})
    assert (made.step, made.probes) == (1.5, [(0, 1)])
    made.set_state({"step": 2, "_heard": {"step": 1}})
    made.set_state({"step": 2.5})
    assert (made.step, vars_of(made)["_asked"]["step"]) == (2.5, 1)
    # What Python does when it hears of it is Python's word.
    made.observe(lambda change: setattr(made, "step", float(round(change["new"]))), "step")
    made.set_state({"step": 1.2, "_heard": {"step": 1}})
    assert (made.step, vars_of(made)["_asked"]["step"]) == (1, 2)


VIEWS = Path(__file__).with_name("views.mjs").read_text(encoding="utf-8")


def test_views_of_one_film_agree(tmp_path: Path) -> None:
    """What stands between model and page, with pages that are played by hand."""
    source = (files("warpviz.notebook") / "widget.js").read_text(encoding="utf-8")
    (tmp_path / "widget.mjs").write_text(source, encoding="utf-8")
    assert node(VIEWS, tmp_path) == "done"


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


@pytest.fixture(scope="session")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab with one notebook."""
    pytest.importorskip("jupyterlab", reason="needs jupyterlab")
    folder = tmp_path_factory.mktemp("laboratory") / "books"
    folder.mkdir()
    write_notebook(folder / "book.ipynb", *CODE)
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
