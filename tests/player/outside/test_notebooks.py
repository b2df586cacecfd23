"""Players that notebooks show."""

from pathlib import Path
from typing import Any

import pytest

from warpviz.film.reel.animation import Animation


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
