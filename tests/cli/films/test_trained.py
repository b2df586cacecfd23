"""render: flags of the model, its layers, its training and its data."""

from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run
from tests.cli.films.looked_at import SMALL
from warpviz.convert.files import load_stored
from warpviz.film.reel.animation import Animation

TRAINING = [
    ("--activation tanh", "tanh: "),
    ("--layers 2:sin", "2:sin: "),
    ("--layers 3:leaky_relu:0.2,2", "relu: "),
    ("--optimizer adam", "after 30 epochs"),
    ("--epochs 7", "after 7 epochs"),
    ("--learning-rate 0.01", "after 30 epochs"),
    ("--seed 5", "relu: "),
    ("--data xor", "xor: 1800 points"),
]


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(("flags", "told"), TRAINING)
def test_flags_of_training_change_the_model(run: Run, flags: str, told: str) -> None:
    assert run("train --data moons --epochs 30 -o plain.npz").code == 0
    ran = run(f"train --data moons --epochs 30 -o other.npz {flags}")
    assert ran.code == 0
    assert told in ran.err
    plain, other = (load_stored(name).chain.parameters() for name in ("plain.npz", "other.npz"))
    same = [np.array_equal(a, b) for a, b in zip(plain, other, strict=False)]
    assert len(plain) != len(other) or not all(same)


def test_layers_take_their_own_activation_or_the_common_one(
    run: Run, recorded: list[Animation]
) -> None:
    small = f"--data moons --epochs 5 {SMALL} -o m.npz"
    run(f"train {small.replace(SMALL, '')} --layers 3:leaky_relu:0.2,4 --activation gelu")
    names = [getattr(layer, "activation", None) for layer in load_stored("m.npz").chain]
    assert names == ["leaky_relu:0.2", "gelu", "identity", None]
    run(f"train {small.replace(SMALL, '')}")
    names = [getattr(layer, "activation", None) for layer in load_stored("m.npz").chain]
    assert names == ["identity", "relu", "relu", "identity", None]


@pytest.mark.slow
def test_a_model_brings_its_data_and_class_names(
    run: Run, model_file: Path, recorded: list[Animation]
) -> None:
    ran = run(f"render --model {model_file} {SMALL} -o a.png")
    assert ran.err.startswith("moons: 1800 points, moons.npz: ")
    assert recorded[0].scene.class_names == ("up", "down")
    ran = run(f"render --model {model_file} {SMALL} -o a.png --data rings")
    assert ran.err.startswith("rings: 1800 points")


@pytest.mark.slow
def test_render_reaches_99_percent_on_the_rings(run: Run) -> None:
    ran = run(f"render {SMALL} -o a.png")
    share = float(ran.err.partition("relu: ")[2].partition(" %")[0])
    assert share >= 99.0
