"""The flags of data: what is told, what is refused, and that each does what it says."""

import json
from pathlib import Path

import pytest

from warpviz.cli import main

CASES = Path(__file__).parents[2] / "data" / "cases"
QUICK = ["--layers", "3", "--epochs", "20", "--starts", "1", "--seed", "0"]


def train(data: str | Path, *flags: str) -> int:
    return main(["train", "--data", str(data), *QUICK, *flags, "-o", "m.npz"])


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "flags", "told"),
    [
        ("index_column.csv", (), "column 1 numbers the rows and is left out; --features takes it"),
        ("cyrillic_cp1251.csv", (), "read as cp1251 (a guess); --encoding names another"),
        ("year_header.csv", (), "line 1, '2017, 2018, grew', is taken as the columns' names"),
        ("savetxt.txt", (), "they are classes; --regression makes them targets"),
        ("label_first.csv", ("--label", "3"), "so this is a regression; --classes makes each"),
        ("y > sin(x)", ("--classes",), "1764 points"),
    ],
)
def test_how_it_was_read_is_told(
    name: str, flags: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(CASES / name if "." in name else name, *flags) == 0
    out, err = capsys.readouterr()
    assert told in err and out == "m.npz\n"
    assert train(CASES / name if "." in name else name, *flags, "--quiet") == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("flags", "measure"),
    [(("--label", "last"), "r_squared"), (("--label", "last", "--classes"), "accuracy"),
     (("--label", "1"), "accuracy"), (("--label", "first", "--regression"), "r_squared")],
)  # fmt: skip
def test_classes_and_regression(
    flags: tuple[str, ...], measure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of numbers to be met no verb tells a share that is right."""
    data = CASES / "label_first.csv"
    assert train(data, *flags) == 0
    said = capsys.readouterr().err
    assert main(["inspect", "m.npz", "--data", str(data), *flags, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert [facts[key] is not None for key in ("accuracy", "r_squared")] == [
        measure == "accuracy", measure == "r_squared"]  # fmt: skip
    assert main(["inspect", "m.npz", "--data", str(data), *flags]) == 0
    table = capsys.readouterr().out
    assert ("R²" in said and "R²" in table) == (measure == "r_squared")
    assert ("% right" in table) == (measure == "accuracy")


def test_the_inputs_have_the_columns_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(CASES / "comments.csv") == 0
    assert main(["inspect", "m.npz", "--data", str(CASES / "comments.csv")]) == 0
    assert "input (height, weight)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flags", "code", "told"),
    [
        (("label_first.csv",), 1, "--label 1 or --label 3."),
        (("missing_marks.csv",), 1, "leave these lines out with drop_missing (--drop-missing)."),
        (("xor4.csv", "--classes", "--regression"), 2, "leave out --classes or --regression"),
        (("xor4.csv", "--encoding", "klingon"), 1, "Unknown encoding 'klingon'"),
        (("xor4.csv", "--label", "9"), 1, "choose by place, from 1 to 3."),
        (("rings", "--classes"), 2, "'rings' is classes; leave out classes and regression"),
        (("rings", "--encoding", "utf-8"), 2, "no columns to choose from"),
        (("y > 99",), 2, "choose others with limits (--limits x0,x1,y0,y1)."),
        (("y >> 1",), 2, "'y >> 1' has more in it than numbers, x, y, + - * / **"),
    ],
    ids=str,
)
def test_what_cannot_be_is_one_sentence(
    flags: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = flags[0] if "." not in flags[0] else CASES / flags[0]
    assert train(name, *flags[1:]) == code
    out, err = capsys.readouterr()
    assert told in err and err.count("\n") == 1 and not out


def test_a_model_whose_data_asks_for_flags_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    assert train(CASES / "label_first.csv", "--label", "1") == 0
    capsys.readouterr()
    assert main(["render", "--model", "m.npz", "-o", "a.gif"]) == 2
    err = capsys.readouterr().err
    assert "which cannot be loaded so: " in err and err.endswith("--label 1 or --label 3.\n")


@pytest.mark.parametrize("name", ["a" * 300, "x" * 500 + " > 0", "a\0b", "\ud800", "a/b/c", "."])
def test_names_that_are_none(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert train(name) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_limits_are_those_of_a_lattice(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["render", "--data", "x*y > 0", "--limits", "0.5,9,-4,4", *QUICK]
    assert main([*words, "--at", "0", "--size", "320x240", "-o", "s.png"]) == 0
    assert "x*y > 0: 1764 points" in capsys.readouterr().err
    assert main(["train", "--data", "x*y > 0", *QUICK, "-o", "m.npz"]) == 0
    assert main(["inspect", "m.npz"]) == 0
    assert "x*y > 0: 1764 points" in capsys.readouterr().out
