"""Where the film cannot play, a poster stands with a sentence that says why, and never NaN."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from warpviz.data import make_data
from warpviz.film.build import animate
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp

RINGS = make_data("rings", n=60)


@pytest.fixture(scope="module")
def film() -> Animation:
    return animate(mlp([2, 3, 2], "tanh", seed=3), RINGS, size=(320, 240))


@pytest.fixture(scope="module")
def text(film: Animation, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = film.save(tmp_path_factory.mktemp("whole") / "fold.html")[0].path
    return path.read_text("utf-8")


def payload_of(text: str) -> re.Match[str]:
    found = re.search(r'id="film">(.*?)</script>', text, re.DOTALL)
    assert found
    return found


def one_letter_changed(text: str) -> str:
    start, end = payload_of(text).span(1)
    place = (start + end) // 2
    return text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]


def a_piece_lost(text: str) -> str:
    start, end = payload_of(text).span(1)
    return text[: (start + end) // 2] + text[end:]


def cut_off(text: str) -> str:
    start, end = payload_of(text).span(1)
    return text[: (start + end) // 2]


OLD = "delete globalThis.DecompressionStream"
NO_CANVAS = "HTMLCanvasElement.prototype.getContext = () => null"
CASES: dict[str, tuple[Callable[[str], str], str, bool, str]] = {
    "changed": (one_letter_changed, "", True, "its file is damaged"),
    "lost": (a_piece_lost, "", True, "its file is damaged"),
    "cut": (cut_off, "", True, "needs JavaScript, and this file whole"),
    "old": (str, OLD, True, "the browser is too old"),
    "no canvas": (str, NO_CANVAS, True, "lets nothing be drawn"),
    "no script": (str, "", False, "needs JavaScript"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_page_that_cannot_play_says_so(
    case: str, chromium: Any, text: str, tmp_path: Path
) -> None:
    damage, before, scripts, said = CASES[case]
    (tmp_path / "fold.html").write_text(damage(text), "utf-8")
    page = chromium.new_page(java_script_enabled=scripts)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    if before:
        page.add_init_script(before)
    page.goto((tmp_path / "fold.html").as_uri())
    page.wait_for_selector("#poster", state="visible")
    assert said in page.inner_text("#trouble")
    box = page.locator("#poster").bounding_box()
    assert box["width"] > 300 and box["height"] > 200
    assert page.is_hidden("#bar")
    assert "NaN" not in page.inner_text("body")
    # Paper has the poster too.
    page.emulate_media(media="print")
    assert page.is_visible("#poster")
    if scripts and case != "cut":
        assert page.evaluate("() => warpviz.state()") is None
    page.close()
    assert not trouble


def test_the_poster_is_the_films(film: Animation, text: str) -> None:
    import base64
    from io import BytesIO

    import numpy as np
    from PIL import Image

    found = re.search(r'id="poster"[^>]*src="data:image/webp;base64,([^"]+)"', text)
    assert found
    picture = Image.open(BytesIO(base64.b64decode(found[1]))).convert("RGB")
    poster = film.poster().pixels
    assert picture.size == film.size
    assert np.abs(np.asarray(picture).astype(int) - poster).mean() < 4
    assert len(found[1]) < 60_000


@pytest.mark.slow
def test_a_film_that_plays_shows_no_poster(chromium: Any, text: str, tmp_path: Path) -> None:
    (tmp_path / "fold.html").write_text(text, "utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "fold.html").as_uri())
    page.wait_for_selector("body[data-ready]")
    assert page.is_hidden("#poster") and page.is_hidden("#trouble")
    assert page.is_visible("#picture") and page.is_visible("#bar")
    page.close()


@pytest.mark.slow
def test_numbers_that_are_none_are_never_called_nan(page: Any, tmp_path: Path) -> None:
    chain = mlp([2, 3, 2], "tanh", seed=3)
    huge = chain.with_parameters([1e50 * p for p in chain.parameters()])
    film = animate(huge, RINGS, size=(320, 240), caption="name")
    path = film.save(tmp_path / "huge.html")[0].path
    page.goto(f"{path.as_uri()}#autoplay=0&step=x&t=NaN&speed=NaN")
    page.wait_for_selector("body[data-ready]")
    page.keyboard.press("p")
    page.keyboard.press("End")
    page.wait_for_function("() => player.step() === 3")
    assert "NaN" not in page.inner_text("body")
