"""Which columns are features, which has the labels, and which rows have all of them."""

from pathlib import Path

import numpy as np
import pytest

import warpviz as wv
from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reader(text: str, **asked: object) -> Dataset:
        path = tmp_path / "t.csv"
        path.write_text(text, encoding="utf-8")
        return wv.load_data(path, **asked)  # type: ignore[arg-type]

    return reader


ROWS = ("1.5,2,cat", "3,4.25,dog", "5,6,cat", "2,2,dog", "0,1,cat", "7,3,dog")


def table(names: str, first: list[str]) -> str:
    lines = [f"{name},{row}" for name, row in zip(first, ROWS, strict=True)]
    return "\n".join(([names] if names else []) + lines) + "\n"


COUNT = [str(i) for i in range(1, 7)]
IDS = ["7", "3", "9", "12", "1", "40"]
WORDS = ["Ann", "Bob", "Cid", "Dan", "Eve", "Fay"]


@pytest.mark.parametrize(
    ("names", "first", "told"),
    [
        ("Id,x,y,kind", IDS, "column 'Id' numbers the rows"),
        ("PassengerId,x,y,kind", COUNT, "column 'PassengerId' numbers the rows"),
        ("customer_id,x,y,kind", IDS, "column 'customer_id' numbers the rows"),
        (",x,y,kind", IDS, "column 1 numbers the rows"),
        ("Unnamed: 0,x,y,kind", COUNT, "column 'Unnamed: 0' numbers the rows"),
        ("rownames,x,y,kind", WORDS, "column 'rownames' names the rows"),
        ("x,y,kind", WORDS, "column 1 names the rows"),
        ("who,x,y,kind", WORDS, "column 'who' names the rows"),
        ("", COUNT, "column 1 numbers the rows"),
        ("", WORDS, "column 1 names the rows"),
    ],
)
def test_what_numbers_or_names_the_rows_is_left_out(read, names, first, told) -> None:  # type: ignore[no-untyped-def]
    data = read(table(names, first))
    assert data.x.tolist() == [[float(c) for c in row.split(",")[:2]] for row in ROWS]
    assert data.class_names == ("cat", "dog")
    assert [told in note for note in data.notes] == [True]


@pytest.mark.parametrize(
    ("names", "first"),
    [
        ("x,a,b,kind", COUNT),
        ("day,a,b,kind", COUNT),
        ("Id,a,b,kind", ["1", "1", "2", "3", "4", "5"]),
        ("paid,a,b,kind", COUNT),
        ("", ["1", "2", "3", "4", "5", "7"]),
        ("", ["2", "3", "4", "5", "6", "7"]),
    ],
)
def test_what_only_looks_so_is_a_feature(read, names: str, first: list[str]) -> None:  # type: ignore[no-untyped-def]
    data = read(table(names, first))
    assert data.x[:, 0].tolist() == [float(cell) for cell in first] and not data.notes


def test_few_lines_may_count_by_chance(read) -> None:  # type: ignore[no-untyped-def]
    for count in (4, 5):
        text = "\n".join(f"{i},{i / 7},{3 - i},{'xy'[i % 2]}" for i in range(count))
        assert read(text).x.shape == (count, 3 if count == 4 else 2)


def test_columns_by_place(read) -> None:  # type: ignore[no-untyped-def]
    text = "kind,a,b,2\nx,1,2,0\ny,4,5,1\nx,7,8,1\n"
    for label in ("kind", "first", 1, "1"):
        assert read(text, label=label, features=("a", 3)).x.tolist() == [[1, 2], [4, 5], [7, 8]]
    # What is called so comes first.
    assert read(text, label="2", features=("a", "b")).class_names == ("0", "1")
    assert read(text, label="last", features=(2, 3)).class_names == ("0", "1")
    with pytest.raises(WarpvizError, match="has 4 columns, so there is no column '5'; choose by"):
        read(text, label=5)
    with pytest.raises(WarpvizError, match="did you mean 'kind'"):
        read(text, label="kid")


