"""Bad input: one sentence, the exit code, and no training."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.misuse.known import MISUSE


@pytest.mark.many(quick=22)
@pytest.mark.parametrize(("command", "sentence"), MISUSE, ids=[row[0] for row in MISUSE])
def test_misuse_is_one_sentence_and_exit_2(
    run: Run, no_training: None, command: str, sentence: str
) -> None:
    ran = run(command)
    assert (ran.err, ran.out, ran.code) == (f"warpviz: {sentence}\n", "", 2)


FILES = [
    ("render --model cut.npz", 1, "File 'cut.npz' expects plain arrays in .npz form"),
    ("render --model none.json", 1, "File 'none.json' expects a JSON model"),
    ("inspect other.npz", 1, "File 'other.npz' expects a warpviz model"),
    ("render --data nan.csv", 1, "Data file 'nan.csv' has missing values in 1 line"),
    ("render --data one.csv", 1, "Dataset expects points of at least two classes, got 1."),
    (
        "train --data narrow.csv -o m.npz",
        1,
        "Data file 'narrow.csv' has one column of features, column 1, beside the labels, column 2",
    ),
    (
        "render --model sine.json",
        2,
        "sine.json names no data, and rings do not fit a model from 1 to 1; "
        "name its data with --data.",
    ),
    ("render --model sine.json --data moons", 2, "The model takes 1 features, but the data has 2"),
    ("inspect sine.json --data moons", 2, "The model takes 1 features, but the data has 2"),
    ("compare relu sine.json --data moons", 2, "The model takes 1 features, but the data has 2"),
    ("render --model huge.json", 2, "Layer 2 (Dense 2→2) overflows"),
    ("render --model huge.json --epochs 5", 2, "A model from a file is trained already; leave"),
    ("compare huge.json --epochs 5", 2, "A model from a file is trained already; leave out"),
    ("compare huge.json --model huge.json", 2, "compare names huge.json twice; leave one out."),
    ("render -o file/a.gif", 2, "Cannot write file/a.gif: file is not a folder"),
    ("gallery -o file", 2, "gallery expects a folder, but file is a file."),
    ("render -o a.gif -o ./a.gif", 2, "-o names"),
]


@pytest.mark.parametrize(("command", "code", "start"), FILES, ids=[row[0] for row in FILES])
def test_bad_files_are_told_before_training(
    run: Run, broken_files: Path, no_training: None, command: str, code: int, start: str
) -> None:
    ran = run(command)
    assert ran.err.startswith(f"warpviz: {start}")
    assert ran.err.count("\n") == 1
    assert (ran.code, ran.out) == (code, "")


def test_a_folder_that_is_closed_to_us_is_misuse(
    run: Run, tmp_path: Path, no_training: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tests may run as root, to whom no folder is closed.
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    ran = run("render")
    assert ran.code == 2
    assert "is not writable" in ran.err


def test_training_that_diverges_could_not_be_done(run: Run) -> None:
    ran = run("render --optimizer descent --learning-rate 1e300 --epochs 9")
    assert ran.code == 1
    assert ran.err.startswith("warpviz: Training diverged")


def test_debug_shows_where_an_error_came_from(run: Run) -> None:
    plain, debug = run("render --theme drak"), run("render --theme drak --debug")
    assert "Traceback" not in plain.err
    assert "Traceback" in debug.err and debug.err.endswith(plain.err)
    assert debug.code == plain.code == 2


def test_an_error_of_our_own_is_one_sentence_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warpviz.cli.commands.listing.names_of", lambda topic: {"c": "d"}["a\nb"])
    ran = run("list themes")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("warpviz: Internal error, KeyError")
