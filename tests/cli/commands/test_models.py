"""train, inspect and list."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run
from warpviz.cli.commands.listing import TOPICS
from warpviz.convert.files import load_stored
from warpviz.data import DATASETS
from warpviz.data.collections import COLLECTIONS
from warpviz.model import ACTIVATIONS
from warpviz.output.writers import PRINTED, SLIDES, WRITERS
from warpviz.training import OPTIMIZERS


def test_train_stores_the_model_its_data_and_class_names(run: Run) -> None:
    ran = run("train --data spirals:3 --activation tanh --layers 5 --epochs 20 -o a.npz -o b.npz")
    assert (ran.code, ran.out) == (0, "a.npz\nb.npz\n")
    stored = load_stored("a.npz")
    assert stored.data_name == "spirals:3"
    assert stored.class_names == ("arm 1", "arm 2", "arm 3")
    assert stored.chain.widths == (2, 5, 3, 3)
    assert "spirals:3: 1800 points, tanh: " in ran.err and "after 20 epochs" in ran.err


def test_train_finds_data_in_files_again(run: Run, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = [f"{x},{y},{'up' if y > 0 else 'down'}" for x, y in rng.normal(size=(40, 2))]
    (tmp_path / "mine.csv").write_text("\n".join(rows))
    assert run("train --data mine.csv --epochs 20 -o m.npz").code == 0
    assert json.loads(run("inspect m.npz --json").out)["data"]["class_names"] == ["down", "up"]
    (tmp_path / "mine.csv").unlink()
    ran = run("render --model m.npz")
    assert ran.code == 2
    assert ran.err == (
        "warpviz: m.npz was trained on 'mine.csv', which cannot be loaded; choose with --data.\n"
    )


def test_inspect_as_json(run: Run, model_file: Path) -> None:
    ran = run(f"inspect {model_file} --json")
    facts = json.loads(ran.out)
    stored = load_stored(model_file)
    assert facts["widths"] == [2, 3, 3, 2, 2]
    assert facts["parameters"] == stored.chain.n_parameters == 29
    assert [layer["activation"] for layer in facts["layers"]] == ["tanh", "relu", "identity", None]
    assert [layer["parameters"] for layer in facts["layers"]] == [9, 12, 8, 0]
    from warpviz.data import load_data

    moons = load_data("moons")
    right = float((stored.chain(moons.x).argmax(axis=1) == moons.y).mean())
    assert facts["accuracy"] == right
    assert facts["data"] == {"name": "moons", "points": 1800, "class_names": ["up", "down"]}
    assert ran.err == ""


def test_inspect_on_other_data_and_seed(run: Run, model_file: Path) -> None:
    own = json.loads(run(f"inspect {model_file} --json").out)
    other = json.loads(run(f"inspect {model_file} --json --data rings").out)
    seeded = json.loads(run(f"inspect {model_file} --json --seed 9").out)
    assert other["data"]["name"] == "rings"
    assert len({own["accuracy"], other["accuracy"], seeded["accuracy"]}) == 3


def test_inspect_as_an_aligned_table(run: Run, model_file: Path) -> None:
    lines = run(f"inspect {model_file}").out.splitlines()
    assert lines[0].endswith("moons.npz: 2 → 3 → 3 → 2 → 2, 29 parameters")
    table = lines[2:7]
    assert len({len(line) for line in table}) == 1
    assert table[1].split() == ["1", "dense", "tanh", "2", "3", "9"]
    assert lines[-1].startswith("moons: 1800 points, ")


def test_inspect_without_data_that_fits_has_no_accuracy(run: Run, broken_files: Path) -> None:
    ran = run("inspect sine.json --json")
    facts = json.loads(ran.out)
    assert ran.code == 0
    assert facts["widths"] == [1, 2, 1]
    assert facts["accuracy"] is None and facts["data"] is None
    assert ran.err.startswith("No accuracy: sine.json names no data")


@pytest.mark.slow
def test_a_classifier_of_one_output_in_every_verb(run: Run, tmp_path: Path) -> None:
    # relu(s) − 2 relu(s − 1) is 1 where s = x₁ + x₂ is 1, and 0 where it is 0 or 2.
    layers = [
        {"weight": [[1, 1], [1, 1]], "bias": [0, -1], "activation": "relu"},
        {"weight": [[1, -2]], "bias": [-0.5], "activation": "sigmoid"},
    ]
    (tmp_path / "one.json").write_text(json.dumps({"layers": layers}))
    (tmp_path / "xor.csv").write_text("0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n")
    small = "--data xor.csv --raw --size 240x180 --fps 2"
    facts = json.loads(run("inspect one.json --data xor.csv --raw --json").out)
    assert facts["accuracy"] == 1.0 and facts["widths"] == [2, 2, 1]
    assert facts["measures"][-1]["separable"] is True and facts["measures"][0]["separable"] is False
    regions = json.loads(run("regions one.json --data xor.csv --raw --json").out)
    assert regions["regions"] == 3 and run("regions one.json --data xor.csv --raw").code == 0
    for words in (
        f"render --model one.json {small} -o r.gif", f"compare one.json {small} -o c.gif",
        f"render --classic --rounds 1 --model one.json {small} -o o.gif",
        "landscape --model one.json --data xor.csv --raw --grid 5 -o l.png",
    ):  # fmt: skip
        ran = run(words)
        assert ran.code == 0, ran.err
        assert "100.0 %" in ran.err or words.startswith("landscape")


@pytest.mark.parametrize("topic", TOPICS)
def test_list_has_a_line_of_meaning_for_every_name(run: Run, topic: str) -> None:
    lines = run(f"list {topic}").out.splitlines()
    tables: dict[str, Iterable[str]] = {
        "datasets": [*DATASETS, *COLLECTIONS],
        "activations": ACTIVATIONS,
        "optimizers": OPTIMIZERS,
        "formats": [*WRITERS, *SLIDES, *PRINTED, ".npz", ".onnx", ".json", ".safetensors"],
    }
    if topic in tables:
        assert [line.split()[0] for line in lines] == list(tables[topic])
    assert all(len(line.split()) >= 2 for line in lines)


def test_list_alone_lists_everything(run: Run) -> None:
    out = run("list").out
    assert [line for line in out.splitlines() if line and line[0] != " "] == list(TOPICS)


def test_formats_are_said_to_be_written_where_they_are(run: Run, model_file: Path) -> None:
    for line in run("list formats").out.splitlines():
        suffix, told = line.split(maxsplit=1)
        if told.startswith("Model"):
            written = run(f"convert {model_file} -o copy{suffix}").code == 0
            assert written == told.endswith("written"), line


def test_a_model_of_one_feature_is_measured_without_a_plane(run: Run, tmp_path: Path) -> None:
    x = np.linspace(-2.0, 2.0, 60)
    rows = "".join(f"{a},{'in' if a * a < 1 else 'out'}\n" for a in x)
    (tmp_path / "one.csv").write_text(f"x,y\n{rows}")
    assert run("train --data one.csv --features x -o one.npz").code == 0
    ran = run("inspect one.npz --data one.csv --features x --json")
    facts = json.loads(ran.out)
    assert (ran.code, facts["widths"][0], facts["accuracy"]) == (0, 1, 1.0)
    # No line parts the middle from both sides: the best puts all that is out on one side right.
    out = int((x * x >= 1).sum())
    first, last = facts["measures"][0], facts["measures"][-1]
    assert first["accuracy"] <= 1 - out / 2 / 60 and first["separable"] is False
    assert last["accuracy"] == 1.0 and last["area_factor"] is None and last["regions"] is None
    # What is advised where the data cannot be loaded works.
    ran = run("inspect one.npz")
    assert "No accuracy: " in ran.err and "--features x takes it alone" in ran.err
    ran = run("inspect one.npz --features x")
    assert ran.code == 0 and "No accuracy" not in ran.err and "100.0 % right" in ran.out
    assert run("inspect one.npz --features x --limits -1,1,-1,1").code != 0
