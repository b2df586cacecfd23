"""What tells a player when to start, in its page and in a link."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.player.opened import Opened
from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation


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
