"""Players in decks and in pages that hold everything: they start when they are seen."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.programs import node_package
from tests.player.seen.watched import ROOM, player_in, plays, rests
from warpviz.film.reel.animation import Animation
from warpviz.player.hosts.embed import embed

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
    (folder / "reveal").symlink_to(node_package("reveal.js") / "dist")
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
    reveal = node_package("reveal.js") / "dist"
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
