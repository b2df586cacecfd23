"""What is said on stderr of a network that has not learnt."""

import pytest

from tests.cli.conftest import Run

NOT_LEARNT = "this network has not learnt the data"


@pytest.mark.many(quick=1)
@pytest.mark.parametrize(
    ("flags", "advice"),
    [
        ("--activation identity", "straight lines; try --activation relu."),
        ("--layers 2,2 --activation tanh --seed 1", "wider than the 2 inputs"),
        ("--data spirals --layers 3", "try --layers 8,8,3 or another --seed."),
        ("--data spirals --layers 3,3 --epochs 20", "more --epochs (300), --layers 8,8,3 or"),
        ("--starts 1 --epochs 5", "more --epochs (300), more --starts (8), --layers 6,6,6 or"),
        ("--data checkerboard --layers 6,6 --starts 2", "more --epochs (900), more --starts (8), "),
        ("--optimizer descent --epochs 10", "try --optimizer lbfgs, more --epochs (5000), "),
    ],
)
def test_what_has_not_learnt_says_so_and_what_to_try(run: Run, flags: str, advice: str) -> None:
    ran = run(f"train -o m.npz {flags}")
    assert ran.code == 0
    line = next(line for line in ran.err.splitlines() if NOT_LEARNT in line)
    assert advice in line, line


@pytest.mark.slow
def test_what_has_learnt_says_nothing(run: Run) -> None:
    for flags in ("", "--data spirals", "--data blobs --activation identity"):
        assert NOT_LEARNT not in run(f"train -o m.npz {flags}").err


def test_own_data_may_overlap_a_little(run: Run) -> None:
    # Eight of a hundred are on the wrong side: no network should tell them apart.
    with open("own.csv", "w", encoding="utf-8") as file:
        file.write("a,b,label\n")
        for k in range(200):
            side = 1 if k % 2 else -1
            wrong = k % 25 == 3
            file.write(f"{side * 2 + (k % 7) / 7},{(k * 37 % 101) / 101},{(side > 0) ^ wrong}\n")
    ran = run("train --data own.csv --layers 2 --epochs 30 -o m.npz")
    assert ran.code == 0 and NOT_LEARNT not in ran.err


def test_the_flags_of_training_are_those_of_the_recipe(run: Run) -> None:
    from argparse import Namespace

    from warpviz.cli.subjects import RECIPE, recipe_of
    from warpviz.data import load_data

    data = load_data("rings", n=50)
    usual = recipe_of(Namespace(), data)
    assert (usual.starts, usual.penalty, usual.evenness) == (8, 0.003, 0.01)
    given = {"starts": 3, "penalty": 0.5, "evenness": 0.25, "epochs": 7}
    recipe = recipe_of(Namespace(**given), data)
    assert all(getattr(recipe, name) == value for name, value in given.items())
    assert set(given) <= set(RECIPE)
    for verb in ("render", "compare", "train", "landscape"):
        told = " ".join(run(f"{verb} --help").out.split())
        assert "(0.003; 0 for" in told and "(0.01; 0 for" in told
        assert ("is kept (8)" in told) is (verb != "landscape")


def test_the_help_names_the_layers_of_each_data_set(run: Run) -> None:
    from warpviz.data import DATASETS, LAYERS, layers_of
    from warpviz.data.collections import COLLECTIONS

    told = " ".join(run("render --help").out.split())
    for name in (*DATASETS, *COLLECTIONS):
        layers = layers_of(name)
        assert (f"{name} {layers}" in told) is (layers != LAYERS)
    listed = run("list datasets").out
    for name in (*DATASETS, *COLLECTIONS):
        line = next(line for line in listed.splitlines() if line.startswith(f"{name} "))
        assert (f"; layers {layers_of(name)}" in line) is (layers_of(name) != LAYERS)
