from pathlib import Path

import pytest

import warpviz as wv
from warpviz.data.reading.headers import headed, is_header
from warpviz.data.reading.text import Lines, lines_of
from warpviz.errors import WarpvizError


def split(text: str) -> tuple[list[str], list[list[str]]]:
    first, *below = [line.split(",") for line in text.split()]
    return first, below


@pytest.mark.parametrize(
    "text",
    [
        "a,b,kind 1,2,x 3,4,y",
        "a,b,c d,e,f",
        "a,2,kind 1,2,x 3,4,y",
        "2017,2018,grew 1.5,2.5,yes 2.5,1.0,no 1.0,3.0,yes",
        "country,2017,2018 A,100,120 B,300,310 C,250,240",
        "0,1,label 1,2,x 3,4,y 5,6,x",
        "0,1,2 5.1,3.5,0 4.9,3.0,0 6.1,2.8,1",
        "0,1,2 0.1,1.5,0 -4.9,-3.0,0 6.1,2.8,1",
        "150,4,setosa 5.1,3.5,0 4.9,3.0,1 5.0,3.1,1",
        "member,True,kind 1,2,x 3,4,y",
    ],
)
def test_lines_of_names(text: str) -> None:
    assert is_header(*split(text))


@pytest.mark.parametrize(
    "text",
    [
        "0,1,cat 2,3,dog 4,5,cat",
        "0,1,cat 2,3,dog 4,5,dog",
        "0,1,cat 0.5,0.2,dog 0.1,0.7,cat",
        "0,1,cat 2,3,dog 4,5,dog 6,7,eel",
        "0,1 0.5,0.2 0.1,0.7 0.3,0.3",
        "1,2,3 4,5,6 7,8,9 1,1,1",
        "0,0,10 0,1,9",
        "1,2, 3,4,dog 5,6,cat",
        "5.1,3.5,0 4.9,3.0,0 6.1,2.8,1",
        "NA,1,cat 2,3,dog 4,5,cat",
        "True,1,cat False,3,dog True,5,cat",
        "0,1,cat",
        "high,low,yes low,low,no high,low,yes",
    ],
)
def test_lines_of_a_point(text: str) -> None:
    assert not is_header(*split(text))


def test_the_first_point_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("0,1,cat\n2,3,dog\n4,5,cat\n6,7,dog\n")
    assert wv.load_data(path).x.tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]


def read(text: str) -> tuple[list[str], list[list[str]]]:
    names, _, cells, _ = headed("It", lines_of(Path("a.csv"), text))
    return names, cells


@pytest.mark.parametrize(
    "text",
    [
        "x,y,kind\n1,2,a\n3,4,b\n",
        "x,y,kind\n1,2,a,\n3,4,b,\n",
        "x,y,kind,\n1,2,a\n3,4,b\n",
        "# written by hand\n# x,y,kind\n1,2,a\n3,4,b\n",
        "% by hand\nx,y,kind\n1,2,a\n# a remark, in the middle\n3,4,b\n",
        "// by hand\nx;y;kind\n1;2;a\n3;4;b\n",
        "x y kind\n1   2 a \n 3\t4  b\n",
        "x\ty\tkind\n1\t2\ta\n3\t\t4\tb\n",
    ],
)
def test_the_same_table_in_many_ways(text: str) -> None:
    assert read(text) == (["x", "y", "kind"], [["1", "2", "a"], ["3", "4", "b"]])


def test_names_of_rows_have_no_name() -> None:
    assert read('"x" "kind"\n"r1" 1 "a"\n"r2" 2 "b"\n')[0] == ["", "x", "kind"]
    assert read("#,Name,Type\n1,Bulbasaur,Grass\n2,Ivysaur,Grass\n")[0] == ["", "Name", "Type"]


def test_single_quotes_are_quotes() -> None:
    assert read("1,2,'cat'\n3,4,'dog'\n")[1] == [["1", "2", "cat"], ["3", "4", "dog"]]


def test_colours_are_no_comments() -> None:
    assert read("#ff0000,1,2\n#00ff00,3,4\n#0000ff,5,6\n")[1][0] == ["#ff0000", "1", "2"]


def test_lines_of_other_widths_are_named() -> None:
    lines = Lines([1, 2, 5], [["a", "b"], ["1", "2"], ["1", "2", "3"]])
    with pytest.raises(WarpvizError, match=r"equally many cells, 2; line 5 has 3; mend that line"):
        headed("It", lines)
    with pytest.raises(WarpvizError, match="got none below its line of names"):
        headed("It", Lines([1], [["a", "b"]]))
