"""Players that start when they are seen: on long pages, in decks, in pages that hold everything."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.player.opened import Opened
from tests.player.test_outside import reveal_folder, served
from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.hosts.embed import embed

__all__ = ["served"]
STATE = "() => warpviz.state()"


@pytest.fixture(scope="module")
def film() -> Animation:
    """Some 3 seconds, again and again."""
    data = make_data("rings", n=60)
    return animate(mlp([2, 3, 2], "tanh", seed=3), data, size=(320, 240), seconds=0.7, hold=0.2)


@pytest.fixture
def folder(film: Animation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pages are, beside a player."""
    monkeypatch.chdir(tmp_path)
    film.save("fold.html")
    return tmp_path


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A page that must not throw."""
    page = chromium.new_page(viewport={"width": 960, "height": 700})
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    page.close()
    assert not trouble


def player_in(page: Any) -> Any:
    """The frame with the player, when it is ready."""
    page.wait_for_function("() => document.querySelector('iframe')")
    page.wait_for_timeout(100)
    inner = page.frames[-1]
    inner.wait_for_selector("body[data-ready]", state="attached")
    return inner


def plays(inner: Any) -> None:
    """It starts, or goes on, and time passes."""
    inner.wait_for_function("() => warpviz.state().playing", polling=50)
    before = inner.evaluate(STATE)["seconds"]
    inner.wait_for_function(f"() => warpviz.state().seconds !== {before}", polling=50)


def rests(page: Any, inner: Any) -> dict[str, Any]:
    """It stops, and stays where it is."""
    inner.wait_for_function("() => !warpviz.state().playing", polling=50)
    before: dict[str, Any] = inner.evaluate(STATE)
    page.wait_for_timeout(500)
    after = inner.evaluate(STATE)
    # What is scrolled to is told a moment later.
    assert {**after, "seen": None} == {**before, "seen": None}
    return dict(after)


LONG = '<!doctype html><meta charset="utf-8"><title>t</title><div style="width: 480px">{}</div>'
ROOM = '<p style="height: 1000px"></p>'


@pytest.mark.slow
def test_on_a_long_page_it_plays_where_it_is_seen(tab: Any, folder: Path) -> None:
    (folder / "long.html").write_text(LONG.format(ROOM + embed(Path("fold.html"), "html") + ROOM))
    tab.goto((folder / "long.html").as_uri())
    inner = player_in(tab)
    assert rests(tab, inner)["step"] == 0
    tab.evaluate("() => scrollTo(0, 500)")  # a fifth of a window of it, less than its half
    assert rests(tab, inner)["step"] == 0
    tab.evaluate("() => scrollTo(0, 900)")
    plays(inner)
    tab.evaluate("() => scrollTo(0, 0)")
    left = rests(tab, inner)
    assert (left["seen"], left["seconds"] > 0) == (False, True)
    tab.evaluate("() => scrollTo(0, 900)")
    inner.wait_for_function("() => warpviz.state().playing", polling=20)
    assert inner.evaluate(STATE)["seconds"] - left["seconds"] < 0.5, "it goes on where it was"
    # A page that is not shown.
    show = (
        "() => {{ Object.defineProperty(document, 'hidden', {{ value: {}, configurable: true }});"
    )
    show += " document.dispatchEvent(new Event('visibilitychange')); }}"
    inner.evaluate(show.format("true"))
    rests(tab, inner)
    inner.evaluate(show.format("false"))
    plays(inner)
    # A pause by hand stays one.
    inner.click("#play")
    paused = rests(tab, inner)
    for place in (0, 900):
        tab.evaluate(f"() => scrollTo(0, {place})")
        tab.wait_for_timeout(300)
    assert rests(tab, inner)["seconds"] == paused["seconds"]


@pytest.mark.slow
def test_words_of_the_snippet(tab: Any, folder: Path) -> None:
    for autoplay, below, there in (("0", False, False), ("always", True, True)):
        code = ROOM + embed(Path("fold.html"), "html", autoplay=autoplay)
        (folder / "long.html").write_text(LONG.format(code + ROOM))
        tab.goto((folder / "long.html").as_uri())
        inner = player_in(tab)
        # A browser gives no pictures to a frame of which nothing is on the screen.
        tab.evaluate("() => scrollTo(0, 500)")
        (plays(inner) if below else rests(tab, inner))
        tab.evaluate("() => scrollTo(0, 900)")
        (plays(inner) if there else rests(tab, inner))
        if autoplay == "0":  # What was played by hand waits while it is not seen.
            inner.click("#play")
            plays(inner)
            tab.evaluate("() => scrollTo(0, 0)")
            rests(tab, inner)
            tab.evaluate("() => scrollTo(0, 900)")
            plays(inner)


DECK = (
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="reveal/reveal.css">'
    '<div class="reveal"><div class="slides"><section>One</section><section>Two</section>'
    '<section>{}</section><section>Four</section></div></div><script src="reveal/reveal.js">'
    "</script><script>Reveal.initialize({{ transition: '{}' }});</script>"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("transition", "bare"), [("slide", False), ("none", False), ("none", True)]
)
def test_a_deck_with_the_plain_snippet(
    tab: Any, folder: Path, served: str, transition: str, bare: bool
) -> None:
    (folder / "reveal").symlink_to(reveal_folder().resolve())
    code = embed(Path("fold.html"), "html")
    if bare:  # On one origin the player sees by itself that its slide is hidden.
        code = code.partition("<script>")[0]
    (folder / "deck.html").write_text(DECK.format(code, transition))
    tab.goto(f"{served}/deck.html" if bare else (folder / "deck.html").as_uri())
    tab.wait_for_function("() => window.Reveal && Reveal.isReady()")
    walk_through(tab, player_in(tab))


def walk_through(tab: Any, inner: Any) -> None:
    """Two slides on to the film, beyond it, and back."""
    assert rests(tab, inner)["step"] < 0.2
    tab.evaluate("() => Reveal.next()")
    assert rests(tab, inner)["step"] < 0.2  # the slide before: the film lies in its place already
    tab.evaluate("() => Reveal.next()")
    plays(inner)
    tab.evaluate("() => Reveal.next()")
    rests(tab, inner)
    tab.evaluate("() => Reveal.prev()")
    plays(inner)


@pytest.mark.slow
def test_pages_that_hold_everything_keep_the_words(tab: Any, folder: Path, film: Animation) -> None:
    if shutil.which("pandoc") is None:
        pytest.skip("needs pandoc: apt-get install pandoc")
    film.save("waits.html", autoplay="0")
    cases = (("fold.html", "seen", True), ("fold.html", "0", False), ("waits.html", "seen", False))
    for name, autoplay, starts in cases:
        text = ROOM + "\n\n" + embed(Path(name), "html", autoplay=autoplay) + "\n\n" + ROOM
        (folder / "talk.md").write_text(f"% Talk\n\n{text}\n")
        words = ["pandoc", "talk.md", "--self-contained", "-o", "talk.html"]
        subprocess.run(words, check=True, capture_output=True)
        (folder / "elsewhere").mkdir(exist_ok=True)
        (folder / "talk.html").replace(folder / "elsewhere" / "talk.html")  # with nothing beside it
        tab.goto((folder / "elsewhere" / "talk.html").as_uri())
        inner = player_in(tab)
        assert not inner.url.endswith("#autoplay=0"), "the address is lost"
        rests(tab, inner)
        tab.evaluate("() => document.querySelector('iframe').scrollIntoView({ block: 'center' })")
        (plays(inner) if starts else rests(tab, inner))


LOADER = """window.require = (_, names, run) => {
  const script = document.createElement("script");
  script.src = names[0].replace(/(\\.js)?$/, ".js");
  script.onload = () => run(window.Reveal, { id: "notes", init() {} });
  document.head.append(script);
};
require.config = () => {};
window.MathJax = { Hub: { getAllJax: () => null } };"""
"""What stands for require.js, loading the first of what is wanted, and for MathJax."""


@pytest.mark.slow
def test_slides_of_a_notebook(tab: Any, folder: Path, film: Animation) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
    nbconvert = pytest.importorskip("nbconvert", reason="needs nbconvert")
    reveal = reveal_folder()
    cells = [nbformat.v4.new_markdown_cell(f"# {name}") for name in ("One", "Two", "Three")]
    shown = nbformat.v4.new_output("display_data", data=dict(film._repr_mimebundle_()))
    cells.insert(2, nbformat.v4.new_code_cell("film", outputs=[shown]))
    for cell in cells:
        cell.metadata["slideshow"] = {"slide_type": "slide"}
    page, _ = nbconvert.SlidesExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    (folder / "slides.html").write_text(page, encoding="utf-8")

    def answer(route: Any) -> None:
        # What the page takes from the network comes from the reveal.js that is here.
        file = reveal / route.request.url.partition("/dist/")[2]
        if route.request.url.startswith("file:"):
            route.continue_()
        elif file.is_file():
            route.fulfill(path=file)
        else:
            known = {"require": LOADER, "mermaid": "export default { initialize() {} };"}
            route.fulfill(
                body="".join(body for name, body in known.items() if name in route.request.url),
                content_type="text/javascript",
                headers={"Access-Control-Allow-Origin": "*"},
            )

    tab.route("**/*", answer)
    tab.goto((folder / "slides.html").as_uri())
    tab.wait_for_function("() => window.Reveal && Reveal.isReady && Reveal.isReady()")
    walk_through(tab, player_in(tab))


def test_the_page_as_text(film: Animation, folder: Path) -> None:
    assert film.to_html() == (folder / "fold.html").read_text("utf-8")
    for word in ("seen", "always", "0"):
        assert f'data-autoplay="{word}"' in film.to_html(autoplay=word)
        film.save("a.html", autoplay=word)
        assert Path("a.html").read_text("utf-8") == film.to_html(autoplay=word)
        assert replace(film, autoplay=word).to_html() == film.to_html(autoplay=word)
    for call in (film.to_html, partial(film.save, "none.html")):
        with pytest.raises(WarpvizError, match="Unknown autoplay 'no'; choose one of"):
            call(autoplay="no")
    assert not Path("none.html").exists()


@pytest.mark.slow
def test_a_link_leads_back_to_its_moment(page: Any, film: Animation, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 900, "height": 700})
    opened = Opened(page, film, tmp_path, "step=1.5&autoplay=0")
    opened.press("t", "+", "p", "w")
    assert page.is_visible("#link")
    before = opened.get("warpviz.state()")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#link")
    page.wait_for_function("() => document.getElementById('said').textContent.includes('copied')")
    assert page.inner_text("#told") == "Link to this moment copied"
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link == page.url and link.startswith(opened.file.as_uri())
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("body[data-ready]")
    after = opened.get("warpviz.state()")
    for name in ("step", "theme", "view", "show"):
        assert after[name] == pytest.approx(before[name]), name
    assert after["probes"][0]["point"] == pytest.approx(before["probes"][0]["point"])
    assert len(after["probes"]) == 1 and before["theme"] == "light"
