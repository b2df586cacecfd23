"""What is seen of a player in a frame: it plays, or rests."""

from typing import Any

STATE = "() => warpviz.state()"


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


ROOM = '<p style="height: 1000px"></p>'
