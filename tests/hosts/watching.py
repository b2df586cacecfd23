"""What Chromium sees of a film in a host: it plays where it is seen, rests where not, and steps."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.hosts.programs import Built

PLAYING = "() => warpviz.state().playing"
RESTING = "() => !warpviz.state().playing"
FILM = "iframe:not([class])"
"""Those that have a class are the hosts' own."""
WAIT = 15_000  # ms: a machine may be slow


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder on a local address: a page and its frames must be of one origin to be asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


def player_of(tab: Any) -> Any:
    """The frame with the film, when it is ready."""
    inner = tab.wait_for_selector(FILM, state="attached", timeout=WAIT).content_frame()
    inner.wait_for_selector("body[data-ready]", state="attached", timeout=WAIT)
    return inner


def until(inner: Any, words: str) -> None:
    """Wait for what becomes true."""
    inner.wait_for_function(words, polling=50, timeout=WAIT)


def rests(tab: Any, inner: Any) -> float:
    """It stands, and goes on standing; at which stop."""
    until(inner, RESTING)
    before = inner.evaluate("() => warpviz.state().step")
    tab.wait_for_timeout(300)
    assert inner.evaluate("() => warpviz.state()")["step"] == before
    return float(before)


def at(inner: Any, stop: float) -> None:
    """It comes to rest at a stop."""
    until(inner, f"() => warpviz.state().step === {stop} && !warpviz.state().playing")


ON_TOP = """(frame) => {
  const { x, y, width, height } = frame.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === frame;
}"""
"""Whether a frame is what one sees in its place: no other slide lies over it."""


def walk_waiting(tab: Any, inner: Any) -> None:
    """A talk whose film waits at the input: the first click plays the first act."""
    tab.keyboard.press("ArrowRight")
    tab.wait_for_timeout(500)
    assert tab.query_selector(FILM).evaluate(ON_TOP) and rests(tab, inner) == 0
    for stop in (1, 2):
        tab.keyboard.press("ArrowRight")
        until(inner, PLAYING)
        at(inner, stop)


def stopped(script: str) -> list[int]:
    """At which pictures a document of the LaTeX package animate waits for a click."""
    return sorted({int(number) for number in re.findall(r"_pauseAt\[(\d+)\]=1", script)})


def watch(tab: Any, built: Built) -> str:
    """Go through the page or the talk; what was seen, in words."""
    inner = player_of(tab)
    return (walk if built.deck else scroll)(tab, inner)


def scroll(tab: Any, inner: Any) -> str:
    """A long page: the film plays while it is on the screen."""
    assert rests(tab, inner) == 0
    frame = tab.query_selector(FILM)
    frame.scroll_into_view_if_needed()
    tab.evaluate(
        "() => document.querySelector('iframe:not([class])').scrollIntoView({ block: 'center' })"
    )
    until(inner, PLAYING)
    box = frame.bounding_box()
    window = tab.viewport_size
    assert 0 < box["width"] <= window["width"] and 0 < box["height"] <= window["height"]
    tab.evaluate("() => scrollTo(0, 0)")
    rests(tab, inner)
    return "plays when it is scrolled to, rests when not"


def walk(tab: Any, inner: Any) -> str:
    """A talk: to the film's slide, through its stops by the host's clicks, beyond it, and back."""
    assert rests(tab, inner) == 0
    press = tab.keyboard.press
    press("ArrowRight")
    until(inner, PLAYING)
    assert tab.query_selector(FILM).evaluate(ON_TOP)
    until(inner, "() => warpviz.state().ended && !warpviz.state().playing")
    # It played by itself to its end; the first click plays the first act nevertheless.
    inner.evaluate(
        "() => { globalThis.seen = []; player.listen(() => seen.push(warpviz.state().step)); }"
    )
    press("ArrowRight")
    at(inner, 1)
    assert inner.evaluate("() => seen.some((step) => step > 0 && step < 1)")
    press("ArrowRight")
    at(inner, 2)
    press("ArrowLeft")
    at(inner, 1)
    # The focus in the film does not keep keys from the talk.
    inner.evaluate("() => window.focus()")
    inner.press("body", "ArrowRight")
    at(inner, 2)
    press("ArrowRight")
    at(inner, 3)
    press("ArrowRight")
    tab.wait_for_timeout(800)
    assert not tab.query_selector(FILM).evaluate(ON_TOP)
    rests(tab, inner)
    press("ArrowLeft")
    at(inner, 3)
    return "starts with its slide, a click an act, rests beyond it"
