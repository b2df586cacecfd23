"""Films in several threads leave the user's matplotlib as it was, and their own bytes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

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
