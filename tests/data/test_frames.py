"""Frames, Parquet files, collections and standardising; pandas, polars and scikit-learn tell."""

import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sklearn import datasets  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.data.collections import COLLECTIONS
from warpviz.errors import WarpvizError

TABLE: dict[str, list[Any]] = {
    "width": [1.0, 2.0, 3.0, 4.5],
    "kind": ["cat", "dog", "cat", "eel"],
    "height": [10, 20, 30, 45],
    "grade": [1, 2, 2, 1],
}


def parquet(path: Path, table: dict[str, list[Any]]) -> Path:
    pl.DataFrame(table).write_parquet(path)
    return path


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_frames(make: Any) -> None:
    data = wv.load_data(make(TABLE), label="kind", features=["height", "width"])
    assert data.x.tolist() == [[10.0, 1.0], [20.0, 2.0], [30.0, 3.0], [45.0, 4.5]]
    assert data.class_names == ("cat", "dog", "eel") and data.y.tolist() == [0, 1, 0, 2]
    whole = wv.load_data(make({k: v for k, v in TABLE.items() if k != "kind"}))
    assert whole.x.shape == (4, 2) and whole.class_names == ("1", "2")


def test_parquet(tmp_path: Path) -> None:
    path = parquet(tmp_path / "pets.parquet", TABLE)
    data = wv.load_data(path, label="kind", features=("width", "height"))
    assert data.x[:, 1].tolist() == TABLE["height"] and data.name == "pets"
    assert data.class_names == ("cat", "dog", "eel")


@pytest.mark.parametrize("form", ["pandas", "polars", "parquet"])
def test_missing_values_are_counted_named_and_dropped_on_request(form: str, tmp_path: Path) -> None:
    holes = {**TABLE, "width": [1.0, None, 3.0, 4.5], "kind": ["cat", "dog", None, "eel"]}
    made: dict[str, Any] = {
        "pandas": lambda: pd.DataFrame(holes),
        "polars": lambda: pl.DataFrame(holes),
        "parquet": lambda: parquet(tmp_path / "holes.parquet", holes),
    }
    frame = made[form]()
    chosen: dict[str, Any] = {"label": "kind", "features": ("width", "height")}
    with pytest.raises(
        WarpvizError, match=r"in 2 rows \(2, 3; column 'width', column 'kind'\).*drop_missing"
    ):
        wv.load_data(frame, **chosen)
    kept = wv.load_data(frame, drop_missing=True, **chosen)
    assert kept.x.tolist() == [[1.0, 10.0], [4.5, 45.0]] and kept.class_names == ("cat", "eel")


def test_columns_that_do_not_fit(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="did you mean 'kind'"):
        wv.load_data(pd.DataFrame(TABLE), label="kinds")
    with pytest.raises(WarpvizError, match="column 'kind' expects a number, got 'cat'"):
        wv.load_data(pd.DataFrame(TABLE), label="grade")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and then nothing PAR1")
    with pytest.raises(WarpvizError, match=r"bad\.parquet' cannot be read as Parquet"):
        wv.load_data(tmp_path / "bad.parquet")


