"""The picture of a moment as a file; the bar that it is saved from, at every width."""

from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from tests.player.opened import Opened
from warpviz.data import make_data
from warpviz.film.build import animate, compare
from warpviz.film.reel.animation import Animation
from warpviz.model import mlp
from warpviz.player.page import frame_of

CHAIN = mlp([2, 3, 2], "tanh", seed=3)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def film() -> Animation:
    data = make_data("rings", n=60)
    return animate(CHAIN, data, size=(320, 240), title='a < b & "c" <img src=x>')


def saved(page: Any, how: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that comes when something is pressed."""
    with page.expect_download() as coming:
        if how == "i":
            page.keyboard.press(how)
        else:
            page.click("#more summary")
            page.click(how)
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def pixels(data: bytes) -> Any:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(int)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_it_is_the_picture_that_is_seen(
    chromium: Any, film: Animation, tmp_path: Path, theme: str
) -> None:
    context = chromium.new_context(viewport={"width": 640, "height": 580}, device_scale_factor=1)
    page = context.new_page()
    words = f"autoplay=0&step=1.5&theme={theme}&probes=0:0.5,-0.5&view=0.3,0.1,1.5,9,0"
    opened = Opened(page, film, tmp_path, words)
    opened.settle()
    name, data = saved(page, "#png")
    assert name == "fold-1.5.png" and "Picture saved as fold-1.5.png" in page.inner_text("#said")
    assert not page.evaluate("() => document.getElementById('more').open")
    picture = pixels(data)
    assert picture.shape == (480, 640, 3)
    # As it stands on the canvas itself, where that has twice the film's size.
    held = "(player.fit(640, 480), player.draw(true), player.canvas.toDataURL())"
    shown = pixels(b64decode(opened.get(held).partition(",")[2]))
    np.testing.assert_array_equal(picture, shown)
    assert saved(page, "i") == (name, data)
    name, data = saved(page, "#svg")
    assert name == "fold-1.5.svg"
    drawing = ElementTree.fromstring(data)
    texts = [one.text for one in drawing.iter(f"{SVG}text")]
    assert {"inner", "outer", "A"} <= set(texts) and texts.count("A") == 1
    assert drawing.findtext(f"{SVG}title") == film.title
    (cloth,) = drawing.iter(f"{SVG}image")
    assert cloth.get("href", "").startswith("data:image/png;base64,")
    # Another reader of drawings sees the same picture.
    (tmp_path / "still.svg").write_bytes(data)
    page.goto((tmp_path / "still.svg").as_uri())
    page.set_viewport_size({"width": 320, "height": 240})
    half = Image.fromarray(picture.astype(np.uint8)).resize((320, 240), Image.Resampling.BOX)
    drawn = pixels(page.screenshot())
    assert np.abs(np.asarray(half).astype(int) - drawn).mean() < 3
    context.close()


@pytest.mark.slow
def test_in_a_notebook_it_is_saved_too(chromium: Any, film: Animation, tmp_path: Path) -> None:
    """Our own frames let a file be saved; where one does not, nothing is claimed."""
    page = chromium.new_page()
    for allowed in (True, False):
        frame = frame_of(film) if allowed else frame_of(film).replace(" allow-downloads", "")
        (tmp_path / "book.html").write_text(f'<meta charset="utf-8">{frame}', "utf-8")
        page.goto((tmp_path / "book.html").as_uri())
        inner = page.frames[1]
        inner.wait_for_selector("body[data-ready]")
        if allowed:
            with page.expect_download() as coming:
                inner.evaluate("() => document.getElementById('png').click()")
            assert coming.value.suggested_filename.startswith("warpviz-")
        else:
            inner.evaluate("() => document.getElementById('png').click()")
        inner.wait_for_function("() => document.getElementById('said').textContent")
        assert "If none is saved, right-click the film" in inner.inner_text("#said")
    page.close()


CONTROLS = """() => {
  const seen = [...document.querySelectorAll(".row button, .row select, .row summary, #scrubber")]
    .filter((one) => one.checkVisibility());
  const boxes = seen.map((one) => [one, one.getBoundingClientRect()]);
  const beyond = boxes.filter(([, { left, right, top, bottom }]) =>
    left < 0 || right > innerWidth + 0.5 || top < 0 || bottom > innerHeight + 0.5);
  const row = boxes.filter(([one]) => one.id !== "scrubber" && !one.closest(".sheet"));
  const over = row.filter(([, a], i) => row.some(([, b], j) => j > i && a.right > b.left + 0.5
    && b.right > a.left + 0.5 && a.bottom > b.top && b.bottom > a.top));
  return [...beyond, ...over].map(([one]) => one.id || one.textContent)
    .concat(document.documentElement.scrollWidth > innerWidth ? ["the page"] : []);
}"""


@pytest.mark.slow
def test_the_bar_never_overflows(chromium: Any, film: Animation, tmp_path: Path) -> None:
    page = chromium.new_page()
    Opened(page, film, tmp_path, "autoplay=0&step=1.5&view=0.2,0,1,0,0")
    widths = (
        240,
        281,
        282,
        320,
        359,
        360,
        389,
        390,
        440,
        441,
        620,
        621,
        640,
        680,
        681,
        760,
        761,
        1600,
    )
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844 if width < 500 else 420})
        assert page.evaluate(CONTROLS) == [], width
        for menu in ("parts", "words", "more"):
            if page.locator(f"#{menu} summary").is_visible():
                page.click(f"#{menu} summary")
                box = page.locator(f"#{menu} .sheet").bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= width, (menu, width)
                assert box["y"] >= 0, (menu, width)
                assert page.evaluate(CONTROLS) == [], (menu, width)
        page.keyboard.press("Escape")
    page.close()


@pytest.mark.slow
def test_a_phone_reaches_all(chromium: Any, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    data = make_data("rings", n=60)
    film = compare({"a": CHAIN, "b": CHAIN}, data, size=(480, 240))
    opened = Opened(page, film, tmp_path, "autoplay=0&view=0.2,0,1,0,0")
    does = {
        "Switch theme": "player.theme === 'light'",
        "Reset the view": "player.viewed() === false",
        "Keys": "document.getElementById('keys').open",
    }
    for words, done in does.items():
        page.tap("#more summary")
        page.tap(f"#more button:text('{words}')")
        page.wait_for_function(f"() => {done}")
    page.tap("#keys .close")
    page.tap("#more summary")
    assert page.is_hidden("#more button:text('Reset the view')"), "there is nothing to reset"
    page.tap("#more button:text('Copy a link')")
    page.wait_for_function("() => document.getElementById('said').textContent.includes('Link')")
    page.select_option("#speed", "4")
    assert opened.get("player.speed") == 4
    context.close()
