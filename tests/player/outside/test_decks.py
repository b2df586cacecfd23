"""A player in a deck of reveal.js, which starts and steps it."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.programs import STILL, reveal_deck, snippet
from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp


@pytest.mark.slow
def test_a_real_deck_starts_and_steps_it(
    chromium: Any, film: Animation, tmp_path: Path, served: str
) -> None:
    path = film.save(tmp_path / "fold.html")[0].path
    code = snippet("reveal", tmp_path, path.name)
    reveal_deck(
        tmp_path, "deck.html", f"<section>One</section>{code}<section>Three</section>", STILL
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
    path = film.save(tmp_path / "fold.html")[0].path
    code = snippet("reveal", tmp_path, path.name, autoplay="0")
    reveal_deck(tmp_path, "deck.html", f"<section>One</section>{code}", STILL)
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
    deep = animate(
        mlp([2] * 10, "tanh", seed=3), make_data("rings", n=60), size=(320, 240), seconds=0.05,
        hold=0.0,
    )  # fmt: skip
    assert len(deep.chapters) > 17
    code = snippet("reveal", tmp_path, deep.save(tmp_path / "fold.html")[0].path.name)
    code = code.replace("<section>", '<section><p class="fragment">Look</p>')
    reveal_deck(tmp_path, "deck.html", code, STILL)
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
