"""Files of other programs, written by their own libraries."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import openpyxl
import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pyarrow as pa
import pytest
import scipy.io  # type: ignore[import-untyped]

import warpviz as wv
from warpviz.errors import WarpvizError

PETS = pd.DataFrame(
    {
        "height": [1.5, 2.25, 3.0, -1e-3],
        "legs": [4, 2, 4, 0],
        "kind": ["cat", "köter", "cat", "eel"],
    }
)
ARFF = """% pets
@RELATION pets
@ATTRIBUTE height NUMERIC
@ATTRIBUTE legs INTEGER
@ATTRIBUTE kind {cat,dog,eel}
@DATA
1.5,4,cat
2.25,2,dog
3.0,4,cat
-0.001,0,eel
"""


def mat(path: Path) -> None:
    kinds = np.array(PETS["kind"].tolist(), dtype=object)
    scipy.io.savemat(path, {"X": PETS[["height", "legs"]].to_numpy(), "y": kinds})


def packed(path: Path) -> None:
    path.write_bytes(gzip.compress(PETS.to_csv(index=False).encode()))


WRITE: dict[str, Callable[[Path], Any]] = {
    "pets.xlsx": lambda path: PETS.to_excel(path, index=False),
    "index.xlsx": lambda path: PETS.to_excel(path, startrow=3, startcol=2),
    "records.json": lambda path: PETS.to_json(path, orient="records"),
    "columns.json": lambda path: PETS.to_json(path),
    "split.json": lambda path: PETS.to_json(path, orient="split"),
    "table.json": lambda path: PETS.to_json(path, orient="table", index=False),
    "lists.json": lambda path: path.write_text(json.dumps(PETS.to_dict("list"))),
    "rows.json": lambda path: path.write_text(json.dumps(PETS.to_numpy().tolist())),
    "pets.jsonl": lambda path: PETS.to_json(path, orient="records", lines=True),
    "pets.ndjson": lambda path: pl.from_pandas(PETS).write_ndjson(path),
    "pets.parquet": lambda path: PETS.to_parquet(path, index=False),
    "pets.csv.gz": packed,
    "pets.data": lambda path: PETS.to_csv(path, index=False, header=False),
    "pets.dat": lambda path: PETS.to_csv(path, index=False, sep=" "),
    "pets.txt": lambda path: PETS.to_csv(path, index=False, sep="\t"),
    "noname": lambda path: PETS.to_csv(path, index=False, sep="|"),
    "pets.arff": lambda path: path.write_text(ARFF.replace("dog", "koter")),
    "pets.mat": mat,
}


@pytest.mark.parametrize("name", WRITE)
def test_what_other_libraries_write(name: str, tmp_path: Path) -> None:
    WRITE[name](tmp_path / name)
    data = wv.load_data(tmp_path / name)
    np.testing.assert_array_equal(data.x, PETS[["height", "legs"]].to_numpy())
    assert [data.class_names[k].replace("ö", "o") for k in data.y] == ["cat", "koter", "cat", "eel"]
    assert data.name == name.partition(".")[0]


@pytest.mark.parametrize(
    "make",
    [
        pa.Table.from_pandas,
        pa.RecordBatch.from_pandas,
        pl.from_pandas,
        lambda frame: duckdb.sql("select * from frame"),
        lambda frame: type("Stream", (), {
            "__arrow_c_stream__": lambda self, requested_schema=None: pa.Table.from_pandas(
                frame).__arrow_c_stream__(requested_schema)})(),
    ],
    ids=["table", "batch", "polars", "duckdb", "stream"],
)  # fmt: skip
def test_whatever_speaks_arrow(make: Callable[[pd.DataFrame], Any]) -> None:
    data = wv.load_data(make(PETS))
    np.testing.assert_array_equal(data.x, PETS[["height", "legs"]].to_numpy())
    assert data.class_names == ("cat", "eel", "köter") and data.feature_names == ("height", "legs")


X, Y = np.random.default_rng(0).normal(size=(12, 2)), np.arange(12) % 2 + 1


@pytest.mark.parametrize(
    "arrays",
    [
        {"x": X, "y": Y},
        {"X": X, "y": Y},
        {"data": X, "target": Y},
        {"x_train": X, "y_train": Y, "x_test": X, "y_test": Y},
        {"features": X, "labels": Y[:, None]},
        {"arr_0": X, "arr_1": Y},
        {"one": X, "two": Y},
        {"x": X.T, "y": Y},
    ],
    ids=lambda arrays: "-".join(arrays),
)
def test_arrays_by_any_name(arrays: dict[str, Any], tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", **arrays)
    scipy.io.savemat(tmp_path / "a.mat", arrays)
    for name in ("a.npz", "a.mat"):
        data = wv.load_data(tmp_path / name)
        np.testing.assert_array_equal(data.x, X)
        assert data.class_names == ("1", "2") and data.y.tolist() == (Y - 1).tolist()


def test_what_a_file_cannot_be_asked(tmp_path: Path) -> None:
    np.savez(tmp_path / "a.npz", x=X, y=Y)
    with pytest.raises(WarpvizError, match="has no columns to choose from"):
        wv.load_data(tmp_path / "a.npz", label="first")
    for name in ("a.npz", "pets.xlsx"):
        if name in WRITE:
            WRITE[name](tmp_path / name)
        with pytest.raises(WarpvizError, match="is no text, so it has no encoding"):
            wv.load_data(tmp_path / name, encoding="gbk")


def test_npy_of_labels_1_and_2(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.column_stack([X, Y]))
    assert wv.load_data(tmp_path / "a.npy").class_names == ("1", "2")
    np.save(tmp_path / "b.npy", np.column_stack([Y, X]))
    assert wv.load_data(tmp_path / "b.npy", label="first").class_names == ("1", "2")
    assert wv.load_data(tmp_path / "b.npy").targets is not None


def test_workbooks_of_several_sheets_and_holes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("a", "b", "kind"),
        (1, 2.5, "x"),
        (None, "#DIV/0!", "y"),
        (3, 1, "x"),
        (4, 5, "y"),
    ):
        book.active.append(row)
    book.create_sheet("more")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(
        WarpvizError, match=r"missing values in 1 line \(3; column 'a', column 'b'\)"
    ):
        wv.load_data(tmp_path / "a.xlsx", features=("a", "b"))


BROKEN = {
    "a.xlsx": (b"PK\3\4 no", "cannot be read as a workbook"),
    "a.arff": (b"@relation a\n@attribute b string\n@data\nx\n", "what is not read of ARFF"),
    "b.arff": (b"no arff", "cannot be read as ARFF"),
    "a.json": (b"{no", "cannot be read as JSON"),
    "b.json": (b'{"layers": []}', "holds a model, not data; name it with --model"),
    "c.json": (b'"text"', "expects a list of records, columns by name"),
    "d.json": (b'{"a": [1, 2], "b": [1]}', "columns of one length"),
    "a.jsonl": (b'{"a": 1}\n{no\n', "cannot be read as JSON"),
    "a.csv.gz": (b"no gz", "cannot be unpacked"),
    "b.csv.gz": (gzip.compress(b"1,2,x\n" * 99)[:-9], "cannot be unpacked"),
    "a.pkl": (b"\x80\4\x95\0\0", "holds zero bytes"),
    "e.npz": (b"PK\5\6", "plain arrays in .npz form"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_one_sentence(name: str, tmp_path: Path) -> None:
    content, told = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WarpvizError, match=told) as caught:
        wv.load_data(tmp_path / name)
    assert str(caught.value).endswith(".") and len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("name", "library"),
    [("pets.xlsx", "openpyxl"), ("pets.arff", "scipy.io.arff")],
)
def test_without_its_library(
    name: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    WRITE[name](tmp_path / name)
    monkeypatch.setitem(sys.modules, library, None)
    needs = library.partition(".")[0]
    with pytest.raises(WarpvizError, match=rf"needs {needs}; .* pip install 'warpviz\[tables\]'"):
        wv.load_data(tmp_path / name)


def test_frames_of_other_libraries_without_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.Table.from_pandas(PETS)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        WarpvizError, match=r"Arrow needs pyarrow; .*pip install 'warpviz\[parquet\]'"
    ):
        wv.load_data(table)
