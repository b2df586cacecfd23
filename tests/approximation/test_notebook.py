"""The plot of a run in a notebook: renewed in place, and drawn at its last step."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from warpviz.approximation import notebook
from warpviz.approximation.figure import draw_approximation
from warpviz.approximation.learning import approximate


class Shown:
    """Stands in for a notebook's display: keeps the pictures that it is given."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []

    def Image(self, data: bytes) -> bytes:
        return data

    def display(self, picture: bytes, display_id: bool) -> "Shown":
        self.pictures.append(picture)
        return self

    def update(self, picture: bytes) -> None:
        self.pictures.append(picture)


@pytest.mark.slow
def test_in_a_notebook_the_last_step_is_drawn_however_quick_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import IPython

    shown = Shown()
    monkeypatch.setattr(IPython, "display", shown)
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=1))
    monkeypatch.setattr(notebook, "RENEWED", 1e9)
    drawn: list[int] = []

    def noted(found: Any, axes: Any, **look: Any) -> None:
        drawn.append(found[0].run.step)
        draw_approximation(found, axes, **look)

    monkeypatch.setattr(notebook, "draw_approximation", noted)
    store = tmp_path / "s.npz"
    for steps in (500, 503):
        drawn.clear()
        approximate("exp", layers=(4,), steps=steps, every=10, store=store)
        assert drawn == [10, steps]
    # A run that is whole already is shown too.
    drawn.clear()
    approximate("exp", layers=(4,), steps=503, every=10, store=store, resume=True)
    assert drawn == [503] and shown.pictures[-1][:4] == b"\x89PNG"


@pytest.mark.slow
def test_in_a_notebook_the_plot_renews_itself() -> None:
    import nbclient
    from nbformat import v4 as notebooks

    v4: Any = notebooks

    cells = [v4.new_code_cell(
        "import warpviz as wv\n"
        "from warpviz.approximation import notebook\n"
        "notebook.RENEWED = 0.0\n"
        "found = wv.approximate('exp', layers=(4,), steps=400)\n"
        "found.error()"
    )]  # fmt: skip
    book = v4.new_notebook(cells=cells)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute()
    outputs = book.cells[0].outputs
    pictures = [one for one in outputs if "image/png" in one.get("data", {})]
    assert len(pictures) == 1, "one picture, renewed in place"
    assert len(pictures[0]["data"]["image/png"]) > 10_000
    assert 0 < float(outputs[-1]["data"]["text/plain"]) < 3
