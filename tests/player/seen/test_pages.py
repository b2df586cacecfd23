"""Players on long pages: they play where they are seen."""

from pathlib import Path
from typing import Any

import pytest

from tests.player.seen.watched import ROOM, STATE, player_in, plays, rests
from warpviz.player.hosts.embed import embed

LONG = '<!doctype html><meta charset="utf-8"><title>t</title><div style="width: 480px">{}</div>'


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
