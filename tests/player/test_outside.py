"""Players driven from outside: address, messages, decks, notebooks."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.errors import WarpvizError
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.hosts.embed import embed
from warpviz.player.hosts.files import read_player


@pytest.fixture(scope="module")
def film() -> Animation:
    data = make_data("rings", n=60)
    return animate(mlp([2, 3, 2], "tanh", seed=3), data, size=(320, 240), seconds=0.3, hold=0.1)


@pytest.mark.slow
def test_the_address_drives_it(page: Any, film: Animation, tmp_path: Path) -> None:
    opened = Opened(page, film, tmp_path, "step=2&autoplay=0&theme=light&controls=0&speed=0.5")
    assert (opened.step, opened.playing) == (2, False)
    assert opened.get("[player.theme, player.speed]") == ["light", 0.5]
    assert page.is_hidden("#bar")
    page.evaluate("() => { location.hash = 'step=1.5&autoplay=0'; }")
    page.wait_for_function("() => Math.abs(player.step() - 1.5) < 1e-6")


@pytest.mark.slow
def test_the_theme_follows_the_system(page: Any, film: Animation, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="light")
    opened = Opened(page, film, tmp_path, "autoplay=0&theme=auto")
    assert opened.get("player.theme") == "light"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => player.theme === 'dark'")
    page.keyboard.press("t")  # Whoever chooses has chosen.
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    opened.settle()
    assert opened.get("player.theme") == "light"
    page.evaluate("() => postMessage({ warpviz: { theme: 'auto' } }, '*')")
    page.wait_for_function("() => player.theme === 'dark'")


_AROUND = """<!doctype html><meta charset="utf-8"><title>around</title>
<iframe src="fold.html#autoplay=0" style="width:500px;height:420px"></iframe>
<script>
window.told = [];
addEventListener("message", ({ data }) => data.warpviz && told.push(data.warpviz));
const inner = () => document.querySelector("iframe").contentWindow;
const tell = (words) => inner().postMessage({ warpviz: words }, "*");
</script>"""


@pytest.mark.slow
def test_messages_drive_it_and_it_answers(page: Any, film: Animation, tmp_path: Path) -> None:
    film.save(tmp_path / "fold.html")
    (tmp_path / "around.html").write_text(_AROUND)
    page.goto((tmp_path / "around.html").as_uri())
    page.wait_for_function("() => told.length > 0")
    assert page.evaluate("() => told[0]") == {
        "name": "",
        "step": 0,
        "stops": 4,
        "playing": False,
        "ended": False,
    }
    page.evaluate("() => tell({ step: 3, theme: 'light' })")
    page.wait_for_function("() => told.at(-1).step === 3 && !told.at(-1).playing")
    page.evaluate("() => tell({ step: 0, play: true, loop: false })")
    page.wait_for_function("() => told.some(({ playing }) => playing)")
    page.evaluate("() => tell({ pause: true })")
    page.wait_for_function("() => !told.at(-1).playing")
    page.evaluate("() => tell({ step: 0, loop: false, playTo: 2 })")
    page.wait_for_function("() => told.at(-1).step === 2 && !told.at(-1).playing")
    # What is no message for it leaves it alone.
    page.evaluate("() => { tell(null); tell('x'); tell({ step: NaN, speed: -1, theme: 'none' }); }")
    page.evaluate("() => tell({ tell: true })")
    page.wait_for_function("() => told.at(-1).step === 2")


@pytest.mark.slow
def test_a_clip_is_a_player_of_its_own(page: Any, film: Animation, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 500, "height": 460})

    def picture(opened: Opened, step: float) -> Any:
        page.evaluate(f"() => player.go({step})")
        opened.settle()
        return page.locator("#picture").screenshot()

    whole = Opened(page, film, tmp_path)
    names = whole.get("warpviz.state().names")
    pictures = [picture(whole, step) for step in (1, 1.5, 2)]
    clip = Opened(page, film.clip(2), tmp_path, "step=9&autoplay=0")
    assert clip.get("warpviz.state().names") == names[1:3]
    assert (clip.step, clip.get("warpviz.state().stops")) == (1, 2)
    assert page.inner_text("#now") == names[2]
    assert page.locator("#ticks i").count() == 2
    assert [picture(clip, step) for step in (0, 0.5, 1)] == pictures
    # It ends at its own end, and its probes tell the whole network.
    page.evaluate("() => { player.looping = false; player.go(0); player.play(); }")
    page.wait_for_function("() => player.ended && player.step() === 1")
    clip.press("p")
    lit = "document.querySelector('#numbers tr.lit th').textContent"
    assert clip.get("document.querySelectorAll('#numbers tbody tr:not(.last)').length") == 4
    assert clip.get(lit) == names[2]


@pytest.mark.slow
def test_three_players_of_a_page_are_told_apart_by_their_names(
    page: Any, film: Animation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    film.save("fold.html")
    names = ["relu", "tanh", "gelu"]
    codes = "".join(embed("fold.html", autoplay="0", name=name) for name in names)
    (tmp_path / "around.html").write_text(
        '<!doctype html><meta charset="utf-8"><title>around</title><div style="width: 300px">'
        f"{codes}</div><script>window.told = {{}};"
        "addEventListener('message', ({ data }) => {"
        " if (data.warpviz) told[data.warpviz.name] = data.warpviz.step; });"
        "const all = (warpviz) => { for (const one of Array.from(frames))"
        " one.postMessage({ warpviz }, '*'); };"
        "</script>"
    )
    page.goto((tmp_path / "around.html").as_uri())
    told = "() => JSON.stringify(Object.keys(told).sort().map((name) => [name, told[name]]))"
    page.wait_for_function("() => Object.keys(told).length === 3")
    page.evaluate("() => { all({ to: 'tanh', step: 2 }); all({ to: 'sin', step: 3 }); }")
    page.wait_for_function("() => told.tanh === 2")
    page.evaluate("() => document.getElementById('gelu').contentWindow"
                  ".postMessage({ warpviz: { step: 1 } }, '*')")  # fmt: skip
    page.wait_for_function("() => told.gelu === 1")
    assert page.evaluate(told) == '[["gelu",1],["relu",0],["tanh",2]]'
    page.evaluate("() => all({ step: 3 })")
    page.wait_for_function(f'() => ({told})() === \'[["gelu",3],["relu",3],["tanh",3]]\'')
    states = [inner.evaluate("() => warpviz.state().name") for inner in page.frames[1:]]
    assert states == names


@pytest.fixture
def served(tmp_path: Path) -> Any:
    """The folder on a local address: a deck and its frames must be of one origin to be tested."""
    handler = partial(_Silent, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def reveal_folder() -> Path:
    root = Path(os.environ.get("WARPVIZ_NODE_MODULES", "node_modules"))
    folder = root / "reveal.js" / "dist"
    if not folder.is_dir():
        pytest.skip("needs reveal.js: npm install reveal.js")
    return folder


@pytest.mark.slow
def test_a_real_deck_starts_and_steps_it(
    chromium: Any, film: Animation, tmp_path: Path, served: str
) -> None:
    (tmp_path / "reveal").symlink_to(reveal_folder().resolve())
    path = film.save(tmp_path / "fold.html")[0].path
    code = snippet_in(tmp_path, path.name)
    (tmp_path / "deck.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="reveal/reveal.css">'
        '<div class="reveal"><div class="slides"><section>One</section>'
        f'{code}<section>Three</section></div></div><script src="reveal/reveal.js"></script>'
        "<script>Reveal.initialize({ transition: 'none' });</script>"
    )
    page = chromium.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{served}/deck.html")
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    frame = page.frames[1]
    frame.wait_for_selector("body[data-ready]", state="attached")
    page.wait_for_timeout(150)
    assert frame.evaluate("() => [player.playing, player.step()]") == [False, 0]
    page.keyboard.press("ArrowRight")  # to the film's slide: it starts
    frame.wait_for_function("() => player.playing")
    frame.wait_for_function("() => player.ended && !player.playing")
    frame.evaluate("() => { globalThis.seen = []; player.listen(() => seen.push(player.step())); }")
    page.keyboard.press("ArrowRight")  # its first fragment: the first act, which is played anew
    frame.wait_for_function("() => player.step() === 1 && !player.playing")
    assert plays(frame, 1)
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("() => player.step() === 2 && !player.playing")
    page.keyboard.press("ArrowLeft")
    frame.wait_for_function("() => player.step() === 1")
    # The focus in the film does not keep keys from the deck.
    frame.evaluate("() => window.focus()")
    frame.press("body", "PageDown")
    frame.wait_for_function("() => player.step() === 2 && !player.playing")
    # What plays by itself is somewhere else, so the click's act begins at its own stop.
    frame.evaluate("() => { player.go(1); player.play(); seen.length = 0; }")
    frame.wait_for_function("() => player.step() > 1")
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("() => player.step() === 3 && !player.playing")
    assert plays(frame, 3)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => Reveal.getIndices().h === 2")
    frame.wait_for_function("() => !player.playing")  # the deck's word takes a moment
    page.keyboard.press("ArrowLeft")  # back: all fragments are shown, the film stands at its end
    frame.wait_for_function("() => player.step() === 3")
    page.close()
    assert not trouble


@pytest.mark.slow
def test_a_film_that_waits_plays_at_the_first_click_and_never_jumps(
    chromium: Any, film: Animation, tmp_path: Path, served: str
) -> None:
    (tmp_path / "reveal").symlink_to(reveal_folder().resolve())
    path = film.save(tmp_path / "fold.html")[0].path
    code = snippet_in(tmp_path, path.name, autoplay="0")
    (tmp_path / "deck.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="reveal/reveal.css">'
        f'<div class="reveal"><div class="slides"><section>One</section>{code}</div></div>'
        '<script src="reveal/reveal.js"></script>'
        "<script>Reveal.initialize({ transition: 'none' });</script>"
    )
    page = chromium.new_page()
    page.goto(f"{served}/deck.html")
    page.wait_for_function("() => window.Reveal && Reveal.isReady()")
    page.keyboard.press("ArrowRight")
    frame = page.frames[1]
    frame.wait_for_selector("body[data-ready]")
    frame.evaluate(
        "() => { globalThis.seen = []; player.listen(() => seen.push(player.seconds)); }"
    )
    page.wait_for_timeout(200)
    assert frame.evaluate("() => [player.playing, player.step()]") == [False, 0]
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("() => player.playing && player.step() > 0")
    page.keyboard.press("ArrowRight")  # A second click on the way: it plays on.
    frame.wait_for_function("() => player.step() === 2 && !player.playing")
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("() => player.step() === 3 && !player.playing")
    seen = frame.evaluate("() => seen")
    steps = [after - before for before, after in pairwise(seen)]
    assert min(steps) >= 0 and max(steps) <= 0.11  # A frame moves a tenth of a second at most.
    page.close()


@pytest.mark.slow
def test_one_click_plays_a_film_of_many_stops_and_other_fragments_leave_it_alone(
    chromium: Any, tmp_path: Path, served: str
) -> None:
    (tmp_path / "reveal").symlink_to(reveal_folder().resolve())
    deep = animate(
        mlp([2] * 10, "tanh", seed=3), make_data("rings", n=60), size=(320, 240), seconds=0.05,
        hold=0.0,
    )  # fmt: skip
    assert len(deep.chapters) > 17
    code = snippet_in(tmp_path, deep.save(tmp_path / "fold.html")[0].path.name)
    code = code.replace("<section>", '<section><p class="fragment">Look</p>')
    (tmp_path / "deck.html").write_text(
        '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="reveal/reveal.css">'
        f'<div class="reveal"><div class="slides">{code}</div></div>'
        '<script src="reveal/reveal.js"></script>'
        "<script>Reveal.initialize({ transition: 'none' });</script>"
    )
    page = chromium.new_page()
    page.goto(f"{served}/deck.html")
    frame = page.frames[1]
    frame.wait_for_function("() => globalThis.player && player.ended && !player.playing")
    frame.evaluate("() => { globalThis.seen = []; player.listen(() => seen.push(player.step())); }")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    last = len(deep.chapters) - 1
    assert frame.evaluate("() => player.step()") == last
    page.keyboard.press("ArrowRight")
    frame.wait_for_function("() => player.playing")
    frame.wait_for_function("() => !player.playing")
    seen = frame.evaluate("() => seen")
    assert seen[-1] == last and any(0 < step < 2 for step in seen)
    page.close()


def plays(frame: Any, act: int) -> bool:
    """Whether a film was seen to play an act alone to its end, from its beginning on."""
    seen = frame.evaluate("() => seen.splice(0)")
    begins = len(seen) - next(n for n, step in enumerate(seen[::-1]) if step <= act - 1)
    played = seen[begins:]
    rises = all(before <= after for before, after in pairwise(played))
    return rises and any(act - 1 < step < act for step in played) and played[-1] == act


def snippet_in(folder: Path, name: str, **options: str) -> str:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return embed(Path(name), "reveal", **options)
    finally:
        os.chdir(before)


@pytest.mark.parametrize("kind", ["html", "reveal", "quarto", "quarto-revealjs", "mkdocs"])
def test_snippets_name_the_film(kind: str, film: Animation, tmp_path: Path) -> None:
    film.save(tmp_path / "my fold.html")
    player = read_player(tmp_path / "my fold.html")
    assert (player.stops, player.size, player.title) == (4, (320, 240), film.title)
    text = embed(tmp_path / "my fold.html", kind)
    assert "my%20fold.html" in text and "$" not in text.replace("${", "")
    assert 'title="' in text and "allowfullscreen" in text.lower()
    if "reveal" in kind:
        assert text.count('class="fragment"') == 3


@pytest.mark.parametrize("content", ["", "<!doctype html><title>x</title>", "\x00\x01"])
def test_what_is_no_player_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(content)
    with pytest.raises(WarpvizError, match=r"x.html is no player; write one with: warpviz render"):
        embed(tmp_path / "x.html", "html")
    with pytest.raises(WarpvizError, match=r"Cannot read .*none.html"):
        embed(tmp_path / "none.html", "html")


@pytest.mark.slow
def test_a_notebook_shows_two_films_apart(chromium: Any, tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs nbformat")
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient")
    nbconvert = pytest.importorskip("nbconvert", reason="needs nbconvert")
    pytest.importorskip("ipykernel", reason="needs ipykernel")
    make = (
        "import warpviz as wv\n"
        "data = wv.load_data('rings', n=60)\n"
        "wv.animate(wv.mlp([2, 3, 2], '{}', seed=3), data, size=(320, 240))"
    )
    cells = [nbformat.v4.new_code_cell(make.format(name)) for name in ("tanh", "relu")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbclient.NotebookClient(notebook, timeout=60).execute()
    shown = [cell.outputs[0].data for cell in notebook.cells]
    assert all({"text/html", "image/png", "text/plain"} <= set(data) for data in shown)
    body, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "book.html").write_text(body, "utf-8")
    page = chromium.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.goto((tmp_path / "book.html").as_uri(), wait_until="domcontentloaded")
    page.wait_for_function("() => document.querySelectorAll('iframe').length === 2")
    for frame in page.frames[1:]:
        frame.wait_for_selector("body[data-ready]", state="attached")
    steps = [frame.evaluate("() => (player.go(2), player.step())") for frame in page.frames[1:2]]
    other = page.frames[2].evaluate("() => player.step()")
    assert steps == [2] and other != 2
    page.close()


def test_a_notebook_asks_for_nothing_twice(film: Animation) -> None:
    assert film._repr_mimebundle_()["text/html"] is film._repr_mimebundle_()["text/html"]


def test_a_heavy_player_is_not_put_into_a_notebook(
    film: Animation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warpviz.player import page

    monkeypatch.setattr(page, "MOST", 1000)
    assert "too much for a notebook" in page.frame_of(film)
