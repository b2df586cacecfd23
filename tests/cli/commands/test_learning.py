"""train --film."""

from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import Run


@pytest.mark.slow
def test_a_film_with_and_without_a_model(run: Run) -> None:
    words = "train --epochs 6 --size 480x240 --fps 5 --seconds 2 --film learn.gif --film-layer 0"
    done = run(words)
    assert (done.code, done.out) == (0, "learn.gif\n")
    image: Any
    with Image.open("learn.gif") as image:
        assert image.size == (480, 240) and image.n_frames > 4
    assert run(f"{words} -o m.npz").out == "m.npz\nlearn.gif\n"


@pytest.mark.slow
def test_several_learn_side_by_side(run: Run) -> None:
    look = "--size 480x320 --fps 5 --seconds 1 --jobs 1"
    done = run(f"compare relu tanh --training --epochs 8 --starts 2 {look} --film-layer 0")
    assert (done.code, done.out) == (0, "learn.gif\n"), done.err
    image: Any
    with Image.open("learn.gif") as image:
        assert image.size == (480, 320) and image.n_frames > 2
        words = image.info["comment"].decode()
    assert "Equal for all: rings" in words and "the most accurate of 2 starts" in words
    assert "the creases and the boundary move as the weights change" in words
    assert "the plane of the input the boundary moves as the weights change" in words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("compare relu --training -o a.svg", "A film with a chart is drawn in pixels"),
        ("compare relu --training --motion lerp", "A film of the training has no option motion"),
        ("compare relu --training --film-layer 9", "--film-layer expects 0 (the input) to 4"),
        ("compare relu --film-layer 1", "--film-layer is about a film of the training; add --tra"),
        ("compare relu tanh --training --size 240x180", "too small to read"),
        ("train", "expects a file to write"),
        ("train -o m.npz --size 480x240", "--size is about a film of the training; add --film"),
        ("train --film learn.gif --film-layer 9", "--film-layer expects 0 (the input) to 4"),
        ("train --film learn.xyz", "'.xyz'"),
        ("train --film no/learn.gif", "does not exist; create it first"),
    ],
)
def test_misuse(run: Run, no_training: None, words: str, told: str) -> None:
    done = run(words)
    assert done.code == 2 and told in done.err and done.err.count("\n") == 1
