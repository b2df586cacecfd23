"""Tables as people have them, one thing after another."""

from pathlib import Path

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest

import warpviz as wv
from warpviz.errors import WarpvizError

ROWS = "1.5,2,cat\n3,4.25,dog\n5,6,cat\n"
READ = {
    "semicolon in the header": 'a,b,"kind; of pet"\n' + ROWS,
    "bar in the header": "a|x,b,kind\n" + ROWS,
    "semicolon in a cell": '1.5,2,"c; at"\n3,4.25,dog\n5,6,"c; at"\n',
    "sep line": "sep=;\na;b;kind\n" + ROWS.replace(",", ";"),
    "numbered columns": "0,1,label\n" + ROWS,
    "spaces between": "a b kind\n" + ROWS.replace(",", "  "),
    "none and mild": "1.5,2,none\n3,4.25,mild\n5,6,none\n",
    "plus and minus": "1.5,2,+\n3,4.25,-\n5,6,+\n",
    "a line separator in a cell": ROWS.replace("dog", "do\u2028g"),
}


@pytest.mark.parametrize("name", READ)
def test_they_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    path.write_text(READ[name], encoding="utf-8")
    data = wv.load_data(path)
    assert data.x.tolist() == [[1.5, 2.0], [3.0, 4.25], [5.0, 6.0]]
    assert data.y[0] == data.y[2] != data.y[1]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_other_ways_to_write_text(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    path.write_bytes(ROWS.replace("cat", "König").encode(encoding))
    assert "König" in wv.load_data(path).class_names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"1,026",2,cat\n917,3,dog\n', "numbers with commas"),
        ("cat\ndog\n", "got one cell"),
        (f"1,2,{'x' * 5000}\n3,4,dog\n", "cells of at most 1000 letters; line 1"),
        ("1,2,\n3,4,dog\n", "missing values in 1 line"),
    ],
)
def test_they_are_refused(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    path.write_text(text)
    with pytest.raises(WarpvizError, match=told):
        wv.load_data(path)


def test_arrays_with_words_signs_and_fractions(tmp_path: Path) -> None:
    x = np.random.default_rng(0).normal(size=(6, 2))
    for y in (np.array(["a", "b"] * 3), np.array([-1, 1] * 3)):
        np.savez(tmp_path / "d.npz", x=x, y=y)
        assert wv.load_data(tmp_path / "d.npz").n_classes == 2
    np.savez(tmp_path / "d.npz", x=x, y=x[:, 0])
    data = wv.load_data(tmp_path / "d.npz", n=4)
    assert data.targets is not None and len(data.targets) == 4


def test_many_whole_numbers_are_targets(tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("\n".join(f"{i / 2},{i / 7},{1000 + 3 * i}" for i in range(80)))
    assert wv.load_data(path).targets is not None


def test_frames_that_hold_other_things() -> None:
    days = pd.DataFrame(
        {"a": [1, 2], "when": pd.to_datetime(["2024-01-01", None]), "k": ["u", "v"]}
    )
    with pytest.raises(WarpvizError, match="missing values in 1 row"):
        wv.load_data(days.assign(when=[1.0, None]))
    with pytest.raises(WarpvizError, match="column 'when' expects a number, got '2024-01-01"):
        wv.load_data(days)
    with pytest.raises(WarpvizError, match="column 'when' expects a number"):
        wv.load_data(days.ffill())
    twice = pd.DataFrame([[1, 2, "u"]], columns=["a", "a", "k"])
    with pytest.raises(WarpvizError, match="two columns called 'a'"):
        wv.load_data(twice)
    with pytest.raises(WarpvizError, match="arrays x and y make a Dataset"):
        wv.load_data(np.zeros((3, 2)))
