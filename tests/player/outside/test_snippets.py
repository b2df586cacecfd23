"""Snippets name the film that they show; what is no player has none."""

from pathlib import Path

import pytest

from warpviz.errors import WarpvizError
from warpviz.film.reel.animation import Animation
from warpviz.player.hosts.embed import embed
from warpviz.player.hosts.files import read_player


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
