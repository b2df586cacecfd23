"""render --classic: quick to try, on a clock of its own, and the same from Python."""

from pathlib import Path
from typing import Any

import numpy as np

import warpviz
from tests.cli.conftest import Run
from tests.cli.films.looked_at import gif_of
from warpviz.convert.files import load_stored


def test_classic_is_quick_to_try_and_has_its_own_clock(run: Run) -> None:
    command = "render --classic --activation gelu --epochs 20 --rounds 1 --size 240x180 --fps 10"
    ran = run(f"{command} --loop 2 --jobs 1 --seed 3")
    assert ran.code == 0, ran.err
    assert "gelu_tanh: " in ran.err
    assert "after 20 epochs" in ran.err
    times, loop = gif_of("fold.gif")
    assert times == [100] * 11  # five layers, two steps each, and the end
    assert loop == 1


def test_classic_takes_a_model(run: Run, model_file: Path) -> None:
    ran = run(f"render --classic --model {model_file} --rounds 0 --size 240x180 -o c.gif")
    assert ran.code == 0, ran.err
    assert len(gif_of("c.gif")[0]) == 5


def test_classic_keeps_its_model_and_films_own_data(run: Run, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = [f"{x / 9},{y / 9},{'abc'[k % 3]}" for k, (x, y) in enumerate(rng.normal(size=(60, 2)))]
    (tmp_path / "rings.csv").write_text("u,v,kind\n" + "\n".join(rows) + "\n", encoding="utf-8")
    command = "render --classic --data rings.csv --raw --epochs 5 --rounds 0 --size 240x180"
    ran = run(f"{command} -o c.gif -o m.npz")
    assert ran.code == 0 and ran.out.split() == ["m.npz", "c.gif"]
    kept = load_stored("m.npz")
    assert kept.chain.widths == (2, 3, 3, 3, 3, 3) and kept.class_names == ("a", "b", "c")
    assert len(gif_of("c.gif")[0]) == 6
    # The film of the kept model is the same film.
    again = run("render --classic --model m.npz --data rings.csv --raw --rounds 0 --size 240x180")
    assert again.code == 0 and Path("fold.gif").read_bytes() == Path("c.gif").read_bytes()


def test_a_model_alone_asks_for_no_film(run: Run) -> None:
    for flags in ("", "--classic"):
        ran = run(f"render {flags} --epochs 5 -o m.npz")
        assert ran.code == 0 and ran.out.split() == ["m.npz"]
        assert sorted(path.name for path in Path().iterdir()) == ["m.npz"]
        ran = run(f"render {flags} --model m.npz -o n.npz")
        assert ran.code == 2 and "use warpviz convert MODEL -o n.npz." in ran.err


def test_classic_is_the_same_from_python(run: Run) -> None:
    command = "render --classic --activation gelu --epochs 20 --rounds 1 --size 240x180 -o c.gif"
    assert run(command + " -o m.npz").code == 0
    look: dict[str, Any] = {"rounds": 1, "size": (240, 180)}
    warpviz.classic("gelu", epochs=20, **look).save("p.gif")
    assert Path("p.gif").read_bytes() == Path("c.gif").read_bytes()
    chain = warpviz.classic_chain("gelu_tanh", epochs=20)
    stored = load_stored("m.npz").chain
    for own, kept in zip(chain.parameters(), stored.parameters(), strict=True):
        assert np.array_equal(own, kept)
    warpviz.classic(chain, **look).save("q.gif")
    assert Path("q.gif").read_bytes() == Path("c.gif").read_bytes()
