"""Films in several threads leave the user's matplotlib as it was, and their own bytes."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import warpviz as wv
from warpviz.data import make_data
from warpviz.figures.settings import settled
from warpviz.film.build import animate
from warpviz.model import mlp


def test_settings_come_back_whichever_thread_ends_first() -> None:
    from threading import Event

    from matplotlib import rcParams

    before, inside = rcParams["font.size"], Event()

    def first() -> None:
        with settled({"font.size": 3.0}):
            inside.set()

    def second() -> None:
        inside.wait()
        with settled({"font.size": 4.0}):
            assert rcParams["font.size"] == 4.0

    with ThreadPoolExecutor(2) as pool:
        for task in [pool.submit(second), pool.submit(first)]:
            task.result()
    assert rcParams["font.size"] == before


@pytest.mark.slow
def test_films_in_several_threads_have_the_bytes_of_one(tmp_path: Path) -> None:
    from matplotlib import rcParams

    before = dict(rcParams)
    data = make_data("moons", n=60)

    def write(folder: str, seed: int) -> list[bytes]:
        (tmp_path / folder).mkdir(exist_ok=True)
        paths = [tmp_path / folder / f"{seed}{suffix}" for suffix in (".svg", ".pdf", ".gif")]
        film = animate(
            mlp([2, 3, 2], "relu", seed=seed), data, size=(240, 180), fps=5, seconds=0.4, jobs=1,
            theme=("dark", "light")[seed % 2],
        )  # fmt: skip
        film.save(*paths)
        return [path.read_bytes() for path in paths]

    alone = [write("alone", seed) for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda seed: write("together", seed), range(4)))
    assert together == alone
    assert dict(rcParams) == before


STYLE: Any = {
    "lines.linewidth": 9.0, "font.size": 30.0, "axes.titlelocation": "right", "axes.grid": True,
    "savefig.dpi": 33, "path.sketch": (1, 9, 3), "text.color": "red", "axes.facecolor": "green",
    "svg.fonttype": "path", "xtick.direction": "in", "figure.autolayout": True,
}  # fmt: skip


@pytest.mark.slow
def test_a_style_of_the_user_changes_no_picture(tmp_path: Path) -> None:
    import matplotlib as mpl

    data, chain = make_data("moons", n=40), mlp([2, 3, 2], "relu", seed=0)

    def write(name: str) -> list[bytes]:
        film = animate(chain, data, size=(240, 180), fps=2, seconds=0.5, jobs=1)
        film.save(tmp_path / f"{name}.svg", tmp_path / f"{name}.pdf")
        wv.regions(chain, data=data).save(tmp_path / f"{name}r.svg")
        wv.animate_activations("relu", "gelu", fps=2).save(tmp_path / f"{name}a.gif")
        names = (f"{name}.svg", f"{name}.pdf", f"{name}r.svg", f"{name}a.gif")
        return [(tmp_path / each).read_bytes() for each in names]

    usual = write("usual")
    with mpl.rc_context(STYLE):
        assert write("styled") == usual
        assert mpl.rcParams["font.size"] == 30.0
        with settled({"font.size": 3.0}), settled({"lines.linewidth": 2.0}):
            assert mpl.rcParams["font.size"] == 3.0 and mpl.rcParams["axes.grid"] is False
        assert mpl.rcParams["lines.linewidth"] == 9.0


@pytest.mark.parametrize("epoch", ["x", "-1", "9" * 20, "1e9", ""])
def test_a_date_for_builds_that_is_none_stops_no_pdf(
    epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    wv.regions(mlp([2, 2, 2], "relu", seed=0), limits=(0, 1, 0, 1)).save(tmp_path / "a.pdf")
    assert os.environ["SOURCE_DATE_EPOCH"] == epoch
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    wv.regions(mlp([2, 2, 2], "relu", seed=0), limits=(0, 1, 0, 1)).save(tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
