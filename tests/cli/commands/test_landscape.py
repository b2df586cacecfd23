"""landscape at the command line."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import Run


@pytest.mark.slow
def test_the_verb(run: Run) -> None:
    quick = "--size 480x240 --fps 4 --seconds 2"
    done = run(f"landscape --line -o line.gif -o line.png {quick}")
    assert done.code == 0 and done.out == "line.png\nline.gif\n"
    assert "the line after 1000 steps: 1.4" in done.err
    words = f"landscape --epochs 30 --grid 11 {quick}"
    done = run(f"{words} --optimizers descent,lbfgs --directions random --kind surface -o l.png")
    assert done.code == 0 and "normalised filter by filter; 11×11 points" in done.err
    done = run(f"{words} --activation tanh")
    assert done.out == "landscape.gif\n" and "% of its variance" in done.err
    image: Any
    with Image.open("landscape.gif") as image:
        assert image.size == (480, 240) and image.n_frames > 3


def test_a_model_from_a_file_on_random_directions(run: Run, model_file: Path) -> None:
    done = run("landscape", "--model", model_file, "--grid", "9", "-o", "m.png")
    assert done.code == 0 and "normalised filter by filter; 9×9 points" in done.err
    done = run("landscape", "--model", model_file)
    assert done.code == 2 and "has no path" in done.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--directions rnd", "Unknown directions 'rnd'"),
        ("--optimizers adm", "did you mean 'adam'"),
        ("--optimizers adam,adam", "twice"),
        ("--optimizers adam --learning-rate 1", "leave out --optimizer"),
        ("--kind 3d", "kind expects contours or surface"),
        ("--grid 2", "--grid expects 5 to 1001"),
        ("--line --data moons", "leave out --data"),
        ("-o l.xyz", "'.xyz'"),
    ],
)
def test_misuse(run: Run, no_training: None, words: str, told: str) -> None:
    done = run(f"landscape {words}")
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1, done.err


def test_where_training_stopped_is_not_called_an_optimum(run: Run) -> None:
    done = run("landscape --data spirals --activation tanh --grid 5 --epochs 20 -o l.svg")
    told = done.err + run("landscape --help").out + Path("l.svg").read_text()
    assert done.code == 0 and "optim" in told  # the optimizers
    assert "optimum" not in told and "minimum" not in told