def test_the_only_column_of_words_has_the_labels(read) -> None:  # type: ignore[no-untyped-def]
    data = read("kind,a,b\nx,1.5,2\ny,4,5.5\nx,7,8\n")
    assert data.x.tolist() == [[1.5, 2], [4, 5.5], [7, 8]] and data.class_names == ("x", "y")
    assert "column 'kind', the only one of words; --label names another" in data.notes[0]
    text = "kind,sex,a,b\nx,f,1.5,2\ny,m,4,5.5\nx,f,7,8\n"
    with pytest.raises(WarpvizError, match=r"column 'kind', column 'sex' have words, and the last"):
        read(text)
    assert read("kind,a,b,c\nx,1.5,2,1\ny,4,5.5,2\nx,7,8,0\n", regression=True, features=("a", "b")
                ).targets.tolist() == [1, 2, 0]  # fmt: skip


def test_where_it_is_open_it_asks(read) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(0)
    rows = [f"{i % 3},{a:.2f},{b:.2f}" for i, (a, b) in enumerate(rng.normal(size=(12, 2)))]
    text = "grade,a,b\n" + "\n".join(rows)
    with pytest.raises(WarpvizError, match=r"3 different whole.* --label grade or --label b\.$"):
        read(text)
    assert read(text, label="first").class_names == ("0", "1", "2")
    assert read(text, label="last").targets is not None
    assert read(text, regression=True).targets is not None
    names = "\n".join(f"{i / 7},{i / 3},word{i}" for i in range(30))
    with pytest.raises(
        WarpvizError, match="column 3, has 30 different words in 30 lines, so it is"
    ):
        read(names)
    graded = "\n".join(f"{i / 7},{i % 4},word{i}" for i in range(30))
    with pytest.raises(WarpvizError, match=r"choose with --label, such as --label 2\.$"):
        read(graded)
    with pytest.raises(WarpvizError, match="write words as numbers first, as no other column has"):
        read("day,shape,kind\nMo,round,x\nTu,flat,y\nMo,flat,x\n")


def test_infinity_is_told_with_its_line(read) -> None:  # type: ignore[no-untyped-def]
    text = "a,b,kind\n1,2,x\n3,inf,y\n1e999,3,x\n4,5,y\n"
    with pytest.raises(
        WarpvizError, match=r"infinite values in line 3, 4 \(column 'a', column 'b'\)"
    ):
        read(text)
    assert read(text, drop_missing=True).x.tolist() == [[1, 2], [4, 5]]


def test_marks_of_labels(read) -> None:  # type: ignore[no-untyped-def]
    assert read("1,2,+\n3,4,-\n").class_names == ("+", "-")
    with pytest.raises(WarpvizError, match="missing values in 1 line"):
        read("1,2,?\n3,4,0\n5,6,1\n")
    with pytest.raises(WarpvizError, match="missing values in 1 line"):
        read("1,2,a\n3,4,NA\n5,6,b\n")


def test_words_among_features_are_told_with_what_to_type(read) -> None:  # type: ignore[no-untyped-def]
    text = "a,colour,the size,shape,kind\n1,red,2,round,x\n3,blue,4,flat,y\n5,red,6,flat,x\n"
    with pytest.raises(WarpvizError) as caught:
        read(text)
    flag = str(caught.value).partition("--features ")[2].partition(", that of")[0]
    assert "; column 'shape' has words too; choose" in str(caught.value) and flag == "'a,the size'"
    assert read(text, features=flag.strip("'").split(",")).x.tolist() == [[1, 2], [3, 4], [5, 6]]


def test_empty_columns_are_left_out(read) -> None:  # type: ignore[no-untyped-def]
    data = read("a,b,note,kind,\n1,2,,x,\n3,4,,y,\n")
    assert data.feature_names == ("a", "b") and "column 'note' is empty" in data.notes[0]


def test_one_feature_is_taken_where_it_is_named(read) -> None:  # type: ignore[no-untyped-def]
    text = "width,kind\n1,x\n2.5,y\n3,x\n"
    with pytest.raises(WarpvizError, match="one column of features, column 'width', beside the la"):
        read(text)
    with pytest.raises(
        WarpvizError, match="; --features width takes it alone, as a curve; or choo"
    ):
        read(text)
    assert read(text, features=["width"]).x.tolist() == [[1], [2.5], [3]]
    with pytest.raises(
        WarpvizError, match="has no column beside the labels, column 'kind'; choose"
    ):
        read("Id,kind\n" + "\n".join(f"{i},{'xy'[i % 2]}" for i in range(9)))