@pytest.mark.slow
def test_one_long_word_in_a_million_cells_costs_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet stores a word once, and numbers of words."""
    path, count = tmp_path / "long.parquet", 20_000
    told = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), ["a" * 2**20])
    lists = pa.ListArray.from_arrays(range(count + 1), told)
    numbers = np.arange(2.0 * count).reshape(2, count)
    columns = {"told": told, "x": numbers[0], "y": numbers[1], "lists": lists}
    pq.write_table(pa.table({**columns, "kind": ["b", None, "b", "c"] * (count // 4)}), path)
    assert path.stat().st_size < 2**20
    tracemalloc.start()
    data = wv.load_data(path, label="kind", features=["x", "y"], drop_missing=True)
    with pytest.raises(WarpvizError, match="column 'told' expects a number, got 'aaa"):
        wv.load_data(path, label="kind", features=["told", "y"])
    with pytest.raises(WarpvizError, match="column 'lists' expects a number, got 'lists of words'"):
        wv.load_data(path, label="kind", features=["lists", "y"])
    assert tracemalloc.get_traced_memory()[1] < 200 * 2**20
    tracemalloc.stop()
    assert data.class_names == ("b", "c") and data.y[:4].tolist() == [0, 0, 1, 0]
    monkeypatch.setattr("warpviz.data.frames.LARGEST", 2**24)
    with pytest.raises(WarpvizError, match="'told' expects at most 16,777,216 letters, got more"):
        wv.load_data(path)


@pytest.mark.slow
def test_words_of_one_length_are_counted_by_it(tmp_path: Path) -> None:
    words = pa.array([b"a" * 2**20] * 300, pa.binary(2**20))
    pq.write_table(pa.table({"x": words, "y": [0.0, 1.0, 2.0] * 100}), tmp_path / "a.parquet")
    with pytest.raises(WarpvizError, match="expects at most 256 MB, got more"):
        wv.load_data(tmp_path / "a.parquet")


def test_a_missing_library_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = parquet(tmp_path / "pets.parquet", TABLE)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(WarpvizError, match=r"needs pyarrow; .* pip install 'warpviz\[parquet\]'"):
        wv.load_data(path)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(WarpvizError, match=r"comes with scikit-learn; .*warpviz\[sklearn\]"):
        wv.load_data("iris")


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collections_by_name(name: str) -> None:
    theirs = getattr(datasets, f"load_{name}")()
    data = wv.load_data(name)
    np.testing.assert_array_equal(data.x, theirs.data)
    np.testing.assert_array_equal(data.y, theirs.target)
    assert list(data.class_names) == [str(word) for word in theirs.target_names]
    even = wv.load_data(name, standardise=True)
    np.testing.assert_allclose(even.x, StandardScaler().fit_transform(theirs.data), atol=1e-9)
    np.testing.assert_allclose(even.raw, theirs.data, atol=1e-9)


@pytest.mark.slow
def test_labels_of_every_kind_in_arrays() -> None:
    x = np.random.default_rng(0).normal(size=(6, 2))
    chain = wv.mlp([2, 3, 2], "tanh")
    for labels in (["a", "b"] * 3, pd.Series(["a", "b"] * 3), [True, False] * 3, [-1, 1] * 3):
        film = wv.animate(chain, pd.DataFrame(x), labels, size=(240, 180))
        assert len(film.scene.class_names) == 2


def test_labels_beside_a_frame() -> None:
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [2.0, 1.0, 0.0, 3.0], "k": list("uvuv")})
    named = wv.load_data(frame, label="k")
    for features, label in (
        (frame[["a", "b"]], frame["k"]),
        (frame, frame["k"]),
        (frame[["a", "b"]], list("uvuv")),
        (frame[["a", "b"]], frame["k"].to_numpy()),
        (frame[["a", "b"]], frame[["k"]]),
        (frame, frame[["k"]]),
    ):
        data = wv.load_data(features, label=label)
        assert (data.x == named.x).all() and (data.y == named.y).all()
        assert data.class_names == ("u", "v")
    paired = wv.load_data((frame[["a", "b"]], frame[["k"]]))
    assert (paired.y == named.y).all() and paired.class_names == ("u", "v")
    with pytest.raises(WarpvizError, match="different indexes"):
        wv.load_data((frame[["a", "b"]], frame[["k"]].iloc[::-1]))
    with pytest.raises(WarpvizError, match="different indexes"):
        wv.load_data(frame[["a", "b"]], label=frame["k"].iloc[::-1])
    with pytest.raises(WarpvizError, match="a label for each of its 4 rows"):
        wv.load_data(frame, label=[1, 2])
    with pytest.raises(WarpvizError, match="expects label to name a column of 'rings', got a Ser"):
        wv.load_data("rings", label=frame["k"])
