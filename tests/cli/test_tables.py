"""Measures in inspect and compare --table."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from warpviz.cli.tables import NAMES
from warpviz.convert.files import load_model
from warpviz.data import load_data
from warpviz.measure.layers import layer_measures

TRAIN = "--data xor --epochs 10 --layers 3"


def test_inspect_tells_the_measures_of_every_layer(run: Run, model_file: Path) -> None:
    facts = json.loads(run(f"inspect {model_file} --json").out)
    expected = layer_measures(load_model(model_file), load_data("moons"))
    assert [{name: row[name] for name in NAMES} for row in facts["measures"]] == [
        each.as_dict() for each in expected
    ]
    assert [row["stop"] for row in facts["measures"]] == list(range(6))
    table = run(f"inspect {model_file}").out.splitlines()
    start = next(i for i, line in enumerate(table) if line.startswith("stop"))
    assert table[start + 1].startswith("input") and table[start + 6].startswith("logits")


def test_inspect_measures_within_limits(run: Run, model_file: Path) -> None:
    own = json.loads(run(f"inspect {model_file} --json").out)["measures"]
    near = json.loads(run(f"inspect {model_file} --json --limits -9,9,-9,9").out)["measures"]
    assert own[2]["area_factor"] != near[2]["area_factor"]
    assert own[2]["accuracy"] == near[2]["accuracy"]


def test_inspect_without_data_measures_nothing(run: Run, broken_files: Path) -> None:
    assert json.loads(run("inspect sine.json --json").out)["measures"] is None


def test_a_table_of_all_activations(run: Run) -> None:
    ran = run(f"compare --table relu tanh {TRAIN}")
    assert ran.code == 0
    blocks = ran.out.rstrip("\n").split("\n\n")
    assert [block.partition(":")[0] for block in blocks][:2] == ["fitted probe", "separable"]
    for block in blocks:
        lines = block.splitlines()
        assert lines[1].split() == ["relu", "tanh"]
        assert len(lines) == 2 + 4
    assert not Path("compare.gif").exists()


def test_a_table_as_csv_and_json_agree(run: Run) -> None:
    text = run(f"compare relu leaky_relu:0.2 tanh --table csv {TRAIN}").out
    rows = list(csv.DictReader(io.StringIO(text)))
    facts = json.loads(run(f"compare relu leaky_relu:0.2 tanh --table=json {TRAIN}").out)
    assert [each["model"] for each in facts["models"]] == ["relu", "leaky_relu:0.2", "tanh"]
    flat = [(each["model"], row) for each in facts["models"] for row in each["measures"]]
    assert len(flat) == len(rows) == 12
    for (model, row), read in zip(flat, rows, strict=True):
        assert read["model"] == model and int(read["stop"]) == row["stop"]
        for name in NAMES:
            if row[name] is None:
                assert read[name] == ""
            elif name == "separable":
                assert read[name] == str(row[name]).lower()
            else:
                assert float(read[name]) == row[name]


@pytest.mark.slow
def test_a_table_and_a_film(run: Run) -> None:
    film = "-o a.gif --size 240x180 --fps 4"
    ran = run(f"compare relu --table json {film} {TRAIN}")
    assert ran.code == 0
    json.loads(ran.out)
    assert Path("a.gif").exists()
    assert "a.gif: " in ran.err


def test_an_unknown_kind_of_table(run: Run, no_training: None) -> None:
    ran = run("compare relu --table=xml")
    assert ran.code == 2
    assert "--table expects text, csv, json, got 'xml'" in ran.err


@pytest.mark.slow
@pytest.mark.parametrize("words", ["--caption why --show measures", "--caption none"])
def test_captions_and_measures_on_screen(run: Run, words: str) -> None:
    small = "-o a.gif --size 240x180 --fps 4"
    assert run(f"render {small} {TRAIN}").code == 0
    plain = Path("a.gif").read_bytes()
    assert run(f"render {words} {small} {TRAIN}").code == 0
    assert Path("a.gif").read_bytes() != plain


def test_an_unknown_caption_names_the_nearest(run: Run, no_training: None) -> None:
    ran = run("render --caption wy")
    assert ran.code == 2
    assert "Unknown caption 'wy'; did you mean 'why'?" in ran.err
