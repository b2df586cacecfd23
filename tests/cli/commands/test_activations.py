"""The verb activations."""

import csv
import io
import json
from pathlib import Path

import pytest
from PIL import Image

import warpviz as wv
from tests.cli.conftest import Run


def test_the_table_for_people(run: Run) -> None:
    done = run("activations relu gelu sin")
    assert done.code == 0
    head, relu, gelu, sin = done.out.splitlines()
    assert head.split()[:2] == ["activation", "range"]
    assert "0 … ∞" in relu and "0 | 1" in relu and relu.endswith("yes")
    assert "0.886" in gelu and "−0.752" in gelu and gelu.endswith("no")
    assert "0, −3.14, 3.14, …" in sin


def test_the_table_says_where_a_formula_is_undefined_if_one_is(run: Run) -> None:
    head, log, tanh = run("activations log(z) tanh").out.splitlines()
    assert head.split()[1] == "undefined" and "below 0" in log and "nowhere" in tanh
    assert "undefined" not in run("activations tanh").out
    (row,) = json.loads(run("activations log(z) --table json").out)["activations"]
    assert row["undefined"] == [[None, 0.0]]


def test_json_has_null_where_a_number_is_undefined(run: Run) -> None:
    done = run("activations relu z**2 --table json")
    relu, square = json.loads(done.out)["activations"]
    assert relu["slope_at_0"] is None and relu["highest"] is None and relu["lipschitz"] == 1.0
    assert square["lipschitz"] is None and square["folds_from"] == 0.0
    assert relu["zero_on"] == [[None, 0.0]]


def test_csv_has_the_same_numbers(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("activations --table csv").out)))
    assert [row["name"] for row in rows] == list(wv.ACTIVATIONS)
    for row, known in zip(rows, wv.activations_table(), strict=True):
        for name in ("lowest", "highest", "lipschitz", "smallest_slope", "folds_from"):
            assert row[name] == ("" if known[name] is None else str(known[name]))
        assert row["monotone"] == str(known["monotone"]).lower()
        assert [float(z) for z in row["zeros"].split()] == list(known["zeros"])


@pytest.mark.slow
def test_files_of_every_kind(run: Run) -> None:
    outputs = "--jobs 1 -o c.svg -o c.png -o c.html -o c.gif"
    done = run(f"activations gelu wave=sin(z) --size 640x400 --seconds 1 --fps 8 {outputs}")
    assert done.code == 0, done.err
    assert sorted(done.out.split()) == ["c.gif", "c.html", "c.png", "c.svg"]
    with Image.open("c.gif") as film, Image.open("c.png") as still:
        assert film.size == still.size == (640, 400)
    assert "wave: sin(z)" in Path("c.html").read_text(encoding="utf-8")
    told = run("activations gelu --table text -o d.svg")
    assert told.out.startswith("activation") and "d.svg" not in told.out and Path("d.svg").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("activations geluu", "Unknown activation 'geluu'; did you mean 'gelu'?"),
        ("activations relu relu", "activations names relu twice; leave one out."),
        ("activations --limits 2,1", "limits expects z0,z1 that rise, such as -4,4; got 2,1."),
        ("activations --limits 1,2,3", "limits expects z0,z1 that rise, such as -4,4; got 1,2,3."),
        ("activations --theme darc -o a.png", "Unknown theme 'darc'; did you mean 'dark'?"),
        ("activations -o a.xyz", "unknown suffix '.xyz'"),
        ("activations -o no/a.svg", "does not exist; create it first"),
        ("activations relu z+ -o a.svg", "z+"),
        ("activations relu gelu sin --size 400x240 -o a.png", "too small to read; choose a size"),
        ("activations relu gelu sin silu --size 240x180 -o a.gif", "too small to read; choose a"),
    ],
)
def test_misuse(run: Run, words: str, told: str) -> None:
    done = run(words)
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1
    assert not list(Path().iterdir())
