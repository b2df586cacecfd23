import re
from pathlib import Path

import numpy as np
import pytest

from warpviz.convert.files import load_model
from warpviz.data import load_data
from warpviz.data.files import read_arrays
from warpviz.errors import WarpvizError

CSV = "x1,x2,kind\n0.0,1.0,cat\n2.5,-1e-1,dog\n1.0,1.0,cat\n"


def test_csv_with_and_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "pets.csv"
    for text in (CSV, CSV.partition("\n")[2]):
        path.write_text(text)
        data = load_data(path)
        assert data.x.tolist() == [[0.0, 1.0], [2.5, -0.1], [1.0, 1.0]]
        assert data.y.tolist() == [0, 1, 0] and data.class_names == ("cat", "dog")
        assert data.name == "pets"


def test_csv_labels_that_are_numbers_are_ordered_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    path.write_text("0,0,10\n0,1,9\n")
    assert load_data(str(path)).class_names == ("9", "10")


def test_npz(tmp_path: Path) -> None:
    path = tmp_path / "d.npz"
    x, y = np.eye(3), np.array([0, 1, 1])
    np.savez(path, x=x, y=y, class_names=np.array(["a", "b"]))
    data = load_data(path)
    assert np.array_equal(data.x, x) and np.array_equal(data.y, y)
    assert data.class_names == ("a", "b")


def test_a_file_can_be_thinned_and_shaken(tmp_path: Path) -> None:
    path = tmp_path / "d.npz"
    np.savez(path, x=np.zeros((1000, 2)), y=np.arange(1000) % 2)
    assert len(load_data(path, n=100)) == 100
    assert load_data(path, noise=0.5).x.std() == pytest.approx(0.5, rel=0.1)


FILES = {
    "words.csv": (b"a,b,c\nd,e,f\n", "line 2, column 'a' expects a number, got 'd'"),
    "ragged.csv": (b"1,2,a\n1,b\n", "lines of equally many cells, 3; line 2 has 2"),
    "nan.csv": (b"1,nan,a\n1,2,b\n", "missing values in 1 line (1; column 2); fill them in"),
    "huge.csv": (b"1,1e999,a\n1,2,b\n", "finite x"),
    "twice.csv": (b"a,a,c\n1,2,x\n", "two columns called 'a'"),
    "names.csv": (b"a,b,c\n", "expects lines of numbers and a label, got none"),
    "one.csv": (b"1,2,a\n1,3,a\n", "at least two classes"),
    "thin.csv": (b"1,a\n2,b\n", "one column of features, column 1, beside the labels"),
    "empty.csv": (b"", "expects"),
    "bytes.csv": (b"1,2\0\n", "cannot be read as text"),
    "open.npy": (
        b"\x93NUMPY\x01\0\x0c\0{'descr': (\n",
        "plain array of at most 256 MB in .npy form",
    ),
    "text.npz": (b"hello", "plain arrays in .npz form"),
}


@pytest.mark.parametrize("name", FILES)
def test_bad_files(tmp_path: Path, name: str) -> None:
    content, message = FILES[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WarpvizError, match=re.escape(message)):
        load_data(tmp_path / name)


def test_other_bad_files(tmp_path: Path) -> None:
    with pytest.raises(WarpvizError, match="does not exist"):
        load_data(tmp_path / "none.csv")
    np.savez(tmp_path / "z.npz", z=np.zeros(3))
    with pytest.raises(WarpvizError, match=r"expects arrays x and y, got \['z'\]"):
        load_data(tmp_path / "z.npz")
    np.savez(tmp_path / "o.npz", x=np.array([None, 1], dtype=object), y=np.zeros(2))
    with pytest.raises(WarpvizError, match="other things than numbers"):
        load_data(tmp_path / "o.npz")


@pytest.mark.posix
def test_what_has_no_end_or_no_bytes_is_no_file(tmp_path: Path) -> None:
    for number, suffix in enumerate([".npy", ".npz", ".csv"]):
        link = tmp_path / f"{number}{suffix}"
        link.symlink_to("/dev/zero")
        with pytest.raises(WarpvizError, match=r"is no file|does not exist"):
            load_data(link)
    link = tmp_path / "model.json"
    link.symlink_to("/dev/zero")
    with pytest.raises(WarpvizError, match="is no file; copy into one"):
        load_model(link)
    with pytest.raises(WarpvizError, match=r"does not exist|cannot be read"):
        load_data(f"{tmp_path}/a\0.npz")


@pytest.mark.slow
def test_a_small_file_asks_for_little(tmp_path: Path) -> None:
    # 64 MB of zeros in 64 kB; the same numbers as they are, are read.
    zeros = np.zeros((2**18, 32))
    np.savez_compressed(tmp_path / "packed.npz", x=zeros, y=np.zeros(len(zeros), dtype=np.uint8))
    says = "expects at most 35 MB of arrays, got 64 MB; keep less in it, or do not compress it"
    with pytest.raises(WarpvizError, match=says):
        read_arrays(tmp_path / "packed.npz")
    np.savez(tmp_path / "plain.npz", x=zeros)
    assert read_arrays(tmp_path / "plain.npz")["x"].shape == zeros.shape


def npy(head: str, body: bytes = b"") -> bytes:
    text = head.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\0" + len(text).to_bytes(2, "little") + text + body


@pytest.mark.parametrize(
    "head",
    [
        "{'descr': '<U0', 'fortran_order': False, 'shape': (1000000000,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 1000000000), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 4), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (0,), }",
        "{'descr': '<f8', 'fortran_order': (",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (0,), }",
    ],
)
def test_headers_that_lie(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.npy").write_bytes(npy(head))
    with pytest.raises(WarpvizError, match=r"plain array of at most 256 MB in \.npy form"):
        load_data(tmp_path / "a.npy")


def test_more_columns_than_a_layer_takes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",".join("1" * 10_001))
    with pytest.raises(WarpvizError, match="at most 10,000 columns; line 1 has 10,001; write a"):
        load_data(tmp_path / "a.csv")
