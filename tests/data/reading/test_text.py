import gzip
import re
from pathlib import Path

import pytest

from warpviz.data import files, load_data
from warpviz.data.reading.encodings import decoded
from warpviz.data.reading.text import bytes_of, lines_of, separator_of
from warpviz.errors import WarpvizError


def read(path: Path) -> tuple[list[int], list[list[str]]]:
    lines = lines_of(path, decoded(bytes_of(path), "It")[0])
    return lines.numbers, lines.cells


ROWS = [["größe", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", ",;\t|")
def test_any_encoding_and_any_sign(tmp_path: Path, encoding: str, sign: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\r\n".join(sign.join(row) for row in ROWS), encoding=encoding, newline="")
    assert read(path) == ([1, 2, 3], ROWS)


def test_empty_lines_are_left_out_but_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n\n , \n 1 ,2\n")
    assert read(path) == ([1, 4], [["a", "b"], ["1", "2"]])


def test_a_file_may_say_its_sign(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\n1,5;2,5\n3,5;4,5\n")
    assert read(path)[1] == [["1,5", "2,5"], ["3,5", "4,5"]]


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        ("1,5;2,5;cat\n3,5;4,5;dog", ";"),
        ('"a;b;c",1\n"d;e",2', ","),
        ("1 2\n3 4", " "),
        ("alone\nlonely", ","),
        ("a remark, at first\n1;2\n3;4\n5;6\n7;8\n9;0", ";"),
        ("", ","),
    ],
)
def test_the_sign_is_the_one_that_lines_have_equally_often(content: str, sign: str) -> None:
    assert separator_of(Path("a.csv"), content) == sign
    assert separator_of(Path("a.TSV"), content) == "\t"


def test_what_is_no_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    with pytest.raises(WarpvizError, match="does not exist"):
        read(path)
    with pytest.raises(WarpvizError, match="is no file; copy into one"):
        read(tmp_path)
    path.write_bytes(b"PK\0\0")
    with pytest.raises(WarpvizError, match="zero bytes"):
        read(path)
    path.write_text("a,b\n1," + "x" * 1001)
    with pytest.raises(WarpvizError, match=r"at most 1000 letters; line 2 has one of 1001"):
        read(path)
    path.write_text("a,b\n1," + "x" * 1000)
    assert len(read(path)[1]) == 2
    monkeypatch.setattr(files, "LARGEST", path.stat().st_size)
    assert len(read(path)[1]) == 2
    monkeypatch.setattr(files, "LARGEST", path.stat().st_size - 1)
    with pytest.raises(WarpvizError, match="at most 256 MB"):
        read(path)


def test_a_small_packed_file_is_no_large_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"1,2,a\n" * 7_000_000))
    with pytest.raises(WarpvizError, match=r"at most 3[0-9] MB when unpacked, got more"):
        bytes_of(path)


def test_lines_of_libsvm_are_refused_with_what_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("1 1:0.5 2:0.3\n-1 2:-9e-1\n1 1:0.7 2:.1\n-1\n")
    with pytest.raises(WarpvizError, match=r"lines of libsvm.* makes 'a\.npz' of it") as told:
        load_data("a.txt")
    found = re.search(r"in Python: (.*) makes", str(told.value))
    assert found is not None
    exec(found[1])
    data = load_data("a.npz")
    assert data.x.tolist() == [[0.5, 0.3], [0.0, -0.9], [0.7, 0.1], [0.0, 0.0]]
    assert data.class_names == ("-1", "1")
    # Times are no such pairs.
    Path("b.txt").write_text("1.5 2 12:30\n2.5 1 12:30\n0.5 1 13:00\n")
    assert load_data("b.txt").class_names == ("12:30", "13:00")
